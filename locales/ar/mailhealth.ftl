# Mail health in the portal, and the test it sends.

mail-health = حالة البريد
mail-health-keywords = SPF DKIM DMARC DNS ارتداد طابور تسليم بريد مرسل
mail-health-lead = { $state ->
    [none] لم تخرج أي رسالة في آخر 30 يومًا.
    [late] البريد متأخر: عدد الرسائل المنتظرة { $waiting }، وأقدمها منذ { $minutes } دقيقة.
   *[good] البريد يصل: قبلت خوادم أخرى { $sent } من { $total } رسالة في آخر 30 يومًا.
}
mail-health-faults = { $count ->
    [one] نطاق واحد يحتاج إلى سجل.
   *[other] { $count } نطاقات تحتاج إلى سجلات.
}
mail-health-taken = قبلها الطرف الآخر
mail-health-seconds = { $seconds } s
mail-health-median = من الطلب إلى القبول، الوسيط
mail-health-waiting = { $minutes ->
    [0] في الطابور
   *[other] في الطابور، أقدمها { $minutes } دقيقة
}
mail-health-bounced = مرتدة، { $share } %
mail-health-dead = تُركت
mail-health-domains = نطاقات الإرسال
mail-health-domain = النطاق
mail-health-used = البريد يأتي من هنا
mail-health-looked-up = جرى الاستعلام { $at }
mail-health-not-looked-up = لم يُستعلم بعد
mail-health-look = الاستعلام مجددًا
mail-health-failure = لم تجب خوادم الأسماء.
mail-health-failure-more = قالت: { $reason }. المعروض هنا معروف من قبل، وLodge يواصل السؤال.
mail-health-spf = { $reason ->
    [passes] صحيح
    [missing] مفقود
    [several] { $detail } سجلات
    [lacks-server] خادم البريد ليس فيه
    [broken] لا يمكن تتبعه
   *[other] غير معروف
}
mail-health-dkim = { $reason ->
    [passes] { $detail } bit
    [missing] مفقود
    [other-key] مفتاح آخر
    [revoked] ملغى
    [not-signed] بلا توقيع
   *[other] غير معروف
}
mail-health-dmarc = { $reason ->
    [passes] { $detail }
    [missing] مفقود
    [several] { $detail } سجلات
    [only-reports] تقارير فقط
    [no-policy] بلا سياسة
   *[other] غير معروف
}
mail-health-publish = انشر هذا للنطاق { $domain }
mail-health-publish-where = حيث تُدار منطقة النطاق. كل سجل يحل محل سجل من نوعه إن وُجد.
mail-health-records = { $count ->
    [one] سجل واحد، بصيغة ملف المنطقة
   *[other] { $count } سجلات، بصيغة ملف المنطقة
}
mail-health-no-key = ليس لدى Lodge مفتاح للتوقيع. حدّد dkim.key_file في إعداداته، فيظهر هنا السجل المطلوب نشره.
mail-health-looks = يستعلم Lodge كل 10 دقائق.
mail-health-bounces = المرتدات
mail-health-bounces-count = { $days } يومًا، { $count } من { $total }
mail-health-no-bounces = لم يرتد شيء خلال { $days } يومًا.
mail-health-chart = الرسائل المرتدة في اليوم
mail-health-chart-more = { $count } خلال { $days } يومًا. الجدول أدناه يذكر كل يوم.
mail-health-table = الشيء نفسه في جدول
mail-health-day = اليوم
mail-health-bounced-head = مرتدة
mail-health-days-left-out = حُذفت الأيام التي لا ارتداد فيها.
mail-health-queue = الطابور
mail-health-queued = { $count } إلى { $domain }
mail-health-going = في طريقها للخروج
mail-health-next = المحاولة التالية { $at }
mail-health-queue-empty = لا شيء ينتظر.
mail-health-given-up = تُركت
mail-health-given-up-empty = لم يُترك شيء.
mail-health-retry = إعادة المحاولة
mail-health-retry-all = إعادة محاولة الكل ({ $count })
mail-health-kind = { $kind ->
    [guest_invitation] دعوة
    [already_member] دعوة
    [invitation_copy] نسخة من دعوة
    [invitation_reported] بلاغ عن دعوة
    [email_code] رمز
    [mail_test] اختبار
   *[other] { $kind }
}
mail-health-suppressed = عناوين لا تقبل البريد
mail-health-suppressed-lead = لا تُرسل إليها دعوات حتى تقبل البريد مجددًا.
mail-health-suppressed-empty = لم يرفض أي عنوان البريد نهائيًا.
mail-health-remove = الكتابة مجددًا
mail-health-test = إرسال اختبار
mail-health-to = إلى
mail-health-from = من
mail-health-no-address = ليس لحسابك عنوان بريد
mail-health-send = إرسال
mail-health-test-asked = طلبتَه أنت
mail-health-test-state = { $state ->
    [taken] قبله خادم البريد
    [deferred] طلب خادم البريد الانتظار
    [failed] تُرك
   *[waiting] في الطريق
}
mail-health-sender = البريد يأتي من
mail-health-sender-lead = في أحد نطاقاتك المثبتة أو في { $domain }.
mail-health-sender-address = العنوان
mail-health-sender-name = الاسم قبله
mail-health-sender-reply = الردود تذهب إلى
mail-health-sender-reply-hint = حين لا يستقبلها صاحب الدعوة. يمكن تركه فارغًا.
mail-health-sender-reset = استخدام { $address }
mail-health-said-look = جرى الاستعلام عن السجلات.
mail-health-said-retry = { $count ->
    [one] تُعاد محاولة رسالة واحدة.
   *[other] تُعاد محاولة { $count } رسائل.
}
mail-health-said-removed = يُكتب إلى { $address } مجددًا.
mail-health-said-test = الاختبار في الطريق.
mail-health-said-sender = البريد يأتي الآن من { $address }.

mail-test-subject = اختبار من { $host }
mail-test-lead = البريد من { $place } يصل إليك.
mail-test-more = أرسل أحد المسؤولين هذا ليرى إن كان البريد يعمل. لا حاجة إلى الرد.
