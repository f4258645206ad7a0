# Las páginas de inicio de sesión.

signin-title = Iniciar sesión en { $host }
signin-title-any = Iniciar sesión
signin-to-open = para abrir <strong>{ $application }</strong>
signin-user-name = Nombre de usuario o dirección de correo
signin-user-name-hint = Con una invitación, use la dirección que { $host } ha invitado.
signin-user-name-invalid = Esto no es un nombre de usuario. Se parece a nombre@organizacion.example.
signin-next = Siguiente
signin-do = Iniciar sesión
signin-continue = Continuar
signin-another = Usar otra cuenta
signin-another-address = Usar otra dirección
signin-have-code = Tengo un código de una invitación

# Contraseña
signin-password-title = Escriba su contraseña
signin-password = Contraseña
signin-wrong = El nombre de usuario y la contraseña no se corresponden.
signin-wrong-capitals = Las mayúsculas cuentan.
signin-wrong-changed = ¿La ha cambiado hace poco? La anterior ya no vale.
signin-wrong-tries = { $tries ->
    [one] Un intento más y después una pausa.
   *[other] { $tries } intentos más y después una pausa.
}
signin-paused = { $minutes ->
    [one] Demasiadas contraseñas erróneas. El inicio de sesión con este nombre se detiene un minuto.
   *[other] Demasiadas contraseñas erróneas. El inicio de sesión con este nombre se detiene { $minutes } minutos.
}
signin-no-password = Recibí una invitación por correo y no tengo contraseña
signin-no-password-more = Las cuentas de invitado no tienen ninguna aquí. Vuelva atrás y escriba la dirección invitada; entonces inicia sesión en su propia organización, o con un código que llega por correo.

# Primera administración
signin-set-up-title = Elija su contraseña
signin-set-up-lead = Pone en marcha la administración de { $host } e inicia sesión como <strong>{ $name }</strong>.
signin-new-password = Contraseña nueva
signin-new-password-again = Contraseña nueva, otra vez
signin-password-rule = Al menos { $length } caracteres. Unas cuantas palabras sin relación se recuerdan bien.
signin-password-short = Es demasiado corta; hacen falta { $length } caracteres.
signin-password-known = Esta es fácil de adivinar. Elija otra de al menos { $length } caracteres.
signin-password-plain = Mezcle al menos tres de estos: minúsculas, mayúsculas, cifras, otros caracteres.
signin-password-mismatch = No es la misma que la de arriba.
signin-set-up-do = Guardar la contraseña e iniciar sesión
signin-set-up-ended = Este enlace de configuración ya no vale
signin-set-up-ended-lead = Vale una vez y durante 24 horas.
signin-set-up-ended-more = Quien gestiona este servidor puede generar uno nuevo. Si la contraseña ya está guardada, inicie sesión con ella.

# Cuentas de este navegador
signin-accounts-title = ¿Qué cuenta?
signin-accounts-open = Abre <strong>{ $application }</strong> en { $host }.
signin-accounts-count = { $count ->
    [one] En este navegador se ha usado una cuenta.
   *[other] En este navegador se han usado { $count } cuentas.
}
signin-accounts-list = Cuentas de este navegador
signin-accounts-here = Esta lista está solo en este navegador. Cerrar la sesión no borra nada más.
signin-account-in = Sesión abierta
signin-account-out = Sesión cerrada
signin-account-relation = { $relation ->
    [member] Miembro de { $host }
    [guest] Cuenta de invitado en { $host }
   *[unknown] { $host } no conoce esta
}

# Cerrar sesión
signin-out-all = Cerrar todas las sesiones
signin-out-ask = ¿Cerrar sesión en { $host }?
signin-out-ask-any = ¿Cerrar sesión?
signin-out-ask-lead = Ha iniciado sesión como <strong>{ $name }</strong>.
signin-out-do = Cerrar sesión
signin-out-stay = Mantener la sesión abierta
signin-out-title = Ha cerrado la sesión
signin-out-lead = Este navegador ya no abre nada con esa cuenta.
signin-out-others = { $count ->
    [one] La sesión de otra cuenta sigue abierta aquí.
   *[other] Las sesiones de otras { $count } cuentas siguen abiertas aquí.
}
signin-out-back = Volver a { $application }
signin-again = Iniciar sesión de nuevo

