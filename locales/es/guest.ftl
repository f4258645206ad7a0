# Las páginas de una persona invitada: del enlace del correo a la primera llegada.

guest-continue = Continuar
guest-try-again = Intentarlo de nuevo
guest-decline = Rechazar
guest-report = Denunciar
guest-not-me = No soy yo
guest-back = Volver a la invitación
guest-other-answers = Otras respuestas
guest-other-account = Usar otra cuenta
guest-have-code = Tengo un código para escribir
guest-invited-address = Dirección invitada
guest-message-from = Mensaje de { $sender }
guest-signed-in-as = Sesión iniciada con <bdi>{ $address }</bdi>.
guest-privacy-of = Declaración de privacidad de { $host }
guest-who-can-help = Quién puede ayudar
guest-who-sponsor = { $count ->
    [one] responde por usted en { $host }
   *[other] responden por usted en { $host }
}
guest-who-host = la organización de la que viene la invitación
guest-ask-sponsor = Pregunte a { $sponsor } en { $host }.
guest-ask-host = Pregunte a { $host }.

guest-steps = Progreso
guest-step-sign-in = Iniciar sesión
guest-step-review = Revisar

# Llegada
guest-landing-title = { $host } le invita
guest-landing-asked = Lo ha pedido <strong>{ $inviter }</strong>. La invitación está abierta hasta el <strong>{ $until }</strong>.
guest-landing-open = La invitación está abierta hasta el <strong>{ $until }</strong>.
guest-landing-get = Recibirá
guest-landing-get-account = Una cuenta de invitado en { $host }
guest-landing-get-then = { $kind ->
    [application] y llega a { $target }
    [site] y llega a { $target }
   *[account] y llega a la página de su cuenta
}
guest-landing-until = Abierta hasta el
guest-landing-days = { $days ->
    [0] hoy es el último día
    [one] queda un día a partir de hoy
   *[other] quedan { $days } días a partir de hoy
}
guest-landing-nothing-yet = { $host } no recibe nada de su cuenta hasta que usted acepte en una página posterior.
guest-landing-decline-hint = Para rechazar pedimos primero su código o su inicio de sesión, para que nadie responda en su lugar.
guest-landing-about = Sobre esta invitación
guest-next-title = Qué ocurre después
guest-next-1 = Buscamos el inicio de sesión que ya tiene
guest-next-1-more = Si no hay ninguno, llega un código a su buzón. Sin contraseña nueva.
guest-next-2 = Lee lo que { $host } recibe
guest-next-2-more = Después acepta o rechaza.
guest-next-3 = { $kind ->
    [application] Llega a { $target }
    [site] Llega a { $target }
   *[account] Llega a { $host }
}
guest-next-3-more = Normalmente, en menos de un minuto.
guest-real-title = ¿Es de verdad { $host }?
guest-real-mail = El correo vino de <bdi>{ $sender }</bdi>, y esta página está en <bdi>{ $site }</bdi>.
guest-real-page = Esta página está en <bdi>{ $site }</bdi>. Compárelo con lo que le han dicho.
guest-real-report = Si no la esperaba, elija «Denunciar»; no se aceptará nada en su nombre.

# El código del correo
guest-code-title = Escriba el código que le hemos enviado
guest-code-lead = Esta dirección no tiene cuenta aquí, así que hemos enviado 8 cifras por correo a <strong><bdi>{ $address }</bdi></strong>.
guest-code-decline-lead = Hemos enviado 8 cifras por correo a <strong><bdi>{ $address }</bdi></strong>, para que nadie rechace en su lugar.
guest-code-lifetime = El código vale 30 minutos.
guest-code-label = Código
guest-code-paste = Puede pegar el código entero.
guest-code-wrong = { $tries ->
    [one] Este no es el código que enviamos a las { $at }. Le queda un intento; después necesita uno nuevo.
   *[other] Este no es el código que enviamos a las { $at }. Le quedan { $tries } intentos; después necesita uno nuevo.
}
guest-code-ended = Este código ya no vale
guest-code-expired = El código de las { $at } valía 30 minutos. No se ha perdido nada; con uno nuevo puede seguir.
guest-code-too-many = Cinco intentos con el código de las { $at } eran erróneos, así que ha terminado. No se ha perdido nada; con uno nuevo puede seguir.
guest-code-limited = Ahora mismo no se pueden enviar más códigos. El siguiente será posible a las { $at }; un código que ya tenga sigue valiendo.
guest-code-resend = Enviar un código nuevo
guest-code-resend-to = Solo se envía a <bdi>{ $address }</bdi>.
guest-code-not-yours = ¿No es su dirección?
guest-code-no-mail = ¿Aún no hay correo?
guest-code-no-mail-more = Viene de <bdi>{ $sender }</bdi> con el asunto «{ $subject }». Mire primero en la carpeta de correo no deseado.

