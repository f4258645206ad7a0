# The portal: its frame, its own pages, and the names of rights.

portal-home = Home
portal-welcome = <bdi>{ $host }</bdi>
portal-home-lead = { $more ->
    [true] More than { $people } people are known here.
   *[false] { $people ->
        [one] One person is known here
       *[other] { $people } people are known here
    }, { $guests ->
        [0] none of them a guest.
        [one] one of them a guest.
       *[other] { $guests } of them guests.
    }
}
portal-home-role = Your role: { $role }.
portal-figures = Figures
portal-people = People
portal-guests = Guests
portal-waiting = Waiting
portal-waiting-none = Nothing waits
portal-waiting-none-more = Whatever needs somebody appears here.
portal-changes = Last changes
portal-places = Where to go

portal-search = Search
portal-search-lead = People, pages and actions by what you type.
portal-palette = Search and commands
portal-hits = Results
portal-pages = Pages
portal-do = Actions
portal-nothing-title = Nothing found
portal-nothing = Nothing is found for “{ $text }”. Try the beginning of a name or an address.
portal-count = { $count ->
    [0] No result
    [one] One result
   *[other] { $count } results
}

portal-help = Help
portal-help-words = keys keyboard shortcuts
portal-help-lead = Where things are, and the keys that take you there.
portal-keys = Keys
portal-key-palette = Search and commands
portal-key-move = move
portal-key-open = open
portal-key-tab = new tab
portal-key-people = people
portal-key-do = actions
portal-key-close = close

portal-signed-in = Signed in
portal-signed-in-lead = You are signed in again.
portal-signed-in-next = Go back to your form
portal-signed-in-more = Close this tab and press Send in the one you came from. What you entered is still there.

portal-expired = Your sign-in has ended
portal-expired-lead = Nothing you entered is lost. Sign in in a new tab and keep this page open.
portal-expired-sign-in = Sign in
portal-expired-then = Then come back to this page and send what you entered.
portal-expired-send = Send now
portal-being-sent = This form was already sent
portal-being-sent-more = Its work began and has not reported back. Look at the list before you send it again.

portal-refused-lead = The page exists. Your role does not open it.
portal-may-not = You may not { $right }.
portal-needs = This needs the role { $role }.
portal-givers = { $count ->
    [one] { $names } can give it to you.
   *[other] { $names } can give it to you.
}
portal-givers-unnamed = The administrators of <bdi>{ $host }</bdi> can give it to you.
portal-you-hold = You hold
portal-also-holds = So do
portal-ask = Ask <bdi>{ $name }</bdi>
portal-ask-subject = The role { $role }
portal-to-home = To the home page
portal-to-account = My account
portal-no-entry = No administration here
portal-no-entry-host = You do not administer <bdi>{ $host }</bdi>
portal-no-entry-why = { $address } holds no directory role.

right-enter = enter the administration
right-read-users = see users
right-manage-users = change users
right-invite-guests = invite guests
right-read-groups = see groups
right-manage-groups = change groups
right-read-applications = see applications
right-manage-applications = change applications
right-read-roles = see roles
right-manage-roles = give roles
right-read-audit-logs = see the audit log
right-read-sign-in-logs = see the sign-in log
right-read-settings = see settings
right-manage-settings = change settings
right-read-mail-health = see mail health
right-manage-mail = change how mail is sent
