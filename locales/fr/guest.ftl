# Les pages d’une personne invitée : du lien de l’e-mail à la première arrivée.

guest-continue = Continuer
guest-try-again = Réessayer
guest-decline = Refuser
guest-report = Signaler
guest-not-me = Ce n’est pas moi
guest-back = Retour à l’invitation
guest-other-answers = Autres réponses
guest-other-account = Utiliser un autre compte
guest-have-code = J’ai un code à saisir
guest-invited-address = Adresse invitée
guest-message-from = Message de { $sender }
guest-signed-in-as = Session ouverte avec <bdi>{ $address }</bdi>.
guest-privacy-of = Déclaration de confidentialité de { $host }
guest-who-can-help = Qui peut aider
guest-who-sponsor = { $count ->
    [one] répond de vous chez { $host }
   *[other] répondent de vous chez { $host }
}
guest-who-host = l’organisation d’où vient l’invitation
guest-ask-sponsor = Adressez-vous à { $sponsor } chez { $host }.
guest-ask-host = Adressez-vous à { $host }.

guest-steps = Progression
guest-step-sign-in = Connexion
guest-step-review = Lecture

# Arrivée
guest-landing-title = { $host } vous invite
guest-landing-asked = La demande vient de <strong>{ $inviter }</strong>. L’invitation est ouverte jusqu’au <strong>{ $until }</strong>.
guest-landing-open = L’invitation est ouverte jusqu’au <strong>{ $until }</strong>.
guest-landing-get = Vous recevrez
guest-landing-get-account = Un compte invité chez { $host }
guest-landing-get-then = { $kind ->
    [application] et vous arrivez dans { $target }
    [site] et vous arrivez sur { $target }
   *[account] et vous arrivez sur la page de votre compte
}
guest-landing-until = Ouverte jusqu’au
guest-landing-days = { $days ->
    [0] c’est le dernier jour
    [one] encore un jour à partir d’aujourd’hui
   *[other] encore { $days } jours à partir d’aujourd’hui
}
guest-landing-nothing-yet = { $host } ne reçoit rien de votre compte avant que vous n’acceptiez sur une page suivante.
guest-landing-decline-hint = Pour refuser, nous demandons d’abord votre code ou votre connexion, afin que personne ne réponde à votre place.
guest-landing-about = À propos de cette invitation
guest-next-title = La suite
guest-next-1 = Nous trouvons la connexion que vous avez déjà
guest-next-1-more = S’il n’y en a pas, un code arrive dans votre boîte. Pas de nouveau mot de passe.
guest-next-2 = Vous lisez ce que { $host } reçoit
guest-next-2-more = Puis vous acceptez, ou vous refusez.
guest-next-3 = { $kind ->
    [application] Vous arrivez dans { $target }
    [site] Vous arrivez sur { $target }
   *[account] Vous arrivez chez { $host }
}
guest-next-3-more = En général, dans moins d’une minute.
guest-real-title = Est-ce bien { $host } ?
guest-real-mail = L’e-mail est venu de <bdi>{ $sender }</bdi>, et cette page se trouve sur <bdi>{ $site }</bdi>.
guest-real-page = Cette page se trouve sur <bdi>{ $site }</bdi>. Comparez avec ce que l’on vous a dit.
guest-real-report = Si vous ne l’attendiez pas, choisissez « Signaler » ; rien ne sera accepté en votre nom.

# Le code reçu par e-mail
guest-code-title = Saisissez le code que nous avons envoyé
guest-code-lead = Cette adresse n’a pas de compte ici ; nous avons donc envoyé 8 chiffres par e-mail à <strong><bdi>{ $address }</bdi></strong>.
guest-code-decline-lead = Nous avons envoyé 8 chiffres par e-mail à <strong><bdi>{ $address }</bdi></strong>, afin que personne ne refuse à votre place.
guest-code-lifetime = Le code est valable 30 minutes.
guest-code-label = Code
guest-code-paste = Vous pouvez coller le code entier.
guest-code-wrong = { $tries ->
    [one] Ce n’est pas le code que nous avons envoyé à { $at }. Il vous reste un essai ; ensuite, il en faut un nouveau.
   *[other] Ce n’est pas le code que nous avons envoyé à { $at }. Il vous reste { $tries } essais ; ensuite, il en faut un nouveau.
}
guest-code-ended = Ce code n’est plus valable
guest-code-expired = Le code de { $at } était valable 30 minutes. Rien n’est perdu ; un nouveau vous fait avancer.
guest-code-too-many = Cinq essais avec le code de { $at } étaient faux ; il est donc terminé. Rien n’est perdu ; un nouveau vous fait avancer.
guest-code-limited = Aucun autre code ne peut être envoyé pour l’instant. Le prochain sera possible à { $at } ; un code que vous avez déjà reste valable.
guest-code-resend = Envoyer un nouveau code
guest-code-resend-to = Il est envoyé uniquement à <bdi>{ $address }</bdi>.
guest-code-not-yours = Ce n’est pas votre adresse ?
guest-code-no-mail = Pas encore d’e-mail ?
guest-code-no-mail-more = Il vient de <bdi>{ $sender }</bdi>, avec l’objet « { $subject } ». Regardez d’abord dans le courrier indésirable.

