# Users: the list, one user's page, the deleted.

users = Benutzer
users-words = personen mitglieder gäste konten
users-lead = Alle, die { $host } kennt: { $all } Personen, davon { $guests } Gäste.
users-views = Ansichten
users-all = Alle Benutzer
users-guests = Gäste
users-waiting = Wartend
users-blocked = Gesperrt
users-search = Nach Name oder Adresse suchen
users-any = beliebig
users-type = Benutzertyp
users-state = Status
users-enabled = Anmeldung
users-enabled-yes = Erlaubt
users-enabled-no = Gesperrt
users-created = Angelegt
users-created-7 = Letzte 7 Tage
users-created-30 = Letzte 30 Tage
users-created-90 = Letzte 90 Tage
users-name = Name
users-columns = Spalten
users-column-state = Status
users-column-type = Benutzertyp
users-column-company = Firma
users-column-created = Angelegt
users-column-upn = Benutzerprinzipalname
users-column-id = Objekt-ID
users-shown = { $count ->
    [one] Eine Zeile
   *[other] { $count } Zeilen
}
users-none = Niemand passt
users-none-more = Versuchen Sie den Anfang eines Namens oder einer Adresse, oder entfernen Sie einen Filter.
users-none-here = Hier noch niemand
users-none-here-more = Die Suche sieht das Verzeichnis Teil für Teil durch; in diesem Teil passt niemand.
users-look-on = Weitersuchen
users-clear = Alle zeigen
users-empty = Noch niemand
users-empty-more = Laden Sie einen Gast ein, oder legen Sie ein Mitglied an.
users-new = Neuer Benutzer
users-new-guest = Neuer Gastbenutzer
users-cancel = Abbrechen
users-save-view = Ansicht speichern
users-remove-view = Ansicht entfernen
users-remove-view-more = Nur die Ansicht verschwindet; an den Personen ändert sich nichts.
users-view-name = Name der Ansicht
users-view-hint = Sie erscheint als Reiter, nur für Sie.
users-view-saved = Die Ansicht „{ $name }“ ist gespeichert.
users-view-removed = Die Ansicht ist entfernt.
users-none-picked = Zuerst mindestens eine Zeile auswählen.
users-deleted-count = { $count ->
    [one] Der Benutzer wurde gelöscht und ist 30 Tage wiederherstellbar.
   *[other] { $count } Benutzer wurden gelöscht und sind 30 Tage wiederherstellbar.
}
users-blocked-count = { $count ->
    [one] Der Benutzer ist für die Anmeldung gesperrt.
   *[other] { $count } Benutzer sind für die Anmeldung gesperrt.
}
users-unblocked-count = { $count ->
    [one] Der Benutzer darf sich wieder anmelden.
   *[other] { $count } Benutzer dürfen sich wieder anmelden.
}
users-delete-title = { $count ->
    [one] Einen Benutzer löschen?
   *[other] { $count } Benutzer löschen?
}
users-delete-count = { $count ->
    [one] Einen löschen
   *[other] { $count } löschen
}
users-deleted = Gelöschte Benutzer
users-deleted-words = wiederherstellen entfernt papierkorb
users-deleted-lead = Gelöschte Benutzer bleiben 30 Tage und lassen sich ganz wiederherstellen. Danach sind sie endgültig fort.
users-deleted-none = Niemand wurde gelöscht
users-deleted-none-more = Wer gelöscht wird, ist 30 Tage hier zu finden.
users-deleted-on = Gelöscht
users-gone-in = Bleibt noch
users-days-left = { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}
users-restore = Wiederherstellen
users-purge = Endgültig löschen
users-purge-title = { $count ->
    [one] Einen Benutzer endgültig löschen?
   *[other] { $count } Benutzer endgültig löschen?
}
users-purge-count = { $count ->
    [one] Einen endgültig löschen
   *[other] { $count } endgültig löschen
}
users-purge-1 = Das lässt sich nicht rückgängig machen, von niemandem.
users-purge-2 = Mitgliedschaften, Sponsoren und Identitäten gehen mit. Überwachungsereignisse bleiben.
users-restored-count = { $count ->
    [one] Der Benutzer ist zurück.
   *[other] { $count } Benutzer sind zurück.
}
users-purged-count = { $count ->
    [one] Der Benutzer ist endgültig fort.
   *[other] { $count } Benutzer sind endgültig fort.
}

