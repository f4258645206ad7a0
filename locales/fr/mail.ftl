# Les e-mails. La partie texte et la partie HTML utilisent les mêmes phrases.

mail-from = E-mail de { $host }
mail-sent-by = Envoyé par { $sender } à { $address }.
mail-privacy = Déclaration de confidentialité
mail-no-privacy = { $host } n’a publié aucune déclaration de confidentialité.
mail-block = Bloquer les invitations futures
mail-label = { $label } :
mail-by = Message de { $name }
mail-by-department = Message de { $name }, { $department }
mail-reply = Répondez à cet e-mail pour joindre { $name }.
mail-invited-address = Adresse invitée
mail-your-address = Votre adresse
mail-expected = Vous attendiez-vous à cet e-mail ?
mail-sign-in = Se connecter à { $host }

# L’invitation
mail-invitation = { $host } vous invite
mail-invitation-person = { $inviter } vous invite chez { $host }
mail-invitation-preheader = Ouverte jusqu’au { $until }. Vous vous connectez avec le compte que vous avez déjà.
mail-invitation-lead = { $host } vous ouvre un compte invité. Vous vous connectez avec le compte que vous avez déjà, ou avec un code par e-mail ; pas de nouveau mot de passe.
mail-get = Vous recevrez
mail-get-account = Un compte invité chez { $host }
mail-get-then = { $kind ->
    [application] et vous arrivez dans { $target }
    [site] et vous arrivez sur { $target }
   *[account] et vous arrivez sur la page de votre compte
}
mail-until = Ouverte jusqu’au
mail-until-more = ensuite le lien prend fin, et vous pouvez en demander un nouveau
mail-open = Ouvrir l’invitation
mail-typed-go = Ou allez sur
mail-typed-type = et saisissez
mail-expected-more = Sinon, ne faites rien, ou ouvrez l’invitation et choisissez « Signaler ». { $host } ne demande jamais votre mot de passe par e-mail.

# Une nouvelle invitation après l’acceptation
mail-member = Vous faites déjà partie de { $host }
mail-member-again = { $host } vous a envoyé une nouvelle invitation.
mail-member-again-person = { $inviter } vous a envoyé une nouvelle invitation.
mail-member-lead = Il n’y a rien à accepter ; connectez-vous comme d’habitude.
mail-member-then = { $kind ->
    [application] vous vous connectez et arrivez dans { $target }
    [site] vous vous connectez et arrivez sur { $target }
   *[account] vous vous connectez et arrivez sur la page de votre compte chez { $host }
}
mail-member-expected = Sinon, ne faites rien. { $host } ne demande jamais votre mot de passe par e-mail.

# La copie
mail-copy-subject = Copie : { $guest } a reçu une invitation de { $host }
mail-copy = { $host } a envoyé une invitation
mail-copy-person = { $inviter } a envoyé une invitation chez { $host }
mail-copy-lead = Cette copie est pour votre information. Vous n’avez rien à faire.
mail-copy-why = Pourquoi n’y a-t-il pas de lien ?
mail-copy-why-more = Seule l’adresse invitée peut répondre ; le lien et le code ne figurent donc que dans cet autre e-mail.

# Le code à usage unique
mail-code-subject = Votre code pour { $host }
mail-code-lead = { $purpose ->
    [accept] Saisissez-le sur la page de l’invitation de { $host }.
    [decline] Saisissez-le sur la page où vous refusez l’invitation de { $host }.
   *[sign_in] Saisissez-le sur la page où vous vous connectez à { $host }.
}
mail-code-lifetime = Il est valable 30 minutes, une fois, et uniquement dans le navigateur qui l’a demandé.
mail-code-not-asked = Vous ne l’avez pas demandé ?
mail-code-not-asked-more = Alors quelqu’un a saisi votre adresse. Ne faites rien ; sans ce code, personne n’entre. Ne le donnez à personne, pas même à { $host }.

# Un signalement, pour l’administration
mail-reported = Signalée : l’invitation de { $guest }
mail-reported-heading = Une invitation a été signalée
mail-reported-lead = Une personne qui a son lien dit qu’elle n’aurait pas dû arriver. L’invitation reste valable ; { $host } décide de la suite.
mail-reported-by = Invitation de
mail-reported-at = Signalée
mail-reported-who = l’adresse n’a pas été prouvée ; ce peut être toute personne qui a l’e-mail
mail-reported-id = Identifiant de l’invitation
mail-reported-do = Que pouvez-vous faire ?
mail-reported-do-more = Renseignez-vous là d’où vient l’invitation. Si personne ne connaît ce compte invité, supprimez-le : le lien et le code prennent fin aussitôt. Trois e-mails de ce genre au plus sont envoyés par invitation et par jour.
