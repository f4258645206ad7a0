# Die Seiten einer eingeladenen Person: vom Link in der Mail bis zur ersten Ankunft.

guest-continue = Weiter
guest-try-again = Noch einmal versuchen
guest-decline = Ablehnen
guest-report = Melden
guest-not-me = Nicht ich
guest-back = Zurück zur Einladung
guest-other-answers = Andere Antworten
guest-other-account = Anderes Konto verwenden
guest-have-code = Ich habe einen Code zum Eintippen
guest-invited-address = Eingeladene Adresse
guest-message-from = Nachricht von { $sender }
guest-signed-in-as = Angemeldet als <bdi>{ $address }</bdi>.
guest-privacy-of = Datenschutzerklärung von { $host }
guest-who-can-help = Wer helfen kann
guest-who-sponsor = { $count ->
    [one] bei { $host } für Sie zuständig
   *[other] bei { $host } gemeinsam für Sie zuständig
}
guest-who-host = die Organisation, die Sie eingeladen hat
guest-ask-sponsor = Fragen Sie { $sponsor } bei { $host }.
guest-ask-host = Fragen Sie { $host }.

guest-steps = Fortschritt
guest-step-sign-in = Anmelden
guest-step-review = Prüfen

# Ankunft
guest-landing-title = { $host } lädt Sie als Gast ein
guest-landing-asked = Der Wunsch kam von <strong>{ $inviter }</strong>. Die Einladung ist bis <strong>{ $until }</strong> offen.
guest-landing-open = Die Einladung ist bis <strong>{ $until }</strong> offen.
guest-landing-get = Sie erhalten
guest-landing-get-account = Ein Gastkonto bei { $host }
guest-landing-get-then = { $kind ->
    [application] und kommen zu { $target }
    [site] und kommen zu { $target }
   *[account] und kommen zu Ihrer Kontoseite
}
guest-landing-until = Offen bis
guest-landing-days = { $days ->
    [0] heute ist der letzte Tag
    [one] noch ein Tag ab heute
   *[other] noch { $days } Tage ab heute
}
guest-landing-nothing-yet = { $host } erhält nichts aus Ihrem Konto, bevor Sie auf einer späteren Seite zustimmen.
guest-landing-decline-hint = Zum Ablehnen fragen wir zuerst nach Ihrem Code oder Ihrer Anmeldung, damit niemand sonst für Sie antworten kann.
guest-landing-about = Über diese Einladung
guest-next-title = Wie es weitergeht
guest-next-1 = Wir finden die Anmeldung, die Sie schon haben
guest-next-1-more = Gibt es keine, kommt ein Code in Ihr Postfach. Kein neues Passwort.
guest-next-2 = Sie lesen, was { $host } erhält
guest-next-2-more = Dann stimmen Sie zu, oder Sie lehnen ab.
guest-next-3 = { $kind ->
    [application] Sie kommen zu { $target }
    [site] Sie kommen zu { $target }
   *[account] Sie kommen zu { $host }
}
guest-next-3-more = Meist in weniger als einer Minute.
guest-real-title = Ist das wirklich { $host }?
guest-real-mail = Die Mail kam von <bdi>{ $sender }</bdi>, und diese Seite liegt auf <bdi>{ $site }</bdi>.
guest-real-page = Diese Seite liegt auf <bdi>{ $site }</bdi>. Vergleichen Sie das mit dem, was man Ihnen gesagt hat.
guest-real-report = Wenn Sie das nicht erwartet haben, wählen Sie „Melden“; in Ihrem Namen wird nichts angenommen.

