# Users: the list, one user's page, the deleted.

users = المستخدمون
users-words = أشخاص أعضاء ضيوف حسابات
users-lead = كل من تعرفهم { $host }: { $all } شخصًا، منهم { $guests } ضيفًا.
users-views = طرق العرض
users-all = كل المستخدمين
users-guests = الضيوف
users-waiting = بالانتظار
users-blocked = المحظورون
users-search = البحث بالاسم أو العنوان
users-any = الكل
users-type = نوع المستخدم
users-state = الحالة
users-enabled = تسجيل الدخول
users-enabled-yes = مسموح
users-enabled-no = محظور
users-created = أُنشئ
users-created-7 = آخر 7 أيام
users-created-30 = آخر 30 يومًا
users-created-90 = آخر 90 يومًا
users-name = الاسم
users-columns = الأعمدة
users-column-state = الحالة
users-column-type = نوع المستخدم
users-column-company = الشركة
users-column-created = تاريخ الإنشاء
users-column-upn = اسم المستخدم الأساسي
users-column-id = معرّف الكائن
users-shown = { $count ->
    [one] صف واحد
    [two] صفان
    [few] { $count } صفوف
   *[other] { $count } صفًا
}
users-none = لا أحد يطابق
users-none-more = جرّب بداية اسم أو عنوان، أو أزل عامل تصفية.
users-none-here = لا أحد هنا بعد
users-none-here-more = يمر البحث على الدليل جزءًا جزءًا؛ ولا أحد يطابق في هذا الجزء.
users-look-on = متابعة البحث
users-clear = عرض الجميع
users-empty = لا أحد بعد
users-empty-more = ادعُ ضيفًا أو أنشئ عضوًا.
users-new = مستخدم جديد
users-new-guest = مستخدم ضيف جديد
users-cancel = إلغاء
users-save-view = حفظ العرض
users-remove-view = إزالة العرض
users-remove-view-more = تُزال طريقة العرض وحدها؛ ولا يتغير أحد فيها.
users-view-name = اسم طريقة العرض
users-view-hint = تظهر كعلامة تبويب لك وحدك.
users-view-saved = حُفظ العرض «{ $name }».
users-view-removed = أُزيل العرض.
users-none-picked = حدد صفًا واحدًا على الأقل أولًا.
users-deleted-count = { $count ->
    [one] حُذف المستخدم ويمكن استعادته خلال 30 يومًا.
    [two] حُذف مستخدمان ويمكن استعادتهما خلال 30 يومًا.
    [few] حُذف { $count } مستخدمين ويمكن استعادتهم خلال 30 يومًا.
   *[other] حُذف { $count } مستخدمًا ويمكن استعادتهم خلال 30 يومًا.
}
users-blocked-count = { $count ->
    [one] حُظر المستخدم من تسجيل الدخول.
    [two] حُظر مستخدمان من تسجيل الدخول.
    [few] حُظر { $count } مستخدمين من تسجيل الدخول.
   *[other] حُظر { $count } مستخدمًا من تسجيل الدخول.
}
users-unblocked-count = { $count ->
    [one] يمكن للمستخدم تسجيل الدخول مجددًا.
    [two] يمكن لمستخدمَين تسجيل الدخول مجددًا.
    [few] يمكن لـ { $count } مستخدمين تسجيل الدخول مجددًا.
   *[other] يمكن لـ { $count } مستخدمًا تسجيل الدخول مجددًا.
}
users-delete-title = { $count ->
    [one] حذف مستخدم واحد؟
    [two] حذف مستخدمَين؟
    [few] حذف { $count } مستخدمين؟
   *[other] حذف { $count } مستخدمًا؟
}
users-delete-count = { $count ->
    [one] حذف واحد
    [two] حذف اثنين
    [few] حذف { $count }
   *[other] حذف { $count }
}
users-deleted = المستخدمون المحذوفون
users-deleted-words = استعادة محذوف سلة
users-deleted-lead = يُحفظ المحذوفون 30 يومًا ويمكن استعادتهم كاملين، ثم يزولون نهائيًا.
users-deleted-none = لم يُحذف أحد
users-deleted-none-more = من يُحذف يوجد هنا لمدة 30 يومًا.
users-deleted-on = تاريخ الحذف
users-gone-in = يبقى
users-days-left = { $days ->
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
   *[other] { $days } يومًا
}
users-restore = استعادة
users-purge = حذف نهائي
users-purge-title = { $count ->
    [one] حذف مستخدم نهائيًا؟
    [two] حذف مستخدمَين نهائيًا؟
    [few] حذف { $count } مستخدمين نهائيًا؟
   *[other] حذف { $count } مستخدمًا نهائيًا؟
}
users-purge-count = { $count ->
    [one] حذف واحد نهائيًا
    [two] حذف اثنين نهائيًا
    [few] حذف { $count } نهائيًا
   *[other] حذف { $count } نهائيًا
}
users-purge-1 = لا يمكن التراجع عن ذلك لأي أحد.
users-purge-2 = تزول معهم العضويات والرعاة والهويات. وتبقى أحداث التدقيق.
users-restored-count = { $count ->
    [one] عاد المستخدم.
    [two] عاد مستخدمان.
    [few] عاد { $count } مستخدمين.
   *[other] عاد { $count } مستخدمًا.
}
users-purged-count = { $count ->
    [one] زال المستخدم نهائيًا.
    [two] زال مستخدمان نهائيًا.
    [few] زال { $count } مستخدمين نهائيًا.
   *[other] زال { $count } مستخدمًا نهائيًا.
}

