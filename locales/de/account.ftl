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