# El inicio de sesión adecuado
guest-find-title = Inicie sesión con { $home }
guest-find-lead = Para <strong><bdi>{ $address }</bdi></strong>, la dirección que { $host } ha invitado. Usa la cuenta y la contraseña que ya tiene.
guest-find-continue = Continuar con { $home }
guest-find-account = Su cuenta en <bdi>{ $domain }</bdi>
guest-find-why = ¿Por qué { $home }?
guest-find-owns = { $domain } pertenece a { $home }
guest-find-owns-more = { $home } tiene una cuenta con exactamente esta dirección.
guest-find-first = { $host } pide primero el inicio de sesión de su propia organización
guest-find-first-more = Un código por correo solo se envía donde no existe tal cuenta.
guest-find-other = Otras vías
guest-find-no-code = Un código por correo no es posible aquí
guest-find-no-code-more = { $home } conoce esta dirección. { $host } solo envía códigos a direcciones sin cuenta propia.
guest-find-stuck = ¿El inicio de sesión de { $home } no le deja entrar?
guest-find-code-title = Inicie sesión con un código
guest-find-code-lead = Enviamos 8 cifras por correo a <strong><bdi>{ $address }</bdi></strong>, la dirección que { $host } ha invitado. No hace falta cuenta ni contraseña.
guest-find-send-code = Enviarme el código
guest-find-code-why = ¿Por qué un código?
guest-find-nobody = Esta dirección no tiene cuenta aquí
guest-find-nobody-more = Ninguna organización de este servidor la conoce.
guest-find-mailbox = El código muestra que el buzón es suyo
guest-find-mailbox-more = El enlace por sí solo podría haberse reenviado.

# Consentimiento
guest-consent-title = Lo que { $host } recibe de usted
guest-consent-lead = Léalo una vez. { $host } recibe esto cuando usted acepta, y nada antes.
guest-consent-home = <strong>Su inicio de sesión en { $home } es válido.</strong> Es la dirección invitada.
guest-consent-code = <strong>El código era correcto.</strong> El buzón invitado es suyo.
guest-consent-name = Su nombre
guest-consent-no-name = No se conoce ninguno, así que no se envía ninguno
guest-consent-address = Su dirección de correo
guest-consent-identifier = Un número que le identifica
guest-consent-identifier-more = Asignado por <bdi>{ $issuer }</bdi>; termina en <bdi>{ $end }</bdi>
guest-consent-not = Lo que { $host } no recibe
guest-consent-not-home = Su contraseña, su correo, sus archivos, su calendario y nada sobre las personas con las que trabaja en { $home }.
guest-consent-not-code = Una contraseña, su correo, sus archivos y su calendario.
guest-consent-privacy = Cómo lo trata { $host }:
guest-consent-no-privacy = { $host } no ha publicado ninguna declaración de privacidad.
guest-consent-accept = { $kind ->
    [application] Aceptar y abrir { $target }
    [site] Aceptar e ir a { $target }
   *[account] Aceptar la invitación
}

# Cuenta equivocada
guest-wrong-title = Esta invitación es para otra de sus direcciones
guest-wrong-lead = No ha hecho nada mal y no se ha vinculado nada. Elija cómo seguir.
guest-wrong-invited = { $host } ha invitado a
guest-wrong-signed-in = Ha iniciado sesión con
guest-wrong-signed-in-at = Ha iniciado sesión en { $organization } con
guest-wrong-switch = Cambiar de cuenta
guest-wrong-stays = La sesión de su otra cuenta sigue abierta.
guest-wrong-why = ¿Por qué { $host } pide la otra?
guest-wrong-why-more = Una invitación abre la puerta a una dirección. Si pasara cualquier cuenta, entraría cualquiera que encuentre el enlace.
guest-wrong-neither = Ninguna es mía

