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
