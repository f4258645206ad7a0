# صفحات الشخص المدعو: من الرابط في الرسالة إلى الوصول الأول.

guest-continue = متابعة
guest-try-again = حاول مرة أخرى
guest-decline = رفض الدعوة
guest-report = إبلاغ
guest-not-me = لست أنا
guest-back = العودة إلى الدعوة
guest-other-answers = إجابات أخرى
guest-other-account = استخدام حساب آخر
guest-have-code = لدي رمز للكتابة
guest-invited-address = العنوان المدعو
guest-message-from = رسالة من { $sender }
guest-signed-in-as = تم تسجيل الدخول باسم <bdi>{ $address }</bdi>.
guest-privacy-of = بيان خصوصية { $host }
guest-who-can-help = من يمكنه المساعدة
guest-who-sponsor = { $count ->
    [one] جهة كفالتك لدى { $host }
   *[other] جهات كفالتك لدى { $host }
}
guest-who-host = المؤسسة التي جاءت منها الدعوة
guest-ask-sponsor = اسأل { $sponsor } لدى { $host }.
guest-ask-host = اسأل { $host }.

guest-steps = التقدم
guest-step-sign-in = تسجيل الدخول
guest-step-review = المراجعة

# الوصول
guest-landing-title = دعوة لك من { $host }
guest-landing-asked = بطلب من <strong>{ $inviter }</strong>. الدعوة مفتوحة حتى <strong>{ $until }</strong>.
guest-landing-open = الدعوة مفتوحة حتى <strong>{ $until }</strong>.
guest-landing-get = ستحصل على
guest-landing-get-account = حساب ضيف لدى { $host }
guest-landing-get-then = { $kind ->
    [application] ثم تصل إلى { $target }
    [site] ثم تصل إلى { $target }
   *[account] ثم تصل إلى صفحة حسابك
}
guest-landing-until = مفتوحة حتى
guest-landing-days = { $days ->
    [0] اليوم هو آخر يوم
    [one] بعد يوم واحد من اليوم
    [two] بعد يومين من اليوم
    [few] بعد { $days } أيام من اليوم
    [many] بعد { $days } يومًا من اليوم
   *[other] بعد { $days } يوم من اليوم
}
guest-landing-nothing-yet = لن يصل إلى { $host } شيء من حسابك قبل أن توافق في صفحة لاحقة.
guest-landing-decline-hint = قبل رفض الدعوة نطلب الرمز أو تسجيل الدخول، حتى لا يجيب أحد غيرك باسمك.
guest-landing-about = عن هذه الدعوة
guest-next-title = ما الذي سيحدث بعد ذلك
guest-next-1 = نبحث عن تسجيل الدخول الذي لديك
guest-next-1-more = إن لم يوجد، يصل رمز إلى بريدك. لا كلمة مرور جديدة.
guest-next-2 = تقرأ ما سيصل إلى { $host }
guest-next-2-more = ثم توافق أو ترفض.
guest-next-3 = { $kind ->
    [application] تصل إلى { $target }
    [site] تصل إلى { $target }
   *[account] تصل إلى { $host }
}
guest-next-3-more = عادةً في أقل من دقيقة.
guest-real-title = هل هذه { $host } حقًا؟
guest-real-mail = وصلت الرسالة من <bdi>{ $sender }</bdi>، وهذه الصفحة على <bdi>{ $site }</bdi>.
guest-real-page = هذه الصفحة على <bdi>{ $site }</bdi>. قارن ذلك بما قيل لك.
guest-real-report = إذا لم تكن تتوقعها فاختر «إبلاغ»، ولن يُقبل شيء باسمك.

