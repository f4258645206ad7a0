# Inviting, pending invitations, and the invitation on a guest's page.

new-guest = Nuevo usuario invitado
new-guest-words = invitar invitado externo b2b
new-guest-lead = Una dirección o muchas. Cada una se decide antes de enviar nada.
new-guest-addresses = Direcciones de correo
new-guest-addresses-hint = Una o muchas, separadas por líneas, comas o espacios.
new-guest-message = Mensaje personal (opcional)
new-guest-message-hint = Texto sin formato. Aparece en el correo, bajo su nombre.
new-guest-message-left-out = Su mensaje no iría en el correo, porque su cuenta no tiene dirección. La invitación sí se envía.
new-guest-language = Idioma del correo
new-guest-language-auto = Según la organización de origen
new-guest-invite = Invitar
new-guest-invite-count = { $count ->
    [one] Invitar a una
   *[other] Invitar a { $count }
}
new-guest-check = Ver qué ocurrirá
new-guest-cancel = Cancelar
new-guest-pressing-again = { $count ->
    [one] Aún no se ha enviado nada. Pulse otra vez para invitar a una persona.
   *[other] Aún no se ha enviado nada. Pulse otra vez para invitar a { $count } personas.
}
new-guest-left-out = { $count ->
    [one] Una dirección rechazada se deja fuera.
   *[other] { $count } direcciones rechazadas se dejan fuera.
}
new-guest-nobody = Ninguna de estas direcciones puede ser invitada.
new-guest-none = Escriba al menos una dirección, como lea.martin@fabrikam.example.
new-guest-too-many = Como máximo { $most } direcciones a la vez. Envíe el resto después.
new-guest-message-long = Como máximo 4096 caracteres.
new-guest-what = Qué hace una invitación
new-guest-what-1 = El invitado existe de inmediato y puede recibir acceso. Un correo lleva un enlace y un código para escribir.
new-guest-what-2 = El invitado inicia sesión con la cuenta que ya tiene. Nada se entrega hasta que acepta.
new-guest-invited = Se ha invitado a { $address }.
new-guest-told = { $address } ya es invitado; un correo dice dónde iniciar sesión.

language-en = English
language-de = Deutsch
language-fr = Français
language-es = Español
language-ar = العربية

decisions = Qué ocurrirá
decisions-count = { $new } nuevos, { $again } en espera, { $known } ya invitados, { $refused } rechazados

decision-new = Pasa a ser invitado y recibe un correo.
decision-again = Invitado el { $date }, aún sin aceptar. Un enlace nuevo anula el anterior.
decision-known = Invitado desde el { $date }. Sin segunda invitación: un correo dice dónde iniciar sesión.
decision-member = { $name } es miembro de { $host } y no necesita invitación.
decision-own-domain = { $domain } pertenece a { $host }. Cree un miembro con Nuevo usuario.
decision-blocked = Este invitado está bloqueado. Desbloquéelo primero e invite después.
decision-setting = Aquí no puede invitar: { $host } lo permite a otros.
decision-no-mail = No quiere correos de invitación, así que no se envía: entregue usted el enlace.
decision-why = ¿Por qué?
decision-setting-name = Ajuste
decision-changed-by = Puede cambiarlo
decision-open = Abrir perfil
decision-badge-new = Invitado nuevo
decision-badge-again = Enlace nuevo
decision-badge-known = Ya es invitado
decision-badge-colleague = Compañero
decision-badge-refused = Rechazado

decisions-more = { $count ->
    [one] Una más sin novedad.
   *[other] { $count } más sin novedad.
}
decisions-folded = { $count ->
    [one] Una dirección repetida cuenta una vez.
   *[other] { $count } direcciones repetidas cuentan una vez.
}
decisions-bad = Línea { $line }: “{ $text }” no es una dirección.

