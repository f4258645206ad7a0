# Inviting, pending invitations, and the invitation on a guest's page.

new-guest = مستخدم ضيف جديد
new-guest-words = دعوة ضيف خارجي b2b
new-guest-lead = عنوان واحد أو عدة عناوين. يُبتّ في كل عنوان قبل إرسال أي شيء.
new-guest-addresses = عناوين البريد الإلكتروني
new-guest-addresses-hint = عنوان أو أكثر، تفصل بينها أسطر أو فواصل أو مسافات.
new-guest-message = رسالة شخصية (اختيارية)
new-guest-message-hint = نص عادي. يظهر في الرسالة تحت اسمك.
new-guest-message-left-out = لن تُدرج رسالتك في البريد لأن حسابك بلا عنوان بريد إلكتروني. أما الدعوة نفسها فتُرسل.
new-guest-language = لغة الرسالة
new-guest-language-auto = وفق تفضيل جهة الضيف
new-guest-invite = دعوة
new-guest-invite-count = { $count ->
    [one] دعوة واحد
    [two] دعوة اثنين
    [few] دعوة { $count }
   *[other] دعوة { $count }
}
new-guest-check = معاينة ما سيحدث
new-guest-cancel = إلغاء
new-guest-pressing-again = { $count ->
    [one] لم يُرسل شيء بعد. اضغط مرة أخرى لدعوة شخص واحد.
    [two] لم يُرسل شيء بعد. اضغط مرة أخرى لدعوة شخصين.
    [few] لم يُرسل شيء بعد. اضغط مرة أخرى لدعوة { $count } أشخاص.
   *[other] لم يُرسل شيء بعد. اضغط مرة أخرى لدعوة { $count } شخصًا.
}
new-guest-left-out = { $count ->
    [one] يُستبعد عنوان واحد مرفوض.
    [two] يُستبعد عنوانان مرفوضان.
    [few] تُستبعد { $count } عناوين مرفوضة.
   *[other] يُستبعد { $count } عنوانًا مرفوضًا.
}
new-guest-nobody = لا يمكن دعوة أي من هذه العناوين.
new-guest-none = أدخل عنوانًا واحدًا على الأقل، مثل lea.martin@fabrikam.example.
new-guest-too-many = { $most } عنوان كحد أقصى في المرة الواحدة. أرسل الباقي بعد ذلك.
new-guest-message-long = 4,096 حرفًا كحد أقصى.
new-guest-what = ما الذي تفعله الدعوة
new-guest-what-1 = يوجد الضيف فورًا ويمكن منحه الوصول. وتحمل رسالة بريد رابطًا ورمزًا للكتابة.
new-guest-what-2 = يسجّل الضيف الدخول بالحساب الذي لديه. ولا يُسلَّم أي شيء قبل قبوله.
new-guest-invited = تمت دعوة { $address }.
new-guest-told = { $address } ضيف بالفعل؛ وتبيّن رسالة مكان تسجيل الدخول.

language-en = English
language-de = Deutsch
language-fr = Français
language-es = Español
language-ar = العربية

decisions = ما الذي سيحدث
decisions-count = { $new } جدد، { $again } بالانتظار، { $known } ضيوف بالفعل، { $refused } مرفوضون

decision-new = يصبح ضيفًا ويتلقى رسالة.
decision-again = دُعي في { $date } ولم يقبل بعد. الرابط الجديد يُنهي القديم.
decision-known = ضيف منذ { $date }. لا دعوة ثانية: تبيّن رسالة مكان تسجيل الدخول.
decision-member = { $name } عضو في { $host } ولا يحتاج إلى دعوة.
decision-own-domain = { $domain } تابع لـ { $host }. أنشئ عضوًا عبر «مستخدم جديد» بدلًا من ذلك.
decision-blocked = هذا الضيف محظور من تسجيل الدخول. ألغِ الحظر أولًا ثم ادعُه مجددًا.
decision-setting = لا يحق لك دعوة ضيوف هنا: تسمح { $host } بذلك لغيرك.
decision-no-mail = لا يرغب في رسائل دعوة فلا تُرسل: سلّم الرابط بنفسك.
decision-why = لماذا؟
decision-setting-name = الإعداد
decision-changed-by = يمكن أن يغيّره
decision-open = فتح الملف الشخصي
decision-badge-new = ضيف جديد
decision-badge-again = رابط جديد
decision-badge-known = ضيف بالفعل
decision-badge-colleague = زميل
decision-badge-refused = مرفوض