# La connexion qui convient
guest-find-title = Connexion avec { $home }
guest-find-lead = Pour <strong><bdi>{ $address }</bdi></strong>, l’adresse que { $host } a invitée. Vous utilisez le compte et le mot de passe que vous avez déjà.
guest-find-continue = Continuer avec { $home }
guest-find-account = Votre compte chez <bdi>{ $domain }</bdi>
guest-find-why = Pourquoi { $home } ?
guest-find-owns = { $domain } appartient à { $home }
guest-find-owns-more = { $home } a un compte pour cette adresse exacte.
guest-find-first = { $host } demande d’abord la connexion de votre propre organisation
guest-find-first-more = Un code par e-mail n’est envoyé que là où un tel compte n’existe pas.
guest-find-other = Autres moyens
guest-find-no-code = Un code par e-mail n’est pas possible ici
guest-find-no-code-more = { $home } connaît cette adresse. { $host } n’envoie des codes qu’aux adresses sans compte propre.
guest-find-stuck = La connexion de { $home } ne vous laisse pas entrer ?
guest-find-code-title = Connexion avec un code
guest-find-code-lead = Nous envoyons 8 chiffres par e-mail à <strong><bdi>{ $address }</bdi></strong>, l’adresse que { $host } a invitée. Ni compte ni mot de passe ne sont nécessaires.
guest-find-send-code = M’envoyer le code
guest-find-code-why = Pourquoi un code ?
guest-find-nobody = Cette adresse n’a pas de compte ici
guest-find-nobody-more = Aucune organisation sur ce serveur ne la connaît.
guest-find-mailbox = Le code montre que la boîte est à vous
guest-find-mailbox-more = Le lien seul aurait pu être transféré.

# Consentement
guest-consent-title = Ce que { $host } reçoit de vous
guest-consent-lead = Lisez-le une fois. { $host } reçoit ceci quand vous acceptez, et rien avant.
guest-consent-home = <strong>Votre connexion chez { $home } est acceptée.</strong> C’est l’adresse invitée.
guest-consent-code = <strong>Le code était juste.</strong> La boîte invitée est à vous.
guest-consent-name = Votre nom
guest-consent-no-name = Aucun n’est connu, aucun n’est donc transmis
guest-consent-address = Votre adresse e-mail
guest-consent-identifier = Un numéro qui vous identifie
guest-consent-identifier-more = Attribué par <bdi>{ $issuer }</bdi> ; il se termine par <bdi>{ $end }</bdi>
guest-consent-not = Ce que { $host } ne reçoit pas
guest-consent-not-home = Votre mot de passe, vos e-mails, vos fichiers, votre agenda, et rien sur vos collègues chez { $home }.
guest-consent-not-code = Un mot de passe, vos e-mails, vos fichiers et votre agenda.
guest-consent-privacy = Comment { $host } les traite :
guest-consent-no-privacy = { $host } n’a publié aucune déclaration de confidentialité.
guest-consent-accept = { $kind ->
    [application] Accepter et ouvrir { $target }
    [site] Accepter et aller sur { $target }
   *[account] Accepter l’invitation
}

# Mauvais compte
guest-wrong-title = Cette invitation est pour une autre de vos adresses
guest-wrong-lead = Vous n’avez rien fait de mal, et rien n’a été lié. Choisissez comment continuer.
guest-wrong-invited = { $host } a invité
guest-wrong-signed-in = Votre session est ouverte avec
guest-wrong-signed-in-at = Votre session chez { $organization } est ouverte avec
guest-wrong-switch = Changer de compte
guest-wrong-stays = La session de votre autre compte reste ouverte.
guest-wrong-why = Pourquoi est-ce l’autre que { $host } demande ?
guest-wrong-why-more = Une invitation ouvre la porte à une seule adresse. Laisser passer n’importe quel compte ferait entrer toute personne qui trouve le lien.
guest-wrong-neither = Ni l’une ni l’autre

