# Users: the list, one user's page, the deleted.

users = Utilisateurs
users-words = personnes membres invités comptes
users-lead = Tous ceux que { $host } connaît : { $all } personnes, dont { $guests } invités.
users-views = Vues
users-all = Tous les utilisateurs
users-guests = Invités
users-waiting = En attente
users-blocked = Bloqués
users-search = Rechercher par nom ou adresse
users-any = tous
users-type = Type d’utilisateur
users-state = État
users-enabled = Connexion
users-enabled-yes = Autorisée
users-enabled-no = Bloquée
users-created = Créés
users-created-7 = 7 derniers jours
users-created-30 = 30 derniers jours
users-created-90 = 90 derniers jours
users-name = Nom
users-columns = Colonnes
users-column-state = État
users-column-type = Type d’utilisateur
users-column-company = Société
users-column-created = Création
users-column-upn = Nom d’utilisateur principal
users-column-id = ID d’objet
users-shown = { $count ->
    [one] Une ligne
   *[other] { $count } lignes
}
users-none = Personne ne correspond
users-none-more = Essayez le début d’un nom ou d’une adresse, ou retirez un filtre.
users-none-here = Personne ici pour l’instant
users-none-here-more = La recherche parcourt l’annuaire par parties ; celle-ci ne contient personne.
users-look-on = Continuer
users-clear = Tout afficher
users-empty = Personne pour l’instant
users-empty-more = Invitez quelqu’un ou créez un membre.
users-new = Nouvel utilisateur
users-new-guest = Nouvel utilisateur invité
users-cancel = Annuler
users-save-view = Enregistrer la vue
users-remove-view = Supprimer la vue
users-remove-view-more = Seule la vue disparaît ; les personnes ne changent pas.
users-view-name = Nom de la vue
users-view-hint = Elle apparaît en onglet, pour vous seul.
users-view-saved = La vue « { $name } » est enregistrée.
users-view-removed = La vue est supprimée.
users-none-picked = Sélectionnez d’abord au moins une ligne.
users-deleted-count = { $count ->
    [one] L’utilisateur a été supprimé ; il reste restaurable 30 jours.
   *[other] { $count } utilisateurs ont été supprimés ; ils restent restaurables 30 jours.
}
users-blocked-count = { $count ->
    [one] L’utilisateur ne peut plus se connecter.
   *[other] { $count } utilisateurs ne peuvent plus se connecter.
}
users-unblocked-count = { $count ->
    [one] L’utilisateur peut de nouveau se connecter.
   *[other] { $count } utilisateurs peuvent de nouveau se connecter.
}
users-delete-title = { $count ->
    [one] Supprimer un utilisateur ?
   *[other] Supprimer { $count } utilisateurs ?
}
users-delete-count = { $count ->
    [one] En supprimer un
   *[other] En supprimer { $count }
}
users-deleted = Utilisateurs supprimés
users-deleted-words = restaurer supprimé corbeille
users-deleted-lead = Les utilisateurs supprimés sont gardés 30 jours et restaurables entièrement. Ensuite ils disparaissent pour de bon.
users-deleted-none = Personne n’a été supprimé
users-deleted-none-more = Toute personne supprimée se trouve ici pendant 30 jours.
users-deleted-on = Suppression
users-gone-in = Gardé encore
users-days-left = { $days ->
    [one] 1 jour
   *[other] { $days } jours
}
users-restore = Restaurer
users-purge = Supprimer définitivement
users-purge-title = { $count ->
    [one] Supprimer définitivement un utilisateur ?
   *[other] Supprimer définitivement { $count } utilisateurs ?
}
users-purge-count = { $count ->
    [one] En supprimer un définitivement
   *[other] En supprimer { $count } définitivement
}
users-purge-1 = C’est irréversible, pour tout le monde.
users-purge-2 = Appartenances, parrains et identités partent avec. Les événements d’audit restent.
users-restored-count = { $count ->
    [one] L’utilisateur est de retour.
   *[other] { $count } utilisateurs sont de retour.
}
users-purged-count = { $count ->
    [one] L’utilisateur a disparu pour de bon.
   *[other] { $count } utilisateurs ont disparu pour de bon.
}

