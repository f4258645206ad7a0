# The pages of an invited person: from the link in the mail to the first arrival.

guest-continue = Continue
guest-try-again = Try again
guest-decline = Decline
guest-report = Report
guest-not-me = Not me
guest-back = Back to the invitation
guest-other-answers = Other answers
guest-other-account = Use another account
guest-have-code = I have a typed code
guest-invited-address = Invited address
guest-message-from = Message from { $sender }
guest-signed-in-as = Signed in as <bdi>{ $address }</bdi>.
guest-privacy-of = Privacy statement of { $host }
guest-who-can-help = Who can help
guest-who-sponsor = { $count ->
    [one] your sponsor at { $host }
   *[other] your sponsors at { $host }
}
guest-who-host = the organization that invited you
guest-ask-sponsor = Ask { $sponsor } at { $host }.
guest-ask-host = Ask { $host }.

guest-steps = Progress
guest-step-sign-in = Sign in
guest-step-review = Review

# Landing
guest-landing-title = { $host } invites you as a guest
guest-landing-asked = <strong>{ $inviter }</strong> asked for you. The invitation is open until <strong>{ $until }</strong>.
guest-landing-open = The invitation is open until <strong>{ $until }</strong>.
guest-landing-get = You will get
guest-landing-get-account = A guest account at { $host }
guest-landing-get-then = { $kind ->
    [application] and you arrive in { $target }
    [site] and you arrive at { $target }
   *[account] and you arrive on your account page
}
guest-landing-until = Open until
guest-landing-days = { $days ->
    [0] today is the last day
    [one] one day from today
   *[other] { $days } days from today
}
guest-landing-nothing-yet = { $host } receives nothing from your account until you accept on a later page.
guest-landing-decline-hint = Decline asks for your code or your sign-in first, so that nobody else can answer for you.
guest-landing-about = About this invitation
guest-next-title = What happens next
guest-next-1 = We find the sign-in you already have
guest-next-1-more = If there is none, a code comes to your mailbox. No new password.
guest-next-2 = You read what { $host } receives
guest-next-2-more = Then you accept, or you decline.
guest-next-3 = { $kind ->
    [application] You arrive in { $target }
    [site] You arrive at { $target }
   *[account] You arrive at { $host }
}
guest-next-3-more = Usually less than a minute from now.
guest-real-title = Is this really { $host }?
guest-real-mail = The mail came from <bdi>{ $sender }</bdi>, and this page is on <bdi>{ $site }</bdi>.
guest-real-page = This page is on <bdi>{ $site }</bdi>. Compare it with what you were told.
guest-real-report = If you did not expect it, choose Report; nothing will be accepted in your name.

# The mailed code
guest-code-title = Enter the code we sent you
guest-code-lead = This address has no account here, so we sent 8 digits by mail to <strong><bdi>{ $address }</bdi></strong>.
guest-code-decline-lead = We sent 8 digits by mail to <strong><bdi>{ $address }</bdi></strong>, so that nobody else can decline for you.
guest-code-lifetime = The code works for 30 minutes.
guest-code-label = Code
guest-code-paste = You can paste the whole code.
guest-code-wrong = { $tries ->
    [one] This is not the code we sent at { $at }. You can try once more; after that you need a new one.
   *[other] This is not the code we sent at { $at }. You can try { $tries } more times; after that you need a new one.
}
guest-code-ended = This code no longer works
guest-code-expired = The code we sent at { $at } was good for 30 minutes. Nothing is lost; a new one takes you on.
guest-code-too-many = Five tries with the code of { $at } were wrong, so it ended. Nothing is lost; a new one takes you on.
guest-code-limited = No more codes can be sent right now. The next one is possible at { $at }; a code you already have still works.
guest-code-resend = Send a new code
guest-code-resend-to = It goes to <bdi>{ $address }</bdi> only.
guest-code-not-yours = Not your address?
guest-code-no-mail = No mail yet?
guest-code-no-mail-more = It comes from <bdi>{ $sender }</bdi> with the subject “{ $subject }”. Look in your spam folder first.

# The sign-in that fits
guest-find-title = Sign in with { $home }
guest-find-lead = For <strong><bdi>{ $address }</bdi></strong>, the address { $host } invited. You use the account and the password you already have.
guest-find-continue = Continue with { $home }
guest-find-account = Your account at <bdi>{ $domain }</bdi>
guest-find-why = Why { $home }?
guest-find-owns = { $domain } belongs to { $home }
guest-find-owns-more = { $home } has an account for exactly this address.
guest-find-first = { $host } asks for your own organization’s sign-in first
guest-find-first-more = A code by e-mail comes only where no such account exists.
guest-find-other = Other ways
guest-find-no-code = A code by e-mail is not possible here
guest-find-no-code-more = { $home } knows this address. { $host } sends codes only to addresses that have no account of their own.
guest-find-stuck = The sign-in of { $home } does not let you in?
guest-find-code-title = Sign in with a code
guest-find-code-lead = We send 8 digits by mail to <strong><bdi>{ $address }</bdi></strong>, the address { $host } invited. No account and no password needed.
guest-find-send-code = Send me the code
guest-find-code-why = Why a code?
guest-find-nobody = This address has no account here
guest-find-nobody-more = No organization on this server knows it.
guest-find-mailbox = The code shows that the mailbox is yours
guest-find-mailbox-more = The link alone could have been forwarded.

