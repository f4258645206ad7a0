# Inviting, pending invitations, and the invitation on a guest's page.

new-guest = Neuer Gastbenutzer
new-guest-words = einladen gast extern b2b
new-guest-lead = Eine Adresse oder viele. Über jede wird entschieden, bevor etwas gesendet wird.
new-guest-addresses = E-Mail-Adressen
new-guest-addresses-hint = Eine oder viele, getrennt durch Zeilen, Kommas oder Leerzeichen.
new-guest-message = Persönliche Nachricht (optional)
new-guest-message-hint = Reiner Text. Er steht in der Mail, unter Ihrem Namen.
new-guest-message-left-out = Ihre Nachricht bliebe in der Mail weg, weil Ihr Konto keine E-Mail-Adresse hat. Die Einladung selbst wird gesendet.
new-guest-language = Sprache der Mail
new-guest-language-auto = Wie es die Heimat des Gastes vorzieht
new-guest-invite = Einladen
new-guest-invite-count = { $count ->
    [one] Eine Person einladen
   *[other] { $count } einladen
}
new-guest-check = Ansehen, was geschieht
new-guest-cancel = Abbrechen
new-guest-pressing-again = { $count ->
    [one] Noch wurde nichts gesendet. Noch einmal drücken, um eine Person einzuladen.
   *[other] Noch wurde nichts gesendet. Noch einmal drücken, um { $count } Personen einzuladen.
}
new-guest-left-out = { $count ->
    [one] Eine abgelehnte Adresse bleibt weg.
   *[other] { $count } abgelehnte Adressen bleiben weg.
}
new-guest-nobody = Keine dieser Adressen kann eingeladen werden.
new-guest-none = Mindestens eine Adresse eingeben, etwa lea.martin@fabrikam.example.
new-guest-too-many = Höchstens { $most } Adressen auf einmal. Die übrigen danach senden.
new-guest-message-long = Höchstens 4.096 Zeichen.
new-guest-what = Was eine Einladung bewirkt
new-guest-what-1 = Den Gast gibt es sofort, und er kann Zugriff bekommen. Eine Mail bringt einen Link und einen Code zum Eintippen.
new-guest-what-2 = Der Gast meldet sich mit dem Konto an, das er schon hat. Bis zur Annahme wird nichts übergeben.
new-guest-invited = { $address } wurde eingeladen.
new-guest-told = { $address } ist schon Gast; eine Mail sagt, wo die Anmeldung ist.

language-en = English
language-de = Deutsch
language-fr = Français
language-es = Español
language-ar = العربية

decisions = Was geschehen wird
decisions-count = { $new } neu, { $again } wartend, { $known } schon Gäste, { $refused } abgelehnt

decision-new = Wird Gast und bekommt eine Mail.
decision-again = Eingeladen am { $date }, noch nicht angenommen. Ein neuer Link beendet den älteren.
decision-known = Gast seit { $date }. Keine zweite Einladung: Eine Mail sagt, wo die Anmeldung ist.
decision-member = { $name } ist Mitglied von { $host } und braucht keine Einladung.
decision-own-domain = { $domain } gehört { $host }. Stattdessen mit Neuer Benutzer ein Mitglied anlegen.
decision-blocked = Dieser Gast ist für die Anmeldung gesperrt. Erst entsperren, dann erneut einladen.
decision-setting = Sie dürfen hier keine Gäste einladen: { $host } erlaubt es anderen.
decision-no-mail = Diese Person will keine Einladungsmail, es wird keine gesendet: Geben Sie den Link selbst weiter.
decision-why = Warum?
decision-setting-name = Einstellung
decision-changed-by = Kann ändern
decision-open = Profil öffnen
decision-badge-new = Neuer Gast
decision-badge-again = Neuer Link
decision-badge-known = Schon Gast
decision-badge-colleague = Mitglied
decision-badge-refused = Abgelehnt

decisions-more = { $count ->
    [one] Eine weitere, die keinen Blick braucht.
   *[other] { $count } weitere, die keinen Blick brauchen.
}
decisions-folded = { $count ->
    [one] Eine Adresse stand doppelt da und zählt einmal.
   *[other] { $count } Adressen standen mehrfach da und zählen einmal.
}
decisions-bad = Zeile { $line }: „{ $text }“ ist keine Adresse.

