# إطار كل صفحة وصفحات الأخطاء.

page-skip = انتقل إلى المحتوى
page-menu = اللغة والمظهر: { $language }
page-language = اللغة
page-appearance = المظهر
page-theme-system = حسب نظامي
page-theme-light = فاتح
page-theme-dark = داكن
page-theme-contrast = تباين عالٍ
page-privacy = بيان الخصوصية
page-runs = تُدار هذه الصفحة من قِبل <bdi>{ $host }</bdi> باستخدام Lodge
page-runs-nobody = تعمل هذه الصفحة باستخدام Lodge
page-account = حسابي
page-signed-in = تم تسجيل الدخول باسم <bdi>{ $name }</bdi>

error-setting = الإعداد الحاسم
error-remedy = ما يمكنك فعله
error-role = يتطلب ذلك الدور { $role }.
error-for-it = لقسم تقنية المعلومات لديك
error-details = تفاصيل هذا الرد

error-request-title = تعذرت قراءة هذا الطلب
error-request-sentence = ينقصه شيء أو صيغته غير صحيحة. ارجع وتحقق مما أدخلته ثم أرسله مرة أخرى.
error-unauthenticated-title = سجّل الدخول أولًا
error-unauthenticated-sentence = هذه الصفحة مخصصة لمن سجّلوا الدخول.
error-forbidden-title = هذا غير مسموح به هنا
error-forbidden-sentence = لا يُسمح لحسابك بذلك، أو أن النموذج قديم جدًا. السبب مذكور أدناه.
error-not-found-title = هذه الصفحة غير موجودة
error-not-found-sentence = العنوان غير مكتمل، أو أن ما يشير إليه لم يعد موجودًا. تحقق من العنوان أو ابدأ من جديد من رسالة البريد.
error-conflict-title = تغيّر شيء ما في هذه الأثناء
error-conflict-sentence = ما أرسلته لا يوافق الحالة الراهنة. أعد تحميل الصفحة وتحقق قبل التكرار.
error-gone-title = انتهى هذا
error-gone-sentence = كان موجودًا ولم يعد صالحًا.
error-too-many-title = محاولات كثيرة جدًا
error-too-many-sentence = انتظر قليلًا ثم حاول مرة أخرى.
error-internal-title = حدث خطأ من جانبنا
error-internal-sentence = لم يكن ذلك بسببك. حاول مرة أخرى، وإذا استمر الخطأ فأعطِ الرقم أدناه لمسؤول النظام.
error-unavailable-title = هذا غير ممكن الآن
error-unavailable-sentence = الخدمة مشغولة أو قيد الصيانة. حاول مرة أخرى بعد بضع دقائق.

page-organization = المؤسسة: { $host }
page-self = <bdi>{ $name }</bdi>، حسابك
page-own = صفحاتك
page-portal = الإدارة
page-appearance-language = المظهر واللغة
page-accounts = الحسابات في هذا المتصفح
page-another-account = استخدام حساب آخر
page-sign-out = تسجيل الخروج

portal-menu = القائمة
portal-menu-close = إغلاق القائمة
portal-find = ابحث عن أشخاص وصفحات وإجراءات
portal-invite = دعوة
portal-navigation = الإدارة
portal-crumbs = مسار التنقل
portal-actions = ما يمكنك فعله هنا
portal-group-directory = الدليل
portal-group-guests = الضيوف
portal-group-protection = الحماية
portal-group-records = السجلات
portal-group-support = الدعم

ui-search = بحث
ui-remove-filter = إزالة عامل التصفية
ui-select = تحديد
ui-select-all = تحديد الكل في هذه الصفحة
ui-select-one = تحديد { $name }
ui-selected = المحدد
ui-clear-selection = إلغاء التحديد
ui-previous = السابق
ui-next = التالي
ui-close = إغلاق
ui-save = حفظ
ui-discard = تجاهل
ui-copy-as = نسخ بصيغة
ui-copy = نسخ
ui-copied = تم النسخ

error-rule = القاعدة
error-number = رقم هذا الرد
