# الصفحات الخاصة بكل شخص.

account-title = حسابي
account-member-of = عضو في { $host }
account-guest-of = ضيف لدى { $host }
account-sign-out = تسجيل الخروج
account-story-member = لديك <strong>عضوية في { $host }</strong>.
account-story-guest = لديك <strong>حساب ضيف لدى { $host }</strong>.
account-since = حسابك هنا منذ { $day }.
account-sign-in = { $kind ->
    [home] تسجّل الدخول بحسابك لدى <strong>{ $home }</strong>.
    [code] تسجّل الدخول برمز يصل بالبريد.
   *[password] تسجّل الدخول بكلمة مرورك.
}
account-applications = التطبيقات التي يمكنك فتحها
account-application-why = { $why ->
    [group] عبر { $through }
    [assigned] مسند إليك
   *[everyone] للجميع لدى { $host }
}
account-no-applications = لا شيء يُفتح بعد
account-no-applications-more = عندما تعطيك { $host } تطبيقًا يظهر هنا.
