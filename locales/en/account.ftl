# Everyone's own pages.

account-title = My account
account-member-of = Member of { $host }
account-guest-of = Guest of { $host }
account-sign-out = Sign out
account-story-member = You are a <strong>member of { $host }</strong>.
account-story-guest = You are a <strong>guest of { $host }</strong>.
account-since = You have been here since { $day }.
account-sign-in = { $kind ->
    [home] You sign in with your account at <strong>{ $home }</strong>.
    [code] You sign in with a code that comes by mail.
   *[password] You sign in with your password.
}
account-applications = Applications you may open
account-application-why = { $why ->
    [group] through { $through }
    [assigned] assigned to you
   *[everyone] everyone at { $host }
}
account-no-applications = Nothing to open yet
account-no-applications-more = When { $host } gives you an application, it appears here.

account-home = Home
account-profile = Profile
account-sessions = Sessions
account-apps = My Apps
account-appearance = Appearance
account-waiting = Waiting for you
account-waiting-none = Nothing waits for you.
account-all = All { $count }
account-at = You are at
account-go = Go
account-go-to = Go to { $host }
account-security = Security info
account-change = Change
account-password = Password
account-password-note = Only you know it. Lodge keeps a hash that cannot be read back.
account-where = Where you are signed in
account-device = { $browser } on { $system }
account-device-unknown = Unknown browser
account-this-browser = This browser
account-session-this = This browser, since { $since }.
account-session-used = Last used { $used }, signed in { $since }.
account-session-method = { $method ->
    [code] With a mailed code.
    [home] With your own organization.
   *[password] With your password.
}
account-session-end = Sign out
account-session-end-one = Sign out { $device }
account-session-ended = That browser is signed out.
account-sessions-ended = All other browsers are signed out.
account-sessions-all = All sessions
account-sessions-lead = Every browser in which you are signed in. End what you do not know.
account-sessions-end-others = Sign out everywhere else
account-sessions-end-all = Sign out everywhere
account-sessions-end-all-more = Ends every session, this one too, and what applications hold in your name. They ask you to sign in again.
account-password-lead = The one you sign in with here.
account-password-none = You sign in elsewhere.
account-password-no = You have no password here
account-password-no-more = Your password lives where your account does. Change it there.
account-password-change = Change the password
account-password-now = Present password
account-password-wrong = This is not your present password.
account-password-same = This is the one you have. Choose another.
account-password-effect = Every other browser is signed out, and applications ask you to sign in again.
account-password-changed = Your password is changed.
account-apps-lead = What { $host } lets you open.
account-appearance-lead = Kept in this browser. Pages you open elsewhere look as you choose there.
account-profile-lead = What { $host } knows of you.
account-profile-change = Something wrong? Only an administrator of { $host } can change it.
account-you = You
account-contact = Contact
account-identity = Identity
account-fact-name = Name
account-fact-given = First name
account-fact-surname = Last name
account-fact-type = User type
account-fact-job = Job title
account-fact-company = Company
account-fact-mail = E-mail
account-fact-mobile = Mobile phone
account-fact-phone = Phone
account-fact-office = Office
account-fact-upn = User principal name
account-fact-sign-in = Signs in
account-fact-id = Object id