# El código de una cuenta de invitado
signin-code-title = Escriba el código de su correo
signin-code-lead = Si <strong><bdi>{ $address }</bdi></strong> tiene una cuenta de invitado en { $host }, 8 cifras van de camino a esa dirección.
signin-code-no-guest = Si { $host } invitó a otra de sus direcciones, a esta no llega ningún correo.

# Consentimiento para una aplicación
signin-consent-not = Lo que { $application } no recibe
signin-consent-not-more = Su contraseña y nada que no esté en esta lista.

# Solicitudes sin respuesta posible
signin-error-title = Este inicio de sesión no puede continuar
signin-error-do = Qué puede hacer
signin-error-code = Error
signin-error-back = Ir a mi cuenta
signin-error-details = Detalles de este error
signin-error = { $number ->
    [50011] { $application } pide la respuesta en { $subject }, y esa dirección no está registrada para ella.
    [50014] Recibió una invitación, pero aún no se ha aceptado.
    [50020] Ha iniciado sesión, pero nadie en esta organización ha invitado a esa cuenta.
    [50057] Esta cuenta está desactivada.
    [50059] La solicitud no dice en qué organización iniciar sesión.
    [50105] { $application } solo se abre a las personas que tiene asignadas, y usted no está entre ellas.
    [50194] { $application } pertenece a una organización, y la solicitud no nombra ninguna.
    [70011] La solicitud pide un permiso que no existe: { $subject }.
    [90002] Aquí no hay ninguna organización { $subject }.
    [500011] { $application } pide un servicio que esta organización no tiene: { $subject }.
    [700016] No hay ninguna aplicación { $application } en esta organización.
    [700054] { $application } pide una respuesta que tiene desactivada: { $subject }.
    [900144] A la solicitud le falta el parámetro { $subject }.
    [90020] Algo ha fallado por nuestra parte, no por la suya.
    [90033] Este servicio está ocupado o en mantenimiento.
    [90055] Hubo demasiados intentos desde su red.
    [90094] { $application } pide más de lo que una sola persona puede permitir.
    [901002] { $subject } tiene un valor que aquí no se entiende.
    [7000112] { $application } está desactivada en esta organización.
    [9002313] No se puede leer la solicitud.
   *[9002325] { $application } debe enviar un desafío PKCE y no lo ha hecho.
}
signin-error-remedy = { $number ->
    [50011] Quien se ocupa de la aplicación registra exactamente esta dirección, letra por letra, o corrige la solicitud.
    [50014] Abra primero el enlace del correo de invitación, o pida uno nuevo.
    [50020] ¿Llegó la invitación a otra dirección? Use esa cuenta. Si no, pida una invitación a la organización.
    [50057] Pida a la administración que la desbloquee, o use otra cuenta.
    [50059] Empiece de nuevo desde la aplicación, con el nombre de la organización en su dirección.
    [50105] Pida a la administración de la organización que le asigne la aplicación.
    [50194] Quien se ocupa de la aplicación pone el identificador de la organización en la dirección de inicio de sesión.
    [70011] Quien se ocupa de la aplicación corrige el permiso.
    [90002] Compruebe cómo está escrito el dominio o el identificador; su cuenta está bien.
    [500011] Quien se ocupa de la aplicación corrige el permiso o el recurso.
    [700016] Compruebe el identificador de la aplicación y la organización. A menudo uno de los dos viene de otro entorno.
    [700054] Quien se ocupa de la aplicación pide un código en su lugar, o activa esta respuesta.
    [900144] Empiece de nuevo desde la aplicación. Si vuelve a ocurrir, dígaselo a quien se ocupa de ella.
    [90020] Inténtelo de nuevo. Si continúa, dé los detalles de abajo a su equipo de administración.
    [90033] Inténtelo de nuevo en unos minutos.
    [90055] Espere un poco y vuelva a intentarlo.
    [90094] Dé los detalles de abajo a la administración, que puede permitirlo para todas las personas.
    [901002] Empiece de nuevo desde la aplicación. Si vuelve a ocurrir, dígaselo a quien se ocupa de ella.
    [7000112] Pida a la administración de la organización que la active.
    [9002313] Empiece de nuevo desde la aplicación. Si vuelve a ocurrir, dígaselo a quien se ocupa de ella.
   *[9002325] Quien se ocupa de la aplicación activa PKCE; las bibliotecas actuales lo hacen por sí solas.
}
