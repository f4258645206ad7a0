# الرسائل. جزء النص وجزء HTML يستخدمان الجمل نفسها.

mail-from = رسالة من { $host }
mail-sent-by = أرسلها { $sender } إلى { $address }.
mail-privacy = بيان الخصوصية
mail-no-privacy = لم تنشر { $host } بيان خصوصية.
mail-block = حظر الدعوات المستقبلية
mail-label = { $label }:
mail-by = رسالة من { $name }
mail-by-department = رسالة من { $name }، { $department }
mail-reply = الرد على هذه الرسالة يصل إلى { $name }.
mail-invited-address = العنوان المدعو
mail-your-address = عنوانك
mail-expected = هل كنت تتوقع هذه الرسالة؟
mail-sign-in = تسجيل الدخول إلى { $host }

# الدعوة
mail-invitation = دعوة لك من { $host }
mail-invitation-person = دعوة من { $inviter } إلى { $host }
mail-invitation-preheader = مفتوحة حتى { $until }. تسجّل الدخول بالحساب الذي لديك.
mail-invitation-lead = تفتح لك { $host } حساب ضيف. تسجّل الدخول بالحساب الذي لديك أو برمز يصل بالبريد، بلا كلمة مرور جديدة.
mail-get = ستحصل على
mail-get-account = حساب ضيف لدى { $host }
mail-get-then = { $kind ->
    [application] ثم تصل إلى { $target }
    [site] ثم تصل إلى { $target }
   *[account] ثم تصل إلى صفحة حسابك
}
mail-until = مفتوحة حتى
mail-until-more = بعد ذلك ينتهي الرابط، ويمكنك طلب رابط جديد
mail-open = افتح الدعوة
mail-typed-go = أو انتقل إلى
mail-typed-type = واكتب الرمز
mail-expected-more = إن لم تكن، فلا تفعل شيئًا، أو افتح الدعوة واختر «إبلاغ». لا تطلب { $host } كلمة مرورك بالبريد أبدًا.

# دعوة أخرى بعد القبول
mail-member = لديك حساب لدى { $host } من قبل
mail-member-again = وصلتك دعوة أخرى من { $host }.
mail-member-again-person = وصلتك دعوة أخرى من { $inviter }.
mail-member-lead = لا شيء يُقبل من جديد؛ سجّل الدخول كالمعتاد.
mail-member-then = { $kind ->
    [application] تسجّل الدخول وتصل إلى { $target }
    [site] تسجّل الدخول وتصل إلى { $target }
   *[account] تسجّل الدخول وتصل إلى صفحة حسابك لدى { $host }
}
mail-member-expected = إن لم تكن، فلا تفعل شيئًا. لا تطلب { $host } كلمة مرورك بالبريد أبدًا.

# النسخة
mail-copy-subject = نسخة: دعوة { $guest } إلى { $host }
mail-copy = أُرسلت دعوة من { $host }
mail-copy-person = أُرسلت دعوة من { $inviter } إلى { $host }
mail-copy-lead = هذه النسخة لعلمك. لا شيء مطلوب منك.
mail-copy-why = لماذا لا يوجد رابط؟
mail-copy-why-more = العنوان المدعو وحده يستطيع الإجابة، ولذلك لا يوجد الرابط والرمز إلا في رسالته.

# رمز المرة الواحدة
mail-code-subject = رمزك لدى { $host }
mail-code-lead = { $purpose ->
    [accept] اكتبه في صفحة الدعوة من { $host }.
    [decline] اكتبه في الصفحة التي ترفض فيها الدعوة من { $host }.
   *[sign_in] اكتبه في الصفحة التي تسجّل فيها الدخول إلى { $host }.
}
mail-code-lifetime = يصلح لمدة 30 دقيقة، مرة واحدة، وفي المتصفح الذي طلبه فقط.
mail-code-not-asked = لم تطلبه؟
mail-code-not-asked-more = إذن كتب شخص ما عنوانك. لا تفعل شيئًا؛ فلا يدخل أحد بدون هذا الرمز. لا تعطه لأحد، ولا حتى لـ { $host }.

# بلاغ للإدارة
mail-reported = بلاغ: دعوة { $guest }
mail-reported-heading = وصل بلاغ عن دعوة
mail-reported-lead = يقول شخص لديه رابطها إنها ما كان ينبغي أن تصل. ما زالت الدعوة صالحة، والقرار في شأنها لدى { $host }.
mail-reported-by = الدعوة من
mail-reported-at = وقت البلاغ
mail-reported-who = لم يثبت العنوان؛ فقد يكون أي شخص لديه الرسالة
mail-reported-id = معرّف الدعوة
mail-reported-do = ماذا يمكنك أن تفعل؟
mail-reported-do-more = اسأل الجهة التي أرسلت الدعوة. إذا لم يعرف أحد هذا الضيف فاحذف حسابه، فينتهي الرابط والرمز فورًا. تُرسل ثلاث رسائل كهذه على الأكثر لكل دعوة في اليوم.