decisions-more = { $count ->
    [one] عنوان آخر لا يحتاج إلى نظر.
    [two] عنوانان آخران لا يحتاجان إلى نظر.
    [few] { $count } عناوين أخرى لا تحتاج إلى نظر.
   *[other] { $count } عنوانًا آخر لا يحتاج إلى نظر.
}
decisions-folded = { $count ->
    [one] عنوان مكرر يُحسب مرة واحدة.
    [two] عنوانان مكرران يُحسبان مرة واحدة.
    [few] { $count } عناوين مكررة تُحسب مرة واحدة.
   *[other] { $count } عنوانًا مكررًا يُحسب مرة واحدة.
}
decisions-bad = السطر { $line }: “{ $text }” ليس عنوانًا.

pending = الدعوات المعلقة
pending-words = دعوة إعادة إرسال سحب انتظار
pending-lead = { $more ->
    [true] أكثر من { $count } شخص لم يقبلوا بعد.
   *[false] { $count ->
        [0] لا أحد ينتظر.
        [one] شخص واحد لم يقبل بعد.
        [two] شخصان لم يقبلا بعد.
        [few] { $count } أشخاص لم يقبلوا بعد.
       *[other] { $count } شخصًا لم يقبلوا بعد.
    }
} { $expired ->
    [0] لم ينته أي رابط.
    [one] انتهى رابط واحد.
   *[other] انتهى { $expired } رابطًا.
}
pending-view-all = الكل
pending-view-waiting = بالانتظار
pending-view-expired = منتهية
pending-view-old = أقدم من 14 يومًا
pending-by-me = بدعوة مني
pending-mail = البريد
pending-inviter = الداعي
pending-by-application = تطبيق
pending-sent = أُرسلت
pending-ends = نهاية الرابط
pending-ended = انتهى
pending-expired = منتهية
pending-age = { $days ->
    [0] اليوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
   *[other] { $days } يومًا
}
pending-ends-in = { $days ->
    [0] خلال يوم
    [one] بعد يوم
    [two] بعد يومين
    [few] بعد { $days } أيام
   *[other] بعد { $days } يومًا
}
pending-withdraw = سحب
pending-withdraw-count = { $count ->
    [one] سحب واحدة
    [two] سحب اثنتين
    [few] سحب { $count }
   *[other] سحب { $count }
}
pending-withdraw-title = { $count ->
    [one] سحب دعوة واحدة؟
    [two] سحب دعوتين؟
    [few] سحب { $count } دعوات؟
   *[other] سحب { $count } دعوة؟
}
pending-withdraw-1 = تنتهي فورًا كل الروابط والرموز المرسلة.
pending-withdraw-2 = لا تُرسل رسالة بذلك. ومن يفتح رابطًا قديمًا يقرأ أن الدعوة سُحبت.
pending-withdraw-3 = يبقى الضيف في الدليل دون مدخل. ودعوته من جديد تفتحه.
pending-withdrawn = { $count ->
    [one] سُحبت الدعوة.
    [two] سُحبت دعوتان.
    [few] سُحبت { $count } دعوات.
   *[other] سُحبت { $count } دعوة.
}
pending-withdrawn-some = سُحب { $count } وبقي { $left }: قُبلت في الأثناء أو أرسلها شخص آخر.
pending-resent = { $count ->
    [one] أُعيد إرسال الدعوة.
    [two] أُعيد إرسال دعوتين.
    [few] أُعيد إرسال { $count } دعوات.
   *[other] أُعيد إرسال { $count } دعوة.
}
pending-resent-some = أُعيد إرسال { $count } ولم يُرسل { $left }: قُبلت في الأثناء أو أرسلها غيرك أو تجاوزت حد الإرسال.
pending-none-picked = حدد صفًا واحدًا على الأقل أولًا.
pending-empty = لا أحد ينتظر
pending-empty-more = كل من دُعي قبل أو رفض.
pending-links-live = { $days ->
    [one] يصلح الرابط يومًا واحدًا.
    [two] يصلح الرابط يومين.
    [few] يصلح الرابط { $days } أيام.
   *[other] يصلح الرابط { $days } يومًا.
}

