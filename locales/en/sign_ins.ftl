# The sign-in log.

sign-ins-title = Sign-in logs
sign-ins-title-words = login failed password who came in
sign-in-record-title = Sign-in
sign-ins-lead = Who came in, to what and from where in the last 30 days, and why somebody could not.
sign-ins-search = Search by person, application, network address or error code
sign-ins-who = Who
sign-ins-where = Signed in to
sign-ins-own-pages = Pages of Lodge
sign-ins-succeeded = Signed in
sign-ins-failed = Not signed in
sign-ins-interactive = Interactive
sign-ins-non-interactive = Non-interactive
sign-ins-applications = Applications
sign-ins-from = Guest from { $tenant }
sign-ins-as-guest = As a guest at { $tenant }
sign-ins-unknown = Somebody unknown
sign-ins-none = Nobody has signed in yet
sign-ins-none-more = Every sign-in, and every one that failed, will appear here.
sign-ins-about = The sign-in
sign-ins-name = User principal name
sign-ins-home = Home tenant
sign-ins-resource = Resource tenant
sign-ins-client = Client
sign-ins-error = Error code
sign-ins-profile = Profile
sign-ins-count = { $count ->
    [one] One sign-in
   *[other] { $count } sign-ins
}
