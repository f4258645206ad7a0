# Mail health in the portal, and the test it sends.

mail-health = Estado del correo
mail-health-keywords = SPF DKIM DMARC DNS devolución cola entrega correo remitente
mail-health-lead = { $state ->
    [none] No ha salido ningún correo en los últimos 30 días.
    [late] El correo se retrasa: esperan { $waiting } mensajes, el más antiguo desde hace { $minutes } minutos.
   *[good] El correo llega: otros servidores aceptaron { $sent } de { $total } mensajes en los últimos 30 días.
}
mail-health-faults = { $count ->
    [one] Un dominio necesita un registro.
   *[other] { $count } dominios necesitan registros.
}
mail-health-taken = aceptados por el otro lado
mail-health-seconds = { $seconds } s
mail-health-median = de la petición a la entrega, mediana
mail-health-waiting = { $minutes ->
    [0] en la cola
   *[other] en la cola, el más antiguo { $minutes } min
}
mail-health-bounced = devueltos, { $share } %
mail-health-dead = abandonados
mail-health-domains = Dominios de envío
mail-health-domain = Dominio
mail-health-used = El correo sale de aquí
mail-health-looked-up = Consultado el { $at }
mail-health-not-looked-up = Aún sin consultar
mail-health-look = Consultar de nuevo
mail-health-failure = Los servidores de nombres no respondieron.
mail-health-failure-more = Dijeron: { $reason }. Lo que figura aquí se sabía antes; Lodge sigue preguntando.
mail-health-spf = { $reason ->
    [passes] Válido
    [missing] Falta
    [several] { $detail } registros
    [lacks-server] Falta el servidor de correo
    [broken] No se puede seguir
   *[other] No se sabe
}
mail-health-dkim = { $reason ->
    [passes] { $detail } bit
    [missing] Falta
    [other-key] Otra clave
    [revoked] Revocada
    [not-signed] Sin firma
   *[other] No se sabe
}
mail-health-dmarc = { $reason ->
    [passes] { $detail }
    [missing] Falta
    [several] { $detail } registros
    [only-reports] Solo informa
    [no-policy] Sin política
   *[other] No se sabe
}
mail-health-publish = Publique esto para { $domain }
mail-health-publish-where = Donde se gestiona la zona del dominio. Cada registro sustituye al del mismo tipo que haya.
mail-health-records = { $count ->
    [one] Un registro, formato de archivo de zona
   *[other] { $count } registros, formato de archivo de zona
}
mail-health-no-key = Lodge no tiene clave para firmar. Indique dkim.key_file en su configuración; entonces figurará aquí el registro que hay que publicar.
mail-health-looks = Lodge consulta cada 10 minutos.
mail-health-bounces = Devoluciones
mail-health-bounces-count = { $days } días, { $count } de { $total }
mail-health-no-bounces = Nada ha vuelto en { $days } días.
mail-health-chart = Mensajes devueltos por día
mail-health-chart-more = { $count } en { $days } días. La tabla de abajo tiene cada día.
mail-health-table = Lo mismo en una tabla
mail-health-day = Día
mail-health-bounced-head = Devueltos
mail-health-days-left-out = Se omiten los días sin devoluciones.
mail-health-queue = Cola
mail-health-queued = { $count } a { $domain }
mail-health-going = Saliendo
mail-health-next = próximo intento { $at }
mail-health-queue-empty = Nada espera.
mail-health-given-up = Abandonados
mail-health-given-up-empty = Nada se ha abandonado.
mail-health-retry = Reintentar
mail-health-retry-all = Reintentar los { $count }
mail-health-kind = { $kind ->
    [guest_invitation] Invitación
    [already_member] Invitación
    [invitation_copy] Copia de una invitación
    [invitation_reported] Aviso sobre una invitación
    [email_code] Código
    [mail_test] Prueba
   *[other] { $kind }
}
mail-health-suppressed = Direcciones que no aceptan correo
mail-health-suppressed-lead = No se les envían invitaciones hasta que vuelvan a aceptar correo.
mail-health-suppressed-empty = Ninguna dirección ha rechazado el correo de forma definitiva.
mail-health-remove = Escribir de nuevo
mail-health-test = Enviar una prueba
mail-health-to = Para
mail-health-from = De
mail-health-no-address = Su cuenta no tiene dirección de correo
mail-health-send = Enviar
mail-health-test-asked = Pedida por usted
mail-health-test-state = { $state ->
    [taken] Aceptada por el servidor de correo
    [deferred] El servidor de correo pidió esperar
    [failed] Abandonada
   *[waiting] En camino
}
mail-health-sender = El correo viene de
mail-health-sender-lead = En uno de sus dominios verificados o en { $domain }.
mail-health-sender-address = Dirección
mail-health-sender-name = Nombre delante
mail-health-sender-reply = Las respuestas van a
mail-health-sender-reply-hint = Cuando no las recibe quien invita. Puede quedar vacío.
mail-health-sender-reset = Usar { $address }
mail-health-said-look = Se consultaron los registros.
mail-health-said-retry = { $count ->
    [one] Se reintenta un mensaje.
   *[other] Se reintentan { $count } mensajes.
}
mail-health-said-removed = Se vuelve a escribir a { $address }.
mail-health-said-test = La prueba está en camino.
mail-health-said-sender = El correo viene ahora de { $address }.

mail-test-subject = Una prueba de { $host }
mail-test-lead = El correo de { $place } le llega.
mail-test-more = Alguien de administración envió esto para ver si el correo funciona. No hace falta responder.
