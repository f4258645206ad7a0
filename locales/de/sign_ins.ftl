# The sign-in log.

sign-ins-title = Anmeldeprotokolle
sign-ins-title-words = Login fehlgeschlagen Kennwort wer kam
sign-in-record-title = Anmeldung
sign-ins-lead = Wer sich in den letzten 30 Tagen wo und von wo angemeldet hat, und warum es jemandem nicht gelang.
sign-ins-search = Nach Person, Anwendung, Netzwerkadresse oder Fehlercode suchen
sign-ins-who = Wer
sign-ins-where = Angemeldet bei
sign-ins-own-pages = Seiten von Lodge
sign-ins-succeeded = Angemeldet
sign-ins-failed = Nicht angemeldet
sign-ins-interactive = Interaktiv
sign-ins-non-interactive = Nicht interaktiv
sign-ins-applications = Anwendungen
sign-ins-from = Gast von { $tenant }
sign-ins-as-guest = Als Gast bei { $tenant }
sign-ins-unknown = Jemand Unbekanntes
sign-ins-none = Noch hat sich niemand angemeldet
sign-ins-none-more = Jede Anmeldung, auch jede gescheiterte, erscheint hier.
sign-ins-about = Die Anmeldung
sign-ins-name = Benutzerprinzipalname
sign-ins-home = Heimmandant
sign-ins-resource = Ressourcenmandant
sign-ins-client = Client
sign-ins-error = Fehlercode
sign-ins-profile = Profil
sign-ins-count = { $count ->
    [one] Eine Anmeldung
   *[other] { $count } Anmeldungen
}
