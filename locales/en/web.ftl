# The frame of every page, and the pages of errors.

page-skip = Skip to content
page-menu = Language and appearance: { $language }
page-language = Language
page-appearance = Appearance
page-theme-system = As my system
page-theme-light = Light
page-theme-dark = Dark
page-theme-contrast = High contrast
page-privacy = Privacy statement
page-runs = <bdi>{ $host }</bdi> runs this page itself with Lodge
page-runs-nobody = This page runs on Lodge
page-account = My account
page-signed-in = <bdi>{ $name }</bdi>, signed in

error-setting = Deciding setting
error-remedy = What you can do
error-role = This needs the role { $role }.
error-for-it = For your IT department
error-details = Details of this answer

error-request-title = This request cannot be read
error-request-sentence = Something in it is missing or has the wrong form. Go back, check what you entered, and send it again.
error-unauthenticated-title = Sign in first
error-unauthenticated-sentence = This page is for people who are signed in.
error-forbidden-title = This is not allowed here
error-forbidden-sentence = Your account may not do this, or the form is too old. The reason is below.
error-not-found-title = This page does not exist
error-not-found-sentence = The address is incomplete, or what it led to is gone. Check the address, or start again from your mail.
error-conflict-title = Something changed in the meantime
error-conflict-sentence = What you sent does not fit the present state. Load the page again and look before you repeat it.
error-gone-title = This has ended
error-gone-sentence = It existed and is no longer valid.
error-too-many-title = Too many tries
error-too-many-sentence = Wait a little, then try again.
error-internal-title = Something went wrong on our side
error-internal-sentence = Nothing you did caused it. Try again; if it stays, give the number below to your administrator.
error-unavailable-title = This is not possible right now
error-unavailable-sentence = The service is busy or being repaired. Try again in a few minutes.

page-organization = Organization: { $host }
page-self = <bdi>{ $name }</bdi>, your account
page-own = Your pages
page-portal = Administration
page-appearance-language = Appearance and language
page-accounts = Accounts in this browser
page-another-account = Use another account
page-sign-out = Sign out

portal-menu = Menu
portal-menu-close = Close menu
portal-find = Search people, pages, actions
portal-invite = Invite
portal-navigation = Administration
portal-crumbs = Breadcrumb
portal-actions = What you can do here
portal-group-directory = Directory
portal-group-guests = Guests
portal-group-protection = Protection
portal-group-records = Records
portal-group-support = Support

ui-search = Search
ui-remove-filter = Remove filter
ui-select = Select
ui-select-all = Select all on this page
ui-select-one = Select { $name }
ui-selected = Selected
ui-clear-selection = Clear selection
ui-previous = Previous
ui-next = Next
ui-close = Close
ui-save = Save
ui-discard = Discard
ui-copy-as = Copy as
ui-copy = Copy
ui-copied = Copied

error-rule = Rule
error-number = Number of this answer
