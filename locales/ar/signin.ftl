# صفحات تسجيل الدخول.

signin-title = تسجيل الدخول إلى { $host }
signin-title-any = تسجيل الدخول
signin-to-open = لفتح <strong>{ $application }</strong>
signin-user-name = اسم المستخدم أو عنوان البريد الإلكتروني
signin-user-name-hint = يستخدم الضيوف العنوان الذي دعته { $host }.
signin-user-name-invalid = هذا ليس اسم مستخدم. يكون على شكل name@organization.example.
signin-next = التالي
signin-do = تسجيل الدخول
signin-continue = متابعة
signin-accept = موافقة
signin-cancel = إلغاء
signin-another = استخدام حساب آخر
signin-another-address = استخدام عنوان آخر
signin-have-code = لدي رمز من دعوة

# كلمة المرور
signin-password-title = اكتب كلمة مرورك
signin-password = كلمة المرور
signin-wrong = اسم المستخدم وكلمة المرور غير متطابقين.
signin-wrong-capitals = الأحرف الكبيرة والصغيرة مختلفة.
signin-wrong-changed = هل غيّرتها مؤخرًا؟ لم تعد القديمة صالحة.
signin-wrong-tries = { $tries ->
    [one] بقيت محاولة واحدة، ثم فترة توقف.
    [two] بقيت محاولتان، ثم فترة توقف.
    [few] بقيت { $tries } محاولات، ثم فترة توقف.
   *[other] بقيت { $tries } محاولة، ثم فترة توقف.
}
signin-paused = { $minutes ->
    [one] كلمات مرور خاطئة كثيرة. يتوقف تسجيل الدخول بهذا الاسم دقيقة واحدة.
    [two] كلمات مرور خاطئة كثيرة. يتوقف تسجيل الدخول بهذا الاسم دقيقتين.
    [few] كلمات مرور خاطئة كثيرة. يتوقف تسجيل الدخول بهذا الاسم { $minutes } دقائق.
   *[other] كلمات مرور خاطئة كثيرة. يتوقف تسجيل الدخول بهذا الاسم { $minutes } دقيقة.
}
signin-no-password = وصلتني دعوة بالبريد وليست لدي كلمة مرور
signin-no-password-more = ليست للضيوف كلمة مرور هنا. ارجع واكتب العنوان المدعو، ثم تسجّل الدخول عبر مؤسستك أو برمز يصل بالبريد.

# الإدارة الأولى
signin-set-up-title = اختر كلمة مرورك
signin-set-up-lead = تبدأ هنا إدارة { $host }، وتسجّل الدخول باسم <strong>{ $name }</strong>.
signin-new-password = كلمة المرور الجديدة
signin-new-password-again = كلمة المرور الجديدة مرة أخرى
signin-password-rule = { $length ->
    [few] { $length } أحرف على الأقل. بضع كلمات لا رابط بينها يسهل تذكرها.
   *[other] { $length } حرفًا على الأقل. بضع كلمات لا رابط بينها يسهل تذكرها.
}
signin-password-short = { $length ->
    [few] هذه قصيرة جدًا؛ يلزم { $length } أحرف.
   *[other] هذه قصيرة جدًا؛ يلزم { $length } حرفًا.
}
signin-password-known = { $length ->
    [few] هذه سهلة التخمين. اختر أخرى من { $length } أحرف على الأقل.
   *[other] هذه سهلة التخمين. اختر أخرى من { $length } حرفًا على الأقل.
}
signin-password-mismatch = ليست مطابقة لما في الأعلى.
signin-set-up-do = حفظ كلمة المرور وتسجيل الدخول
signin-set-up-ended = لم يعد رابط الإعداد هذا صالحًا
signin-set-up-ended-lead = يصلح مرة واحدة ولمدة 24 ساعة.
signin-set-up-ended-more = يمكن لمن يدير هذا الخادم إصدار رابط جديد. وإذا كانت كلمة المرور محفوظة فسجّل الدخول بها.
signin-set-up-done = حُفظت كلمة مرورك
signin-set-up-done-lead = تم تسجيل دخولك إلى { $host } باسم <strong>{ $name }</strong>. أدّى الرابط غرضه ولم يعد يفتح شيئًا.
signin-to-account = الانتقال إلى حسابي

# حسابات هذا المتصفح
signin-accounts-title = أي حساب؟
signin-accounts-open = تفتح <strong>{ $application }</strong> لدى { $host }.
signin-accounts-count = { $count ->
    [one] استُخدم حساب واحد في هذا المتصفح.
    [two] استُخدم حسابان في هذا المتصفح.
    [few] استُخدمت { $count } حسابات في هذا المتصفح.
   *[other] استُخدم { $count } حسابًا في هذا المتصفح.
}
signin-accounts-list = الحسابات في هذا المتصفح
signin-accounts-here = هذه القائمة في هذا المتصفح فقط. وتسجيل الخروج لا يحذف شيئًا آخر.
signin-account-in = تم تسجيل الدخول
signin-account-out = تم تسجيل الخروج
signin-account-relation = { $relation ->
    [member] عضو في { $host }
    [guest] ضيف لدى { $host }
   *[unknown] غير معروف لدى { $host }
}

