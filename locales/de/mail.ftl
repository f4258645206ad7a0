# Die Mails. Textteil und HTML-Teil einer Mail verwenden dieselben Sätze.

mail-from = Mail von { $host }
mail-sent-by = Gesendet von { $sender } an { $address }.
mail-privacy = Datenschutzerklärung
mail-no-privacy = { $host } hat keine Datenschutzerklärung veröffentlicht.
mail-block = Künftige Einladungen blockieren
mail-label = { $label }:
mail-by = Nachricht von { $name }
mail-by-department = Nachricht von { $name }, { $department }
mail-reply = Eine Antwort auf diese Mail geht an { $name }.
mail-invited-address = Eingeladene Adresse
mail-your-address = Ihre Adresse
mail-expected = Haben Sie das erwartet?
mail-sign-in = Bei { $host } anmelden

# Die Einladung
mail-invitation = { $host } lädt Sie als Gast ein
mail-invitation-person = { $inviter } lädt Sie zu { $host } ein
mail-invitation-preheader = Offen bis { $until }. Sie melden sich mit dem Konto an, das Sie schon haben.
mail-invitation-lead = { $host } nimmt Sie als Gast auf. Sie melden sich mit dem Konto an, das Sie schon haben, oder mit einem Code per Mail; kein neues Passwort.
mail-get = Sie erhalten
mail-get-account = Ein Gastkonto bei { $host }
mail-get-then = { $kind ->
    [application] und kommen zu { $target }
    [site] und kommen zu { $target }
   *[account] und kommen zu Ihrer Kontoseite
}
mail-until = Offen bis
mail-until-more = danach endet der Link, und Sie können um einen neuen bitten
mail-open = Einladung öffnen
mail-typed-go = Oder gehen Sie zu
mail-typed-type = und tippen Sie ein:
mail-expected-more = Wenn nicht, tun Sie nichts, oder öffnen Sie die Einladung und wählen Sie „Melden“. { $host } fragt nie per Mail nach Ihrem Passwort.

# Noch einmal eingeladen
mail-member = Sie gehören schon zu { $host }
mail-member-again = { $host } hat Sie noch einmal eingeladen.
mail-member-again-person = { $inviter } hat Sie noch einmal eingeladen.
mail-member-lead = Es gibt nichts anzunehmen; melden Sie sich an wie sonst.
mail-member-then = { $kind ->
    [application] Sie melden sich an und kommen zu { $target }
    [site] Sie melden sich an und kommen zu { $target }
   *[account] Sie melden sich an und kommen zu Ihrer Kontoseite bei { $host }
}
mail-member-expected = Wenn nicht, tun Sie nichts. { $host } fragt nie per Mail nach Ihrem Passwort.

# Die Kopie
mail-copy-subject = Kopie: { $guest } ist zu { $host } eingeladen
mail-copy = { $host } hat einen Gast eingeladen
mail-copy-person = { $inviter } hat einen Gast zu { $host } eingeladen
mail-copy-lead = Diese Kopie dient Ihrer Information. Sie müssen nichts tun.
mail-copy-why = Warum steht hier kein Link?
mail-copy-why-more = Nur die eingeladene Adresse kann antworten, darum stehen Link und Code nur in jener Mail.

# Der Einmalcode
mail-code-subject = Ihr Code für { $host }
mail-code-lead = { $purpose ->
    [accept] Geben Sie ihn auf der Seite der Einladung von { $host } ein.
    [decline] Geben Sie ihn auf der Seite ein, auf der Sie die Einladung von { $host } ablehnen.
   *[sign_in] Geben Sie ihn auf der Seite ein, auf der Sie sich bei { $host } anmelden.
}
mail-code-lifetime = Er gilt 30 Minuten, einmal, und nur in dem Browser, der ihn verlangt hat.
mail-code-not-asked = Haben Sie ihn nicht verlangt?
mail-code-not-asked-more = Dann hat jemand Ihre Adresse eingetippt. Tun Sie nichts; ohne diesen Code kommt niemand hinein. Geben Sie ihn niemandem, auch { $host } nicht.

# Eine Meldung, an die Administration
mail-reported = Gemeldet: die Einladung von { $guest }
mail-reported-heading = Eine Einladung wurde gemeldet
mail-reported-lead = Jemand mit ihrem Link sagt, dass sie nicht hätte kommen sollen. Die Einladung gilt wie zuvor; { $host } entscheidet, was aus ihr wird.
mail-reported-by = Eingeladen von
mail-reported-at = Gemeldet
mail-reported-who = die Adresse wurde nicht nachgewiesen; möglich sind alle, die die Mail haben
mail-reported-id = Kennung der Einladung
mail-reported-do = Was können Sie tun?
mail-reported-do-more = Fragen Sie dort nach, woher die Einladung kam. Kennt niemand den Gast, löschen Sie das Gastkonto: Link und Code enden sofort. Je Einladung und Tag kommen höchstens drei solche Mails.
