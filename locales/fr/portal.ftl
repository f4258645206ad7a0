# Le portail : son cadre, ses propres pages et les noms des droits.

portal-home = Accueil
portal-welcome = <bdi>{ $host }</bdi>
portal-home-lead = { $more ->
    [true] Plus de { $people } personnes sont connues ici.
   *[false] { $people ->
        [one] Une personne est connue ici
       *[other] { $people } personnes sont connues ici
    }, { $guests ->
        [0] dont aucun invité.
        [one] dont un invité.
       *[other] dont { $guests } invités.
    }
}
portal-home-role = Votre rôle : { $role }.
portal-figures = Chiffres
portal-people = Personnes
portal-guests = Invités
portal-waiting = En attente
portal-waiting-none = Rien n’attend
portal-waiting-none-more = Tout ce qui a besoin de quelqu’un apparaît ici.
portal-changes = Dernières modifications
portal-places = Où aller

portal-search = Recherche
portal-search-lead = Personnes, pages et actions d’après ce que vous saisissez.
portal-palette = Recherche et commandes
portal-hits = Résultats
portal-pages = Pages
portal-do = Actions
portal-nothing-title = Rien trouvé
portal-nothing = Rien ne correspond à « { $text } ». Essayez le début d’un nom ou d’une adresse.
portal-count = { $count ->
    [0] Aucun résultat
    [one] Un résultat
   *[other] { $count } résultats
}

portal-help = Aide
portal-help-words = touches clavier raccourcis
portal-help-lead = Où se trouvent les choses, et les touches qui y mènent.
portal-keys = Touches
portal-key-palette = Recherche et commandes
portal-key-move = se déplacer
portal-key-open = ouvrir
portal-key-tab = nouvel onglet
portal-key-people = personnes
portal-key-do = actions
portal-key-close = fermer

portal-signed-in = Session ouverte
portal-signed-in-lead = Votre session est de nouveau ouverte.
portal-signed-in-next = Revenez à votre formulaire
portal-signed-in-more = Fermez cet onglet et choisissez « Envoyer maintenant » dans celui d’où vous venez. Votre saisie y est toujours.

portal-expired = Votre session a pris fin
portal-expired-lead = Rien de votre saisie n’est perdu. Ouvrez une session dans un nouvel onglet et gardez cette page ouverte.
portal-expired-sign-in = Ouvrir une session
portal-expired-then = Revenez ensuite à cette page et envoyez votre saisie.
portal-expired-send = Envoyer maintenant
portal-being-sent = Ce formulaire a déjà été envoyé
portal-being-sent-more = Son traitement a commencé et n’a pas encore répondu. Regardez la liste avant de l’envoyer à nouveau.

portal-refused-lead = La page existe. Votre rôle ne l’ouvre pas.
portal-may-not = Votre rôle ne permet pas de { $right }.
portal-needs = Il faut le rôle { $role }.
portal-givers = { $count ->
    [one] { $names } peut vous le donner.
   *[other] { $names } peuvent vous le donner.
}
portal-givers-unnamed = L’administration de <bdi>{ $host }</bdi> peut vous le donner.
portal-you-hold = Votre rôle
portal-also-holds = Suffisent aussi
portal-ask = Demander à <bdi>{ $name }</bdi>
portal-ask-subject = Le rôle { $role }
portal-to-home = Vers l’accueil
portal-to-account = Mon compte
portal-no-entry = Pas d’administration ici
portal-no-entry-host = Vous n’administrez pas <bdi>{ $host }</bdi>
portal-no-entry-why = { $address } n’a aucun rôle d’annuaire.

right-enter = entrer dans l’administration
right-read-users = voir les utilisateurs
right-manage-users = modifier les utilisateurs
right-invite-guests = inviter des personnes
right-read-groups = voir les groupes
right-manage-groups = modifier les groupes
right-read-applications = voir les applications
right-manage-applications = modifier les applications
right-read-roles = voir les rôles
right-manage-roles = attribuer des rôles
right-read-audit-logs = voir le journal d’audit
right-read-sign-in-logs = voir le journal des connexions
right-read-settings = voir les paramètres
right-manage-settings = modifier les paramètres
right-read-mail-health = voir l’état du courrier
right-manage-mail = modifier l’envoi du courrier
