# Signing in to an application: what it asks for, and what is told when it cannot be done.

authorize-refused-request-title = This application’s request cannot be answered
authorize-refused-request-sentence = Your account is in order; the application sent something that does not fit. Go back to it and try again. If it stays so, give the details below to whoever runs the application.
authorize-refused-account-title = This account cannot be used here
authorize-refused-account-sentence = You are signed in, but not with an account that may open this application. The reason stands below.
authorize-refused-administrator-title = An administrator has to allow this first
authorize-refused-administrator-sentence = The application asks for more than one person can grant. Give the details below to your administrator.
authorize-other-account = Use another account
authorize-continue = Continue
authorize-form-post-title = Back to the application
authorize-form-post-sentence = You are signed in. If the application does not open by itself, continue here.

consent-title = { $application } asks for your permission
consent-lead = If you accept, { $application } may do the following with your account here. It is remembered, and an administrator can take it back.
consent-target = You are then led to { $host }.
consent-signed-in-as = Signed in as { $address }
consent-accept = Accept
consent-decline = Decline
consent-scope-openid = Sign you in
consent-scope-profile = See your name and user name
consent-scope-email = See your e-mail address
consent-scope-offline-access = Stay signed in for you while you are away
consent-scope-user-read = Read your profile
consent-scope-user-readwrite = Read and change your profile
consent-scope-user-readbasic-all = Read the names and addresses of all people here
consent-scope-policy-read-conditionalaccess = Read the rules for signing in
consent-scope-licenseassignment-readwrite-all = Manage license assignments
consent-scope-mail-send = Send mail as you

logout-done-title = You are signed out
logout-done-sentence = You are signed out of this directory in this browser. Applications that are still open may know you until you close them.
logout-confirm-title = Sign out?
logout-confirm-sentence = An application asks to sign you out of this directory in this browser.
logout-confirm-do = Sign out
