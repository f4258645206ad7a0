# Las páginas propias de cada persona.

account-title = Mi cuenta
account-member-of = Miembro de { $host }
account-guest-of = Cuenta de invitado en { $host }
account-sign-out = Cerrar sesión
account-story-member = Es <strong>miembro de { $host }</strong>.
account-story-guest = Tiene una <strong>cuenta de invitado en { $host }</strong>.
account-since = Está aquí desde el { $day }.
account-sign-in = { $kind ->
    [home] Inicia sesión con su cuenta en <strong>{ $home }</strong>.
    [code] Inicia sesión con un código que llega por correo.
   *[password] Inicia sesión con su contraseña.
}
account-applications = Aplicaciones que puede abrir
account-application-why = { $why ->
    [group] por { $through }
    [assigned] asignada a usted
   *[everyone] todas las personas de { $host }
}
account-no-applications = Aún no hay nada que abrir
account-no-applications-more = Cuando { $host } le dé una aplicación, aparecerá aquí.

account-home = Inicio
account-profile = Perfil
account-sessions = Sesiones
account-apps = Mis aplicaciones
account-appearance = Apariencia
account-waiting = Le espera
account-waiting-none = Nada le espera.
account-all = Las { $count }
account-at = Está en
account-go = Ir
account-go-to = Ir a { $host }
account-security = Información de seguridad
account-change = Cambiar
account-password = Contraseña
account-password-note = Solo usted la conoce. Lodge guarda un resumen que no se puede volver a leer.
account-where = Dónde tiene la sesión iniciada
account-device = { $browser } en { $system }
account-device-unknown = Navegador desconocido
account-this-browser = Este navegador
account-session-this = Este navegador, desde { $since }.
account-session-used = Último uso { $used }, iniciada { $since }.
account-session-method = { $method ->
    [code] Con un código por correo.
    [home] Con su propia organización.
   *[password] Con su contraseña.
}
account-session-end = Cerrar sesión
account-session-end-one = Cerrar la sesión de { $device }
account-session-ended = La sesión de ese navegador está cerrada.
account-sessions-ended = Las sesiones de todos los demás navegadores están cerradas.
account-sessions-all = Todas las sesiones
account-sessions-lead = Cada navegador en el que tiene la sesión iniciada. Cierre lo que no conozca.
account-sessions-end-others = Cerrar en los demás
account-sessions-end-all = Cerrar en todas partes
account-sessions-end-all-more = Cierra cada sesión, también esta, y lo que las aplicaciones guardan en su nombre. Le pedirán que inicie sesión otra vez.
account-password-lead = La que usa para iniciar sesión aquí.
account-password-none = Usted inicia sesión en otro lugar.
account-password-no = Aquí no tiene contraseña
account-password-no-more = Su contraseña está donde está su cuenta. Cámbiela allí.
account-password-change = Cambiar la contraseña
account-password-now = Contraseña actual
account-password-wrong = Esta no es su contraseña actual.
account-password-same = Es la que ya tiene. Elija otra.
account-password-effect = Se cierra la sesión de los demás navegadores y las aplicaciones le piden iniciar sesión otra vez.
account-password-changed = Su contraseña ha cambiado.
account-apps-lead = Lo que { $host } le deja abrir.
account-appearance-lead = Se guarda en este navegador. En otros vale lo que elija allí.
account-profile-lead = Lo que { $host } sabe de usted.
account-profile-change = ¿Algo está mal? Solo la administración de { $host } puede cambiarlo.
account-you = Usted
account-contact = Contacto
account-identity = Identidad
account-fact-name = Nombre
account-fact-given = Nombre de pila
account-fact-surname = Apellidos
account-fact-type = Tipo de usuario
account-fact-job = Cargo
account-fact-company = Empresa
account-fact-mail = Correo electrónico
account-fact-mobile = Teléfono móvil
account-fact-phone = Teléfono
account-fact-office = Oficina
account-fact-upn = Nombre principal de usuario
account-fact-sign-in = Inicio de sesión
account-fact-id = Id. de objeto
