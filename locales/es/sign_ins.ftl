# The sign-in log.

sign-ins-title = Registros de inicio de sesión
sign-ins-title-words = inicio fallido contraseña quién
sign-in-record-title = Inicio de sesión
sign-ins-lead = Quién entró, a qué y desde dónde en los últimos 30 días, y por qué alguien no pudo.
sign-ins-search = Buscar por persona, aplicación, dirección de red o código de error
sign-ins-who = Quién
sign-ins-where = Inicio en
sign-ins-own-pages = Páginas de Lodge
sign-ins-succeeded = Correcto
sign-ins-failed = Sin acceso
sign-ins-interactive = Interactivos
sign-ins-non-interactive = No interactivos
sign-ins-applications = Aplicaciones
sign-ins-from = Invitado de { $tenant }
sign-ins-as-guest = Como invitado en { $tenant }
sign-ins-unknown = Alguien desconocido
sign-ins-none = Nadie ha iniciado sesión todavía
sign-ins-none-more = Cada inicio de sesión, también los fallidos, aparecerá aquí.
sign-ins-about = El inicio de sesión
sign-ins-name = Nombre principal de usuario
sign-ins-home = Inquilino de origen
sign-ins-resource = Inquilino de recursos
sign-ins-client = Cliente
sign-ins-error = Código de error
sign-ins-profile = Perfil
sign-ins-count = { $count ->
    [one] Un inicio de sesión
   *[other] { $count } inicios de sesión
}