# Consent
guest-consent-title = What { $host } receives from you
guest-consent-lead = Read it once. { $host } receives this when you accept, and nothing before.
guest-consent-home = <strong>Your sign-in at { $home } was accepted.</strong> It is the invited address.
guest-consent-code = <strong>The code was right.</strong> The invited mailbox is yours.
guest-consent-name = Your name
guest-consent-no-name = None is known, so none is sent
guest-consent-address = Your e-mail address
guest-consent-identifier = A number that identifies you
guest-consent-identifier-more = Given by <bdi>{ $issuer }</bdi>; it ends in <bdi>{ $end }</bdi>
guest-consent-not = What { $host } does not receive
guest-consent-not-home = Your password, your mail, your files, your calendar, and anything about your colleagues at { $home }.
guest-consent-not-code = A password, your mail, your files, and your calendar.
guest-consent-privacy = How { $host } handles it:
guest-consent-no-privacy = { $host } has published no privacy statement.
guest-consent-accept = { $kind ->
    [application] Accept and open { $target }
    [site] Accept and go to { $target }
   *[account] Accept the invitation
}

# Wrong account
guest-wrong-title = This invitation is for another of your addresses
guest-wrong-lead = You did nothing wrong, and nothing has been linked. Choose how to go on.
guest-wrong-invited = { $host } invited
guest-wrong-signed-in = You are signed in as
guest-wrong-signed-in-at = You are signed in at { $organization } as
guest-wrong-switch = Switch account
guest-wrong-stays = Your other account stays signed in.
guest-wrong-why = Why does { $host } ask for the other one?
guest-wrong-why-more = An invitation opens a door for one address. Letting any account through would let anyone in who finds the link.
guest-wrong-neither = Neither is me

# Dead links
guest-ended-title = { $reason ->
    [replaced] A newer link replaced this one
    [expired] This link has expired
    [used] This invitation was already accepted
   *[ended] This invitation is no longer valid
}
guest-ended-lead = { $reason ->
    [replaced] { $host } sent you a fresh invitation on { $newest }. Only the newest link opens the door, so that an old mail cannot be used by someone else.
    [expired] It was open until { $day }. Links end, so that an old mail cannot be used by someone else. Your place at { $host } is still waiting.
    [used] Its link has done its work. You belong to { $host } and come in by signing in.
   *[ended] { $host } takes no more answers to it. Nothing was accepted in your name.
}
guest-ended-this = This link
guest-ended-newest = Newest link
guest-ended-sent = sent { $day }
guest-ended-to = to <bdi>{ $address }</bdi>
guest-ended-expired = Expired
guest-ended-send = Send me a new one
guest-ended-send-hint = It goes to the invited address only. You can ask for it three times an hour, five times a day.
guest-ended-sign-in = Sign in to { $host }

# The typed code
guest-typed-title = Enter the code from your invitation
guest-typed-lead = It stands in the mail under the button and opens the same page.
guest-typed-label = Code of 12 characters
guest-typed-hint = Capital or small letters, with or without hyphens.
guest-typed-unknown = No open invitation has this code. Compare it with the newest mail; when a link is replaced, its code ends too.
guest-typed-limited = Too many codes from your network were wrong. Codes are taken again at { $at }. The link in the mail works all the same.
guest-typed-open = Open the invitation
guest-typed-where = Where is the code?
guest-typed-where-more = Open the newest invitation mail. Below the button there are 12 letters and digits in groups of four. The 8 digits for signing in are another code and come later.
guest-unknown-title = This link is not known here
guest-unknown-lead = It may be cut off, or a character is missing. Open it again from the newest mail, or type the code that stands there under the button.

# A new link was asked for
guest-again-title = Look in your mailbox
guest-again-lead = If this invitation can be sent again, its mail is on its way to <strong><bdi>{ $address }</bdi></strong>.
guest-again-wait = It takes a few minutes at most
guest-again-wait-more = It comes from <bdi>{ $sender }</bdi>. Look in your spam folder too.
guest-again-often = Three times an hour, five times a day
guest-again-often-more = More often nothing is sent, so that nobody can fill your mailbox.
guest-again-none = Still nothing after that?
guest-close = You can close this page.

