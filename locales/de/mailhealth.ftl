# Mail health in the portal, and the test it sends.

mail-health = E-Mail-Zustand
mail-health-keywords = SPF DKIM DMARC DNS Rückläufer Warteschlange Zustellung E-Mail Absender
mail-health-lead = { $state ->
    [none] In den letzten 30 Tagen ist keine Mail hinausgegangen.
    [late] Mail ist verspätet: { $waiting } Nachrichten warten, die älteste seit { $minutes } Minuten.
   *[good] Mail kommt an: Andere Server nahmen in den letzten 30 Tagen { $sent } von { $total } Nachrichten an.
}
mail-health-faults = { $count ->
    [one] Eine Domain braucht einen Eintrag.
   *[other] { $count } Domains brauchen Einträge.
}
mail-health-taken = von der Gegenseite angenommen
mail-health-seconds = { $seconds } s
mail-health-median = von Auftrag bis Annahme, Median
mail-health-waiting = { $minutes ->
    [0] in der Warteschlange
   *[other] in der Warteschlange, älteste { $minutes } min
}
mail-health-bounced = zurückgekommen, { $share } %
mail-health-dead = aufgegeben
mail-health-domains = Absenderdomains
mail-health-domain = Domain
mail-health-used = Von hier kommt die Mail
mail-health-looked-up = Nachgesehen { $at }
mail-health-not-looked-up = Noch nicht nachgesehen
mail-health-look = Erneut nachsehen
mail-health-failure = Die Nameserver haben nicht geantwortet.
mail-health-failure-more = Sie sagten: { $reason }. Was hier steht, war vorher bekannt; Lodge fragt weiter.
mail-health-spf = { $reason ->
    [passes] In Ordnung
    [missing] Fehlt
    [several] { $detail } Einträge
    [lacks-server] Mailserver fehlt darin
    [broken] Nicht zu verfolgen
   *[other] Nicht bekannt
}
mail-health-dkim = { $reason ->
    [passes] { $detail } bit
    [missing] Fehlt
    [other-key] Anderer Schlüssel
    [revoked] Widerrufen
    [not-signed] Nicht signiert
   *[other] Nicht bekannt
}
mail-health-dmarc = { $reason ->
    [passes] { $detail }
    [missing] Fehlt
    [several] { $detail } Einträge
    [only-reports] Nur Berichte
    [no-policy] Ohne Regel
   *[other] Nicht bekannt
}
mail-health-publish = Für { $domain } veröffentlichen
mail-health-publish-where = Dort, wo die Zone der Domain verwaltet wird. Jeder Eintrag ersetzt einen gleicher Art, der dort steht.
mail-health-records = { $count ->
    [one] Ein Eintrag, Zonendatei
   *[other] { $count } Einträge, Zonendatei
}
mail-health-no-key = Lodge hat keinen Schlüssel zum Signieren. Setzen Sie dkim.key_file in der Konfiguration; dann steht hier der Eintrag, der zu veröffentlichen ist.
mail-health-looks = Lodge sieht alle 10 Minuten nach.
mail-health-bounces = Rückläufer
mail-health-bounces-count = { $days } Tage, { $count } von { $total }
mail-health-no-bounces = In { $days } Tagen ist nichts zurückgekommen.
mail-health-chart = Zurückgekommene Nachrichten je Tag
mail-health-chart-more = { $count } in { $days } Tagen. Die Tabelle darunter nennt jeden Tag.
mail-health-table = Dasselbe als Tabelle
mail-health-day = Tag
mail-health-bounced-head = Zurückgekommen
mail-health-days-left-out = Tage ohne Rückläufer sind weggelassen.
mail-health-queue = Warteschlange
mail-health-queued = { $count } an { $domain }
mail-health-going = Geht hinaus
mail-health-next = nächster Versuch { $at }
mail-health-queue-empty = Nichts wartet.
mail-health-given-up = Aufgegeben
mail-health-given-up-empty = Nichts wurde aufgegeben.
mail-health-retry = Erneut versuchen
mail-health-retry-all = Alle { $count } erneut versuchen
mail-health-kind = { $kind ->
    [guest_invitation] Einladung
    [already_member] Einladung
    [invitation_copy] Kopie einer Einladung
    [invitation_reported] Meldung einer Einladung
    [email_code] Code
    [mail_test] Test
   *[other] { $kind }
}
mail-health-suppressed = Adressen, die keine Mail annehmen
mail-health-suppressed-lead = An sie gehen keine Einladungsmails, bis sie wieder Mail annehmen.
mail-health-suppressed-empty = Keine Adresse hat Mail endgültig abgelehnt.
mail-health-remove = Wieder anschreiben
mail-health-test = Test senden
mail-health-to = An
mail-health-from = Von
mail-health-no-address = Ihr Konto hat keine E-Mail-Adresse
mail-health-send = Senden
mail-health-test-asked = Von Ihnen angefordert
mail-health-test-state = { $state ->
    [taken] Vom Mailserver angenommen
    [deferred] Der Mailserver bat zu warten
    [failed] Aufgegeben
   *[waiting] Unterwegs
}
mail-health-sender = Mail kommt von
mail-health-sender-lead = In einer Ihrer verifizierten Domains oder in { $domain }.
mail-health-sender-address = Adresse
mail-health-sender-name = Name davor
mail-health-sender-reply = Antworten gehen an
mail-health-sender-reply-hint = Wo kein Einladender sie annimmt. Darf leer bleiben.
mail-health-sender-reset = { $address } verwenden
mail-health-said-look = Die Einträge wurden nachgesehen.
mail-health-said-retry = { $count ->
    [one] Eine Nachricht wird erneut versucht.
   *[other] { $count } Nachrichten werden erneut versucht.
}
mail-health-said-removed = { $address } wird wieder angeschrieben.
mail-health-said-test = Der Test ist unterwegs.
mail-health-said-sender = Mail kommt jetzt von { $address }.

mail-test-subject = Ein Test von { $host }
mail-test-lead = Mail von { $place } erreicht Sie.
mail-test-more = Eine Administratorin oder ein Administrator hat dies gesendet, um zu sehen, ob Mail ankommt. Sie brauchen nicht zu antworten.
