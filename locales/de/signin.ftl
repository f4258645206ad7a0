# Die Anmeldeseiten.

signin-title = Bei { $host } anmelden
signin-title-any = Anmelden
signin-to-open = um <strong>{ $application }</strong> zu öffnen
signin-user-name = Benutzername oder E-Mail-Adresse
signin-user-name-hint = Gäste verwenden die Adresse, die { $host } eingeladen hat.
signin-user-name-invalid = Das ist kein Benutzername. Er sieht aus wie name@organisation.example.
signin-next = Weiter
signin-do = Anmelden
signin-continue = Weiter
signin-another = Anderes Konto verwenden
signin-another-address = Andere Adresse verwenden
signin-have-code = Ich habe einen Code aus einer Einladung

# Passwort
signin-password-title = Geben Sie Ihr Passwort ein
signin-password = Passwort
signin-wrong = Benutzername und Passwort gehören nicht zusammen.
signin-wrong-capitals = Groß und klein zählt.
signin-wrong-changed = Kürzlich geändert? Das alte gilt nicht mehr.
signin-wrong-tries = { $tries ->
    [one] Noch ein Versuch, dann eine Pause.
   *[other] Noch { $tries } Versuche, dann eine Pause.
}
signin-paused = { $minutes ->
    [one] Zu viele falsche Passwörter. Die Anmeldung mit diesem Namen pausiert eine Minute.
   *[other] Zu viele falsche Passwörter. Die Anmeldung mit diesem Namen pausiert { $minutes } Minuten.
}
signin-no-password = Ich wurde per Mail eingeladen und habe kein Passwort
signin-no-password-more = Gäste haben hier keines. Gehen Sie zurück und geben Sie die eingeladene Adresse ein; dann melden Sie sich bei Ihrer eigenen Organisation an, oder mit einem Code, der per Mail kommt.

# Erste Administration
signin-set-up-title = Wählen Sie Ihr Passwort
signin-set-up-lead = Sie richten die Administration von { $host } ein und melden sich an als <strong>{ $name }</strong>.
signin-new-password = Neues Passwort
signin-new-password-again = Neues Passwort, noch einmal
signin-password-rule = Mindestens { $length } Zeichen. Ein paar Wörter ohne Zusammenhang merken sich leicht.
signin-password-short = Das ist zu kurz; { $length } Zeichen sind nötig.
signin-password-known = Dieses ist leicht zu erraten. Wählen Sie ein anderes mit mindestens { $length } Zeichen.
signin-password-plain = Mischen Sie mindestens drei davon: Kleinbuchstaben, Großbuchstaben, Ziffern, andere Zeichen.
signin-password-mismatch = Das ist nicht dasselbe wie oben.
signin-set-up-do = Passwort setzen und anmelden
signin-set-up-ended = Dieser Einrichtungslink gilt nicht mehr
signin-set-up-ended-lead = Er gilt einmal und 24 Stunden lang.
signin-set-up-ended-more = Wer diesen Server betreibt, kann einen neuen ausgeben. Ist das Passwort schon gesetzt, melden Sie sich damit an.

# Konten dieses Browsers
signin-accounts-title = Welches Konto?
signin-accounts-open = Sie öffnen <strong>{ $application }</strong> bei { $host }.
signin-accounts-count = { $count ->
    [one] In diesem Browser wurde ein Konto verwendet.
   *[other] In diesem Browser wurden { $count } Konten verwendet.
}
signin-accounts-list = Konten in diesem Browser
signin-accounts-here = Diese Liste steht nur in diesem Browser. Abmelden löscht sonst nichts.
signin-account-in = Angemeldet
signin-account-out = Abgemeldet
signin-account-relation = { $relation ->
    [member] Mitglied von { $host }
    [guest] Gast von { $host }
   *[unknown] { $host } kennt dieses nicht
}

# Abmelden
signin-out-all = Überall abmelden
signin-out-ask = Bei { $host } abmelden?
signin-out-ask-any = Abmelden?
signin-out-ask-lead = Sie sind angemeldet als <strong>{ $name }</strong>.
signin-out-do = Abmelden
signin-out-stay = Angemeldet bleiben
signin-out-title = Sie sind abgemeldet
signin-out-lead = Dieser Browser öffnet mit dem Konto nichts mehr.
signin-out-others = { $count ->
    [one] Ein anderes Konto ist hier noch angemeldet.
   *[other] { $count } andere Konten sind hier noch angemeldet.
}
signin-out-back = Zurück zu { $application }
signin-again = Wieder anmelden

# Der Code eines Gastes
signin-code-title = Geben Sie den Code aus Ihrer Mail ein
signin-code-lead = Wenn <strong><bdi>{ $address }</bdi></strong> Gast von { $host } ist, sind 8 Ziffern dorthin unterwegs.
signin-code-no-guest = Hat { $host } eine andere Ihrer Adressen eingeladen, kommt an diese keine Mail.

