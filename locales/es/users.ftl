# Users: the list, one user's page, the deleted.

users = Usuarios
users-words = personas miembros invitados cuentas
users-lead = Todas las personas que { $host } conoce: { $all }, de ellas { $guests } invitadas.
users-views = Vistas
users-all = Todos los usuarios
users-guests = Invitados
users-waiting = En espera
users-blocked = Bloqueados
users-search = Buscar por nombre o dirección
users-any = cualquiera
users-type = Tipo de usuario
users-state = Estado
users-enabled = Inicio de sesión
users-enabled-yes = Permitido
users-enabled-no = Bloqueado
users-created = Creados
users-created-7 = Últimos 7 días
users-created-30 = Últimos 30 días
users-created-90 = Últimos 90 días
users-name = Nombre
users-columns = Columnas
users-column-state = Estado
users-column-type = Tipo de usuario
users-column-company = Empresa
users-column-created = Creación
users-column-upn = Nombre principal de usuario
users-column-id = Id. de objeto
users-shown = { $count ->
    [one] Una fila
   *[other] { $count } filas
}
users-none = Nadie coincide
users-none-more = Pruebe el principio de un nombre o una dirección, o quite un filtro.
users-none-here = Aquí todavía nadie
users-none-here-more = La búsqueda recorre el directorio por partes; en esta nadie coincide.
users-look-on = Seguir buscando
users-clear = Mostrar a todos
users-empty = Nadie todavía
users-empty-more = Invite a alguien o cree un miembro.
users-new = Nuevo usuario
users-new-guest = Nuevo usuario invitado
users-cancel = Cancelar
users-save-view = Guardar vista
users-remove-view = Quitar vista
users-remove-view-more = Solo desaparece la vista; las personas no cambian.
users-view-name = Nombre de la vista
users-view-hint = Aparece como pestaña, solo para usted.
users-view-saved = La vista «{ $name }» está guardada.
users-view-removed = La vista se ha quitado.
users-none-picked = Seleccione antes al menos una fila.
users-deleted-count = { $count ->
    [one] El usuario se eliminó y puede restaurarse durante 30 días.
   *[other] { $count } usuarios se eliminaron y pueden restaurarse durante 30 días.
}
users-blocked-count = { $count ->
    [one] El usuario no puede iniciar sesión.
   *[other] { $count } usuarios no pueden iniciar sesión.
}
users-unblocked-count = { $count ->
    [one] El usuario puede volver a iniciar sesión.
   *[other] { $count } usuarios pueden volver a iniciar sesión.
}
users-delete-title = { $count ->
    [one] ¿Eliminar un usuario?
   *[other] ¿Eliminar { $count } usuarios?
}
users-delete-count = { $count ->
    [one] Eliminar uno
   *[other] Eliminar { $count }
}
users-deleted = Usuarios eliminados
users-deleted-words = restaurar eliminado papelera
users-deleted-lead = Los usuarios eliminados se guardan 30 días y se pueden restaurar por completo. Después desaparecen para siempre.
users-deleted-none = No se eliminó a nadie
users-deleted-none-more = Quien se elimina se encuentra aquí durante 30 días.
users-deleted-on = Eliminación
users-gone-in = Se conserva
users-days-left = { $days ->
    [one] 1 día
   *[other] { $days } días
}
users-restore = Restaurar
users-purge = Eliminar definitivamente
users-purge-title = { $count ->
    [one] ¿Eliminar definitivamente un usuario?
   *[other] ¿Eliminar definitivamente { $count } usuarios?
}
users-purge-count = { $count ->
    [one] Eliminar uno definitivamente
   *[other] Eliminar { $count } definitivamente
}
users-purge-1 = Nadie puede deshacerlo.
users-purge-2 = Membresías, patrocinadores e identidades desaparecen. Los eventos de auditoría quedan.
users-restored-count = { $count ->
    [one] El usuario ha vuelto.
   *[other] { $count } usuarios han vuelto.
}
users-purged-count = { $count ->
    [one] El usuario ha desaparecido para siempre.
   *[other] { $count } usuarios han desaparecido para siempre.
}