# Enlaces que ya no valen
guest-ended-title = { $reason ->
    [replaced] Un enlace más nuevo ha sustituido a este
    [expired] Este enlace ha caducado
    [used] Esta invitación ya se aceptó
   *[ended] Esta invitación ya no es válida
}
guest-ended-lead = { $reason ->
    [replaced] { $host } le envió una invitación nueva el { $newest }. Solo el enlace más nuevo abre la puerta, para que nadie use un correo antiguo.
    [expired] Estuvo abierto hasta el { $day }. Los enlaces terminan, para que nadie use un correo antiguo. Su sitio en { $host } le sigue esperando.
    [used] Su enlace ha cumplido su función. Ya forma parte de { $host } y entra iniciando sesión.
   *[ended] { $host } ya no acepta respuestas a ella. No se ha aceptado nada en su nombre.
}
guest-ended-this = Este enlace
guest-ended-newest = Enlace más nuevo
guest-ended-sent = enviado: { $day }
guest-ended-to = a <bdi>{ $address }</bdi>
guest-ended-expired = Caducado
guest-ended-send = Enviarme uno nuevo
guest-ended-send-hint = Solo se envía a la dirección invitada. Puede pedirlo tres veces por hora y cinco al día.
guest-ended-sign-in = Iniciar sesión en { $host }

# El código para escribir
guest-typed-title = Escriba el código de su invitación
guest-typed-lead = Está en el correo, debajo del botón, y abre la misma página.
guest-typed-label = Código de 12 caracteres
guest-typed-hint = En mayúsculas o minúsculas, con o sin guiones.
guest-typed-unknown = Ninguna invitación abierta tiene este código. Compárelo con el correo más nuevo; cuando se sustituye un enlace, también termina su código.
guest-typed-limited = Demasiados códigos de su red eran erróneos. Se vuelven a aceptar códigos a las { $at }. El enlace del correo funciona de todos modos.
guest-typed-open = Abrir la invitación
guest-typed-where = ¿Dónde está el código?
guest-typed-where-more = Abra el correo de invitación más nuevo. Debajo del botón hay 12 letras y cifras en grupos de cuatro. Las 8 cifras para iniciar sesión son otro código y llegan más tarde.
guest-unknown-title = Este enlace no se conoce aquí
guest-unknown-lead = Puede que esté cortado o que falte un carácter. Ábralo de nuevo desde el correo más nuevo, o escriba el código que figura allí debajo del botón.

# Se ha pedido un enlace nuevo
guest-again-title = Mire en su buzón
guest-again-lead = Si esta invitación se puede enviar de nuevo, su correo va de camino a <strong><bdi>{ $address }</bdi></strong>.
guest-again-wait = Tarda unos minutos como mucho
guest-again-wait-more = Viene de <bdi>{ $sender }</bdi>. Mire también en la carpeta de correo no deseado.
guest-again-often = Tres veces por hora, cinco al día
guest-again-often-more = Más a menudo no se envía nada, para que nadie pueda llenar su buzón.
guest-again-none = ¿Sigue sin llegar nada?
guest-close = Puede cerrar esta página.

# No soy yo
guest-not-me-title = ¿No es usted? Entonces no haga nada
guest-not-me-lead = La invitación es para <strong><bdi>{ $address }</bdi></strong>. No ocurre nada en su nombre mientras nadie demuestre que esta dirección es suya.
guest-not-me-other = Conoce la invitación, pero usa otra dirección
guest-not-me-other-more = Pida una invitación a la dirección que usa. { $host } puede enviarla en cualquier momento.
guest-not-me-forwarded = El correo era para otra persona
guest-not-me-forwarded-more = Bórrelo. Quien solo tiene el enlace no puede aceptarlo.
guest-not-me-strange = No sabe de qué se trata
guest-not-me-strange-more = Elija «Denunciar» y la administración de { $host } lo sabrá.

# Denuncia
guest-reported-title = Su aviso queda anotado
guest-reported-lead = La administración de { $host } puede verlo. No se ha aceptado nada en su nombre.
guest-reported-more = No hay nada más que hacer. Si el correo pide una contraseña, no la dé; una invitación nunca la necesita.

# Rechazar
guest-decline-title = ¿Rechazar la invitación de { $host }?
guest-decline-lead = Ha demostrado que <strong><bdi>{ $address }</bdi></strong> es suya. Esto es lo que ocurre:
guest-decline-link = El enlace deja de valer
guest-decline-link-more = Su código para escribir termina con él.
guest-decline-seen = { $host } ve que ha rechazado
guest-decline-seen-more = No se envía nada de su cuenta.
guest-decline-again = { $host } puede volver a invitarle
guest-decline-again-more = Entonces se le pregunta de nuevo.
guest-decline-do = Rechazar la invitación
guest-declined-title = Ha rechazado la invitación
guest-declined-lead = El enlace ya no vale, y { $host } no ha recibido nada de su cuenta.
guest-declined-mind = ¿Ha cambiado de idea?

