# Les pages d’un serveur de développement.

dev-title = Lodge pour le développement
dev-mail-title = E-mails interceptés
dev-mail-lead = { $count ->
    [0] Ce serveur n’envoie aucun e-mail ; il les garde ici.
    [one] Ce serveur n’envoie aucun e-mail ; il les garde ici, le plus récent en tête. Un jusqu’à présent.
   *[other] Ce serveur n’envoie aucun e-mail ; il les garde ici, le plus récent en tête. { $count } jusqu’à présent.
}
dev-mail-refresh = Actualiser
dev-mail-list = Liste des e-mails
dev-mail-filter = Adresse de destination
dev-mail-show = Afficher
dev-mail-all = Tout afficher
dev-mail-none = Pas encore d’e-mail
dev-mail-none-more = Invitez quelqu’un, et l’e-mail apparaît ici.
dev-mail-none-match = Aucun e-mail à cette adresse
dev-mail-none-match-more = Le filtre compare l’adresse entière.
dev-mail-from = De
dev-mail-reply-to = Répondre à
dev-mail-to = À
dev-mail-cc = Copie
dev-mail-received = Reçu
dev-mail-kind = Type et langue
dev-mail-code = Code
dev-mail-links = Liens
dev-mail-html = L’e-mail en HTML
dev-mail-text = L’e-mail en texte
