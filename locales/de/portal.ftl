# Das Portal: sein Rahmen, seine eigenen Seiten und die Namen der Rechte.

portal-home = Start
portal-welcome = <bdi>{ $host }</bdi>
portal-home-lead = { $more ->
    [true] Mehr als { $people } Personen sind hier bekannt.
   *[false] { $people ->
        [one] Eine Person ist hier bekannt
       *[other] { $people } Personen sind hier bekannt
    }, { $guests ->
        [0] keine davon ist Gast.
        [one] eine davon ist Gast.
       *[other] { $guests } davon sind Gäste.
    }
}
portal-home-role = Ihre Rolle: { $role }.
portal-figures = Zahlen
portal-people = Personen
portal-guests = Gäste
portal-waiting = Wartet
portal-waiting-none = Nichts wartet
portal-waiting-none-more = Was jemanden braucht, erscheint hier.
portal-changes = Letzte Änderungen
portal-places = Wohin

portal-search = Suche
portal-search-lead = Personen, Seiten und Aktionen zu dem, was Sie eingeben.
portal-palette = Suche und Befehle
portal-hits = Ergebnisse
portal-pages = Seiten
portal-do = Aktionen
portal-nothing-title = Nichts gefunden
portal-nothing = Zu „{ $text }“ wurde nichts gefunden. Versuchen Sie den Anfang eines Namens oder einer Adresse.
portal-count = { $count ->
    [0] Kein Ergebnis
    [one] Ein Ergebnis
   *[other] { $count } Ergebnisse
}

portal-help = Hilfe
portal-help-words = Tasten Tastatur Tastenkürzel
portal-help-lead = Wo die Dinge sind, und die Tasten, die dorthin führen.
portal-keys = Tasten
portal-key-palette = Suche und Befehle
portal-key-move = bewegen
portal-key-open = öffnen
portal-key-tab = neuer Tab
portal-key-people = Personen
portal-key-do = Aktionen
portal-key-close = schließen

portal-signed-in = Angemeldet
portal-signed-in-lead = Sie sind wieder angemeldet.
portal-signed-in-next = Zurück zu Ihrem Formular
portal-signed-in-more = Schließen Sie diesen Tab und drücken Sie „Jetzt senden“ in dem, aus dem Sie kamen. Ihre Eingaben sind noch da.

portal-expired = Ihre Anmeldung ist abgelaufen
portal-expired-lead = Keine Ihrer Eingaben ist verloren. Melden Sie sich in einem neuen Tab an und lassen Sie diese Seite offen.
portal-expired-sign-in = Anmelden
portal-expired-then = Kommen Sie dann auf diese Seite zurück und senden Sie Ihre Eingaben.
portal-expired-send = Jetzt senden
portal-being-sent = Dieses Formular wurde bereits gesendet
portal-being-sent-more = Seine Arbeit hat begonnen und sich noch nicht zurückgemeldet. Sehen Sie in der Liste nach, bevor Sie es noch einmal senden.

portal-refused-lead = Die Seite gibt es. Ihre Rolle öffnet sie nicht.
portal-may-not = Ihre Rolle erlaubt nicht: { $right }.
portal-needs = Dazu braucht es die Rolle { $role }.
portal-givers = { $count ->
    [one] { $names } kann sie Ihnen geben.
   *[other] { $names } können sie Ihnen geben.
}
portal-givers-unnamed = Die Administratoren von <bdi>{ $host }</bdi> können sie Ihnen geben.
portal-you-hold = Ihre Rolle
portal-also-holds = Es genügt auch
portal-ask = <bdi>{ $name }</bdi> fragen
portal-ask-subject = Die Rolle { $role }
portal-to-home = Zur Startseite
portal-to-account = Mein Konto
portal-no-entry = Hier keine Verwaltung
portal-no-entry-host = Sie verwalten <bdi>{ $host }</bdi> nicht
portal-no-entry-why = { $address } hat keine Verzeichnisrolle.

right-enter = die Verwaltung betreten
right-read-users = Benutzer sehen
right-manage-users = Benutzer ändern
right-invite-guests = Gäste einladen
right-read-groups = Gruppen sehen
right-manage-groups = Gruppen ändern
right-read-applications = Anwendungen sehen
right-manage-applications = Anwendungen ändern
right-read-roles = Rollen sehen
right-manage-roles = Rollen vergeben
right-read-audit-logs = das Überwachungsprotokoll sehen
right-read-sign-in-logs = das Anmeldeprotokoll sehen
right-read-settings = Einstellungen sehen
right-manage-settings = Einstellungen ändern
right-read-mail-health = den Zustand des Mailversands sehen
right-manage-mail = den Mailversand ändern
