# Anmelden bei einer Anwendung: was sie verlangt, und was gesagt wird, wenn es nicht geht.

authorize-refused-request-title = Die Anfrage dieser Anwendung lässt sich nicht beantworten
authorize-refused-request-sentence = Mit Ihrem Konto ist alles in Ordnung; die Anwendung hat etwas Unpassendes gesendet. Gehen Sie zu ihr zurück und versuchen Sie es noch einmal. Bleibt es dabei, geben Sie die Einzelheiten unten an, wer die Anwendung betreibt.
authorize-refused-account-title = Dieses Konto gilt hier nicht
authorize-refused-account-sentence = Sie sind angemeldet, aber nicht mit einem Konto, das diese Anwendung öffnen darf. Der Grund steht darunter.
authorize-refused-administrator-title = Das muss die Administration zuerst erlauben
authorize-refused-administrator-sentence = Die Anwendung verlangt mehr, als eine einzelne Person gewähren kann. Geben Sie die Einzelheiten unten Ihrer Administration.
authorize-other-account = Anderes Konto verwenden
authorize-continue = Weiter
authorize-form-post-title = Zurück zur Anwendung
authorize-form-post-sentence = Sie sind angemeldet. Öffnet sich die Anwendung nicht von selbst, geht es hier weiter.

consent-title = { $application } bittet um Ihre Erlaubnis
consent-lead = Wenn Sie zustimmen, darf { $application } mit Ihrem Konto hier Folgendes tun. Das bleibt gespeichert, und die Administration kann es zurücknehmen.
consent-target = Danach geht es weiter zu { $host }.
consent-signed-in-as = Angemeldet als { $address }
consent-accept = Zustimmen
consent-decline = Ablehnen
consent-scope-openid = Sie anmelden
consent-scope-profile = Ihren Namen und Benutzernamen sehen
consent-scope-email = Ihre E-Mail-Adresse sehen
consent-scope-offline-access = Für Sie angemeldet bleiben, während Sie weg sind
consent-scope-user-read = Ihr Profil lesen
consent-scope-user-readwrite = Ihr Profil lesen und ändern
consent-scope-user-readbasic-all = Namen und Adressen aller Personen hier lesen
consent-scope-policy-read-conditionalaccess = Die Regeln für die Anmeldung lesen
consent-scope-licenseassignment-readwrite-all = Lizenzzuweisungen verwalten
consent-scope-mail-send = E-Mails in Ihrem Namen senden

logout-done-title = Sie sind abgemeldet
logout-done-sentence = Sie sind in diesem Browser von diesem Verzeichnis abgemeldet. Noch offene Anwendungen kennen Sie womöglich, bis Sie sie schließen.
logout-confirm-title = Abmelden?
logout-confirm-sentence = Eine Anwendung möchte Sie in diesem Browser von diesem Verzeichnis abmelden.
logout-confirm-do = Abmelden
