# Le cadre de chaque page et les pages d’erreur.

page-skip = Aller au contenu
page-menu = Langue et apparence : { $language }
page-language = Langue
page-appearance = Apparence
page-theme-system = Comme mon système
page-theme-light = Clair
page-theme-dark = Sombre
page-theme-contrast = Contraste élevé
page-privacy = Déclaration de confidentialité
page-runs = <bdi>{ $host }</bdi> exploite cette page avec Lodge
page-runs-nobody = Cette page fonctionne avec Lodge
page-account = Mon compte
page-signed-in = <bdi>{ $name }</bdi>, session ouverte

error-setting = Paramètre déterminant
error-remedy = Ce que vous pouvez faire
error-role = Il faut pour cela le rôle { $role }.
error-for-it = Pour votre service informatique
error-details = Détails de cette réponse

error-request-title = Cette demande est illisible
error-request-sentence = Il y manque quelque chose, ou la forme n’est pas la bonne. Revenez en arrière, vérifiez votre saisie et envoyez-la de nouveau.
error-unauthenticated-title = Connectez-vous d’abord
error-unauthenticated-sentence = Cette page est réservée aux personnes connectées.
error-forbidden-title = Ce n’est pas autorisé ici
error-forbidden-sentence = Votre compte n’en a pas le droit, ou le formulaire est trop ancien. La raison figure ci-dessous.
error-not-found-title = Cette page n’existe pas
error-not-found-sentence = L’adresse est incomplète, ou ce qu’elle désignait n’existe plus. Vérifiez l’adresse, ou repartez de votre e-mail.
error-conflict-title = Quelque chose a changé entre-temps
error-conflict-sentence = Votre envoi ne correspond plus à l’état actuel. Rechargez la page et vérifiez avant de recommencer.
error-gone-title = C’est terminé
error-gone-sentence = Cela a existé et n’est plus valable.
error-too-many-title = Trop de tentatives
error-too-many-sentence = Attendez un peu, puis réessayez.
error-internal-title = Un problème est survenu de notre côté
error-internal-sentence = Vous n’y êtes pour rien. Réessayez ; si cela persiste, donnez le numéro ci-dessous à votre administration.
error-unavailable-title = Ce n’est pas possible pour l’instant
error-unavailable-sentence = Le service est saturé ou en maintenance. Réessayez dans quelques minutes.

page-organization = Organisation : { $host }
page-self = <bdi>{ $name }</bdi>, votre compte
page-own = Vos pages
page-portal = Administration
page-appearance-language = Apparence et langue
page-accounts = Comptes de ce navigateur
page-another-account = Utiliser un autre compte
page-sign-out = Fermer la session

portal-menu = Menu
portal-menu-close = Fermer le menu
portal-find = Chercher personnes, pages, actions
portal-invite = Inviter
portal-navigation = Administration
portal-crumbs = Fil d’Ariane
portal-actions = Ce que vous pouvez faire ici
portal-group-directory = Annuaire
portal-group-guests = Invités
portal-group-protection = Protection
portal-group-records = Journaux
portal-group-support = Assistance

ui-search = Chercher
ui-remove-filter = Retirer le filtre
ui-select = Sélectionner
ui-select-all = Tout sélectionner sur cette page
ui-select-one = Sélectionner { $name }
ui-selected = Sélection
ui-clear-selection = Effacer la sélection
ui-previous = Précédent
ui-next = Suivant
ui-close = Fermer
ui-save = Enregistrer
ui-discard = Abandonner
ui-copy-as = Copier en
ui-copy = Copier
ui-copied = Copié

error-rule = Règle
error-number = Numéro de cette réponse
