# El portal: su marco, sus propias páginas y los nombres de los derechos.

portal-home = Inicio
portal-welcome = <bdi>{ $host }</bdi>
portal-home-lead = { $more ->
    [true] Aquí se conoce a más de { $people } personas.
   *[false] { $people ->
        [one] Aquí se conoce a una persona
       *[other] Aquí se conoce a { $people } personas
    }, { $guests ->
        [0] ninguna de ellas invitada.
        [one] una de ellas invitada.
       *[other] { $guests } de ellas invitadas.
    }
}
portal-home-role = Su rol: { $role }.
portal-figures = Cifras
portal-people = Personas
portal-guests = Invitados
portal-waiting = En espera
portal-waiting-none = Nada espera
portal-waiting-none-more = Lo que necesite a alguien aparecerá aquí.
portal-changes = Últimos cambios
portal-places = Adónde ir

portal-search = Búsqueda
portal-search-lead = Personas, páginas y acciones según lo que escriba.
portal-palette = Búsqueda y órdenes
portal-hits = Resultados
portal-pages = Páginas
portal-do = Acciones
portal-nothing-title = Nada encontrado
portal-nothing = No se encontró nada para «{ $text }». Pruebe con el comienzo de un nombre o de una dirección.
portal-count = { $count ->
    [0] Ningún resultado
    [one] Un resultado
   *[other] { $count } resultados
}

portal-help = Ayuda
portal-help-words = teclas teclado atajos
portal-help-lead = Dónde están las cosas y las teclas que llevan a ellas.
portal-keys = Teclas
portal-key-palette = Búsqueda y órdenes
portal-key-move = mover
portal-key-open = abrir
portal-key-tab = pestaña nueva
portal-key-people = personas
portal-key-do = acciones
portal-key-close = cerrar

portal-signed-in = Sesión iniciada
portal-signed-in-lead = Ha vuelto a iniciar sesión.
portal-signed-in-next = Vuelva a su formulario
portal-signed-in-more = Cierre esta pestaña y pulse «Enviar ahora» en la anterior. Lo que escribió sigue allí.

portal-expired = Su sesión ha terminado
portal-expired-lead = No se ha perdido nada de lo que escribió. Inicie sesión en una pestaña nueva y deje esta página abierta.
portal-expired-sign-in = Iniciar sesión
portal-expired-then = Después vuelva a esta página y envíe lo que escribió.
portal-expired-send = Enviar ahora
portal-being-sent = Este formulario ya se envió
portal-being-sent-more = Su trabajo empezó y aún no ha respondido. Mire la lista antes de enviarlo otra vez.

portal-refused-lead = La página existe. Su rol no la abre.
portal-may-not = Su rol no permite { $right }.
portal-needs = Hace falta el rol { $role }.
portal-givers = { $count ->
    [one] { $names } puede dárselo.
   *[other] { $names } pueden dárselo.
}
portal-givers-unnamed = La administración de <bdi>{ $host }</bdi> puede dárselo.
portal-you-hold = Su rol
portal-also-holds = También bastan
portal-ask = Preguntar a <bdi>{ $name }</bdi>
portal-ask-subject = El rol { $role }
portal-to-home = A la página de inicio
portal-to-account = Mi cuenta
portal-no-entry = Aquí no hay administración
portal-no-entry-host = Usted no administra <bdi>{ $host }</bdi>
portal-no-entry-why = { $address } no tiene ningún rol de directorio.

right-enter = entrar en la administración
right-read-users = ver usuarios
right-manage-users = cambiar usuarios
right-invite-guests = invitar a personas
right-read-groups = ver grupos
right-manage-groups = cambiar grupos
right-read-applications = ver aplicaciones
right-manage-applications = cambiar aplicaciones
right-read-roles = ver roles
right-manage-roles = asignar roles
right-read-audit-logs = ver el registro de auditoría
right-read-sign-in-logs = ver el registro de inicios de sesión
right-read-settings = ver la configuración
right-manage-settings = cambiar la configuración
right-read-mail-health = ver el estado del correo
right-manage-mail = cambiar el envío de correo
