# Der Rahmen jeder Seite und die Fehlerseiten.

page-skip = Zum Inhalt
page-menu = Sprache und Darstellung: { $language }
page-language = Sprache
page-appearance = Darstellung
page-theme-system = Wie mein System
page-theme-light = Hell
page-theme-dark = Dunkel
page-theme-contrast = Hoher Kontrast
page-privacy = Datenschutzerklärung
page-runs = <bdi>{ $host }</bdi> betreibt diese Seite selbst mit Lodge
page-runs-nobody = Diese Seite läuft mit Lodge
page-account = Mein Konto
page-signed-in = <bdi>{ $name }</bdi>, angemeldet

error-setting = Entscheidende Einstellung
error-remedy = Was Sie tun können
error-role = Dafür ist die Rolle { $role } nötig.
error-for-it = Für Ihre IT-Abteilung
error-details = Einzelheiten dieser Antwort

error-request-title = Diese Anfrage ist nicht lesbar
error-request-sentence = Etwas fehlt darin oder hat die falsche Form. Gehen Sie zurück, prüfen Sie Ihre Eingaben und senden Sie sie noch einmal.
error-unauthenticated-title = Melden Sie sich zuerst an
error-unauthenticated-sentence = Diese Seite ist für angemeldete Personen.
error-forbidden-title = Das ist hier nicht erlaubt
error-forbidden-sentence = Ihr Konto darf das nicht, oder das Formular ist zu alt. Der Grund steht darunter.
error-not-found-title = Diese Seite gibt es nicht
error-not-found-sentence = Die Adresse ist unvollständig, oder ihr Ziel besteht nicht mehr. Prüfen Sie die Adresse, oder beginnen Sie neu aus Ihrer E-Mail.
error-conflict-title = Inzwischen hat sich etwas geändert
error-conflict-sentence = Ihre Eingabe passt nicht mehr zum jetzigen Stand. Laden Sie die Seite neu und prüfen Sie, bevor Sie es wiederholen.
error-gone-title = Das ist beendet
error-gone-sentence = Es hat bestanden und gilt nicht mehr.
error-too-many-title = Zu viele Versuche
error-too-many-sentence = Warten Sie ein wenig und versuchen Sie es dann noch einmal.
error-internal-title = Bei uns ist etwas schiefgegangen
error-internal-sentence = An Ihnen lag es nicht. Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie Ihrer Administration die Nummer unten.
error-unavailable-title = Das geht gerade nicht
error-unavailable-sentence = Der Dienst ist ausgelastet oder wird gewartet. Versuchen Sie es in einigen Minuten noch einmal.

page-organization = Organisation: { $host }
page-self = <bdi>{ $name }</bdi>, Ihr Konto
page-own = Ihre Seiten
page-portal = Verwaltung
page-appearance-language = Darstellung und Sprache
page-accounts = Konten in diesem Browser
page-another-account = Anderes Konto verwenden
page-sign-out = Abmelden

portal-menu = Menü
portal-menu-close = Menü schließen
portal-find = Personen, Seiten, Aktionen suchen
portal-invite = Einladen
portal-navigation = Verwaltung
portal-crumbs = Pfad
portal-actions = Was Sie hier tun können
portal-group-directory = Verzeichnis
portal-group-guests = Gäste
portal-group-protection = Schutz
portal-group-records = Protokolle
portal-group-support = Unterstützung

ui-search = Suchen
ui-remove-filter = Filter entfernen
ui-select = Auswählen
ui-select-all = Alle auf dieser Seite auswählen
ui-select-one = { $name } auswählen
ui-selected = Ausgewählt
ui-clear-selection = Auswahl aufheben
ui-previous = Zurück
ui-next = Weiter
ui-close = Schließen
ui-save = Speichern
ui-discard = Verwerfen
ui-copy-as = Kopieren als
ui-copy = Kopieren
ui-copied = Kopiert

error-rule = Regel
error-number = Nummer dieser Antwort