user = Utilisateur
user-guest = Invité
user-member = Membre
user-active = Actif
user-accepted = Accepté
user-waiting = En attente
user-blocked = Bloqué
user-block = Bloquer la connexion
user-unblock = Débloquer
user-delete = Supprimer
user-blocked-toast = { $name } ne peut plus se connecter. Les sessions ouvertes ont pris fin.
user-unblocked-toast = { $name } peut de nouveau se connecter.
user-delete-title = Supprimer { $name } ?
user-delete-1 = Sessions, liens d’invitation et accès prennent fin aussitôt.
user-delete-2 = Pendant 30 jours, l’utilisateur peut être restauré entièrement, groupes et rôles compris.
user-delete-3 = Ensuite tout est supprimé définitivement ; les événements d’audit restent.
user-delete-loses = Groupes quittés : { $groups }. Rôles perdus : { $roles }.
user-story-guest = { $host } connaît <strong>{ $name }</strong> comme invité depuis le <strong>{ $date }</strong>.
user-story-member = <strong>{ $name }</strong> est membre de { $host } depuis le <strong>{ $date }</strong>.
user-story-sponsors = { $count ->
    [one] Parrainage : { $names }.
   *[other] Parrainage : { $names }.
}
user-story-blocked = La connexion est bloquée.
user-timeline = Chronologie
user-properties = Propriétés
user-reach = Groupes et rôles
user-reach-none = Dans aucun groupe, sans rôle d’annuaire.
user-in-group = Membre du groupe
user-holds-role = Rôle d’annuaire
user-fact-upn = Nom d’utilisateur principal
user-fact-mail = E-mail
user-fact-other-mails = Autres adresses
user-fact-given-name = Prénom
user-fact-surname = Nom
user-fact-job-title = Fonction
user-fact-office = Bureau
user-fact-mobile = Téléphone mobile
user-fact-phones = Téléphone professionnel
user-fact-language = Langue préférée
user-fact-identities = Identités
user-fact-sessions = Sessions valables depuis

event-invited = { $actor } a invité { $name }
event-accepted = { $name } a accepté l’invitation
event-declined = { $name } a refusé l’invitation
event-reported = { $name } a signalé l’invitation
event-withdrawn = { $actor } a retiré l’invitation
event-no-mail = Aucun e-mail envoyé : { $name } n’en veut pas
event-created = { $actor } a créé { $name }
event-blocked = { $actor } a bloqué la connexion
event-unblocked = { $actor } a débloqué la connexion
event-deleted = { $actor } a supprimé { $name }
event-restored = { $actor } a restauré { $name }
event-password = { $actor } a défini un nouveau mot de passe
event-role = { $actor } a donné à { $name } un rôle d’annuaire
event-other = { $actor } : { $activity }
event-failed = Refusé : { $reason }
event-guest-since = { $name } est devenu invité
event-member-since = { $name } est devenu membre

new-user-words = créer membre compte
new-user-lead = Un membre de { $host }, qui se connecte avec son propre mot de passe.
new-user-name-hint = Par exemple eva.lang@{ $domain }.
new-user-name-wrong = Ce n’est pas un nom d’utilisateur principal. Il ressemble à eva.lang@{ $domain }.
new-user-name-taken = Quelqu’un a déjà ce nom ou cette adresse. Choisissez-en un autre.
new-user-display-name-missing = Saisissez le nom que voient les autres, 256 caractères au plus.
new-user-mail = E-mail (facultatif)
new-user-mail-hint = Où répondre aux messages personnels des invitations.
new-user-mail-wrong = Ce n’est pas une adresse e-mail.
new-user-create = Créer
new-user-outside = { $domain } ne fait pas partie des domaines de { $host }, ce serait donc un invité.
new-user-outside-more = Un invité garde le compte qu’il a. Rien n’a encore été créé.
new-user-invite = Inviter comme invité
new-user-what = Membre ou invité ?
new-user-what-1 = Un membre appartient à l’organisation et a un mot de passe ici.
new-user-what-2 = Un invité vient d’ailleurs et se connecte avec le compte qu’il a déjà.
new-user-made = { $name } a été créé
new-user-made-lead = Transmettez le mot de passe à usage unique. Il n’est affiché qu’ici et conservé nulle part.
new-user-password = Mot de passe à usage unique
new-user-once = La première connexion demande un nouveau mot de passe.
new-user-to-profile = Ouvrir le profil
new-user-another = En créer un autre