# الرمز في الرسالة
guest-code-title = اكتب الرمز الذي أرسلناه إليك
guest-code-lead = ليس لهذا العنوان حساب هنا، لذلك أرسلنا 8 أرقام بالبريد إلى <strong><bdi>{ $address }</bdi></strong>.
guest-code-decline-lead = أرسلنا 8 أرقام بالبريد إلى <strong><bdi>{ $address }</bdi></strong>، حتى لا يرفض أحد غيرك باسمك.
guest-code-lifetime = الرمز صالح لمدة 30 دقيقة.
guest-code-label = الرمز
guest-code-paste = يمكنك لصق الرمز كاملًا.
guest-code-wrong = { $tries ->
    [one] ليس هذا هو الرمز الذي أرسلناه في الساعة { $at }. بقيت لك محاولة واحدة، وبعدها تحتاج إلى رمز جديد.
    [two] ليس هذا هو الرمز الذي أرسلناه في الساعة { $at }. بقيت لك محاولتان، وبعدهما تحتاج إلى رمز جديد.
    [few] ليس هذا هو الرمز الذي أرسلناه في الساعة { $at }. بقيت لك { $tries } محاولات، وبعدها تحتاج إلى رمز جديد.
   *[other] ليس هذا هو الرمز الذي أرسلناه في الساعة { $at }. بقيت لك { $tries } محاولة، وبعدها تحتاج إلى رمز جديد.
}
guest-code-ended = لم يعد هذا الرمز صالحًا
guest-code-expired = كان رمز الساعة { $at } صالحًا لمدة 30 دقيقة. لم يضِع شيء، ورمز جديد يكفي للمتابعة.
guest-code-too-many = أخطأت خمس محاولات مع رمز الساعة { $at } فانتهت صلاحيته. لم يضِع شيء، ورمز جديد يكفي للمتابعة.
guest-code-limited = لا يمكن إرسال رموز أخرى الآن. يمكن إرسال الرمز التالي في الساعة { $at }، والرمز الذي لديك ما زال صالحًا.
guest-code-resend = إرسال رمز جديد
guest-code-resend-to = يُرسل إلى <bdi>{ $address }</bdi> فقط.
guest-code-not-yours = ليس هذا عنوانك؟
guest-code-no-mail = لم تصل الرسالة بعد؟
guest-code-no-mail-more = تأتي من <bdi>{ $sender }</bdi> بعنوان «{ $subject }». ابحث أولًا في مجلد الرسائل غير المرغوب فيها.

# تسجيل الدخول المناسب
guest-find-title = تسجيل الدخول عبر { $home }
guest-find-lead = للعنوان <strong><bdi>{ $address }</bdi></strong> الذي دعته { $host }. تستخدم الحساب وكلمة المرور الموجودين لديك.
guest-find-continue = المتابعة عبر { $home }
guest-find-account = حسابك لدى <bdi>{ $domain }</bdi>
guest-find-why = لماذا { $home }؟
guest-find-owns = النطاق { $domain } يعود إلى { $home }
guest-find-owns-more = يوجد لدى { $home } حساب بهذا العنوان نفسه.
guest-find-first = يُطلب لدى { $host } تسجيل الدخول عبر مؤسستك أولًا
guest-find-first-more = لا يُرسل رمز بالبريد إلا حيث لا يوجد حساب كهذا.
guest-find-other = طرق أخرى
guest-find-no-code = لا يمكن إرسال رمز بالبريد هنا
guest-find-no-code-more = هذا العنوان معروف لدى { $home }. ولا تُرسل رموز { $host } إلا إلى عناوين بلا حساب خاص بها.
guest-find-stuck = هل يمنعك تسجيل الدخول عبر { $home }؟
guest-find-code-title = تسجيل الدخول برمز
guest-find-code-lead = نرسل 8 أرقام بالبريد إلى <strong><bdi>{ $address }</bdi></strong>، وهو العنوان الذي دعته { $host }. لا حاجة إلى حساب ولا إلى كلمة مرور.
guest-find-send-code = إرسال الرمز إلي
guest-find-code-why = لماذا رمز؟
guest-find-nobody = ليس لهذا العنوان حساب هنا
guest-find-nobody-more = لا تعرفه أي مؤسسة على هذا الخادم.
guest-find-mailbox = يبيّن الرمز أن صندوق البريد لك
guest-find-mailbox-more = الرابط وحده قد يكون أُعيد توجيهه.

