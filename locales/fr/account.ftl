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
