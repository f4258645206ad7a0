# The sign-in pages.

signin-title = Sign in to { $host }
signin-title-any = Sign in
signin-to-open = to open <strong>{ $application }</strong>
signin-user-name = User name or e-mail address
signin-user-name-hint = Guests use the address that { $host } invited.
signin-user-name-invalid = This is no user name. It looks like name@organization.example.
signin-next = Next
signin-do = Sign in
signin-continue = Continue
signin-another = Use another account
signin-another-address = Use another address
signin-have-code = I have a code from an invitation

# Password
signin-password-title = Enter your password
signin-password = Password
signin-wrong = User name and password do not belong together.
signin-wrong-capitals = Capital letters count.
signin-wrong-changed = You changed it lately? The older one no longer works.
signin-wrong-tries = { $tries ->
    [one] One more try, then a pause.
   *[other] { $tries } more tries, then a pause.
}
signin-paused = { $minutes ->
    [one] Too many wrong passwords. Sign-in with this name pauses for one minute.
   *[other] Too many wrong passwords. Sign-in with this name pauses for { $minutes } minutes.
}
signin-no-password = I was invited by mail and have no password
signin-no-password-more = Guests have none here. Go back and type the invited address; you then sign in at your own organization, or with a code that comes by mail.

# First administrator
signin-set-up-title = Choose your password
signin-set-up-lead = You are the first administrator of { $host } and sign in as <strong>{ $name }</strong>.
signin-new-password = New password
signin-new-password-again = New password, once more
signin-password-rule = At least { $length } characters. A few unrelated words are easy to remember.
signin-password-short = This is too short; { $length } characters are needed.
signin-password-known = This one is easy to guess. Choose another of at least { $length } characters.
signin-password-plain = Mix at least three of these: small letters, capitals, digits, other characters.
signin-password-mismatch = This is not the same as above.
signin-set-up-do = Set the password and sign in
signin-set-up-ended = This set-up link no longer works
signin-set-up-ended-lead = It works once and for 24 hours.
signin-set-up-ended-more = Whoever runs this server can print a new one. If the password is already set, sign in with it.

# Accounts of this browser
signin-accounts-title = Which account?
signin-accounts-open = You open <strong>{ $application }</strong> at { $host }.
signin-accounts-count = { $count ->
    [one] One account was used in this browser.
   *[other] { $count } accounts were used in this browser.
}
signin-accounts-list = Accounts in this browser
signin-accounts-here = This list is kept in this browser only. Signing out deletes nothing else.
signin-account-in = Signed in
signin-account-out = Signed out
signin-account-relation = { $relation ->
    [member] Member of { $host }
    [guest] Guest of { $host }
   *[unknown] { $host } does not know this one
}

# Signing out
signin-out-all = Sign out of all
signin-out-ask = Sign out of { $host }?
signin-out-ask-any = Sign out?
signin-out-ask-lead = You are signed in as <strong>{ $name }</strong>.
signin-out-do = Sign out
signin-out-stay = Stay signed in
signin-out-title = You are signed out
signin-out-lead = This browser no longer opens anything with that account.
signin-out-others = { $count ->
    [one] One other account is still signed in here.
   *[other] { $count } other accounts are still signed in here.
}
signin-out-back = Back to { $application }
signin-again = Sign in again

# The mailed code of a guest
signin-code-title = Enter the code from your mail
signin-code-lead = If <strong><bdi>{ $address }</bdi></strong> is a guest of { $host }, 8 digits are on their way there.
signin-code-no-guest = If { $host } invited another of your addresses, no mail comes to this one.

# Consent for an application
signin-consent-not = What { $application } does not receive
signin-consent-not-more = Your password, and anything beyond this list.

# Requests that cannot be answered
signin-error-title = This sign-in cannot go on
signin-error-do = What you can do
signin-error-code = Error
signin-error-back = Go to my account
signin-error-details = Details of this error
signin-error = { $number ->
    [50011] { $application } asked to be answered at { $subject }, and that address is not registered for it.
    [50014] You were invited, but the invitation has not been accepted yet.
    [50020] You are signed in, but nobody at this organization has invited that account.
    [50057] This account is switched off.
    [50059] The request does not say at which organization to sign in.
    [50105] { $application } opens only for people who were assigned to it, and you are not.
    [50194] { $application } belongs to one organization, and the request names none.
    [70011] The request asks for a scope that does not exist: { $subject }.
    [90002] There is no organization { $subject } here.
    [500011] { $application } asks for a service that this organization does not have: { $subject }.
    [700016] There is no application { $application } in this organization.
    [700054] { $application } asks for an answer that is switched off for it: { $subject }.
    [900144] The request lacks the parameter { $subject }.
    [90020] Something went wrong on our side, not on yours.
    [90033] This service is busy or being repaired.
    [90055] There were too many tries from your network.
    [90094] { $application } asks for more than one person can allow.
    [901002] { $subject } has a value that is not understood here.
    [7000112] { $application } is switched off in this organization.
    [9002313] The request cannot be read.
   *[9002325] { $application } must send a PKCE code challenge and did not.
}
signin-error-remedy = { $number ->
    [50011] Whoever looks after the application registers this very address, letter for letter, or corrects the request.
    [50014] Open the link in the invitation mail first, or have a new one sent.
    [50020] Were you invited under another address? Use that account. If not, ask the organization for an invitation.
    [50057] Ask an administrator to unblock it, or use another account.
    [50059] Start again from the application, with the organization’s name in its address.
    [50105] Ask an administrator of the organization to assign you.
    [50194] Whoever looks after the application puts the organization’s id into its sign-in address.
    [70011] Whoever looks after the application corrects the scope.
    [90002] Check the spelling of the domain or the id; nothing else is wrong with your account.
    [500011] Whoever looks after the application corrects the scope or the resource.
    [700016] Check the application id and the organization. Often one of them comes from another environment.
    [700054] Whoever looks after the application asks for a code instead, or switches this answer on.
    [900144] Start again from the application. If it happens again, tell whoever looks after it.
    [90020] Try again. If it stays so, give the details below to your administrator.
    [90033] Try again in a few minutes.
    [90055] Wait a little, then try again.
    [90094] Give the details below to an administrator, who can allow it for everybody.
    [901002] Start again from the application. If it happens again, tell whoever looks after it.
    [7000112] Ask an administrator of the organization to switch it on.
    [9002313] Start again from the application. If it happens again, tell whoever looks after it.
   *[9002325] Whoever looks after the application switches PKCE on; current libraries do it by themselves.
}