# Der Code aus der Mail
guest-code-title = Geben Sie den Code aus der Mail ein
guest-code-lead = Diese Adresse hat hier kein Konto. Darum haben wir 8 Ziffern per Mail an <strong><bdi>{ $address }</bdi></strong> geschickt.
guest-code-decline-lead = Wir haben 8 Ziffern per Mail an <strong><bdi>{ $address }</bdi></strong> geschickt, damit niemand sonst für Sie ablehnen kann.
guest-code-lifetime = Der Code gilt 30 Minuten.
guest-code-label = Code
guest-code-paste = Sie können den ganzen Code einfügen.
guest-code-wrong = { $tries ->
    [one] Das ist nicht der Code, den wir um { $at } geschickt haben. Sie haben noch einen Versuch; danach brauchen Sie einen neuen.
   *[other] Das ist nicht der Code, den wir um { $at } geschickt haben. Sie haben noch { $tries } Versuche; danach brauchen Sie einen neuen.
}
guest-code-ended = Dieser Code gilt nicht mehr
guest-code-expired = Der Code von { $at } galt 30 Minuten. Es ist nichts verloren; mit einem neuen geht es weiter.
guest-code-too-many = Fünf Versuche mit dem Code von { $at } waren falsch, darum ist er beendet. Es ist nichts verloren; mit einem neuen geht es weiter.
guest-code-limited = Im Moment kann kein weiterer Code geschickt werden. Der nächste ist um { $at } möglich; ein Code, den Sie schon haben, gilt weiter.
guest-code-resend = Neuen Code schicken
guest-code-resend-to = Er geht nur an <bdi>{ $address }</bdi>.
guest-code-not-yours = Nicht Ihre Adresse?
guest-code-no-mail = Noch keine Mail?
guest-code-no-mail-more = Sie kommt von <bdi>{ $sender }</bdi> mit dem Betreff „{ $subject }“. Sehen Sie zuerst im Spam-Ordner nach.

# Die passende Anmeldung
guest-find-title = Anmelden bei { $home }
guest-find-lead = Für <strong><bdi>{ $address }</bdi></strong>, die Adresse, die { $host } eingeladen hat. Sie verwenden das Konto und das Passwort, die Sie schon haben.
guest-find-continue = Weiter mit { $home }
guest-find-account = Ihr Konto bei <bdi>{ $domain }</bdi>
guest-find-why = Warum { $home }?
guest-find-owns = { $domain } gehört zu { $home }
guest-find-owns-more = { $home } hat ein Konto mit genau dieser Adresse.
guest-find-first = { $host } fragt zuerst nach der Anmeldung Ihrer eigenen Organisation
guest-find-first-more = Einen Code per Mail gibt es nur, wo kein solches Konto besteht.
guest-find-other = Andere Wege
guest-find-no-code = Ein Code per Mail ist hier nicht möglich
guest-find-no-code-more = { $home } kennt diese Adresse. { $host } schickt Codes nur an Adressen ohne eigenes Konto.
guest-find-stuck = Die Anmeldung bei { $home } lässt Sie nicht hinein?
guest-find-code-title = Anmelden mit einem Code
guest-find-code-lead = Wir schicken 8 Ziffern per Mail an <strong><bdi>{ $address }</bdi></strong>, die Adresse, die { $host } eingeladen hat. Sie brauchen kein Konto und kein Passwort.
guest-find-send-code = Code an mich schicken
guest-find-code-why = Warum ein Code?
guest-find-nobody = Diese Adresse hat hier kein Konto
guest-find-nobody-more = Keine Organisation auf diesem Server kennt sie.
guest-find-mailbox = Der Code zeigt, dass das Postfach Ihnen gehört
guest-find-mailbox-more = Der Link allein könnte weitergeleitet worden sein.

# Zustimmung
guest-consent-title = Was { $host } von Ihnen erhält
guest-consent-lead = Lesen Sie es einmal. { $host } erhält dies, wenn Sie zustimmen, und vorher nichts.
guest-consent-home = <strong>Ihre Anmeldung bei { $home } wurde angenommen.</strong> Es ist die eingeladene Adresse.
guest-consent-code = <strong>Der Code war richtig.</strong> Das eingeladene Postfach gehört Ihnen.
guest-consent-name = Ihr Name
guest-consent-no-name = Keiner bekannt, darum wird keiner übermittelt
guest-consent-address = Ihre E-Mail-Adresse
guest-consent-identifier = Eine Nummer, die Sie kennzeichnet
guest-consent-identifier-more = Vergeben von <bdi>{ $issuer }</bdi>; sie endet auf <bdi>{ $end }</bdi>
guest-consent-not = Was { $host } nicht erhält
guest-consent-not-home = Ihr Passwort, Ihre Mails, Ihre Dateien, Ihren Kalender und alles über die Menschen, mit denen Sie bei { $home } arbeiten.
guest-consent-not-code = Ein Passwort, Ihre Mails, Ihre Dateien und Ihren Kalender.
guest-consent-privacy = Wie { $host } damit umgeht:
guest-consent-no-privacy = { $host } hat keine Datenschutzerklärung veröffentlicht.
guest-consent-accept = { $kind ->
    [application] Zustimmen und { $target } öffnen
    [site] Zustimmen und zu { $target } gehen
   *[account] Einladung annehmen
}

