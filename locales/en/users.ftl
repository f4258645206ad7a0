# Users: the list, one user's page, the deleted.

users = Users
users-words = people members guests accounts
users-lead = Everyone { $host } knows: { $all } people, { $guests } of them guests.
users-views = Views
users-all = All users
users-guests = Guests
users-waiting = Waiting
users-blocked = Blocked
users-search = Search by name or address
users-any = any
users-type = User type
users-state = State
users-enabled = Sign-in
users-enabled-yes = Allowed
users-enabled-no = Blocked
users-created = Created
users-created-7 = Last 7 days
users-created-30 = Last 30 days
users-created-90 = Last 90 days
users-name = Name
users-columns = Columns
users-column-state = State
users-column-type = User type
users-column-company = Company
users-column-created = Created
users-column-upn = User principal name
users-column-id = Object ID
users-shown = { $count ->
    [one] One shown
   *[other] { $count } shown
}
users-none = Nobody matches
users-none-more = Try the beginning of a name or an address, or remove a filter.
users-none-here = Nobody here yet
users-none-here-more = The search looks through the directory a part at a time; this part holds nobody who matches.
users-look-on = Look on
users-clear = Show everybody
users-empty = Nobody yet
users-empty-more = Invite a guest, or create a member.
users-new = New user
users-new-guest = New guest user
users-cancel = Cancel
users-save-view = Save view
users-remove-view = Remove view
users-remove-view-more = Only the view goes; nobody in it changes.
users-view-name = Name of the view
users-view-hint = It appears as a tab, for you alone.
users-view-saved = The view “{ $name }” is kept.
users-view-removed = The view is removed.
users-none-picked = Select at least one row first.
users-deleted-count = { $count ->
    [one] The user was deleted and can be restored for 30 days.
   *[other] { $count } users were deleted and can be restored for 30 days.
}
users-blocked-count = { $count ->
    [one] The user is blocked from signing in.
   *[other] { $count } users are blocked from signing in.
}
users-unblocked-count = { $count ->
    [one] The user may sign in again.
   *[other] { $count } users may sign in again.
}
users-delete-title = { $count ->
    [one] Delete one user?
   *[other] Delete { $count } users?
}
users-delete-count = { $count ->
    [one] Delete one
   *[other] Delete { $count }
}
users-deleted = Deleted users
users-deleted-words = restore removed trash
users-deleted-lead = Deleted users are kept 30 days and can be restored whole. Afterwards they are gone for good.
users-deleted-none = Nobody was deleted
users-deleted-none-more = Whoever is deleted can be found here for 30 days.
users-deleted-on = Deleted
users-gone-in = Kept for
users-days-left = { $days ->
    [one] 1 day
   *[other] { $days } days
}
users-restore = Restore
users-purge = Delete permanently
users-purge-title = { $count ->
    [one] Delete one user permanently?
   *[other] Delete { $count } users permanently?
}
users-purge-count = { $count ->
    [one] Delete one permanently
   *[other] Delete { $count } permanently
}
users-purge-1 = This cannot be undone, by nobody.
users-purge-2 = Memberships, sponsors and identities go with them. Audit events stay.
users-restored-count = { $count ->
    [one] The user is back.
   *[other] { $count } users are back.
}
users-purged-count = { $count ->
    [one] The user is gone for good.
   *[other] { $count } users are gone for good.
}

user = User
user-guest = Guest
user-member = Member
user-active = Active
user-accepted = Accepted
user-waiting = Waiting
user-blocked = Blocked
user-block = Block sign-in
user-unblock = Unblock
user-delete = Delete
user-blocked-toast = { $name } can no longer sign in. Open sessions have ended.
user-unblocked-toast = { $name } can sign in again.
user-delete-title = Delete { $name }?
user-delete-1 = Sessions, invitation links and access end at once.
user-delete-2 = For 30 days the user can be restored whole, with groups and roles.
user-delete-3 = Afterwards everything about them is removed for good; audit events stay.
user-delete-loses = Groups left: { $groups }. Directory roles lost: { $roles }.
user-story-guest = <strong>{ $name }</strong> has been known to { $host } as a guest since <strong>{ $date }</strong>.
user-story-member = <strong>{ $name }</strong> has been a member of { $host } since <strong>{ $date }</strong>.
user-story-sponsors = { $count ->
    [one] { $names } is the sponsor.
   *[other] { $names } are the sponsors.
}
user-story-blocked = Sign-in is blocked.
user-timeline = Timeline
user-properties = Properties
user-reach = Groups and roles
user-reach-none = In no group and without a directory role.
user-in-group = Member of the group
user-holds-role = Directory role
user-fact-upn = User principal name
user-fact-mail = E-mail
user-fact-other-mails = Other addresses
user-fact-given-name = First name
user-fact-surname = Last name
user-fact-job-title = Job title
user-fact-office = Office
user-fact-mobile = Mobile phone
user-fact-phones = Business phones
user-fact-language = Preferred language
user-fact-identities = Identities
user-fact-sessions = Sessions count from

event-invited = { $actor } invited { $name }
event-accepted = { $name } accepted the invitation
event-declined = { $name } declined the invitation
event-reported = { $name } reported the invitation
event-withdrawn = { $actor } withdrew the invitation
event-no-mail = No mail was sent: { $name } wants none
event-created = { $actor } created { $name }
event-blocked = { $actor } blocked sign-in
event-unblocked = { $actor } unblocked sign-in
event-deleted = { $actor } deleted { $name }
event-restored = { $actor } restored { $name }
event-password = { $actor } set a new password
event-role = { $actor } gave { $name } a directory role
event-other = { $actor }: { $activity }
event-failed = Refused: { $reason }
event-guest-since = { $name } became a guest
event-member-since = { $name } became a member

new-user-words = create member account
new-user-lead = A member of { $host }, who signs in with a password of their own.
new-user-name-hint = Such as eva.lang@{ $domain }.
new-user-name-wrong = This is no user principal name. It looks like eva.lang@{ $domain }.
new-user-name-taken = Somebody has this name or address already. Choose another.
new-user-display-name-missing = Enter the name that others see, at most 256 characters.
new-user-mail = E-mail (optional)
new-user-mail-hint = Where personal messages in invitations can be answered.
new-user-mail-wrong = This is no e-mail address.
new-user-create = Create
new-user-outside = { $domain } is not one of { $host }’s domains, so this would be a guest.
new-user-outside-more = A guest keeps the account they have. Nothing has been created yet.
new-user-invite = Invite as guest
new-user-what = Member or guest?
new-user-what-1 = A member belongs to the organization and has a password here.
new-user-what-2 = A guest comes from elsewhere and signs in with the account they already have.
new-user-made = { $name } was created
new-user-made-lead = Hand over the one-time password. It is shown here once and kept nowhere.
new-user-password = One-time password
new-user-once = The first sign-in with it asks for a new password.
new-user-to-profile = Open profile
new-user-another = Create another