# تسجيل الخروج
signin-out-all = تسجيل الخروج من الكل
signin-out-ask = تسجيل الخروج من { $host }؟
signin-out-ask-any = تسجيل الخروج؟
signin-out-ask-lead = تم تسجيل الدخول باسم <strong>{ $name }</strong>.
signin-out-do = تسجيل الخروج
signin-out-stay = البقاء
signin-out-title = تم تسجيل خروجك
signin-out-lead = لم يعد هذا المتصفح يفتح شيئًا بذلك الحساب.
signin-out-others = { $count ->
    [one] ما زال حساب آخر مسجّل الدخول هنا.
    [two] ما زال حسابان آخران مسجّلي الدخول هنا.
    [few] ما زالت { $count } حسابات أخرى مسجّلة الدخول هنا.
   *[other] ما زال { $count } حسابًا آخر مسجّل الدخول هنا.
}
signin-out-back = العودة إلى { $application }
signin-again = تسجيل الدخول من جديد

# رمز الضيف بالبريد
signin-code-title = اكتب الرمز من رسالتك
signin-code-lead = إذا كان <strong><bdi>{ $address }</bdi></strong> ضيفًا لدى { $host }، فهناك 8 أرقام في الطريق إليه.
signin-code-no-guest = إذا دُعي من { $host } عنوان آخر من عناوينك، فلن تصل رسالة إلى هذا العنوان.

# الموافقة على تطبيق
signin-consent-title = السماح بدخول { $application }؟
signin-consent-lead = يطلب <strong>{ $application }</strong> على <bdi>{ $address }</bdi> استخدام حسابك لدى { $host } لما يلي:
signin-consent-not = ما الذي لا يصل إلى { $application }
signin-consent-not-more = كلمة مرورك، وكل ما ليس في هذه القائمة.
signin-scope = { $scope ->
    [openid] معرفة أنك من يسجّل الدخول
    [profile] رؤية اسمك
    [email] رؤية عنوان بريدك الإلكتروني
    [offline_access] الاحتفاظ بهذا الوصول في غيابك
    [User-Read] قراءة ملفك الشخصي لدى { $host }
    [User-ReadBasic-All] رؤية أسماء الأشخاص لدى { $host } وعناوينهم
   *[User-Invite-All] دعوة ضيوف إلى { $host } باسمك
}

# إجابة تنتقل بنموذج
signin-post-title = العودة إلى { $application }
signin-post-lead = تم تسجيل دخولك. تذهب إجابتك إلى <strong><bdi>{ $address }</bdi></strong>.

# طلبات لا يمكن الرد عليها
signin-error-title = لا يمكن متابعة تسجيل الدخول هذا
signin-error-do = ما يمكنك فعله
signin-error-code = الخطأ
signin-error-back = الانتقال إلى حسابي
signin-error-details = تفاصيل هذا الخطأ
signin-error = { $number ->
    [50011] يطلب التطبيق { $application } الرد على { $subject }، وهذا العنوان غير مسجل له.
    [50014] وصلتك دعوة لكنها لم تُقبل بعد.
    [50057] هذا الحساب موقوف.
    [50059] لا يذكر الطلب المؤسسة المقصودة بتسجيل الدخول.
    [50105] لا يُفتح التطبيق { $application } إلا لمن أُسند إليهم، وهو غير مسند إليك.
    [50194] التطبيق { $application } يخص مؤسسة واحدة، ولا يذكر الطلب أي مؤسسة.
    [70011] يطلب التطبيق إذنًا غير موجود: { $subject }.
    [90002] لا توجد هنا مؤسسة { $subject }.
    [500011] يطلب التطبيق { $application } خدمة غير موجودة لدى هذه المؤسسة: { $subject }.
    [700016] لا يوجد تطبيق { $application } في هذه المؤسسة.
    [700054] يطلب التطبيق { $application } ردًا موقوفًا له: { $subject }.
    [900144] ينقص الطلب المعامل { $subject }.
   *[9002325] على التطبيق { $application } إرسال تحدي PKCE ولم يرسله.
}
signin-error-remedy = { $number ->
    [50011] يسجل من يتولى التطبيق هذا العنوان نفسه حرفًا بحرف، أو يصحح الطلب.
    [50014] افتح أولًا الرابط في رسالة الدعوة، أو اطلب رابطًا جديدًا.
    [50057] اطلب من الإدارة تفعيله، أو استخدم حسابًا آخر.
    [50059] ابدأ من جديد من التطبيق، مع اسم المؤسسة في عنوانه.
    [50105] اطلب من إدارة المؤسسة إسناده إليك.
    [50194] يضع من يتولى التطبيق معرّف المؤسسة في عنوان تسجيل الدخول.
    [70011] يصحح من يتولى التطبيق الإذن المطلوب.
    [90002] تحقق من كتابة النطاق أو المعرّف؛ فحسابك سليم.
    [500011] يصحح من يتولى التطبيق الإذن أو المورد.
    [700016] تحقق من معرّف التطبيق ومن المؤسسة. كثيرًا ما يكون أحدهما من بيئة أخرى.
    [700054] يطلب من يتولى التطبيق رمزًا بدلًا من ذلك، أو يفعّل هذا الرد.
    [900144] ابدأ من جديد من التطبيق. وإذا تكرر ذلك فأخبر من يتولاه.
   *[9002325] يفعّل من يتولى التطبيق PKCE؛ والمكتبات الحالية تفعل ذلك من نفسها.
}
