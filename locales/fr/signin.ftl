# Les pages de connexion.

signin-title = Se connecter à { $host }
signin-title-any = Se connecter
signin-to-open = pour ouvrir <strong>{ $application }</strong>
signin-user-name = Nom d’utilisateur ou adresse e-mail
signin-user-name-hint = Sur invitation, utilisez l’adresse que { $host } a invitée.
signin-user-name-invalid = Ce n’est pas un nom d’utilisateur. Il ressemble à nom@organisation.example.
signin-next = Suivant
signin-do = Se connecter
signin-continue = Continuer
signin-another = Utiliser un autre compte
signin-another-address = Utiliser une autre adresse
signin-have-code = J’ai un code d’invitation

# Mot de passe
signin-password-title = Saisissez votre mot de passe
signin-password = Mot de passe
signin-wrong = Le nom d’utilisateur et le mot de passe ne vont pas ensemble.
signin-wrong-capitals = Les majuscules comptent.
signin-wrong-changed = Changé récemment ? L’ancien n’est plus valable.
signin-wrong-tries = { $tries ->
    [one] Encore un essai, puis une pause.
   *[other] Encore { $tries } essais, puis une pause.
}
signin-paused = { $minutes ->
    [one] Trop de mots de passe faux. La connexion avec ce nom est en pause pendant une minute.
   *[other] Trop de mots de passe faux. La connexion avec ce nom est en pause pendant { $minutes } minutes.
}
signin-no-password = J’ai reçu une invitation par e-mail et n’ai pas de mot de passe
signin-no-password-more = Un compte invité n’en a pas ici. Revenez en arrière et saisissez l’adresse invitée ; vous vous connectez alors chez votre propre organisation, ou avec un code qui arrive par e-mail.

# Première administration
signin-set-up-title = Choisissez votre mot de passe
signin-set-up-lead = Vous mettez en place l’administration de { $host } et vous connectez avec <strong>{ $name }</strong>.
signin-new-password = Nouveau mot de passe
signin-new-password-again = Nouveau mot de passe, encore une fois
signin-password-rule = Au moins { $length } caractères. Quelques mots sans lien entre eux se retiennent bien.
signin-password-short = C’est trop court ; il faut { $length } caractères.
signin-password-known = Celui-ci est facile à deviner. Choisissez-en un autre d’au moins { $length } caractères.
signin-password-plain = Mêlez au moins trois de ces sortes : minuscules, majuscules, chiffres, autres caractères.
signin-password-mismatch = Ce n’est pas le même que ci-dessus.
signin-set-up-do = Définir le mot de passe et se connecter
signin-set-up-ended = Ce lien de mise en place n’est plus valable
signin-set-up-ended-lead = Il est valable une fois et pendant 24 heures.
signin-set-up-ended-more = La personne qui exploite ce serveur peut en produire un nouveau. Si le mot de passe est déjà défini, connectez-vous avec lui.

# Comptes de ce navigateur
signin-accounts-title = Quel compte ?
signin-accounts-open = Vous ouvrez <strong>{ $application }</strong> chez { $host }.
signin-accounts-count = { $count ->
    [one] Un compte a été utilisé dans ce navigateur.
   *[other] { $count } comptes ont été utilisés dans ce navigateur.
}
signin-accounts-list = Comptes de ce navigateur
signin-accounts-here = Cette liste se trouve uniquement dans ce navigateur. Se déconnecter ne supprime rien d’autre.
signin-account-in = Session ouverte
signin-account-out = Session fermée
signin-account-relation = { $relation ->
    [member] Membre de { $host }
    [guest] Compte invité chez { $host }
   *[unknown] { $host } ne connaît pas celui-ci
}

# Déconnexion
signin-out-all = Tout déconnecter
signin-out-ask = Se déconnecter de { $host } ?
signin-out-ask-any = Se déconnecter ?
signin-out-ask-lead = Votre session est ouverte avec <strong>{ $name }</strong>.
signin-out-do = Se déconnecter
signin-out-stay = Garder la session ouverte
signin-out-title = Votre session est fermée
signin-out-lead = Ce navigateur n’ouvre plus rien avec ce compte.
signin-out-others = { $count ->
    [one] La session d’un autre compte est encore ouverte ici.
   *[other] Les sessions de { $count } autres comptes sont encore ouvertes ici.
}
signin-out-back = Retour à { $application }
signin-again = Se reconnecter

