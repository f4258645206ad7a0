# تسجيل الدخول إلى تطبيق: ما يطلبه، وما يقال حين يتعذر ذلك.

authorize-refused-request-title = لا يمكن الرد على طلب هذا التطبيق
authorize-refused-request-sentence = حسابك سليم، لكن التطبيق أرسل ما لا يصلح. ارجع إليه وحاول مرة أخرى. إن بقي الأمر كذلك فسلّم التفاصيل أدناه إلى الجهة التي تدير التطبيق.
authorize-refused-account-title = لا يمكن استخدام هذا الحساب هنا
authorize-refused-account-sentence = تم تسجيل الدخول، لكن بحساب لا يُسمح له بفتح هذا التطبيق. السبب مذكور أدناه.
authorize-refused-administrator-title = لا بد أن تسمح الإدارة بذلك أولاً
authorize-refused-administrator-sentence = يطلب التطبيق أكثر مما يمكن لشخص واحد أن يمنحه. سلّم التفاصيل أدناه إلى الإدارة.
authorize-other-account = استخدام حساب آخر
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

logout-done-title = تم تسجيل الخروج
logout-done-sentence = تم تسجيل خروجك من هذا الدليل في هذا المتصفح. قد تظل التطبيقات المفتوحة تعرفك إلى أن تغلقها.
logout-confirm-title = تسجيل الخروج؟
logout-confirm-sentence = يطلب تطبيق تسجيل خروجك من هذا الدليل في هذا المتصفح.
logout-confirm-do = تسجيل الخروج