# Quien ya forma parte
guest-member-title = Ya forma parte de { $host }
guest-member-lead = <strong><bdi>{ $address }</bdi></strong> aceptó una invitación anterior. No hay nada que aceptar de nuevo; inicie sesión como siempre.
guest-member-open = { $kind ->
    [application] Iniciar sesión y abrir { $target }
    [site] Iniciar sesión e ir a { $target }
   *[account] Iniciar sesión en { $host }
}

# Un destino que el anfitrión no ha registrado
guest-leaving-accepted = <strong>Ya tiene una cuenta de invitado en { $host }.</strong>
guest-leaving-title = ¿Seguir a { $site }?
guest-leaving-lead-person = { $inviter } eligió este destino para su invitación. { $host } no lo ha registrado como propio.
guest-leaving-lead = La invitación nombra este destino. { $host } no lo ha registrado como propio.
guest-leaving-site = Destino
guest-leaving-address = Dirección completa
guest-leaving-go = Ir a { $site }
guest-leaving-stay = Quedarse en { $host }
guest-leaving-password = Inicie sesión solo donde la barra de direcciones muestre un lugar que conoce.

# Negativas
guest-refusal-title = { $kind ->
    [not_invited] { $host } aún no conoce esta cuenta
    [disabled_here] { $host } ha desactivado su cuenta de invitado
    [disabled_home] Su propia cuenta está desactivada
    [identity_taken] Esta cuenta ya corresponde aquí a otra cuenta de invitado
   *[other] Esto no es posible aquí
}
guest-refusal-lead = { $kind ->
    [not_invited] Ha iniciado sesión correctamente con <strong><bdi>{ $address }</bdi></strong>, pero nadie en { $host } ha invitado a esta dirección.
    [disabled_here] Aquí se conoce <strong><bdi>{ $address }</bdi></strong>, pero la administración de { $host } ha bloqueado el inicio de sesión de esta cuenta de invitado.
    [disabled_home] { $home } ha bloqueado el inicio de sesión de <strong><bdi>{ $address }</bdi></strong>, así que { $host } ya no le deja entrar.
   *[identity_taken] Ha iniciado sesión correctamente con <strong><bdi>{ $address }</bdi></strong>, pero este inicio de sesión ya está vinculado a otra cuenta de invitado de { $host }.
}
guest-refusal-application = <strong>{ $application }</strong> solo se abre a las personas del directorio de { $host }.
guest-refusal-do = Qué puede hacer
guest-refusal-remedy = { $kind ->
    [not_invited] ¿Llegó la invitación a otra dirección? Inicie sesión con esa. Si no, pida una invitación.
    [disabled_here] Pida a { $host } que desbloquee su cuenta.
    [disabled_home] Pida al departamento de informática de { $home } que desbloquee su cuenta.
   *[identity_taken] Inicie sesión con la cuenta de la dirección invitada, o pida a { $host } que lo aclare.
}
guest-refusal-setting = Ajuste que decide
guest-refusal-value = Su valor: { $value }
guest-refusal-role = El rol { $role } puede cambiarlo.
guest-refusal-switch = Iniciar sesión con otra cuenta
guest-for-it = Para su departamento de informática
guest-details = Detalles de esta negativa

# Darse de baja
guest-unsubscribe-title = ¿No más invitaciones de { $host }?
guest-unsubscribe-lead = { $host } deja entonces de enviar correos de invitación a <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-do = No recibir más invitaciones de { $host }
guest-unsubscribed-title = No más invitaciones de { $host }
guest-unsubscribed-lead = { $host } ya no envía correos de invitación a <strong><bdi>{ $address }</bdi></strong>.
guest-unsubscribe-open = Una invitación que ya tenga queda como está, y también su acceso a { $host }.

guest-block-title = Invitaciones por correo
guest-block-lead = Usted decide de quién llegan correos de invitación a <strong><bdi>{ $address }</bdi></strong>.
guest-block-list = Organizaciones
guest-block-allowed = Puede invitarle por correo
guest-block-blocked = Bloqueada: no le envía correos de invitación
guest-block-one = Bloquear
guest-block-undo = Permitir de nuevo
guest-block-all-lead = Bloquear a todos en { $place }, también a quienes aún no han escrito.
guest-block-all = Bloquear todas las organizaciones
guest-block-all-blocked = Nadie en { $place } le envía correos de invitación.
guest-block-all-undo = Permitir invitaciones de nuevo
guest-block-open = Las invitaciones que ya tiene quedan como están, y también su acceso.