user = Usuario
user-guest = Invitado
user-member = Miembro
user-active = Activo
user-accepted = Aceptado
user-waiting = En espera
user-blocked = Bloqueado
user-block = Bloquear inicio de sesión
user-unblock = Desbloquear
user-delete = Eliminar
user-blocked-toast = { $name } ya no puede iniciar sesión. Las sesiones abiertas terminaron.
user-unblocked-toast = { $name } puede volver a iniciar sesión.
user-delete-title = ¿Eliminar a { $name }?
user-delete-1 = Sesiones, enlaces de invitación y accesos terminan de inmediato.
user-delete-2 = Durante 30 días se puede restaurar por completo, con grupos y roles.
user-delete-3 = Después todo se elimina para siempre; los eventos de auditoría quedan.
user-delete-loses = Grupos que deja: { $groups }. Roles que pierde: { $roles }.
user-story-guest = { $host } conoce a <strong>{ $name }</strong> como invitado desde el <strong>{ $date }</strong>.
user-story-member = <strong>{ $name }</strong> es miembro de { $host } desde el <strong>{ $date }</strong>.
user-story-sponsors = { $count ->
    [one] Patrocinio: { $names }.
   *[other] Patrocinio: { $names }.
}
user-story-blocked = El inicio de sesión está bloqueado.
user-timeline = Cronología
user-properties = Propiedades
user-reach = Grupos y roles
user-reach-none = En ningún grupo y sin rol de directorio.
user-in-group = Miembro del grupo
user-holds-role = Rol de directorio
user-fact-upn = Nombre principal de usuario
user-fact-mail = Correo
user-fact-other-mails = Otras direcciones
user-fact-given-name = Nombre
user-fact-surname = Apellidos
user-fact-job-title = Cargo
user-fact-office = Oficina
user-fact-mobile = Teléfono móvil
user-fact-phones = Teléfono del trabajo
user-fact-language = Idioma preferido
user-fact-identities = Identidades
user-fact-sessions = Sesiones válidas desde

event-invited = { $actor } invitó a { $name }
event-accepted = { $name } aceptó la invitación
event-declined = { $name } rechazó la invitación
event-reported = { $name } denunció la invitación
event-withdrawn = { $actor } retiró la invitación
event-no-mail = No se envió correo: { $name } no lo quiere
event-created = { $actor } creó a { $name }
event-blocked = { $actor } bloqueó el inicio de sesión
event-unblocked = { $actor } desbloqueó el inicio de sesión
event-deleted = { $actor } eliminó a { $name }
event-restored = { $actor } restauró a { $name }
event-password = { $actor } puso una contraseña nueva
event-role = { $actor } dio a { $name } un rol de directorio
event-other = { $actor }: { $activity }
event-failed = Rechazado: { $reason }
event-guest-since = { $name } pasó a ser invitado
event-member-since = { $name } pasó a ser miembro

new-user-words = crear miembro cuenta
new-user-lead = Un miembro de { $host }, que inicia sesión con su propia contraseña.
new-user-name-hint = Por ejemplo eva.lang@{ $domain }.
new-user-name-wrong = No es un nombre principal de usuario. Tiene la forma eva.lang@{ $domain }.
new-user-name-taken = Alguien ya tiene este nombre o esta dirección. Elija otro.
new-user-display-name-missing = Escriba el nombre que ven los demás, 256 caracteres como máximo.
new-user-mail = Correo (opcional)
new-user-mail-hint = Donde se responde a los mensajes personales de las invitaciones.
new-user-mail-wrong = No es una dirección de correo.
new-user-create = Crear
new-user-outside = { $domain } no es un dominio de { $host }, así que sería un invitado.
new-user-outside-more = Un invitado conserva la cuenta que tiene. Aún no se ha creado nada.
new-user-invite = Invitar como invitado
new-user-what = ¿Miembro o invitado?
new-user-what-1 = Un miembro pertenece a la organización y tiene aquí una contraseña.
new-user-what-2 = Un invitado viene de fuera e inicia sesión con la cuenta que ya tiene.
new-user-made = Se ha creado a { $name }
new-user-made-lead = Entregue la contraseña de un solo uso. Se muestra solo aquí y no se guarda.
new-user-password = Contraseña de un solo uso
new-user-once = El primer inicio de sesión pide una contraseña nueva.
new-user-to-profile = Abrir perfil
new-user-another = Crear otro
