# The pages of a development server.

dev-title = Lodge for developers
dev-mail-title = Captured mail
dev-mail-lead = { $count ->
    [0] This server sends no mail out; it keeps it here.
    [one] This server sends no mail out; it keeps it here, newest first. One so far.
   *[other] This server sends no mail out; it keeps it here, newest first. { $count } so far.
}
dev-mail-refresh = Refresh
dev-mail-list = List of mails
dev-mail-filter = Recipient’s address
dev-mail-show = Show
dev-mail-all = Show all
dev-mail-none = No mail yet
dev-mail-none-more = Invite somebody, and the mail appears here.
dev-mail-none-match = No mail to this address
dev-mail-none-match-more = The filter compares the whole address.
dev-mail-from = From
dev-mail-reply-to = Reply to
dev-mail-to = To
dev-mail-cc = Copy
dev-mail-received = Received
dev-mail-kind = Kind and language
dev-mail-code = Code
dev-mail-links = Links
dev-mail-html = The mail as HTML
dev-mail-text = The mail as text
