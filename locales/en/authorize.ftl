# Signing in to an application: what it asks for, and what is told when it cannot be done.

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
