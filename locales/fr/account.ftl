# Les pages de chacun.

account-title = Mon compte
account-member-of = Membre de { $host }
account-guest-of = Compte invité chez { $host }
account-sign-out = Se déconnecter
account-story-member = Vous êtes <strong>membre de { $host }</strong>.
account-story-guest = Vous avez un <strong>compte invité chez { $host }</strong>.
account-since = Vous êtes ici depuis le { $day }.
account-sign-in = { $kind ->
    [home] Vous vous connectez avec votre compte chez <strong>{ $home }</strong>.
    [code] Vous vous connectez avec un code qui arrive par e-mail.
   *[password] Vous vous connectez avec votre mot de passe.
}
account-applications = Applications que vous pouvez ouvrir
account-application-why = { $why ->
    [group] par { $through }
    [assigned] affectée à vous
   *[everyone] tout le monde chez { $host }
}
account-no-applications = Rien à ouvrir pour l’instant
account-no-applications-more = Quand { $host } vous donne une application, elle apparaît ici.

account-home = Accueil
account-profile = Profil
account-sessions = Sessions
account-apps = Mes applications
account-appearance = Apparence
account-waiting = En attente de votre part
account-waiting-none = Rien ne vous attend.
account-all = Les { $count }
account-at = Vous êtes chez
account-go = Y aller
account-go-to = Aller chez { $host }
account-security = Informations de sécurité
account-change = Modifier
account-password = Mot de passe
account-password-note = Il n’est connu que de vous. Lodge en garde une empreinte qui ne se relit pas.
account-where = Où votre session est ouverte
account-device = { $browser } sous { $system }
account-device-unknown = Navigateur inconnu
account-this-browser = Ce navigateur
account-session-this = Ce navigateur, depuis { $since }.
account-session-used = Dernière activité { $used }, ouverte { $since }.
account-session-method = { $method ->
    [code] Avec un code reçu par courriel.
    [home] Avec votre propre organisation.
   *[password] Avec votre mot de passe.
}
account-session-end = Fermer la session
account-session-end-one = Fermer la session de { $device }
account-session-ended = La session de ce navigateur est fermée.
account-sessions-ended = Les sessions de tous les autres navigateurs sont fermées.
account-sessions-all = Toutes les sessions
account-sessions-lead = Chaque navigateur où votre session est ouverte. Fermez ce que vous ne connaissez pas.
account-sessions-end-others = Fermer partout ailleurs
account-sessions-end-all = Fermer partout
account-sessions-end-all-more = Ferme chaque session, celle-ci aussi, et ce que des applications détiennent en votre nom. Elles vous demanderont de vous identifier à nouveau.
account-password-lead = Celui avec lequel vous ouvrez une session ici.
account-password-none = Vous ouvrez votre session ailleurs.
account-password-no = Vous n’avez pas de mot de passe ici
account-password-no-more = Votre mot de passe est là où se trouve votre compte. Changez-le là-bas.
account-password-change = Changer le mot de passe
account-password-now = Mot de passe actuel
account-password-wrong = Ce n’est pas votre mot de passe actuel.
account-password-same = C’est celui que vous avez déjà. Choisissez-en un autre.
account-password-effect = La session de tout autre navigateur est fermée, et les applications vous demandent de vous identifier à nouveau.
account-password-changed = Votre mot de passe est changé.
account-apps-lead = Ce que { $host } vous permet d’ouvrir.
account-appearance-lead = Gardé dans ce navigateur. Ailleurs vaut ce que vous y choisissez.
account-profile-lead = Ce que { $host } sait de vous.
account-profile-change = Une erreur ? Seule l’administration de { $host } peut la corriger.
account-you = Vous
account-contact = Contact
account-identity = Identité
account-fact-name = Nom
account-fact-given = Prénom
account-fact-surname = Nom de famille
account-fact-type = Type d’utilisateur
account-fact-job = Fonction
account-fact-company = Société
account-fact-mail = Courriel
account-fact-mobile = Téléphone mobile
account-fact-phone = Téléphone
account-fact-office = Bureau
account-fact-upn = Nom d’utilisateur principal
account-fact-sign-in = Ouverture de session
account-fact-id = Identifiant d’objet
