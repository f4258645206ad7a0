# Mail health in the portal, and the test it sends.

mail-health = Mail health
mail-health-keywords = SPF DKIM DMARC DNS bounce queue deliverability e-mail sender
mail-health-lead = { $state ->
    [none] No mail has left in the last 30 days.
    [late] Mail is late: { $waiting } messages wait, the oldest for { $minutes } minutes.
   *[good] Mail reaches people: other servers took { $sent } of { $total } messages in the last 30 days.
}
mail-health-faults = { $count ->
    [one] One domain needs a record.
   *[other] { $count } domains need records.
}
mail-health-taken = taken by the other side
mail-health-seconds = { $seconds } s
mail-health-median = from asked to taken, median
mail-health-waiting = { $minutes ->
    [0] in the queue
   *[other] in the queue, oldest { $minutes } min
}
mail-health-bounced = bounced, { $share } %
mail-health-dead = given up
mail-health-domains = Sender domains
mail-health-domain = Domain
mail-health-used = Mail comes from here
mail-health-looked-up = Looked up { $at }
mail-health-not-looked-up = Not looked up yet
mail-health-look = Look again
mail-health-failure = The name servers did not answer.
mail-health-failure-more = They said: { $reason }. What stands here was known before; Lodge keeps asking.
mail-health-spf = { $reason ->
    [passes] Passes
    [missing] Missing
    [several] { $detail } records
    [lacks-server] Lacks the mail server
    [broken] Cannot be followed
   *[other] Not known
}
mail-health-dkim = { $reason ->
    [passes] { $detail } bit
    [missing] Missing
    [other-key] Another key
    [revoked] Revoked
    [not-signed] Not signed
   *[other] Not known
}
mail-health-dmarc = { $reason ->
    [passes] { $detail }
    [missing] Missing
    [several] { $detail } records
    [only-reports] Only reports
    [no-policy] Without a policy
   *[other] Not known
}
mail-health-publish = Publish this for { $domain }
mail-health-publish-where = Where the zone of the domain is managed. Each record replaces one of its kind that is there.
mail-health-records = { $count ->
    [one] One record, zone-file form
   *[other] { $count } records, zone-file form
}
mail-health-no-key = Lodge has no key to sign with. Set dkim.key_file in its configuration; then the record to publish stands here.
mail-health-looks = Lodge looks again every 10 minutes.
mail-health-bounces = Bounces
mail-health-bounces-count = { $days } days, { $count } of { $total }
mail-health-no-bounces = Nothing has come back in { $days } days.
mail-health-chart = Bounced messages a day
mail-health-chart-more = { $count } in { $days } days. The table below has every day.
mail-health-table = The same as a table
mail-health-day = Day
mail-health-bounced-head = Bounced
mail-health-days-left-out = Days without a bounce are left out.
mail-health-queue = Queue
mail-health-queued = { $count } to { $domain }
mail-health-going = Going out
mail-health-next = next try { $at }
mail-health-queue-empty = Nothing waits.
mail-health-given-up = Given up
mail-health-given-up-empty = Nothing was given up.
mail-health-retry = Retry
mail-health-retry-all = Retry all { $count }
mail-health-kind = { $kind ->
    [guest_invitation] Invitation
    [already_member] Invitation
    [invitation_copy] Copy of an invitation
    [invitation_reported] Report of an invitation
    [email_code] Code
    [mail_test] Test
   *[other] { $kind }
}
mail-health-suppressed = Addresses that take no mail
mail-health-suppressed-lead = No invitations are mailed to them until they take mail again.
mail-health-suppressed-empty = No address has refused mail for good.
mail-health-remove = Write again
mail-health-test = Send a test
mail-health-to = To
mail-health-from = From
mail-health-no-address = Your account has no e-mail address
mail-health-send = Send
mail-health-test-asked = Asked for by you
mail-health-test-state = { $state ->
    [taken] Taken by the mail server
    [deferred] The mail server asked to wait
    [failed] Given up
   *[waiting] On its way
}
mail-health-sender = Mail comes from
mail-health-sender-lead = In one of your verified domains, or in { $domain }.
mail-health-sender-address = Address
mail-health-sender-name = Name before it
mail-health-sender-reply = Answers go to
mail-health-sender-reply-hint = Where no inviter takes them. May stay empty.
mail-health-sender-reset = Use { $address }
mail-health-said-look = The records were looked up.
mail-health-said-retry = { $count ->
    [one] One message is tried again.
   *[other] { $count } messages are tried again.
}
mail-health-said-removed = { $address } is written to again.
mail-health-said-test = The test is on its way.
mail-health-said-sender = Mail comes from { $address } now.

mail-test-subject = A test from { $host }
mail-test-lead = Mail from { $place } reaches you.
mail-test-more = An administrator sent this to see whether mail works. You need not answer.