# Falsches Konto
guest-wrong-title = Diese Einladung gilt einer anderen Ihrer Adressen
guest-wrong-lead = Sie haben nichts falsch gemacht, und nichts wurde verknüpft. Wählen Sie, wie es weitergeht.
guest-wrong-invited = { $host } hat eingeladen
guest-wrong-signed-in = Sie sind angemeldet als
guest-wrong-signed-in-at = Sie sind bei { $organization } angemeldet als
guest-wrong-switch = Konto wechseln
guest-wrong-stays = Ihr anderes Konto bleibt angemeldet.
guest-wrong-why = Warum verlangt { $host } das andere?
guest-wrong-why-more = Eine Einladung öffnet die Tür für eine Adresse. Käme jedes Konto hinein, kämen alle hinein, die den Link finden.
guest-wrong-neither = Beides bin ich nicht

# Links, die nicht mehr gelten
guest-ended-title = { $reason ->
    [replaced] Ein neuerer Link hat diesen ersetzt
    [expired] Dieser Link ist abgelaufen
    [used] Diese Einladung wurde schon angenommen
   *[ended] Diese Einladung gilt nicht mehr
}
guest-ended-lead = { $reason ->
    [replaced] { $host } hat Ihnen am { $newest } eine neue Einladung geschickt. Nur der neueste Link öffnet die Tür, damit niemand eine alte Mail benutzen kann.
    [expired] Er war bis { $day } offen. Links enden, damit niemand eine alte Mail benutzen kann. Ihr Platz bei { $host } wartet weiter.
    [used] Der Link hat seinen Zweck erfüllt. Sie gehören zu { $host } und kommen mit Ihrer Anmeldung hinein.
   *[ended] { $host } nimmt darauf keine Antwort mehr an. In Ihrem Namen wurde nichts angenommen.
}
guest-ended-this = Dieser Link
guest-ended-newest = Neuester Link
guest-ended-sent = verschickt: { $day }
guest-ended-to = an <bdi>{ $address }</bdi>
guest-ended-expired = Abgelaufen
guest-ended-send = Neuen Link an mich schicken
guest-ended-send-hint = Er geht nur an die eingeladene Adresse. Sie können dreimal in der Stunde und fünfmal am Tag darum bitten.
guest-ended-sign-in = Bei { $host } anmelden

# Der Code zum Eintippen
guest-typed-title = Geben Sie den Code aus Ihrer Einladung ein
guest-typed-lead = Er steht in der Mail unter der Schaltfläche und öffnet dieselbe Seite.
guest-typed-label = Code aus 12 Zeichen
guest-typed-hint = Groß oder klein, mit oder ohne Bindestriche.
guest-typed-unknown = Keine offene Einladung hat diesen Code. Vergleichen Sie ihn mit der neuesten Mail; wird ein Link ersetzt, endet auch sein Code.
guest-typed-limited = Aus Ihrem Netz kamen zu viele falsche Codes. Ab { $at } werden wieder Codes angenommen. Der Link in der Mail funktioniert trotzdem.
guest-typed-open = Einladung öffnen
guest-typed-where = Wo steht der Code?
guest-typed-where-more = Öffnen Sie die neueste Einladungsmail. Unter der Schaltfläche stehen 12 Buchstaben und Ziffern in Vierergruppen. Die 8 Ziffern zum Anmelden sind ein anderer Code und kommen später.
guest-unknown-title = Dieser Link ist hier nicht bekannt
guest-unknown-lead = Vielleicht ist er abgeschnitten, oder ein Zeichen fehlt. Öffnen Sie ihn noch einmal aus der neuesten Mail, oder tippen Sie den Code ein, der dort unter der Schaltfläche steht.