user = Benutzer
user-guest = Gast
user-member = Mitglied
user-active = Aktiv
user-accepted = Angenommen
user-waiting = Wartend
user-blocked = Gesperrt
user-block = Anmeldung sperren
user-unblock = Entsperren
user-delete = Löschen
user-blocked-toast = { $name } kann sich nicht mehr anmelden. Offene Sitzungen sind beendet.
user-unblocked-toast = { $name } kann sich wieder anmelden.
user-delete-title = { $name } löschen?
user-delete-1 = Sitzungen, Einladungslinks und Zugriff enden sofort.
user-delete-2 = 30 Tage lang lässt sich der Benutzer ganz wiederherstellen, mit Gruppen und Rollen.
user-delete-3 = Danach wird alles über ihn endgültig entfernt; Überwachungsereignisse bleiben.
user-delete-loses = Verlassene Gruppen: { $groups }. Verlorene Rollen: { $roles }.
user-story-guest = <strong>{ $name }</strong> ist { $host } seit <strong>{ $date }</strong> als Gast bekannt.
user-story-member = <strong>{ $name }</strong> ist seit <strong>{ $date }</strong> Mitglied von { $host }.
user-story-sponsors = { $count ->
    [one] { $names } ist Sponsor.
   *[other] { $names } sind Sponsoren.
}
user-story-blocked = Die Anmeldung ist gesperrt.
user-timeline = Verlauf
user-properties = Eigenschaften
user-reach = Gruppen und Rollen
user-reach-none = In keiner Gruppe und ohne Verzeichnisrolle.
user-in-group = Mitglied der Gruppe
user-holds-role = Verzeichnisrolle
user-fact-upn = Benutzerprinzipalname
user-fact-mail = E-Mail
user-fact-other-mails = Weitere Adressen
user-fact-given-name = Vorname
user-fact-surname = Nachname
user-fact-job-title = Funktion
user-fact-office = Büro
user-fact-mobile = Mobiltelefon
user-fact-phones = Geschäftstelefon
user-fact-language = Bevorzugte Sprache
user-fact-identities = Identitäten
user-fact-sessions = Sitzungen gelten ab

event-invited = { $actor } hat { $name } eingeladen
event-accepted = { $name } hat die Einladung angenommen
event-declined = { $name } hat die Einladung abgelehnt
event-reported = { $name } hat die Einladung gemeldet
event-withdrawn = { $actor } hat die Einladung zurückgezogen
event-no-mail = Keine Mail gesendet: { $name } will keine
event-created = { $actor } hat { $name } angelegt
event-blocked = { $actor } hat die Anmeldung gesperrt
event-unblocked = { $actor } hat die Anmeldung entsperrt
event-deleted = { $actor } hat { $name } gelöscht
event-restored = { $actor } hat { $name } wiederhergestellt
event-password = { $actor } hat ein neues Kennwort gesetzt
event-role = { $actor } hat { $name } eine Verzeichnisrolle gegeben
event-other = { $actor }: { $activity }
event-failed = Abgelehnt: { $reason }
event-guest-since = { $name } wurde Gast
event-member-since = { $name } wurde Mitglied

new-user-words = anlegen mitglied konto
new-user-lead = Ein Mitglied von { $host }, das sich mit eigenem Kennwort anmeldet.
new-user-name-hint = Etwa eva.lang@{ $domain }.
new-user-name-wrong = Das ist kein Benutzerprinzipalname. Er sieht aus wie eva.lang@{ $domain }.
new-user-name-taken = Jemand hat diesen Namen oder diese Adresse schon. Wählen Sie anders.
new-user-display-name-missing = Geben Sie den Namen ein, den andere sehen, höchstens 256 Zeichen.
new-user-mail = E-Mail (optional)
new-user-mail-hint = Wohin auf persönliche Nachrichten in Einladungen geantwortet werden kann.
new-user-mail-wrong = Das ist keine E-Mail-Adresse.
new-user-create = Anlegen
new-user-outside = { $domain } gehört nicht zu den Domänen von { $host }, das wäre also ein Gast.
new-user-outside-more = Ein Gast behält das Konto, das er hat. Noch wurde nichts angelegt.
new-user-invite = Als Gast einladen
new-user-what = Mitglied oder Gast?
new-user-what-1 = Ein Mitglied gehört zur Organisation und hat hier ein Kennwort.
new-user-what-2 = Ein Gast kommt von woanders und meldet sich mit dem Konto an, das er schon hat.
new-user-made = { $name } wurde angelegt
new-user-made-lead = Geben Sie das Einmalkennwort weiter. Es wird nur hier gezeigt und nirgends aufbewahrt.
new-user-password = Einmalkennwort
new-user-once = Die erste Anmeldung damit verlangt ein neues Kennwort.
new-user-to-profile = Profil öffnen
new-user-another = Weiteren anlegen
