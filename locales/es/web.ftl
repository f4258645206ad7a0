# El marco de cada página y las páginas de error.

page-skip = Ir al contenido
page-menu = Idioma y apariencia: { $language }
page-language = Idioma
page-appearance = Apariencia
page-theme-system = Como mi sistema
page-theme-light = Claro
page-theme-dark = Oscuro
page-theme-contrast = Alto contraste
page-privacy = Declaración de privacidad
page-runs = <bdi>{ $host }</bdi> gestiona esta página con Lodge
page-runs-nobody = Esta página funciona con Lodge
page-account = Mi cuenta
page-signed-in = <bdi>{ $name }</bdi>, sesión iniciada

error-setting = Ajuste que decide
error-remedy = Qué puede hacer
error-role = Para esto hace falta el rol { $role }.
error-for-it = Para su departamento de informática
error-details = Detalles de esta respuesta

error-request-title = No se puede leer esta solicitud
error-request-sentence = Falta algo o no tiene la forma correcta. Vuelva atrás, revise lo que escribió y envíelo otra vez.
error-unauthenticated-title = Primero inicie sesión
error-unauthenticated-sentence = Esta página es para quienes han iniciado sesión.
error-forbidden-title = Esto no está permitido aquí
error-forbidden-sentence = Su cuenta no puede hacerlo, o el formulario es demasiado antiguo. El motivo figura abajo.
error-not-found-title = Esta página no existe
error-not-found-sentence = La dirección está incompleta, o lo que indicaba ya no existe. Revise la dirección o empiece de nuevo desde su correo.
error-conflict-title = Algo ha cambiado entretanto
error-conflict-sentence = Lo que envió no corresponde al estado actual. Vuelva a cargar la página y compruébelo antes de repetirlo.
error-gone-title = Esto ha terminado
error-gone-sentence = Existió y ya no es válido.
error-too-many-title = Demasiados intentos
error-too-many-sentence = Espere un poco y vuelva a intentarlo.
error-internal-title = Algo ha fallado por nuestra parte
error-internal-sentence = No ha sido por usted. Inténtelo de nuevo; si continúa, dé el número de abajo a su equipo de administración.
error-unavailable-title = Ahora mismo no es posible
error-unavailable-sentence = El servicio está ocupado o en mantenimiento. Inténtelo de nuevo en unos minutos.

page-organization = Organización: { $host }
page-self = <bdi>{ $name }</bdi>, su cuenta
page-own = Sus páginas
page-portal = Administración
page-appearance-language = Apariencia e idioma
page-accounts = Cuentas de este navegador
page-another-account = Usar otra cuenta
page-sign-out = Cerrar sesión

portal-menu = Menú
portal-menu-close = Cerrar el menú
portal-find = Buscar personas, páginas, acciones
portal-invite = Invitar
portal-navigation = Administración
portal-crumbs = Ruta
portal-actions = Lo que puede hacer aquí
portal-group-directory = Directorio
portal-group-guests = Invitados
portal-group-protection = Protección
portal-group-records = Registros
portal-group-support = Asistencia

ui-search = Buscar
ui-remove-filter = Quitar el filtro
ui-select = Seleccionar
ui-select-all = Seleccionar todo en esta página
ui-select-one = Seleccionar { $name }
ui-selected = Seleccionados
ui-clear-selection = Borrar la selección
ui-previous = Anterior
ui-next = Siguiente
ui-close = Cerrar
ui-save = Guardar
ui-discard = Descartar
ui-copy-as = Copiar como
ui-copy = Copiar
ui-copied = Copiado

error-rule = Regla
error-number = Número de esta respuesta
