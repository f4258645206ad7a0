# Anmelden bei einer Anwendung: was sie verlangt, und was gesagt wird, wenn es nicht geht.

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