# Ein neuer Link wurde verlangt
guest-again-title = Sehen Sie in Ihr Postfach
guest-again-lead = Wenn diese Einladung noch einmal geschickt werden kann, ist ihre Mail unterwegs an <strong><bdi>{ $address }</bdi></strong>.
guest-again-wait = Es dauert höchstens ein paar Minuten
guest-again-wait-more = Sie kommt von <bdi>{ $sender }</bdi>. Sehen Sie auch im Spam-Ordner nach.
guest-again-often = Dreimal in der Stunde, fünfmal am Tag
guest-again-often-more = Öfter wird nichts geschickt, damit niemand Ihr Postfach füllen kann.
guest-again-none = Danach immer noch nichts?
guest-close = Sie können diese Seite schließen.

# Nicht ich
guest-not-me-title = Nicht Sie? Dann tun Sie nichts
guest-not-me-lead = Die Einladung ist für <strong><bdi>{ $address }</bdi></strong>. In Ihrem Namen geschieht nichts, solange niemand diese Adresse nachweist.
guest-not-me-other = Sie kennen die Einladung, verwenden aber eine andere Adresse
guest-not-me-other-more = Bitten Sie um eine Einladung an die Adresse, die Sie verwenden. { $host } kann sie jederzeit schicken.
guest-not-me-forwarded = Die Mail war für jemand anderen bestimmt
guest-not-me-forwarded-more = Löschen Sie sie. Wer nur den Link hat, kann ihn nicht annehmen.
guest-not-me-strange = Sie wissen nicht, worum es geht
guest-not-me-strange-more = Wählen Sie „Melden“; dann erfährt es die Administration von { $host }.

# Meldung
guest-reported-title = Ihre Meldung ist notiert
guest-reported-lead = Die Administration von { $host } kann sie sehen. In Ihrem Namen wurde nichts angenommen.
guest-reported-more = Mehr ist nicht zu tun. Fragt die Mail nach einem Passwort, geben Sie keines an; eine Einladung braucht es nie.

# Ablehnen
guest-decline-title = Die Einladung von { $host } ablehnen?
guest-decline-lead = Sie haben gezeigt, dass <strong><bdi>{ $address }</bdi></strong> Ihnen gehört. Das geschieht dann:
guest-decline-link = Der Link gilt nicht mehr
guest-decline-link-more = Sein Code zum Eintippen endet mit ihm.
guest-decline-seen = { $host } sieht, dass Sie abgelehnt haben
guest-decline-seen-more = Aus Ihrem Konto wird nichts übermittelt.
guest-decline-again = { $host } kann Sie wieder einladen
guest-decline-again-more = Sie werden dann neu gefragt.
guest-decline-do = Einladung ablehnen
guest-declined-title = Sie haben abgelehnt
guest-declined-lead = Der Link gilt nicht mehr, und { $host } hat nichts aus Ihrem Konto erhalten.
guest-declined-mind = Anders überlegt?

# Wer schon dazugehört
guest-member-title = Sie gehören schon zu { $host }
guest-member-lead = <strong><bdi>{ $address }</bdi></strong> hat eine frühere Einladung angenommen. Es gibt nichts noch einmal anzunehmen; melden Sie sich an wie sonst.
guest-member-open = { $kind ->
    [application] Anmelden und { $target } öffnen
    [site] Anmelden und zu { $target } gehen
   *[account] Bei { $host } anmelden
}

