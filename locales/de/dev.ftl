# Die Seiten eines Entwicklungsservers.

dev-title = Lodge für die Entwicklung
dev-mail-title = Aufgefangene Mail
dev-mail-lead = { $count ->
    [0] Dieser Server schickt keine Mail hinaus; er behält sie hier.
    [one] Dieser Server schickt keine Mail hinaus; er behält sie hier, die neueste zuerst. Bisher eine.
   *[other] Dieser Server schickt keine Mail hinaus; er behält sie hier, die neueste zuerst. Bisher { $count }.
}
dev-mail-refresh = Neu laden
dev-mail-list = Liste der Mails
dev-mail-filter = Empfangsadresse
dev-mail-show = Zeigen
dev-mail-all = Alle zeigen
dev-mail-none = Noch keine Mail
dev-mail-none-more = Laden Sie jemanden ein, und die Mail erscheint hier.
dev-mail-none-match = Keine Mail an diese Adresse
dev-mail-none-match-more = Der Filter vergleicht die ganze Adresse.
dev-mail-from = Von
dev-mail-reply-to = Antwort an
dev-mail-to = An
dev-mail-cc = Kopie
dev-mail-received = Eingegangen
dev-mail-kind = Art und Sprache
dev-mail-code = Code
dev-mail-links = Links
dev-mail-html = Die Mail als HTML
dev-mail-text = Die Mail als Text