# Not me
guest-not-me-title = Not you? Then do nothing
guest-not-me-lead = The invitation is for <strong><bdi>{ $address }</bdi></strong>. Nothing happens in your name as long as nobody proves this address.
guest-not-me-other = You know the invitation but use another address
guest-not-me-other-more = Ask for an invitation to the address you use. { $host } can send one at any time.
guest-not-me-forwarded = The mail was meant for somebody else
guest-not-me-forwarded-more = Delete it. Whoever has only the link cannot accept it.
guest-not-me-strange = You do not know what this is about
guest-not-me-strange-more = Choose Report, and an administrator of { $host } hears of it.

# Report
guest-reported-title = Your report is noted
guest-reported-lead = The administrators of { $host } can see it. Nothing was accepted in your name.
guest-reported-more = There is nothing more to do. If the mail asks for a password, do not give one; an invitation never needs it.

# Decline
guest-decline-title = Decline the invitation from { $host }?
guest-decline-lead = You have shown that <strong><bdi>{ $address }</bdi></strong> is yours. This is what happens:
guest-decline-link = The link stops working
guest-decline-link-more = Its typed code ends with it.
guest-decline-seen = { $host } sees that you declined
guest-decline-seen-more = Nothing from your account is sent.
guest-decline-again = { $host } can invite you again
guest-decline-again-more = You are then asked anew.
guest-decline-do = Decline the invitation
guest-declined-title = You declined
guest-declined-lead = The link no longer works, and { $host } received nothing from your account.
guest-declined-mind = Changed your mind?

# Somebody who already belongs
guest-member-title = You already belong to { $host }
guest-member-lead = <strong><bdi>{ $address }</bdi></strong> accepted an earlier invitation. There is nothing to accept again; sign in as usual.
guest-member-open = { $kind ->
    [application] Sign in and open { $target }
    [site] Sign in and go to { $target }
   *[account] Sign in to { $host }
}

# Leaving to a place the host has not registered
guest-leaving-accepted = <strong>You are now a guest of { $host }.</strong>
guest-leaving-title = Go on to { $site }?
guest-leaving-lead-person = { $inviter } chose this place for your invitation. { $host } has not registered it as its own.
guest-leaving-lead = The invitation names this place. { $host } has not registered it as its own.
guest-leaving-site = Place
guest-leaving-address = Whole address
guest-leaving-go = Go to { $site }
guest-leaving-stay = Stay at { $host }
guest-leaving-password = Sign in only where the address bar shows a place you know.

# Refusals
guest-refusal-title = { $kind ->
    [not_invited] { $host } does not know this account yet
    [disabled_here] { $host } has switched off your guest account
    [disabled_home] Your own account is switched off
    [identity_taken] This account belongs to another guest here
   *[other] This is not possible here
}
guest-refusal-lead = { $kind ->
    [not_invited] You signed in correctly as <strong><bdi>{ $address }</bdi></strong>, but nobody at { $host } has invited this address.
    [disabled_here] You are known as <strong><bdi>{ $address }</bdi></strong>, but an administrator of { $host } has blocked sign-in for this guest.
    [disabled_home] { $home } has blocked sign-in for <strong><bdi>{ $address }</bdi></strong>, so { $host } lets it in no longer.
   *[identity_taken] You signed in correctly as <strong><bdi>{ $address }</bdi></strong>, but this sign-in is already linked to another guest of { $host }.
}
guest-refusal-application = <strong>{ $application }</strong> opens only for people in { $host }’s directory.
guest-refusal-do = What you can do
guest-refusal-remedy = { $kind ->
    [not_invited] Were you invited under another address? Sign in with that one. If not, ask for an invitation.
    [disabled_here] Ask { $host } to unblock your account.
    [disabled_home] Ask the IT department of { $home } to unblock your account.
   *[identity_taken] Sign in with the account of the invited address, or ask { $host } to sort it out.
}
guest-refusal-setting = Setting that decided
guest-refusal-value = Its value: { $value }
guest-refusal-role = The role { $role } can change it.
guest-refusal-switch = Sign in with another account
guest-for-it = For your IT department
guest-details = Details of this refusal

# Unsubscribe
guest-unsubscribe-title = No more invitations from { $host }?
guest-unsubscribe-lead = { $host } then sends no more invitation mails to <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-do = Stop invitations from { $host }
guest-unsubscribed-title = No more invitations from { $host }
guest-unsubscribed-lead = { $host } sends no more invitation mails to <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-open = An invitation you already have stays as it is, and so does your access to { $host }.

guest-block-title = Invitations by mail
guest-block-lead = You decide whose invitation mails reach <strong><bdi>{ $address }</bdi></strong>.
guest-block-list = Organizations
guest-block-allowed = May invite you by mail
guest-block-blocked = Blocked: sends you no invitation mails
guest-block-one = Block
guest-block-undo = Allow again
guest-block-all-lead = Block everybody on { $place }, also who has not written yet.
guest-block-all = Block all organizations
guest-block-all-blocked = Nobody on { $place } sends you invitation mails.
guest-block-all-undo = Allow invitations again
guest-block-open = Invitations you already have stay as they are, and so does your access.
