# Inviting, pending invitations, and the invitation on a guest's page.

new-guest = Nouvel utilisateur invité
new-guest-words = inviter invité externe b2b
new-guest-lead = Une adresse ou plusieurs. Chacune est examinée avant tout envoi.
new-guest-addresses = Adresses e-mail
new-guest-addresses-hint = Une ou plusieurs, séparées par des lignes, des virgules ou des espaces.
new-guest-message = Message personnel (facultatif)
new-guest-message-hint = Texte simple. Il figure dans le message, sous votre nom.
new-guest-message-left-out = Votre message ne figurerait pas dans l’e-mail, car votre compte n’a pas d’adresse. L’invitation elle-même est envoyée.
new-guest-language = Langue de l’e-mail
new-guest-language-auto = Selon l’organisation d’origine
new-guest-invite = Inviter
new-guest-invite-count = { $count ->
    [one] Inviter une personne
   *[other] Inviter { $count } personnes
}
new-guest-check = Voir ce qui va se passer
new-guest-cancel = Annuler
new-guest-pressing-again = { $count ->
    [one] Rien n’a encore été envoyé. Appuyez de nouveau pour inviter une personne.
   *[other] Rien n’a encore été envoyé. Appuyez de nouveau pour inviter { $count } personnes.
}
new-guest-left-out = { $count ->
    [one] Une adresse refusée est laissée de côté.
   *[other] { $count } adresses refusées sont laissées de côté.
}
new-guest-nobody = Aucune de ces adresses ne peut être invitée.
new-guest-none = Saisissez au moins une adresse, par exemple lea.martin@fabrikam.example.
new-guest-too-many = Au plus { $most } adresses à la fois. Envoyez le reste ensuite.
new-guest-message-long = Au plus 4 096 caractères.
new-guest-what = Ce que fait une invitation
new-guest-what-1 = L’invité existe aussitôt et peut recevoir des accès. Un e-mail apporte un lien et un code à saisir.
new-guest-what-2 = L’invité se connecte avec le compte qu’il possède déjà. Rien n’est transmis avant son acceptation.
new-guest-invited = { $address } a été invité.
new-guest-told = { $address } est déjà invité ; un e-mail indique où se connecter.

language-en = English
language-de = Deutsch
language-fr = Français
language-es = Español
language-ar = العربية

decisions = Ce qui va se passer
decisions-count = { $new } nouveaux, { $again } en attente, { $known } déjà invités, { $refused } refusés

decision-new = Devient invité et reçoit un e-mail.
decision-again = Invité le { $date }, pas encore accepté. Un nouveau lien met fin à l’ancien.
decision-known = Invité depuis le { $date }. Pas de seconde invitation : un e-mail indique où se connecter.
decision-member = { $name } est membre de { $host } et n’a pas besoin d’invitation.
decision-own-domain = { $domain } appartient à { $host }. Créez plutôt un membre avec Nouvel utilisateur.
decision-blocked = Cet invité est bloqué. Débloquez-le d’abord, puis invitez de nouveau.
decision-setting = Vous ne pouvez pas inviter ici : { $host } le réserve à d’autres.
decision-no-mail = Cette personne ne veut pas d’e-mail d’invitation : transmettez le lien vous-même.
decision-why = Pourquoi ?
decision-setting-name = Réglage
decision-changed-by = Modifiable par
decision-open = Ouvrir le profil
decision-badge-new = Nouvel invité
decision-badge-again = Nouveau lien
decision-badge-known = Déjà invité
decision-badge-colleague = Collègue
decision-badge-refused = Refusé

decisions-more = { $count ->
    [one] Une autre sans particularité.
   *[other] { $count } autres sans particularité.
}
decisions-folded = { $count ->
    [one] Une adresse en double ne compte qu’une fois.
   *[other] { $count } adresses en double ne comptent qu’une fois.
}
decisions-bad = Ligne { $line } : « { $text } » n’est pas une adresse.

