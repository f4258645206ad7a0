# The sign-in log.

sign-ins-title = سجلات تسجيل الدخول
sign-ins-title-words = دخول فشل كلمة المرور من
sign-in-record-title = تسجيل دخول
sign-ins-lead = من دخل وإلى ماذا ومن أين في آخر 30 يومًا، ولماذا لم يتمكن أحد.
sign-ins-search = البحث بالشخص أو التطبيق أو عنوان الشبكة أو رمز الخطأ
sign-ins-who = من
sign-ins-where = الدخول إلى
sign-ins-own-pages = صفحات Lodge
sign-ins-succeeded = تم الدخول
sign-ins-failed = لم يتم الدخول
sign-ins-interactive = تفاعلي
sign-ins-non-interactive = غير تفاعلي
sign-ins-applications = التطبيقات
sign-ins-from = ضيف من { $tenant }
sign-ins-as-guest = بصفة ضيف لدى { $tenant }
sign-ins-unknown = شخص غير معروف
sign-ins-none = لم يسجّل أحد الدخول بعد
sign-ins-none-more = سيظهر هنا كل تسجيل دخول، حتى الفاشل منه.
sign-ins-about = تسجيل الدخول
sign-ins-name = الاسم الأساسي للمستخدم
sign-ins-home = المستأجر الأصلي
sign-ins-resource = مستأجر المورد
sign-ins-client = العميل
sign-ins-error = رمز الخطأ
sign-ins-profile = الملف الشخصي
sign-ins-count = { $count ->
    [one] تسجيل دخول واحد
   *[other] { $count } من عمليات تسجيل الدخول
}
