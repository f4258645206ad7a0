# صفحات خادم التطوير.

dev-title = Lodge للتطوير
dev-mail-title = البريد الملتقط
dev-mail-lead = { $count ->
    [0] لا يرسل هذا الخادم بريدًا إلى الخارج، بل يحفظه هنا.
    [one] لا يرسل هذا الخادم بريدًا إلى الخارج، بل يحفظه هنا، الأحدث أولًا. رسالة واحدة حتى الآن.
    [two] لا يرسل هذا الخادم بريدًا إلى الخارج، بل يحفظه هنا، الأحدث أولًا. رسالتان حتى الآن.
    [few] لا يرسل هذا الخادم بريدًا إلى الخارج، بل يحفظه هنا، الأحدث أولًا. { $count } رسائل حتى الآن.
   *[other] لا يرسل هذا الخادم بريدًا إلى الخارج، بل يحفظه هنا، الأحدث أولًا. { $count } رسالة حتى الآن.
}
dev-mail-refresh = تحديث
dev-mail-list = قائمة الرسائل
dev-mail-filter = عنوان المستلم
dev-mail-show = عرض
dev-mail-all = عرض الكل
dev-mail-none = لا رسائل بعد
dev-mail-none-more = ادعُ شخصًا فتظهر الرسالة هنا.
dev-mail-none-match = لا رسائل إلى هذا العنوان
dev-mail-none-match-more = يقارن عامل التصفية العنوان كاملًا.
dev-mail-from = من
dev-mail-reply-to = الرد إلى
dev-mail-to = إلى
dev-mail-cc = نسخة
dev-mail-received = وقت الوصول
dev-mail-kind = النوع واللغة
dev-mail-code = الرمز
dev-mail-links = الروابط
dev-mail-html = الرسالة بصيغة HTML
dev-mail-text = الرسالة نصًا
