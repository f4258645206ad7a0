# تسجيل الدخول إلى تطبيق: ما يطلبه، وما يقال حين يتعذر ذلك.

authorize-continue = متابعة
authorize-form-post-title = العودة إلى التطبيق
authorize-form-post-sentence = تم تسجيل الدخول. إن لم يُفتح التطبيق من تلقاء نفسه فتابع من هنا.

consent-title = يطلب { $application } إذنك
consent-lead = إذا قبلت، يجوز لـ{ $application } أن يفعل ما يلي بحسابك هنا. يُحفظ اختيارك، ويمكن للإدارة سحبه.
consent-target = ثم تنتقل إلى { $host }.
consent-signed-in-as = تم الدخول باسم { $address }
consent-accept = قبول
consent-decline = رفض
consent-scope-openid = تسجيل دخولك
consent-scope-profile = رؤية اسمك واسم المستخدم
consent-scope-email = رؤية عنوان بريدك الإلكتروني
consent-scope-offline-access = إبقاء الجلسة في غيابك
consent-scope-user-read = قراءة ملفك الشخصي
consent-scope-user-readwrite = قراءة ملفك الشخصي وتغييره
consent-scope-user-readbasic-all = قراءة أسماء جميع الأشخاص هنا وعناوينهم
consent-scope-policy-read-conditionalaccess = قراءة قواعد تسجيل الدخول
consent-scope-licenseassignment-readwrite-all = إدارة تخصيص التراخيص
consent-scope-mail-send = إرسال البريد باسمك