pending = Offene Einladungen
pending-words = einladung erneut senden zurückziehen wartend
pending-lead = { $more ->
    [true] Mehr als { $count } Personen haben noch nicht angenommen.
   *[false] { $count ->
        [0] Niemand wartet.
        [one] Eine Person hat noch nicht angenommen.
       *[other] { $count } Personen haben noch nicht angenommen.
    }
} { $expired ->
    [0] Kein Link ist abgelaufen.
    [one] Ein Link ist abgelaufen.
   *[other] { $expired } Links sind abgelaufen.
}
pending-view-all = Alle
pending-view-waiting = Wartend
pending-view-expired = Abgelaufen
pending-view-old = Älter als 14 Tage
pending-by-me = Von mir eingeladen
pending-mail = Mail
pending-inviter = Eingeladen von
pending-by-application = eine Anwendung
pending-sent = Gesendet
pending-ends = Link endet
pending-ended = beendet
pending-expired = Abgelaufen
pending-age = { $days ->
    [0] heute
    [one] 1 Tag
   *[other] { $days } Tage
}
pending-ends-in = { $days ->
    [0] binnen eines Tages
    [one] in 1 Tag
   *[other] in { $days } Tagen
}
pending-withdraw = Zurückziehen
pending-withdraw-count = { $count ->
    [one] Eine zurückziehen
   *[other] { $count } zurückziehen
}
pending-withdraw-title = { $count ->
    [one] Eine Einladung zurückziehen?
   *[other] { $count } Einladungen zurückziehen?
}
pending-withdraw-1 = Jeder bisher gesendete Link und Code endet sofort.
pending-withdraw-2 = Darüber geht keine Mail hinaus. Wer einen alten Link öffnet, liest, dass die Einladung zurückgezogen wurde.
pending-withdraw-3 = Der Gast bleibt im Verzeichnis, ohne Zugang. Eine erneute Einladung öffnet ihn.
pending-withdrawn = { $count ->
    [one] Die Einladung wurde zurückgezogen.
   *[other] { $count } Einladungen wurden zurückgezogen.
}
pending-withdrawn-some = { $count } zurückgezogen, { $left } belassen: inzwischen angenommen oder von jemand anderem gesendet.
pending-resent = { $count ->
    [one] Die Einladung wurde erneut gesendet.
   *[other] { $count } Einladungen wurden erneut gesendet.
}
pending-resent-some = { $count } erneut gesendet, { $left } nicht: inzwischen angenommen, von jemand anderem gesendet oder über dem Sendelimit.
pending-none-picked = Zuerst mindestens eine Zeile auswählen.
pending-empty = Niemand wartet
pending-empty-more = Alle Eingeladenen haben angenommen oder abgelehnt.
pending-links-live = { $days ->
    [one] Ein Link gilt einen Tag.
   *[other] Ein Link gilt { $days } Tage.
}

letter-none = Keine Mail
letter-on-its-way = Gesendet
letter-late = Verspätet
letter-next-try = Nächster Versuch: { $time }.
letter-delivered = Zugestellt
letter-taken = Vom Mailserver angenommen: { $time }.
letter-dropped = Nicht gesendet
letter-bounced = Unzustellbar

tile-title = B2B-Zusammenarbeit
tile-state = Einladungsstatus
tile-state-pending = Wartet auf Annahme
tile-state-expired = Link abgelaufen
tile-state-accepted = Angenommen
tile-state-declined = Abgelehnt
tile-state-withdrawn = Zurückgezogen
tile-signs-in = Meldet sich an mit
tile-resend = Einladung erneut senden
tile-resend-note = Ein neuer Link beendet den älteren.
tile-link = Direkter Link
tile-mail-link = Link mailen
tile-why-no-resend = Warum gibt es kein erneutes Senden?
tile-no-resend = Die Einladung wurde angenommen, es gibt nichts erneut zu senden. Mailen Sie dem Gast den Link zu dem, wofür er gekommen ist.
tile-invite-again = Erneut einladen

batch = Einladungen werden gesendet
batch-lead-left = { $left ->
    [one] Eine Einladung muss noch hinaus; im erlaubten Tempo geht sie bis { $time }.
   *[other] { $left } Einladungen müssen noch hinaus; im erlaubten Tempo geht die letzte bis { $time }.
}
batch-lead-done = { $invited } eingeladen, { $refused } abgelehnt.
batch-look-again = Erneut ansehen
batch-progress = { $total ->
    [one] Eine Person wird eingeladen
   *[other] { $total } Personen werden eingeladen
}
batch-done-of = { $done } von { $total } erledigt
batch-working = Läuft
batch-done = Erledigt
batch-may-leave = Sie können diese Seite schließen; ein Neustart verliert nichts.
batch-stop = { $count ->
    [one] Die letzte weglassen
   *[other] Die übrigen { $count } weglassen
}
batch-stopped = Es wird nichts mehr gesendet.
batch-invited = { $count } eingeladen
batch-known = { $count } schon Gäste
batch-refused = { $count } abgelehnt
batch-stopped-count = { $count } weggelassen
batch-refused-title = Abgelehnt, und warum
batch-waiting-title = Noch nicht gesendet

story-invited = { $inviter } hat <strong>{ $name }</strong> am <strong>{ $date }</strong> eingeladen.
story-invited-by-application = Eine Anwendung hat <strong>{ $name }</strong> am <strong>{ $date }</strong> eingeladen.
story-accepted = { $name } hat am <strong>{ $date }</strong> angenommen.
story-pending = { $name } hat noch nicht angenommen.
story-expired = { $name } hat nicht angenommen, und der Link ist abgelaufen.
story-declined = { $name } hat abgelehnt.
story-withdrawn = Die Einladung wurde zurückgezogen.