# الموافقة
guest-consent-title = ما الذي يصل منك إلى { $host }
guest-consent-lead = اقرأه مرة واحدة. يصل هذا إلى { $host } عندما توافق، ولا يصل شيء قبل ذلك.
guest-consent-home = <strong>قُبل تسجيل دخولك عبر { $home }.</strong> إنه العنوان المدعو.
guest-consent-code = <strong>الرمز صحيح.</strong> صندوق البريد المدعو لك.
guest-consent-name = اسمك
guest-consent-no-name = لا يوجد اسم معروف، فلا يُرسل شيء
guest-consent-address = عنوان بريدك الإلكتروني
guest-consent-identifier = رقم يعرّف بك
guest-consent-identifier-more = صادر عن <bdi>{ $issuer }</bdi>، وينتهي بـ <bdi>{ $end }</bdi>
guest-consent-not = ما الذي لا يصل إلى { $host }
guest-consent-not-home = كلمة مرورك وبريدك وملفاتك وتقويمك، وأي شيء عمن تعمل معهم لدى { $home }.
guest-consent-not-code = كلمة مرور وبريدك وملفاتك وتقويمك.
guest-consent-privacy = كيف تتعامل { $host } مع ذلك:
guest-consent-no-privacy = لم تنشر { $host } بيان خصوصية.
guest-consent-accept = { $kind ->
    [application] الموافقة وفتح { $target }
    [site] الموافقة والانتقال إلى { $target }
   *[account] قبول الدعوة
}

# حساب آخر
guest-wrong-title = هذه الدعوة لعنوان آخر من عناوينك
guest-wrong-lead = لم يصدر عنك أي خطأ، ولم يُربط شيء. اختر كيف تتابع.
guest-wrong-invited = العنوان الذي دعته { $host }
guest-wrong-signed-in = تم تسجيل الدخول باسم
guest-wrong-signed-in-at = تم تسجيل الدخول لدى { $organization } باسم
guest-wrong-switch = تبديل الحساب
guest-wrong-stays = يبقى حسابك الآخر مسجّل الدخول.
guest-wrong-why = لماذا تطلب { $host } العنوان الآخر؟
guest-wrong-why-more = تفتح الدعوة الباب لعنوان واحد. ولو سُمح لأي حساب بالمرور، لدخل كل من يجد الرابط.
guest-wrong-neither = لا هذا ولا ذاك

# روابط لم تعد صالحة
guest-ended-title = { $reason ->
    [replaced] حلّ رابط أحدث محل هذا الرابط
    [expired] انتهت صلاحية هذا الرابط
    [used] قُبلت هذه الدعوة من قبل
   *[ended] لم تعد هذه الدعوة صالحة
}
guest-ended-lead = { $reason ->
    [replaced] أُرسلت إليك دعوة جديدة من { $host } في { $newest }. الرابط الأحدث وحده يفتح الباب، حتى لا يستخدم أحد رسالة قديمة.
    [expired] كان مفتوحًا حتى { $day }. تنتهي الروابط حتى لا يستخدم أحد رسالة قديمة. وما زال مكانك لدى { $host } في انتظارك.
    [used] أدّى الرابط غرضه. لديك حساب لدى { $host } وتدخل بتسجيل الدخول.
   *[ended] لم تعد { $host } تنتظر إجابة عنها. لم يُقبل شيء باسمك.
}
guest-ended-this = هذا الرابط
guest-ended-newest = أحدث رابط
guest-ended-sent = أُرسل: { $day }
guest-ended-to = إلى <bdi>{ $address }</bdi>
guest-ended-expired = انتهت صلاحيته
guest-ended-send = إرسال رابط جديد إلي
guest-ended-send-hint = يُرسل إلى العنوان المدعو فقط. يمكنك طلبه ثلاث مرات في الساعة وخمس مرات في اليوم.
guest-ended-sign-in = تسجيل الدخول إلى { $host }

# الرمز المكتوب
guest-typed-title = اكتب الرمز من دعوتك
guest-typed-lead = تجده في الرسالة تحت الزر، ويفتح الصفحة نفسها.
guest-typed-label = رمز من 12 خانة
guest-typed-hint = بأحرف كبيرة أو صغيرة، مع الشرطات أو بدونها.
guest-typed-unknown = لا توجد دعوة مفتوحة بهذا الرمز. قارنه بأحدث رسالة؛ فعندما يُستبدل الرابط ينتهي رمزه أيضًا.
guest-typed-limited = جاءت من شبكتك رموز خاطئة كثيرة. تُقبل الرموز من جديد في الساعة { $at }. أما الرابط في الرسالة فيعمل في كل حال.
guest-typed-open = فتح الدعوة
guest-typed-where = أين الرمز؟
guest-typed-where-more = افتح أحدث رسالة دعوة. تحت الزر 12 حرفًا ورقمًا في مجموعات من أربعة. أما الأرقام الثمانية لتسجيل الدخول فهي رمز آخر يصل لاحقًا.
guest-unknown-title = هذا الرابط غير معروف هنا
guest-unknown-lead = ربما قُطع أو نقصه حرف. افتحه مرة أخرى من أحدث رسالة، أو اكتب الرمز الموجود هناك تحت الزر.