user = مستخدم
user-guest = ضيف
user-member = عضو
user-active = نشط
user-accepted = مقبول
user-waiting = بالانتظار
user-blocked = محظور
user-block = حظر تسجيل الدخول
user-unblock = إلغاء الحظر
user-delete = حذف
user-blocked-toast = لم يعد بإمكان { $name } تسجيل الدخول. انتهت الجلسات المفتوحة.
user-unblocked-toast = يمكن لـ { $name } تسجيل الدخول مجددًا.
user-delete-title = حذف { $name }؟
user-delete-1 = تنتهي فورًا الجلسات وروابط الدعوة والوصول.
user-delete-2 = يمكن خلال 30 يومًا استعادة المستخدم كاملًا بمجموعاته وأدواره.
user-delete-3 = بعد ذلك يُزال كل ما يخصه نهائيًا؛ وتبقى أحداث التدقيق.
user-delete-loses = مجموعات يغادرها: { $groups }. أدوار يفقدها: { $roles }.
user-story-guest = تعرف { $host } <strong>{ $name }</strong> ضيفًا منذ <strong>{ $date }</strong>.
user-story-member = <strong>{ $name }</strong> عضو في { $host } منذ <strong>{ $date }</strong>.
user-story-sponsors = { $count ->
    [one] الراعي: { $names }.
    [two] الراعيان: { $names }.
    [few] الرعاة: { $names }.
   *[other] الرعاة: { $names }.
}
user-story-blocked = تسجيل الدخول محظور.
user-timeline = التسلسل الزمني
user-properties = الخصائص
user-reach = المجموعات والأدوار
user-reach-none = ليس في أي مجموعة وبلا دور في الدليل.
user-in-group = عضو في المجموعة
user-holds-role = دور في الدليل
user-fact-upn = اسم المستخدم الأساسي
user-fact-mail = البريد الإلكتروني
user-fact-other-mails = عناوين أخرى
user-fact-given-name = الاسم الأول
user-fact-surname = اسم العائلة
user-fact-job-title = المسمى الوظيفي
user-fact-office = المكتب
user-fact-mobile = الهاتف المحمول
user-fact-phones = هاتف العمل
user-fact-language = اللغة المفضلة
user-fact-identities = الهويات
user-fact-sessions = الجلسات صالحة منذ

event-invited = دعا { $actor } { $name }
event-accepted = قبل { $name } الدعوة
event-declined = رفض { $name } الدعوة
event-reported = أبلغ { $name } عن الدعوة
event-withdrawn = سحب { $actor } الدعوة
event-no-mail = لم تُرسل رسالة: لا يرغب { $name } فيها
event-created = أنشأ { $actor } { $name }
event-blocked = حظر { $actor } تسجيل الدخول
event-unblocked = ألغى { $actor } حظر تسجيل الدخول
event-deleted = حذف { $actor } { $name }
event-restored = استعاد { $actor } { $name }
event-password = عيّن { $actor } كلمة مرور جديدة
event-role = منح { $actor } { $name } دورًا في الدليل
event-other = { $actor }: { $activity }
event-failed = مرفوض: { $reason }
event-guest-since = أصبح { $name } ضيفًا
event-member-since = أصبح { $name } عضوًا

new-user-words = إنشاء عضو حساب
new-user-lead = عضو في { $host } يسجّل الدخول بكلمة مرور خاصة به.
new-user-name-hint = مثل eva.lang@{ $domain }.
new-user-name-wrong = هذا ليس اسم مستخدم أساسيًا. شكله eva.lang@{ $domain }.
new-user-name-taken = هذا الاسم أو العنوان مأخوذ. اختر غيره.
new-user-display-name-missing = أدخل الاسم الذي يراه الآخرون، 256 حرفًا كحد أقصى.
new-user-mail = البريد الإلكتروني (اختياري)
new-user-mail-hint = حيث يُرد على الرسائل الشخصية في الدعوات.
new-user-mail-wrong = هذا ليس عنوان بريد إلكتروني.
new-user-create = إنشاء
new-user-outside = { $domain } ليس من نطاقات { $host }، لذا سيكون هذا ضيفًا.
new-user-outside-more = يحتفظ الضيف بحسابه. لم يُنشأ شيء بعد.
new-user-invite = دعوة كضيف
new-user-what = عضو أم ضيف؟
new-user-what-1 = ينتمي العضو إلى المؤسسة وله كلمة مرور هنا.
new-user-what-2 = يأتي الضيف من خارجها ويسجّل الدخول بالحساب الذي لديه.
new-user-made = أُنشئ { $name }
new-user-made-lead = سلّم كلمة المرور لمرة واحدة. تُعرض هنا مرة واحدة ولا تُحفظ في أي مكان.
new-user-password = كلمة مرور لمرة واحدة
new-user-once = أول تسجيل دخول بها يطلب كلمة مرور جديدة.
new-user-to-profile = فتح الملف الشخصي
new-user-another = إنشاء آخر
