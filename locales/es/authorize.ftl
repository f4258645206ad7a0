# Iniciar sesión en una aplicación: qué pide y qué se dice cuando no es posible.

authorize-refused-request-title = No se puede responder a la solicitud de esta aplicación
authorize-refused-request-sentence = Su cuenta está en orden; la aplicación envió algo que no encaja. Vuelva a ella e inténtelo de nuevo. Si sigue igual, entregue los detalles de abajo a quien gestiona la aplicación.
authorize-refused-account-title = Esta cuenta no sirve aquí
authorize-refused-account-sentence = La sesión está iniciada, pero con una cuenta que no puede abrir esta aplicación. El motivo figura abajo.
authorize-refused-administrator-title = La administración debe permitirlo antes
authorize-refused-administrator-sentence = La aplicación pide más de lo que una persona puede conceder. Entregue los detalles de abajo a su administración.
authorize-other-account = Usar otra cuenta
authorize-continue = Continuar
authorize-form-post-title = De vuelta a la aplicación
authorize-form-post-sentence = La sesión está iniciada. Si la aplicación no se abre sola, continúe aquí.

consent-title = { $application } pide su permiso
consent-lead = Si acepta, { $application } podrá hacer lo siguiente con su cuenta aquí. La decisión se guarda y la administración puede retirarla.
consent-target = Después continuará en { $host }.
consent-signed-in-as = Sesión de { $address }
consent-accept = Aceptar
consent-decline = Rechazar
consent-scope-openid = Iniciar su sesión
consent-scope-profile = Ver su nombre y su nombre de usuario
consent-scope-email = Ver su dirección de correo
consent-scope-offline-access = Mantener la sesión en su ausencia
consent-scope-user-read = Leer su perfil
consent-scope-user-readwrite = Leer y cambiar su perfil
consent-scope-user-readbasic-all = Leer los nombres y direcciones de todas las personas de aquí
consent-scope-policy-read-conditionalaccess = Leer las reglas de inicio de sesión
consent-scope-licenseassignment-readwrite-all = Gestionar la asignación de licencias
consent-scope-mail-send = Enviar correo en su nombre

logout-done-title = La sesión está cerrada
logout-done-sentence = Su sesión en este directorio está cerrada en este navegador. Las aplicaciones aún abiertas pueden reconocerle hasta que las cierre.
logout-confirm-title = ¿Cerrar la sesión?
logout-confirm-sentence = Una aplicación pide cerrar su sesión en este directorio en este navegador.
logout-confirm-do = Cerrar la sesión