# طُلب رابط جديد
guest-again-title = انظر في صندوق بريدك
guest-again-lead = إذا كان من الممكن إرسال هذه الدعوة مرة أخرى، فرسالتها في الطريق إلى <strong><bdi>{ $address }</bdi></strong>.
guest-again-wait = يستغرق ذلك بضع دقائق على الأكثر
guest-again-wait-more = تأتي من <bdi>{ $sender }</bdi>. ابحث أيضًا في مجلد الرسائل غير المرغوب فيها.
guest-again-often = ثلاث مرات في الساعة وخمس مرات في اليوم
guest-again-often-more = لا يُرسل شيء أكثر من ذلك، حتى لا يملأ أحد صندوق بريدك.
guest-again-none = لم يصل شيء بعد ذلك؟
guest-close = يمكنك إغلاق هذه الصفحة.

# لست أنا
guest-not-me-title = ليس هذا أنت؟ لا حاجة إلى فعل شيء
guest-not-me-lead = الدعوة للعنوان <strong><bdi>{ $address }</bdi></strong>. لا يحدث شيء باسمك ما دام لم يثبت أحد أن هذا العنوان له.
guest-not-me-other = تعرف الدعوة لكنك تستخدم عنوانًا آخر
guest-not-me-other-more = اطلب دعوة إلى العنوان الذي تستخدمه. يمكن أن تصلك من { $host } في أي وقت.
guest-not-me-forwarded = كانت الرسالة لشخص آخر
guest-not-me-forwarded-more = احذفها. من لديه الرابط وحده لا يستطيع قبولها.
guest-not-me-strange = لا تعرف عمّ تتحدث الدعوة
guest-not-me-strange-more = اختر «إبلاغ» فيصل الأمر إلى إدارة { $host }.

# الإبلاغ
guest-reported-title = سُجّل بلاغك
guest-reported-lead = يظهر البلاغ لإدارة { $host }. لم يُقبل شيء باسمك.
guest-reported-more = لا شيء آخر مطلوب منك. إذا طلبت الرسالة كلمة مرور فلا تعطها؛ الدعوة لا تحتاج إليها أبدًا.

# الرفض
guest-decline-title = رفض الدعوة من { $host }؟
guest-decline-lead = ثبت أن <strong><bdi>{ $address }</bdi></strong> لك. هذا ما سيحدث:
guest-decline-link = يتوقف الرابط عن العمل
guest-decline-link-more = وينتهي معه رمزه المكتوب.
guest-decline-seen = يظهر رفضك لدى { $host }
guest-decline-seen-more = لا يُرسل شيء من حسابك.
guest-decline-again = يمكن أن تصلك من { $host } دعوة أخرى
guest-decline-again-more = وعندها تُسأل من جديد.
guest-decline-do = رفض الدعوة
guest-declined-title = رُفضت الدعوة
guest-declined-lead = لم يعد الرابط يعمل، ولم يصل إلى { $host } شيء من حسابك.
guest-declined-mind = هل غيّرت رأيك؟

# من لديه حساب من قبل
guest-member-title = لديك حساب لدى { $host } من قبل
guest-member-lead = قُبلت دعوة سابقة باسم <strong><bdi>{ $address }</bdi></strong>. لا شيء يُقبل من جديد؛ سجّل الدخول كالمعتاد.
guest-member-open = { $kind ->
    [application] تسجيل الدخول وفتح { $target }
    [site] تسجيل الدخول والانتقال إلى { $target }
   *[account] تسجيل الدخول إلى { $host }
}

