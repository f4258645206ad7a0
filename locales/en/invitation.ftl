# Inviting, pending invitations, and the invitation on a guest's page.

new-guest = New guest user
new-guest-words = invite guest external b2b
new-guest-lead = Enter one address or many. Each is decided before anything is sent.
new-guest-addresses = E-mail addresses
new-guest-addresses-hint = One or many, separated by lines, commas or spaces.
new-guest-message = Personal message (optional)
new-guest-message-hint = Plain text. It stands in the mail, under your name.
new-guest-message-left-out = Your message would be left out of the mail, because your account has no e-mail address. The invitation itself is sent.
new-guest-language = Language of the mail
new-guest-language-auto = As the guest’s home prefers
new-guest-invite = Invite
new-guest-invite-count = { $count ->
    [one] Invite one
   *[other] Invite { $count }
}
new-guest-check = See what will happen
new-guest-cancel = Cancel
new-guest-pressing-again = { $count ->
    [one] Nothing has been sent yet. Press again to invite one person.
   *[other] Nothing has been sent yet. Press again to invite { $count } people.
}
new-guest-left-out = { $count ->
    [one] One refused address is left out.
   *[other] { $count } refused addresses are left out.
}
new-guest-nobody = None of these addresses can be invited.
new-guest-none = Enter at least one address, such as lea.martin@fabrikam.example.
new-guest-too-many = At most { $most } addresses at once. Send the rest afterwards.
new-guest-message-long = At most 4,096 characters.
new-guest-what = What an invitation does
new-guest-what-1 = The guest exists at once and can be given access. A mail brings a link and a code to type.
new-guest-what-2 = The guest signs in with the account they already have. Nothing is handed over until they accept.
new-guest-invited = { $address } was invited.
new-guest-told = { $address } is a guest already; a mail says where to sign in.

language-en = English
language-de = Deutsch
language-fr = Français
language-es = Español
language-ar = العربية

decisions = What will happen
decisions-count = { $new } new, { $again } waiting, { $known } already guests, { $refused } refused

decision-new = Becomes a guest and gets a mail.
decision-again = Invited on { $date } and not accepted yet. A new link ends the older one.
decision-known = A guest since { $date }. No second invitation: a mail says where to sign in.
decision-member = { $name } is a member of { $host } and needs no invitation.
decision-own-domain = { $domain } belongs to { $host }. Create a member with New user instead.
decision-blocked = This guest is blocked from signing in. Unblock them first, then invite again.
decision-setting = You may not invite guests here: { $host } lets others do it.
decision-no-mail = They want no invitation mail, so none is sent: hand the link on yourself.
decision-why = Why?
decision-setting-name = Setting
decision-changed-by = Can be changed by
decision-open = Open profile
decision-badge-new = New guest
decision-badge-again = New link
decision-badge-known = Already a guest
decision-badge-colleague = Colleague
decision-badge-refused = Refused

decisions-more = { $count ->
    [one] One more that needs no look.
   *[other] { $count } more that need no look.
}
decisions-folded = { $count ->
    [one] One address was given twice and counts once.
   *[other] { $count } addresses were given again and count once.
}
decisions-bad = Line { $line }: “{ $text }” is no address.