pending = Invitaciones pendientes
pending-words = invitación reenviar retirar espera
pending-lead = { $more ->
    [true] Más de { $count } personas aún no han aceptado.
   *[false] { $count ->
        [0] Nadie espera.
        [one] Una persona aún no ha aceptado.
       *[other] { $count } personas aún no han aceptado.
    }
} { $expired ->
    [0] Ningún enlace ha caducado.
    [one] Un enlace ha caducado.
   *[other] { $expired } enlaces han caducado.
}
pending-view-all = Todas
pending-view-waiting = En espera
pending-view-expired = Caducadas
pending-view-old = Más de 14 días
pending-by-me = Invitadas por mí
pending-mail = Correo
pending-inviter = Invitado por
pending-by-application = una aplicación
pending-sent = Enviada
pending-ends = Fin del enlace
pending-ended = terminado
pending-expired = Caducada
pending-age = { $days ->
    [0] hoy
    [one] 1 día
   *[other] { $days } días
}
pending-ends-in = { $days ->
    [0] en menos de un día
    [one] en 1 día
   *[other] en { $days } días
}
pending-withdraw = Retirar
pending-withdraw-count = { $count ->
    [one] Retirar una
   *[other] Retirar { $count }
}
pending-withdraw-title = { $count ->
    [one] ¿Retirar una invitación?
   *[other] ¿Retirar { $count } invitaciones?
}
pending-withdraw-1 = Todos los enlaces y códigos enviados terminan de inmediato.
pending-withdraw-2 = No se envía ningún correo. Quien abra un enlace antiguo leerá que la invitación se retiró.
pending-withdraw-3 = El invitado queda en el directorio sin entrada. Una nueva invitación la abre.
pending-withdrawn = { $count ->
    [one] La invitación se ha retirado.
   *[other] { $count } invitaciones se han retirado.
}
pending-withdrawn-some = { $count } retiradas, { $left } sin cambios: aceptadas entretanto o enviadas por otra persona.
pending-resent = { $count ->
    [one] La invitación se ha reenviado.
   *[other] { $count } invitaciones se han reenviado.
}
pending-resent-some = { $count } reenviadas, { $left } no: aceptadas entretanto, enviadas por otra persona o por encima del límite de envío.
pending-none-picked = Seleccione antes al menos una fila.
pending-empty = Nadie espera
pending-empty-more = Todos los invitados han aceptado o rechazado.
pending-links-live = { $days ->
    [one] Un enlace vale un día.
   *[other] Un enlace vale { $days } días.
}

letter-none = Sin correo
letter-on-its-way = Enviado
letter-late = Retrasado
letter-next-try = Próximo intento: { $time }.
letter-delivered = Entregado
letter-taken = Aceptado por el servidor: { $time }.
letter-dropped = No enviado
letter-bounced = Rebotado

tile-title = Colaboración B2B
tile-state = Estado de la invitación
tile-state-pending = Pendiente de aceptación
tile-state-expired = Enlace caducado
tile-state-accepted = Aceptada
tile-state-declined = Rechazada
tile-state-withdrawn = Retirada
tile-signs-in = Inicia sesión con
tile-resend = Reenviar invitación
tile-resend-note = Un enlace nuevo anula el anterior.
tile-link = Enlace directo
tile-mail-link = Enviar el enlace
tile-why-no-resend = ¿Por qué no se puede reenviar?
tile-no-resend = La invitación se aceptó; no hay nada que reenviar. Envíe al invitado el enlace a lo que vino a usar.
tile-invite-again = Invitar de nuevo

batch = Envío de invitaciones
batch-lead-left = { $left ->
    [one] Queda una invitación por salir; al ritmo permitido sale antes del { $time }.
   *[other] Quedan { $left } invitaciones por salir; al ritmo permitido la última sale antes del { $time }.
}
batch-lead-done = { $invited } invitados, { $refused } rechazados.
batch-look-again = Mirar de nuevo
batch-progress = { $total ->
    [one] Invitando a una persona
   *[other] Invitando a { $total } personas
}
batch-done-of = { $done } de { $total } hechas
batch-working = En curso
batch-done = Hecho
batch-may-leave = Puede cerrar esta página; un reinicio no pierde nada.
batch-stop = { $count ->
    [one] Dejar fuera la última
   *[other] Dejar fuera las { $count } restantes
}
batch-stopped = No se envía nada más.
batch-invited = { $count } invitados
batch-known = { $count } ya invitados
batch-refused = { $count } rechazados
batch-stopped-count = { $count } fuera
batch-refused-title = Rechazadas, y por qué
batch-waiting-title = Por enviar

story-invited = { $inviter } invitó a <strong>{ $name }</strong> el <strong>{ $date }</strong>.
story-invited-by-application = Una aplicación invitó a <strong>{ $name }</strong> el <strong>{ $date }</strong>.
story-accepted = { $name } aceptó el <strong>{ $date }</strong>.
story-pending = { $name } aún no ha aceptado.
story-expired = { $name } no ha aceptado, y el enlace ha caducado.
story-declined = { $name } rechazó.
story-withdrawn = La invitación se retiró.