# Zustimmung für eine Anwendung
signin-consent-not = Was { $application } nicht erhält
signin-consent-not-more = Ihr Passwort und alles, was nicht auf dieser Liste steht.

# Anfragen, auf die keine Antwort möglich ist
signin-error-title = Diese Anmeldung kann nicht weitergehen
signin-error-do = Was Sie tun können
signin-error-code = Fehler
signin-error-back = Zu meinem Konto
signin-error-details = Einzelheiten dieses Fehlers
signin-error = { $number ->
    [50011] { $application } verlangt die Antwort an { $subject }, und diese Adresse ist dafür nicht eingetragen.
    [50014] Sie wurden eingeladen, aber die Einladung ist noch nicht angenommen.
    [50020] Sie sind angemeldet, aber niemand in dieser Organisation hat dieses Konto eingeladen.
    [50057] Dieses Konto ist abgeschaltet.
    [50059] Die Anfrage sagt nicht, bei welcher Organisation angemeldet werden soll.
    [50105] { $application } öffnet sich nur, wenn Sie der Anwendung zugewiesen sind, und das sind Sie nicht.
    [50194] { $application } gehört zu einer Organisation, und die Anfrage nennt keine.
    [70011] Die Anfrage verlangt eine Berechtigung, die es nicht gibt: { $subject }.
    [90002] Eine Organisation { $subject } gibt es hier nicht.
    [500011] { $application } verlangt einen Dienst, den diese Organisation nicht hat: { $subject }.
    [700016] Eine Anwendung { $application } gibt es in dieser Organisation nicht.
    [700054] { $application } verlangt eine Antwort, die dafür abgeschaltet ist: { $subject }.
    [900144] Der Anfrage fehlt der Parameter { $subject }.
    [90020] Bei uns ist etwas schiefgegangen, nicht bei Ihnen.
    [90033] Dieser Dienst ist ausgelastet oder wird gewartet.
    [90055] Aus Ihrem Netz kamen zu viele Versuche.
    [90094] { $application } verlangt mehr, als eine einzelne Person erlauben kann.
    [901002] { $subject } hat einen Wert, der hier nicht verstanden wird.
    [7000112] { $application } ist in dieser Organisation abgeschaltet.
    [9002313] Die Anfrage ist nicht lesbar.
   *[9002325] { $application } muss eine PKCE-Prüfsumme mitschicken und hat es nicht getan.
}
signin-error-remedy = { $number ->
    [50011] Wer die Anwendung betreut, trägt genau diese Adresse ein, Zeichen für Zeichen, oder berichtigt die Anfrage.
    [50014] Öffnen Sie zuerst den Link in der Einladungsmail, oder lassen Sie sich einen neuen schicken.
    [50020] Wurden Sie unter einer anderen Adresse eingeladen? Verwenden Sie dieses Konto. Wenn nicht, bitten Sie die Organisation um eine Einladung.
    [50057] Bitten Sie die Administration, es freizugeben, oder verwenden Sie ein anderes Konto.
    [50059] Beginnen Sie noch einmal in der Anwendung, mit dem Namen der Organisation in ihrer Adresse.
    [50105] Bitten Sie die Administration der Organisation um die Zuweisung.
    [50194] Wer die Anwendung betreut, setzt die Kennung der Organisation in die Anmeldeadresse.
    [70011] Wer die Anwendung betreut, berichtigt die Berechtigung.
    [90002] Prüfen Sie die Schreibweise der Domain oder der Kennung; mit Ihrem Konto ist alles in Ordnung.
    [500011] Wer die Anwendung betreut, berichtigt die Berechtigung oder die Ressource.
    [700016] Prüfen Sie die Anwendungs-ID und die Organisation. Oft stammt eine davon aus einer anderen Umgebung.
    [700054] Wer die Anwendung betreut, verlangt stattdessen einen Code oder schaltet diese Antwort ein.
    [900144] Beginnen Sie noch einmal in der Anwendung. Geschieht es wieder, sagen Sie es denen, die sie betreuen.
    [90020] Versuchen Sie es noch einmal. Bleibt es dabei, geben Sie die Einzelheiten unten an Ihre Administration.
    [90033] Versuchen Sie es in einigen Minuten noch einmal.
    [90055] Warten Sie ein wenig und versuchen Sie es dann noch einmal.
    [90094] Geben Sie die Einzelheiten unten an die Administration; sie kann es für alle erlauben.
    [901002] Beginnen Sie noch einmal in der Anwendung. Geschieht es wieder, sagen Sie es denen, die sie betreuen.
    [7000112] Bitten Sie die Administration der Organisation, sie einzuschalten.
    [9002313] Beginnen Sie noch einmal in der Anwendung. Geschieht es wieder, sagen Sie es denen, die sie betreuen.
   *[9002325] Wer die Anwendung betreut, schaltet PKCE ein; heutige Bibliotheken tun es von selbst.
}