pending = Pending invitations
pending-words = invitation resend withdraw waiting
pending-lead = { $more ->
    [true] More than { $count } people have not accepted yet.
   *[false] { $count ->
        [0] Nobody is waiting.
        [one] One person has not accepted yet.
       *[other] { $count } people have not accepted yet.
    }
} { $expired ->
    [0] No link has ended.
    [one] One link has ended.
   *[other] { $expired } links have ended.
}
pending-view-all = All
pending-view-waiting = Waiting
pending-view-expired = Expired
pending-view-old = Older than 14 days
pending-by-me = Invited by me
pending-mail = Mail
pending-inviter = Invited by
pending-by-application = an application
pending-sent = Sent
pending-ends = Link ends
pending-ended = ended
pending-expired = Expired
pending-age = { $days ->
    [0] today
    [one] 1 day
   *[other] { $days } days
}
pending-ends-in = { $days ->
    [0] within a day
    [one] in 1 day
   *[other] in { $days } days
}
pending-withdraw = Withdraw
pending-withdraw-count = { $count ->
    [one] Withdraw one
   *[other] Withdraw { $count }
}
pending-withdraw-title = { $count ->
    [one] Withdraw one invitation?
   *[other] Withdraw { $count } invitations?
}
pending-withdraw-1 = Every link and code sent so far ends at once.
pending-withdraw-2 = No mail is sent about it. Whoever opens an old link reads that the invitation was withdrawn.
pending-withdraw-3 = The guest stays in the directory without a way in. Inviting again opens it.
pending-withdrawn = { $count ->
    [one] The invitation was withdrawn.
   *[other] { $count } invitations were withdrawn.
}
pending-withdrawn-some = { $count } withdrawn, { $left } left as they are: accepted meanwhile, or sent by somebody else.
pending-resent = { $count ->
    [one] The invitation was sent again.
   *[other] { $count } invitations were sent again.
}
pending-resent-some = { $count } sent again, { $left } not: accepted meanwhile, sent by somebody else, or over the sending limit.
pending-none-picked = Select at least one row first.
pending-empty = Nobody is waiting
pending-empty-more = Everybody who was invited has accepted or declined.
pending-links-live = { $days ->
    [one] A link lives one day.
   *[other] A link lives { $days } days.
}

letter-none = No mail
letter-on-its-way = Sent
letter-late = Late
letter-next-try = Next try: { $time }.
letter-delivered = Delivered
letter-taken = The mail server took it: { $time }.
letter-dropped = Not sent
letter-bounced = Bounced

tile-title = B2B collaboration
tile-state = Invitation state
tile-state-pending = Pending acceptance
tile-state-expired = Link ended
tile-state-accepted = Accepted
tile-state-declined = Declined
tile-state-withdrawn = Withdrawn
tile-signs-in = Signs in with
tile-resend = Resend invitation
tile-resend-note = A new link ends the older one.
tile-link = Direct link
tile-mail-link = Mail the link
tile-why-no-resend = Why is there no Resend?
tile-no-resend = The invitation was accepted, so there is nothing to resend. Mail the guest the link to what they came for.
tile-invite-again = Invite again

batch = Sending invitations
batch-lead-left = { $left ->
    [one] One invitation still has to leave; at the permitted pace it leaves by { $time }.
   *[other] { $left } invitations still have to leave; at the permitted pace the last one leaves by { $time }.
}
batch-lead-done = { $invited } invited, { $refused } refused.
batch-look-again = Look again
batch-progress = { $total ->
    [one] Inviting one person
   *[other] Inviting { $total } people
}
batch-done-of = { $done } of { $total } done
batch-working = Under way
batch-done = Done
batch-may-leave = You can close this page; a restart loses nothing.
batch-stop = { $count ->
    [one] Leave out the last one
   *[other] Leave out the remaining { $count }
}
batch-stopped = Nothing more is sent.
batch-invited = { $count } invited
batch-known = { $count } already guests
batch-refused = { $count } refused
batch-stopped-count = { $count } left out
batch-refused-title = Refused, and why
batch-waiting-title = Still to leave

story-invited = { $inviter } invited <strong>{ $name }</strong> on <strong>{ $date }</strong>.
story-invited-by-application = An application invited <strong>{ $name }</strong> on <strong>{ $date }</strong>.
story-accepted = { $name } accepted on <strong>{ $date }</strong>.
story-pending = { $name } has not accepted yet.
story-expired = { $name } has not accepted, and the link has ended.
story-declined = { $name } declined.
story-withdrawn = The invitation was withdrawn.
