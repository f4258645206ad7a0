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

account-home = الرئيسية
account-profile = الملف الشخصي
account-sessions = الجلسات
account-apps = تطبيقاتي
account-appearance = المظهر
account-waiting = في انتظارك
account-waiting-none = لا شيء في انتظارك.
account-all = كلها ({ $count })
account-at = أنت لدى
account-go = انتقال
account-go-to = الانتقال إلى { $host }
account-security = معلومات الأمان
account-change = تغيير
account-password = كلمة المرور
account-password-note = لا يعرفها سواك. يحتفظ Lodge ببصمة لا يمكن قراءتها عكسيًا.
account-where = أين سجّلت الدخول
account-device = { $browser } على { $system }
account-device-unknown = متصفح غير معروف
account-this-browser = هذا المتصفح
account-session-this = هذا المتصفح، منذ { $since }.
account-session-used = آخر استخدام { $used }، بدأت { $since }.
account-session-method = { $method ->
    [code] برمز أُرسل بالبريد.
    [home] عبر مؤسستك.
   *[password] بكلمة مرورك.
}
account-session-end = تسجيل الخروج
account-session-end-one = تسجيل الخروج من { $device }
account-session-ended = تم تسجيل الخروج من ذلك المتصفح.
account-sessions-ended = تم تسجيل الخروج من جميع المتصفحات الأخرى.
account-sessions-all = كل الجلسات
account-sessions-lead = كل متصفح سجّلت فيه الدخول. أنهِ ما لا تعرفه.
account-sessions-end-others = الخروج من كل مكان آخر
account-sessions-end-all = الخروج من كل مكان
account-sessions-end-all-more = ينهي كل جلسة، وهذه أيضًا، وما تحتفظ به التطبيقات باسمك. ستطلب منك تسجيل الدخول من جديد.
account-password-lead = التي تسجّل بها الدخول هنا.
account-password-none = أنت تسجّل الدخول في مكان آخر.
account-password-no = ليست لك كلمة مرور هنا
account-password-no-more = كلمة مرورك حيث يوجد حسابك. غيّرها هناك.
account-password-change = تغيير كلمة المرور
account-password-now = كلمة المرور الحالية
account-password-wrong = هذه ليست كلمة مرورك الحالية.
account-password-same = هذه هي التي لديك. اختر غيرها.
account-password-effect = يُسجَّل الخروج من كل متصفح آخر، وتطلب منك التطبيقات تسجيل الدخول من جديد.
account-password-changed = تم تغيير كلمة مرورك.
account-apps-lead = ما يتيح لك { $host } فتحه.
account-appearance-lead = يُحفظ في هذا المتصفح. وفي غيره يسري ما تختاره هناك.
account-profile-lead = ما يعرفه { $host } عنك.
account-profile-change = هل من خطأ؟ لا تستطيع تغييره إلا إدارة { $host }.
account-you = أنت
account-contact = جهات الاتصال
account-identity = الهوية
account-fact-name = الاسم
account-fact-given = الاسم الأول
account-fact-surname = اسم العائلة
account-fact-type = نوع المستخدم
account-fact-job = المسمى الوظيفي
account-fact-company = الشركة
account-fact-mail = البريد الإلكتروني
account-fact-mobile = الهاتف الجوال
account-fact-phone = الهاتف
account-fact-office = المكتب
account-fact-upn = الاسم الأساسي للمستخدم
account-fact-sign-in = تسجيل الدخول
account-fact-id = معرّف الكائن