# Le code d’un compte invité
signin-code-title = Saisissez le code de votre e-mail
signin-code-lead = Si <strong><bdi>{ $address }</bdi></strong> a un compte invité chez { $host }, 8 chiffres sont en route vers cette adresse.
signin-code-no-guest = Si { $host } a invité une autre de vos adresses, aucun e-mail n’arrive à celle-ci.

# Consentement pour une application
signin-consent-not = Ce que { $application } ne reçoit pas
signin-consent-not-more = Votre mot de passe, et rien de ce qui n’est pas dans cette liste.

# Demandes sans réponse possible
signin-error-title = Cette connexion ne peut pas continuer
signin-error-do = Ce que vous pouvez faire
signin-error-code = Erreur
signin-error-back = Aller à mon compte
signin-error-details = Détails de cette erreur
signin-error = { $number ->
    [50011] { $application } demande une réponse à { $subject }, et cette adresse n’est pas enregistrée pour elle.
    [50014] Vous avez reçu une invitation, mais elle n’est pas encore acceptée.
    [50020] Votre session est ouverte, mais personne dans cette organisation n’a invité ce compte.
    [50057] Ce compte est désactivé.
    [50059] La demande ne dit pas dans quelle organisation se connecter.
    [50105] { $application } s’ouvre uniquement aux personnes qui lui sont affectées, et vous n’en faites pas partie.
    [50194] { $application } appartient à une organisation, et la demande n’en nomme aucune.
    [70011] La demande réclame une autorisation qui n’existe pas : { $subject }.
    [90002] Il n’y a pas d’organisation { $subject } ici.
    [500011] { $application } réclame un service que cette organisation n’a pas : { $subject }.
    [700016] Il n’y a pas d’application { $application } dans cette organisation.
    [700054] { $application } réclame une réponse qui est désactivée pour elle : { $subject }.
    [900144] Il manque à la demande le paramètre { $subject }.
    [90020] Un problème est survenu de notre côté, pas du vôtre.
    [90033] Ce service est saturé ou en maintenance.
    [90055] Trop de tentatives sont venues de votre réseau.
    [90094] { $application } réclame plus que ce qu’une seule personne peut autoriser.
    [901002] { $subject } a une valeur qui n’est pas comprise ici.
    [7000112] { $application } est désactivée dans cette organisation.
    [9002313] La demande est illisible.
   *[9002325] { $application } doit envoyer un défi PKCE et ne l’a pas fait.
}
signin-error-remedy = { $number ->
    [50011] La personne qui gère l’application enregistre cette adresse exacte, caractère par caractère, ou corrige la demande.
    [50014] Ouvrez d’abord le lien de l’e-mail d’invitation, ou faites-vous en envoyer un nouveau.
    [50020] L’invitation est-elle allée à une autre adresse ? Utilisez ce compte-là. Sinon, demandez une invitation à l’organisation.
    [50057] Demandez à l’administration de le débloquer, ou utilisez un autre compte.
    [50059] Recommencez depuis l’application, avec le nom de l’organisation dans son adresse.
    [50105] Demandez votre affectation à l’administration de l’organisation.
    [50194] La personne qui gère l’application met l’identifiant de l’organisation dans l’adresse de connexion.
    [70011] La personne qui gère l’application corrige l’autorisation.
    [90002] Vérifiez l’orthographe du domaine ou de l’identifiant ; votre compte n’a rien.
    [500011] La personne qui gère l’application corrige l’autorisation ou la ressource.
    [700016] Vérifiez l’identifiant de l’application et l’organisation. Souvent, l’un des deux vient d’un autre environnement.
    [700054] La personne qui gère l’application demande un code à la place, ou active cette réponse.
    [900144] Recommencez depuis l’application. Si cela se reproduit, dites-le à la personne qui la gère.
    [90020] Réessayez. Si cela persiste, donnez les détails ci-dessous à votre administration.
    [90033] Réessayez dans quelques minutes.
    [90055] Attendez un peu, puis réessayez.
    [90094] Donnez les détails ci-dessous à l’administration, qui peut l’autoriser pour tout le monde.
    [901002] Recommencez depuis l’application. Si cela se reproduit, dites-le à la personne qui la gère.
    [7000112] Demandez à l’administration de l’organisation de l’activer.
    [9002313] Recommencez depuis l’application. Si cela se reproduit, dites-le à la personne qui la gère.
   *[9002325] La personne qui gère l’application active PKCE ; les bibliothèques actuelles le font d’elles-mêmes.
}
