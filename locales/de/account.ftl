# Die eigenen Seiten.

account-title = Mein Konto
account-member-of = Mitglied von { $host }
account-guest-of = Gast von { $host }
account-sign-out = Abmelden
account-story-member = Sie sind <strong>Mitglied von { $host }</strong>.
account-story-guest = Sie sind <strong>Gast von { $host }</strong>.
account-since = Hier sind Sie seit { $day }.
account-sign-in = { $kind ->
    [home] Sie melden sich mit Ihrem Konto bei <strong>{ $home }</strong> an.
    [code] Sie melden sich mit einem Code an, der per Mail kommt.
   *[password] Sie melden sich mit Ihrem Passwort an.
}
account-applications = Anwendungen, die Sie öffnen können
account-application-why = { $why ->
    [group] durch { $through }
    [assigned] Ihnen zugewiesen
   *[everyone] alle bei { $host }
}
account-no-applications = Noch nichts zu öffnen
account-no-applications-more = Gibt { $host } Ihnen eine Anwendung, erscheint sie hier.

account-home = Start
account-profile = Profil
account-sessions = Sitzungen
account-apps = Meine Anwendungen
account-appearance = Darstellung
account-waiting = Wartet auf Sie
account-waiting-none = Nichts wartet auf Sie.
account-all = Alle { $count }
account-at = Sie sind bei
account-go = Wechseln
account-go-to = Zu { $host } wechseln
account-security = Sicherheitsangaben
account-change = Ändern
account-password = Passwort
account-password-note = Nur Sie kennen es. Lodge bewahrt einen Hash auf, der sich nicht zurücklesen lässt.
account-where = Wo Sie angemeldet sind
account-device = { $browser } auf { $system }
account-device-unknown = Unbekannter Browser
account-this-browser = Dieser Browser
account-session-this = Dieser Browser, seit { $since }.
account-session-used = Zuletzt benutzt { $used }, angemeldet { $since }.
account-session-method = { $method ->
    [code] Mit einem Code per E-Mail.
    [home] Mit Ihrer eigenen Organisation.
   *[password] Mit Ihrem Passwort.
}
account-session-end = Abmelden
account-session-end-one = { $device } abmelden
account-session-ended = Dieser Browser ist abgemeldet.
account-sessions-ended = Alle anderen Browser sind abgemeldet.
account-sessions-all = Alle Sitzungen
account-sessions-lead = Jeder Browser, in dem Sie angemeldet sind. Beenden Sie, was Sie nicht kennen.
account-sessions-end-others = Überall sonst abmelden
account-sessions-end-all = Überall abmelden
account-sessions-end-all-more = Beendet jede Sitzung, auch diese, und was Anwendungen in Ihrem Namen halten. Sie bitten Sie, sich neu anzumelden.
account-password-lead = Das, mit dem Sie sich hier anmelden.
account-password-none = Sie melden sich anderswo an.
account-password-no = Sie haben hier kein Passwort
account-password-no-more = Ihr Passwort liegt dort, wo Ihr Konto liegt. Ändern Sie es dort.
account-password-change = Passwort ändern
account-password-now = Jetziges Passwort
account-password-wrong = Das ist nicht Ihr jetziges Passwort.
account-password-same = Das ist das, das Sie schon haben. Wählen Sie ein anderes.
account-password-effect = Jeder andere Browser wird abgemeldet, und Anwendungen bitten Sie, sich neu anzumelden.
account-password-changed = Ihr Passwort ist geändert.
account-apps-lead = Was { $host } Sie öffnen lässt.
account-appearance-lead = Wird in diesem Browser aufbewahrt. Anderswo gilt, was Sie dort wählen.
account-profile-lead = Was { $host } über Sie weiß.
account-profile-change = Stimmt etwas nicht? Nur die Verwaltung von { $host } kann es ändern.
account-you = Sie
account-contact = Kontakt
account-identity = Identität
account-fact-name = Name
account-fact-given = Vorname
account-fact-surname = Nachname
account-fact-type = Benutzertyp
account-fact-job = Position
account-fact-company = Firma
account-fact-mail = E-Mail
account-fact-mobile = Mobiltelefon
account-fact-phone = Telefon
account-fact-office = Büro
account-fact-upn = Benutzerprinzipalname
account-fact-sign-in = Anmeldung
account-fact-id = Objekt-ID