pending = Invitations en attente
pending-words = invitation renvoyer retirer attente
pending-lead = { $more ->
    [true] Plus de { $count } personnes n’ont pas encore accepté.
   *[false] { $count ->
        [0] Personne n’attend.
        [one] Une personne n’a pas encore accepté.
       *[other] { $count } personnes n’ont pas encore accepté.
    }
} { $expired ->
    [0] Aucun lien n’a expiré.
    [one] Un lien a expiré.
   *[other] { $expired } liens ont expiré.
}
pending-view-all = Toutes
pending-view-waiting = En attente
pending-view-expired = Expirées
pending-view-old = Plus de 14 jours
pending-by-me = Invitées par moi
pending-mail = E-mail
pending-inviter = Invité par
pending-by-application = une application
pending-sent = Envoyée
pending-ends = Fin du lien
pending-ended = terminé
pending-expired = Expirée
pending-age = { $days ->
    [0] aujourd’hui
    [one] 1 jour
   *[other] { $days } jours
}
pending-ends-in = { $days ->
    [0] d’ici un jour
    [one] dans 1 jour
   *[other] dans { $days } jours
}
pending-withdraw = Retirer
pending-withdraw-count = { $count ->
    [one] En retirer une
   *[other] En retirer { $count }
}
pending-withdraw-title = { $count ->
    [one] Retirer une invitation ?
   *[other] Retirer { $count } invitations ?
}
pending-withdraw-1 = Tous les liens et codes envoyés prennent fin aussitôt.
pending-withdraw-2 = Aucun e-mail n’est envoyé. Qui ouvre un ancien lien lit que l’invitation a été retirée.
pending-withdraw-3 = L’invité reste dans l’annuaire sans accès. Une nouvelle invitation le rouvre.
pending-withdrawn = { $count ->
    [one] L’invitation a été retirée.
   *[other] { $count } invitations ont été retirées.
}
pending-withdrawn-some = { $count } retirées, { $left } laissées : acceptées entre-temps, ou envoyées par quelqu’un d’autre.
pending-resent = { $count ->
    [one] L’invitation a été renvoyée.
   *[other] { $count } invitations ont été renvoyées.
}
pending-resent-some = { $count } renvoyées, { $left } non : acceptées entre-temps, envoyées par quelqu’un d’autre, ou au-delà de la limite d’envoi.
pending-none-picked = Sélectionnez d’abord au moins une ligne.
pending-empty = Personne n’attend
pending-empty-more = Tous les invités ont accepté ou refusé.
pending-links-live = { $days ->
    [one] Un lien vaut un jour.
   *[other] Un lien vaut { $days } jours.
}

letter-none = Pas d’e-mail
letter-on-its-way = Envoyé
letter-late = Retardé
letter-next-try = Prochain essai : { $time }.
letter-delivered = Remis
letter-taken = Pris en charge par le serveur : { $time }.
letter-dropped = Non envoyé
letter-bounced = Rejeté

tile-title = Collaboration B2B
tile-state = État de l’invitation
tile-state-pending = En attente d’acceptation
tile-state-expired = Lien expiré
tile-state-accepted = Acceptée
tile-state-declined = Refusée
tile-state-withdrawn = Retirée
tile-signs-in = Se connecte avec
tile-resend = Renvoyer l’invitation
tile-resend-note = Un nouveau lien met fin à l’ancien.
tile-link = Lien direct
tile-mail-link = Envoyer le lien
tile-why-no-resend = Pourquoi ne peut-on pas renvoyer ?
tile-no-resend = L’invitation a été acceptée, il n’y a rien à renvoyer. Envoyez à l’invité le lien vers ce pour quoi il est venu.
tile-invite-again = Inviter de nouveau

batch = Envoi des invitations
batch-lead-left = { $left ->
    [one] Une invitation doit encore partir ; au rythme permis, elle part d’ici le { $time }.
   *[other] { $left } invitations doivent encore partir ; au rythme permis, la dernière part d’ici le { $time }.
}
batch-lead-done = { $invited } invités, { $refused } refusés.
batch-look-again = Regarder de nouveau
batch-progress = { $total ->
    [one] Invitation d’une personne
   *[other] Invitation de { $total } personnes
}
batch-done-of = { $done } sur { $total } faites
batch-working = En cours
batch-done = Terminé
batch-may-leave = Vous pouvez fermer cette page ; un redémarrage ne perd rien.
batch-stop = { $count ->
    [one] Laisser la dernière
   *[other] Laisser les { $count } restantes
}
batch-stopped = Plus rien n’est envoyé.
batch-invited = { $count } invités
batch-known = { $count } déjà invités
batch-refused = { $count } refusés
batch-stopped-count = { $count } laissés
batch-refused-title = Refusées, et pourquoi
batch-waiting-title = À envoyer

story-invited = { $inviter } a invité <strong>{ $name }</strong> le <strong>{ $date }</strong>.
story-invited-by-application = Une application a invité <strong>{ $name }</strong> le <strong>{ $date }</strong>.
story-accepted = { $name } a accepté le <strong>{ $date }</strong>.
story-pending = { $name } n’a pas encore accepté.
story-expired = { $name } n’a pas accepté, et le lien a expiré.
story-declined = { $name } a refusé.
story-withdrawn = L’invitation a été retirée.