# Ein Ziel, das der Gastgeber nicht eingetragen hat
guest-leaving-accepted = <strong>Sie sind jetzt Gast von { $host }.</strong>
guest-leaving-title = Weiter zu { $site }?
guest-leaving-lead-person = { $inviter } hat dieses Ziel für Ihre Einladung gewählt. { $host } hat es nicht als eigenes eingetragen.
guest-leaving-lead = Die Einladung nennt dieses Ziel. { $host } hat es nicht als eigenes eingetragen.
guest-leaving-site = Ziel
guest-leaving-address = Ganze Adresse
guest-leaving-go = Zu { $site }
guest-leaving-stay = Bei { $host } bleiben
guest-leaving-password = Melden Sie sich nur dort an, wo die Adresszeile einen Ort zeigt, den Sie kennen.

# Absagen
guest-refusal-title = { $kind ->
    [not_invited] { $host } kennt dieses Konto noch nicht
    [disabled_here] { $host } hat Ihr Gastkonto abgeschaltet
    [disabled_home] Ihr eigenes Konto ist abgeschaltet
    [identity_taken] Dieses Konto gehört hier zu einem anderen Gast
   *[other] Das ist hier nicht möglich
}
guest-refusal-lead = { $kind ->
    [not_invited] Sie haben sich richtig als <strong><bdi>{ $address }</bdi></strong> angemeldet, aber niemand bei { $host } hat diese Adresse eingeladen.
    [disabled_here] Sie sind als <strong><bdi>{ $address }</bdi></strong> bekannt, aber die Administration von { $host } hat die Anmeldung für diesen Gast gesperrt.
    [disabled_home] { $home } hat die Anmeldung für <strong><bdi>{ $address }</bdi></strong> gesperrt, darum lässt { $host } sie nicht mehr ein.
   *[identity_taken] Sie haben sich richtig als <strong><bdi>{ $address }</bdi></strong> angemeldet, aber diese Anmeldung ist schon mit einem anderen Gast von { $host } verknüpft.
}
guest-refusal-application = <strong>{ $application }</strong> öffnet sich nur für Menschen im Verzeichnis von { $host }.
guest-refusal-do = Was Sie tun können
guest-refusal-remedy = { $kind ->
    [not_invited] Wurden Sie unter einer anderen Adresse eingeladen? Melden Sie sich mit dieser an. Wenn nicht, bitten Sie um eine Einladung.
    [disabled_here] Bitten Sie { $host }, Ihr Konto freizugeben.
    [disabled_home] Bitten Sie die IT-Abteilung von { $home }, Ihr Konto freizugeben.
   *[identity_taken] Melden Sie sich mit dem Konto der eingeladenen Adresse an, oder bitten Sie { $host }, das zu klären.
}
guest-refusal-setting = Entscheidende Einstellung
guest-refusal-value = Ihr Wert: { $value }
guest-refusal-role = Die Rolle { $role } kann sie ändern.
guest-refusal-switch = Mit anderem Konto anmelden
guest-for-it = Für Ihre IT-Abteilung
guest-details = Einzelheiten dieser Absage

# Abbestellen
guest-unsubscribe-title = Keine Einladungen mehr von { $host }?
guest-unsubscribe-lead = { $host } schickt dann keine Einladungsmails mehr an <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-do = Einladungen von { $host } beenden
guest-unsubscribed-title = Keine Einladungen mehr von { $host }
guest-unsubscribed-lead = { $host } schickt keine Einladungsmails mehr an <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-open = Eine Einladung, die Sie schon haben, bleibt, wie sie ist; ebenso Ihr Zugang zu { $host }.

guest-block-title = Einladungen per E-Mail
guest-block-lead = Sie bestimmen, wessen Einladungsmails <strong><bdi>{ $address }</bdi></strong> erreichen.
guest-block-list = Organisationen
guest-block-allowed = Darf Sie per E-Mail einladen
guest-block-blocked = Blockiert: schickt Ihnen keine Einladungsmails
guest-block-one = Blockieren
guest-block-undo = Wieder erlauben
guest-block-all-lead = Alle auf { $place } blockieren, auch wer noch nicht geschrieben hat.
guest-block-all = Alle Organisationen blockieren
guest-block-all-blocked = Niemand auf { $place } schickt Ihnen Einladungsmails.
guest-block-all-undo = Einladungen wieder erlauben
guest-block-open = Einladungen, die Sie schon haben, bleiben, wie sie sind; ebenso Ihr Zugang.
