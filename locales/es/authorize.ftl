# Iniciar sesión en una aplicación: qué pide y qué se dice cuando no es posible.

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