# Liens qui ne sont plus valables
guest-ended-title = { $reason ->
    [replaced] Un lien plus récent a remplacé celui-ci
    [expired] Ce lien a expiré
    [used] Cette invitation a déjà été acceptée
   *[ended] Cette invitation n’est plus valable
}
guest-ended-lead = { $reason ->
    [replaced] { $host } vous a envoyé une nouvelle invitation le { $newest }. Seul le lien le plus récent ouvre la porte, afin que personne n’utilise un ancien e-mail.
    [expired] Il était ouvert jusqu’au { $day }. Les liens prennent fin, afin que personne n’utilise un ancien e-mail. Votre place chez { $host } vous attend toujours.
    [used] Son lien a rempli son rôle. Vous faites partie de { $host } et entrez en vous connectant.
   *[ended] { $host } n’y attend plus de réponse. Rien n’a été accepté en votre nom.
}
guest-ended-this = Ce lien
guest-ended-newest = Lien le plus récent
guest-ended-sent = envoyé : { $day }
guest-ended-to = à <bdi>{ $address }</bdi>
guest-ended-expired = Expiré
guest-ended-send = M’en envoyer un nouveau
guest-ended-send-hint = Il est envoyé uniquement à l’adresse invitée. Vous pouvez le demander trois fois par heure, cinq fois par jour.
guest-ended-sign-in = Se connecter à { $host }

# Le code à saisir
guest-typed-title = Saisissez le code de votre invitation
guest-typed-lead = Il figure dans l’e-mail, sous le bouton, et ouvre la même page.
guest-typed-label = Code de 12 caractères
guest-typed-hint = Majuscules ou minuscules, avec ou sans tirets.
guest-typed-unknown = Aucune invitation ouverte n’a ce code. Comparez-le avec l’e-mail le plus récent ; quand un lien est remplacé, son code prend fin aussi.
guest-typed-limited = Trop de codes de votre réseau étaient faux. Les codes sont de nouveau acceptés à { $at }. Le lien de l’e-mail fonctionne quand même.
guest-typed-open = Ouvrir l’invitation
guest-typed-where = Où est le code ?
guest-typed-where-more = Ouvrez l’e-mail d’invitation le plus récent. Sous le bouton se trouvent 12 lettres et chiffres par groupes de quatre. Les 8 chiffres de connexion sont un autre code et viennent plus tard.
guest-unknown-title = Ce lien n’est pas connu ici
guest-unknown-lead = Il est peut-être coupé, ou un caractère manque. Ouvrez-le de nouveau depuis l’e-mail le plus récent, ou saisissez le code qui y figure sous le bouton.

# Un nouveau lien a été demandé
guest-again-title = Regardez dans votre boîte
guest-again-lead = Si cette invitation peut être renvoyée, son e-mail est en route vers <strong><bdi>{ $address }</bdi></strong>.
guest-again-wait = Cela prend quelques minutes au plus
guest-again-wait-more = Il vient de <bdi>{ $sender }</bdi>. Regardez aussi dans le courrier indésirable.
guest-again-often = Trois fois par heure, cinq fois par jour
guest-again-often-more = Au-delà, rien n’est envoyé, afin que personne ne remplisse votre boîte.
guest-again-none = Toujours rien ensuite ?
guest-close = Vous pouvez fermer cette page.

# Ce n’est pas moi
guest-not-me-title = Ce n’est pas vous ? Alors ne faites rien
guest-not-me-lead = L’invitation est pour <strong><bdi>{ $address }</bdi></strong>. Rien ne se passe en votre nom tant que personne ne prouve que cette adresse est la sienne.
guest-not-me-other = Vous connaissez l’invitation, mais utilisez une autre adresse
guest-not-me-other-more = Demandez une invitation à l’adresse que vous utilisez. { $host } peut en envoyer une à tout moment.
guest-not-me-forwarded = L’e-mail était destiné à quelqu’un d’autre
guest-not-me-forwarded-more = Supprimez-le. Avec le lien seul, on ne peut pas l’accepter.
guest-not-me-strange = Vous ne savez pas de quoi il s’agit
guest-not-me-strange-more = Choisissez « Signaler » ; l’administration de { $host } en est informée.

# Signalement
guest-reported-title = Votre signalement est noté
guest-reported-lead = L’administration de { $host } peut le voir. Rien n’a été accepté en votre nom.
guest-reported-more = Il n’y a rien d’autre à faire. Si l’e-mail demande un mot de passe, n’en donnez pas ; une invitation n’en a jamais besoin.

# Refuser
guest-decline-title = Refuser l’invitation de { $host } ?
guest-decline-lead = Vous avez montré que <strong><bdi>{ $address }</bdi></strong> est à vous. Voici ce qui se passe :
guest-decline-link = Le lien n’est plus valable
guest-decline-link-more = Son code à saisir prend fin avec lui.
guest-decline-seen = { $host } voit votre refus
guest-decline-seen-more = Rien de votre compte n’est transmis.
guest-decline-again = { $host } peut vous inviter de nouveau
guest-decline-again-more = On vous pose alors la question de nouveau.
guest-decline-do = Refuser l’invitation
guest-declined-title = Vous avez refusé
guest-declined-lead = Le lien n’est plus valable, et { $host } n’a rien reçu de votre compte.
guest-declined-mind = Vous changez d’avis ?