letter-none = لا رسالة
letter-on-its-way = أُرسلت
letter-late = متأخرة
letter-next-try = المحاولة التالية: { $time }.
letter-delivered = سُلّمت
letter-taken = استلمها خادم البريد: { $time }.
letter-dropped = لم تُرسل
letter-bounced = مرتدة

tile-title = تعاون B2B
tile-state = حالة الدعوة
tile-state-pending = بانتظار القبول
tile-state-expired = انتهى الرابط
tile-state-accepted = مقبولة
tile-state-declined = مرفوضة
tile-state-withdrawn = مسحوبة
tile-signs-in = يسجّل الدخول عبر
tile-resend = إعادة إرسال الدعوة
tile-resend-note = الرابط الجديد يُنهي القديم.
tile-link = رابط مباشر
tile-mail-link = إرسال الرابط بالبريد
tile-why-no-resend = لماذا لا توجد إعادة إرسال؟
tile-no-resend = قُبلت الدعوة فلا شيء يُعاد إرساله. أرسل إلى الضيف رابط ما جاء من أجله.
tile-invite-again = الدعوة من جديد

batch = إرسال الدعوات
batch-lead-left = { $left ->
    [one] بقيت دعوة واحدة؛ وبالوتيرة المسموحة تخرج قبل { $time }.
    [two] بقيت دعوتان؛ وبالوتيرة المسموحة تخرج الأخيرة قبل { $time }.
    [few] بقيت { $left } دعوات؛ وبالوتيرة المسموحة تخرج الأخيرة قبل { $time }.
   *[other] بقيت { $left } دعوة؛ وبالوتيرة المسموحة تخرج الأخيرة قبل { $time }.
}
batch-lead-done = دُعي { $invited } ورُفض { $refused }.
batch-look-again = تحديث
batch-progress = { $total ->
    [one] دعوة شخص واحد
    [two] دعوة شخصين
    [few] دعوة { $total } أشخاص
   *[other] دعوة { $total } شخصًا
}
batch-done-of = اكتمل { $done } من { $total }
batch-working = قيد التنفيذ
batch-done = اكتمل
batch-may-leave = يمكنك إغلاق هذه الصفحة؛ ولا يُفقد شيء عند إعادة التشغيل.
batch-stop = { $count ->
    [one] ترك الأخيرة
    [two] ترك الاثنتين الباقيتين
    [few] ترك { $count } الباقية
   *[other] ترك { $count } الباقية
}
batch-stopped = لن يُرسل المزيد.
batch-invited = دُعي { $count }
batch-known = { $count } ضيوف بالفعل
batch-refused = رُفض { $count }
batch-stopped-count = تُرك { $count }
batch-refused-title = المرفوضة وأسبابها
batch-waiting-title = بانتظار الإرسال

story-invited = دعا { $inviter } <strong>{ $name }</strong> في <strong>{ $date }</strong>.
story-invited-by-application = دعا تطبيق <strong>{ $name }</strong> في <strong>{ $date }</strong>.
story-accepted = قبل { $name } في <strong>{ $date }</strong>.
story-pending = لم يقبل { $name } بعد.
story-expired = لم يقبل { $name } وانتهى الرابط.
story-declined = رفض { $name }.
story-withdrawn = سُحبت الدعوة.
