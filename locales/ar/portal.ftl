# البوابة: إطارها وصفحاتها وأسماء الحقوق.

portal-home = الرئيسية
portal-welcome = <bdi>{ $host }</bdi>
portal-home-lead = { $more ->
    [true] أكثر من { $people } شخص معروفون هنا.
   *[false] { $people ->
        [one] شخص واحد معروف هنا
        [two] شخصان معروفان هنا
        [few] { $people } أشخاص معروفون هنا
       *[other] { $people } شخصًا معروفون هنا
    }، { $guests ->
        [0] لا ضيف بينهم.
        [one] بينهم ضيف واحد.
        [two] بينهم ضيفان.
        [few] بينهم { $guests } ضيوف.
       *[other] بينهم { $guests } ضيفًا.
    }
}
portal-home-role = دورك: { $role }.
portal-figures = أرقام
portal-people = الأشخاص
portal-guests = الضيوف
portal-waiting = في الانتظار
portal-waiting-none = لا شيء ينتظر
portal-waiting-none-more = كل ما يحتاج إلى أحد يظهر هنا.
portal-changes = آخر التغييرات
portal-places = إلى أين

portal-search = البحث
portal-search-lead = الأشخاص والصفحات والإجراءات حسب ما تكتبه.
portal-palette = البحث والأوامر
portal-hits = النتائج
portal-pages = الصفحات
portal-do = الإجراءات
portal-nothing-title = لم يُعثر على شيء
portal-nothing = لم يُعثر على شيء لـ «{ $text }». جرّب بداية اسم أو عنوان.
portal-count = { $count ->
    [0] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
   *[other] { $count } نتيجة
}

portal-help = المساعدة
portal-help-words = مفاتيح لوحة المفاتيح اختصارات
portal-help-lead = أين توجد الأشياء، والمفاتيح التي تقود إليها.
portal-keys = المفاتيح
portal-key-palette = البحث والأوامر
portal-key-move = تحريك
portal-key-open = فتح
portal-key-tab = علامة تبويب جديدة
portal-key-people = الأشخاص
portal-key-do = الإجراءات
portal-key-close = إغلاق

portal-signed-in = تم تسجيل الدخول
portal-signed-in-lead = لقد سجّلت الدخول من جديد.
portal-signed-in-next = عُد إلى نموذجك
portal-signed-in-more = أغلق علامة التبويب هذه واضغط «أرسل الآن» في التي أتيت منها. ما أدخلته لا يزال هناك.

portal-expired = انتهى تسجيل دخولك
portal-expired-lead = لم يضِع شيء مما أدخلته. سجّل الدخول في علامة تبويب جديدة واترك هذه الصفحة مفتوحة.
portal-expired-sign-in = تسجيل الدخول
portal-expired-then = ثم عُد إلى هذه الصفحة وأرسل ما أدخلته.
portal-expired-send = أرسل الآن
portal-being-sent = سبق إرسال هذا النموذج
portal-being-sent-more = بدأ تنفيذه ولم يصل رد بعد. انظر في القائمة قبل أن ترسله مرة أخرى.

portal-refused-lead = الصفحة موجودة، لكن دورك لا يفتحها.
portal-may-not = دورك لا يسمح بـ{ $right }.
portal-needs = يلزم لذلك الدور { $role }.
portal-givers = { $count ->
    [one] يستطيع { $names } منحك إياه.
   *[other] يستطيع { $names } منحك إياه.
}
portal-givers-unnamed = تستطيع إدارة <bdi>{ $host }</bdi> منحك إياه.
portal-you-hold = دورك
portal-also-holds = يكفي أيضًا
portal-ask = اسأل <bdi>{ $name }</bdi>
portal-ask-subject = الدور { $role }
portal-to-home = إلى الصفحة الرئيسية
portal-to-account = حسابي
portal-no-entry = لا إدارة هنا
portal-no-entry-host = أنت لا تدير <bdi>{ $host }</bdi>
portal-no-entry-why = ليس لـ { $address } أي دور في الدليل.

right-enter = دخول الإدارة
right-read-users = رؤية المستخدمين
right-manage-users = تغيير المستخدمين
right-invite-guests = دعوة الضيوف
right-read-groups = رؤية المجموعات
right-manage-groups = تغيير المجموعات
right-read-applications = رؤية التطبيقات
right-manage-applications = تغيير التطبيقات
right-read-roles = رؤية الأدوار
right-manage-roles = منح الأدوار
right-read-audit-logs = رؤية سجل التدقيق
right-read-sign-in-logs = رؤية سجل تسجيلات الدخول
right-read-settings = رؤية الإعدادات
right-manage-settings = تغيير الإعدادات
right-read-mail-health = رؤية حالة البريد
right-manage-mail = تغيير طريقة إرسال البريد
