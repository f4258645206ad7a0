# Mail health in the portal, and the test it sends.

mail-health = État des e-mails
mail-health-keywords = SPF DKIM DMARC DNS rebond file remise e-mail expéditeur
mail-health-lead = { $state ->
    [none] Aucun e-mail n’est parti ces 30 derniers jours.
    [late] Les e-mails ont du retard : { $waiting } messages attendent, le plus ancien depuis { $minutes } minutes.
   *[good] Les e-mails arrivent : d’autres serveurs ont accepté { $sent } messages sur { $total } ces 30 derniers jours.
}
mail-health-faults = { $count ->
    [one] Un domaine a besoin d’un enregistrement.
   *[other] { $count } domaines ont besoin d’enregistrements.
}
mail-health-taken = acceptés par l’autre côté
mail-health-seconds = { $seconds } s
mail-health-median = de la demande à la remise, médiane
mail-health-waiting = { $minutes ->
    [0] en file
   *[other] en file, le plus ancien { $minutes } min
}
mail-health-bounced = revenus, { $share } %
mail-health-dead = abandonnés
mail-health-domains = Domaines d’expédition
mail-health-domain = Domaine
mail-health-used = Les e-mails partent d’ici
mail-health-looked-up = Vérifié le { $at }
mail-health-not-looked-up = Pas encore vérifié
mail-health-look = Vérifier à nouveau
mail-health-failure = Les serveurs de noms n’ont pas répondu.
mail-health-failure-more = Ils ont dit : { $reason }. Ce qui figure ici était connu avant ; Lodge continue de demander.
mail-health-spf = { $reason ->
    [passes] Valide
    [missing] Absent
    [several] { $detail } enregistrements
    [lacks-server] Le serveur de messagerie y manque
    [broken] Impossible à suivre
   *[other] Inconnu
}
mail-health-dkim = { $reason ->
    [passes] { $detail } bit
    [missing] Absent
    [other-key] Une autre clé
    [revoked] Révoqué
    [not-signed] Non signé
   *[other] Inconnu
}
mail-health-dmarc = { $reason ->
    [passes] { $detail }
    [missing] Absent
    [several] { $detail } enregistrements
    [only-reports] Rapports seulement
    [no-policy] Sans règle
   *[other] Inconnu
}
mail-health-publish = À publier pour { $domain }
mail-health-publish-where = Là où la zone du domaine est gérée. Chaque enregistrement remplace celui du même type qui s’y trouve.
mail-health-records = { $count ->
    [one] Un enregistrement, format fichier de zone
   *[other] { $count } enregistrements, format fichier de zone
}
mail-health-no-key = Lodge n’a pas de clé pour signer. Indiquez dkim.key_file dans sa configuration ; l’enregistrement à publier figurera alors ici.
mail-health-looks = Lodge vérifie toutes les 10 minutes.
mail-health-bounces = Retours
mail-health-bounces-count = { $days } jours, { $count } sur { $total }
mail-health-no-bounces = Rien n’est revenu en { $days } jours.
mail-health-chart = Messages revenus par jour
mail-health-chart-more = { $count } en { $days } jours. Le tableau ci-dessous donne chaque jour.
mail-health-table = La même chose en tableau
mail-health-day = Jour
mail-health-bounced-head = Revenus
mail-health-days-left-out = Les jours sans retour sont omis.
mail-health-queue = File d’attente
mail-health-queued = { $count } vers { $domain }
mail-health-going = En cours d’envoi
mail-health-next = prochain essai { $at }
mail-health-queue-empty = Rien n’attend.
mail-health-given-up = Abandonnés
mail-health-given-up-empty = Rien n’a été abandonné.
mail-health-retry = Réessayer
mail-health-retry-all = Réessayer les { $count }
mail-health-kind = { $kind ->
    [guest_invitation] Invitation
    [already_member] Invitation
    [invitation_copy] Copie d’une invitation
    [invitation_reported] Signalement d’une invitation
    [email_code] Code
    [mail_test] Test
   *[other] { $kind }
}
mail-health-suppressed = Adresses qui n’acceptent pas d’e-mail
mail-health-suppressed-lead = Aucune invitation ne leur est envoyée tant qu’elles n’acceptent pas à nouveau les e-mails.
mail-health-suppressed-empty = Aucune adresse n’a refusé définitivement un e-mail.
mail-health-remove = Écrire à nouveau
mail-health-test = Envoyer un test
mail-health-to = À
mail-health-from = De
mail-health-no-address = Votre compte n’a pas d’adresse e-mail
mail-health-send = Envoyer
mail-health-test-asked = Demandé par vous
mail-health-test-state = { $state ->
    [taken] Accepté par le serveur de messagerie
    [deferred] Le serveur de messagerie demande d’attendre
    [failed] Abandonné
   *[waiting] En route
}
mail-health-sender = Expéditeur des e-mails
mail-health-sender-lead = Dans l’un de vos domaines vérifiés, ou dans { $domain }.
mail-health-sender-address = Adresse
mail-health-sender-name = Nom affiché avant
mail-health-sender-reply = Les réponses vont à
mail-health-sender-reply-hint = Quand aucun invitant ne les reçoit. Peut rester vide.
mail-health-sender-reset = Utiliser { $address }
mail-health-said-look = Les enregistrements ont été vérifiés.
mail-health-said-retry = { $count ->
    [one] Un message est réessayé.
   *[other] { $count } messages sont réessayés.
}
mail-health-said-removed = { $address } reçoit à nouveau des e-mails.
mail-health-said-test = Le test est en route.
mail-health-said-sender = Les e-mails viennent maintenant de { $address }.

mail-test-subject = Un test de { $host }
mail-test-lead = Les e-mails de { $place } vous parviennent.
mail-test-more = Une personne de l’administration a envoyé ceci pour voir si les e-mails arrivent. Inutile de répondre.