# وجهة لم يسجلها المضيف
guest-leaving-accepted = <strong>لديك الآن حساب ضيف لدى { $host }.</strong>
guest-leaving-title = المتابعة إلى { $site }؟
guest-leaving-lead-person = هذه الوجهة في دعوتك من اختيار { $inviter }. وليست مسجلة لدى { $host } كوجهة خاصة بها.
guest-leaving-lead = تذكر الدعوة هذه الوجهة. وليست مسجلة لدى { $host } كوجهة خاصة بها.
guest-leaving-site = الوجهة
guest-leaving-address = العنوان كاملًا
guest-leaving-go = الانتقال إلى { $site }
guest-leaving-stay = البقاء لدى { $host }
guest-leaving-password = سجّل الدخول فقط حيث يعرض شريط العنوان مكانًا تعرفه.

# الرفض وأسبابه
guest-refusal-title = { $kind ->
    [not_invited] هذا الحساب غير معروف لدى { $host } بعد
    [disabled_here] أُوقف حساب الضيف الخاص بك لدى { $host }
    [disabled_home] حسابك الأصلي موقوف
    [identity_taken] هذا الحساب مرتبط هنا بحساب ضيف آخر
   *[other] هذا غير ممكن هنا
}
guest-refusal-lead = { $kind ->
    [not_invited] تسجيل دخولك باسم <strong><bdi>{ $address }</bdi></strong> صحيح، لكن لم يدعُ أحد لدى { $host } هذا العنوان.
    [disabled_here] العنوان <strong><bdi>{ $address }</bdi></strong> معروف هنا، لكن إدارة { $host } أوقفت تسجيل الدخول لحساب الضيف هذا.
    [disabled_home] أوقفت { $home } تسجيل الدخول باسم <strong><bdi>{ $address }</bdi></strong>، فلم يعد الدخول إلى { $host } ممكنًا به.
   *[identity_taken] تسجيل دخولك باسم <strong><bdi>{ $address }</bdi></strong> صحيح، لكنه مرتبط بحساب ضيف آخر لدى { $host }.
}
guest-refusal-application = لا يُفتح <strong>{ $application }</strong> إلا لمن هم في دليل { $host }.
guest-refusal-do = ما يمكنك فعله
guest-refusal-remedy = { $kind ->
    [not_invited] هل وصلت الدعوة إلى عنوان آخر؟ سجّل الدخول به. وإلا فاطلب دعوة.
    [disabled_here] اطلب من { $host } تفعيل حسابك.
    [disabled_home] اطلب من قسم تقنية المعلومات لدى { $home } تفعيل حسابك.
   *[identity_taken] سجّل الدخول بحساب العنوان المدعو، أو اطلب من { $host } معالجة الأمر.
}
guest-refusal-setting = الإعداد الحاسم
guest-refusal-value = قيمته: { $value }
guest-refusal-role = يمكن للدور { $role } تغييره.
guest-refusal-switch = تسجيل الدخول بحساب آخر
guest-for-it = لقسم تقنية المعلومات لديك
guest-details = تفاصيل هذا الرفض

# إيقاف الدعوات
guest-unsubscribe-title = إيقاف الدعوات من { $host }؟
guest-unsubscribe-lead = بعد ذلك لا تُرسل رسائل دعوة من { $host } إلى <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-do = إيقاف الدعوات من { $host }
guest-unsubscribed-title = أُوقفت الدعوات من { $host }
guest-unsubscribed-lead = لم تعد رسائل الدعوة من { $host } تُرسل إلى <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-open = تبقى الدعوة الموجودة لديك كما هي، وكذلك دخولك إلى { $host }.

guest-block-title = الدعوات بالبريد
guest-block-lead = أنت تقرر ممّن تصل رسائل الدعوة إلى <strong><bdi>{ $address }</bdi></strong>.
guest-block-list = المؤسسات
guest-block-allowed = يمكنها دعوتك بالبريد
guest-block-blocked = محظورة: لا ترسل إليك رسائل دعوة
guest-block-one = حظر
guest-block-undo = السماح مجددًا
guest-block-all-lead = حظر الجميع على { $place }، حتى من لم يكتب بعد.
guest-block-all = حظر كل المؤسسات
guest-block-all-blocked = لا أحد على { $place } يرسل إليك رسائل دعوة.
guest-block-all-undo = السماح بالدعوات مجددًا
guest-block-open = تبقى الدعوات الموجودة لديك كما هي، وكذلك دخولك.
