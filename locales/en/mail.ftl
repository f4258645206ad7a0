# The mails. The text part and the HTML part of a mail use the same messages.

mail-from = Mail from { $host }
mail-sent-by = Sent by { $sender } to { $address }.
mail-privacy = Privacy statement
mail-no-privacy = { $host } has published no privacy statement.
mail-block = Block future invitations
mail-label = { $label }:
mail-by = Message from { $name }
mail-by-department = Message from { $name }, { $department }
mail-reply = Reply to this mail to reach { $name }.
mail-invited-address = Invited address
mail-your-address = Your address
mail-expected = Did you expect this?
mail-sign-in = Sign in to { $host }

# The invitation
mail-invitation = { $host } invites you as a guest
mail-invitation-person = { $inviter } invites you to { $host }
mail-invitation-preheader = Open until { $until }. You sign in with the account you already have.
mail-invitation-lead = { $host } takes you in as a guest. You sign in with the account you already have, or with a code by mail; no new password.
mail-get = You will get
mail-get-account = A guest account at { $host }
mail-get-then = { $kind ->
    [application] and you arrive in { $target }
    [site] and you arrive at { $target }
   *[account] and you arrive on your account page
}
mail-until = Open until
mail-until-more = then the link ends, and you can ask for a new one
mail-open = Open the invitation
mail-typed-go = Or go to
mail-typed-type = and type
mail-expected-more = If not, do nothing, or open the invitation and choose Report. { $host } never asks for your password by mail.

# Invited again after accepting
mail-member = You already belong to { $host }
mail-member-again = { $host } invited you again.
mail-member-again-person = { $inviter } invited you again.
mail-member-lead = There is nothing to accept; sign in as usual.
mail-member-then = { $kind ->
    [application] you sign in and arrive in { $target }
    [site] you sign in and arrive at { $target }
   *[account] you sign in and arrive on your account page at { $host }
}
mail-member-expected = If not, do nothing. { $host } never asks for your password by mail.

# The copy for a Cc recipient
mail-copy-subject = Copy: { $guest } is invited to { $host }
mail-copy = { $host } invited a guest
mail-copy-person = { $inviter } invited a guest to { $host }
mail-copy-lead = This copy is for your information. There is nothing for you to do.
mail-copy-why = Why is there no link?
mail-copy-why-more = Only the invited address can answer, so only that mail holds the link and the code.

# The one-time code
mail-code-subject = Your code for { $host }
mail-code-lead = { $purpose ->
    [accept] Enter it on the page of the invitation from { $host }.
    [decline] Enter it on the page where you decline the invitation from { $host }.
   *[sign_in] Enter it on the page where you sign in to { $host }.
}
mail-code-lifetime = It works for 30 minutes, once, and only in the browser that asked for it.
mail-code-not-asked = Did you not ask for it?
mail-code-not-asked-more = Then somebody typed your address. Do nothing; without this code nobody comes in. Give it to nobody, not even to { $host }.

# A report, for an administrator
mail-reported = Reported: the invitation of { $guest }
mail-reported-heading = An invitation was reported
mail-reported-lead = Somebody who holds its link says that it should not have come. The invitation works as before; { $host } decides what becomes of it.
mail-reported-by = Invited by
mail-reported-at = Reported
mail-reported-who = the address was not proven, so this can be anybody who has the mail
mail-reported-id = Invitation id
mail-reported-do = What can you do?
mail-reported-do-more = Ask the inviter. If nobody knows the guest, delete the user: the link and the code end at once. At most three of these mails are sent per invitation and day.