# Qui fait déjà partie de l’organisation
guest-member-title = Vous faites déjà partie de { $host }
guest-member-lead = <strong><bdi>{ $address }</bdi></strong> a accepté une invitation précédente. Il n’y a rien à accepter de nouveau ; connectez-vous comme d’habitude.
guest-member-open = { $kind ->
    [application] Se connecter et ouvrir { $target }
    [site] Se connecter et aller sur { $target }
   *[account] Se connecter à { $host }
}

# Une destination que l’hôte n’a pas enregistrée
guest-leaving-accepted = <strong>Vous avez maintenant un compte invité chez { $host }.</strong>
guest-leaving-title = Continuer vers { $site } ?
guest-leaving-lead-person = { $inviter } a choisi cette destination pour votre invitation. { $host } ne l’a pas enregistrée comme sienne.
guest-leaving-lead = L’invitation indique cette destination. { $host } ne l’a pas enregistrée comme sienne.
guest-leaving-site = Destination
guest-leaving-address = Adresse complète
guest-leaving-go = Aller sur { $site }
guest-leaving-stay = Rester chez { $host }
guest-leaving-password = Connectez-vous uniquement là où la barre d’adresse montre un lieu que vous connaissez.

# Refus
guest-refusal-title = { $kind ->
    [not_invited] { $host } ne connaît pas encore ce compte
    [disabled_here] { $host } a désactivé votre compte invité
    [disabled_home] Votre propre compte est désactivé
    [identity_taken] Ce compte est lié ici à un autre compte invité
   *[other] Ce n’est pas possible ici
}
guest-refusal-lead = { $kind ->
    [not_invited] Votre connexion avec <strong><bdi>{ $address }</bdi></strong> est correcte, mais personne chez { $host } n’a invité cette adresse.
    [disabled_here] <strong><bdi>{ $address }</bdi></strong> est connue ici, mais l’administration de { $host } a bloqué la connexion de ce compte invité.
    [disabled_home] { $home } a bloqué la connexion de <strong><bdi>{ $address }</bdi></strong> ; { $host } ne la laisse donc plus entrer.
   *[identity_taken] Votre connexion avec <strong><bdi>{ $address }</bdi></strong> est correcte, mais elle est déjà liée à un autre compte invité chez { $host }.
}
guest-refusal-application = <strong>{ $application }</strong> s’ouvre uniquement aux personnes de l’annuaire de { $host }.
guest-refusal-do = Ce que vous pouvez faire
guest-refusal-remedy = { $kind ->
    [not_invited] L’invitation est-elle allée à une autre adresse ? Connectez-vous avec celle-là. Sinon, demandez une invitation.
    [disabled_here] Demandez à { $host } de débloquer votre compte.
    [disabled_home] Demandez au service informatique de { $home } de débloquer votre compte.
   *[identity_taken] Connectez-vous avec le compte de l’adresse invitée, ou demandez à { $host } de régler cela.
}
guest-refusal-setting = Paramètre déterminant
guest-refusal-value = Sa valeur : { $value }
guest-refusal-role = Le rôle { $role } peut le modifier.
guest-refusal-switch = Se connecter avec un autre compte
guest-for-it = Pour votre service informatique
guest-details = Détails de ce refus

# Se désabonner
guest-unsubscribe-title = Plus d’invitations de { $host } ?
guest-unsubscribe-lead = { $host } n’envoie alors plus d’e-mails d’invitation à <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-do = Arrêter les invitations de { $host }
guest-unsubscribed-title = Plus d’invitations de { $host }
guest-unsubscribed-lead = { $host } n’envoie plus d’e-mails d’invitation à <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-open = Une invitation que vous avez déjà reste telle quelle, de même que votre accès à { $host }.

guest-block-title = Invitations par e-mail
guest-block-lead = Vous décidez de qui les e-mails d’invitation parviennent à <strong><bdi>{ $address }</bdi></strong>.
guest-block-list = Organisations
guest-block-allowed = Peut vous inviter par e-mail
guest-block-blocked = Bloquée : ne vous envoie aucun e-mail d’invitation
guest-block-one = Bloquer
guest-block-undo = Autoriser à nouveau
guest-block-all-lead = Bloquer tout le monde sur { $place }, y compris ceux qui n’ont pas encore écrit.
guest-block-all = Bloquer toutes les organisations
guest-block-all-blocked = Personne sur { $place } ne vous envoie d’e-mails d’invitation.
guest-block-all-undo = Autoriser à nouveau les invitations
guest-block-open = Les invitations que vous avez déjà restent telles quelles, de même que votre accès.
