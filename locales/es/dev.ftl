# Las páginas de un servidor de desarrollo.

dev-title = Lodge para desarrollo
dev-mail-title = Correo capturado
dev-mail-lead = { $count ->
    [0] Este servidor no envía correo; lo guarda aquí.
    [one] Este servidor no envía correo; lo guarda aquí, primero el más nuevo. Uno hasta ahora.
   *[other] Este servidor no envía correo; lo guarda aquí, primero el más nuevo. { $count } hasta ahora.
}
dev-mail-refresh = Actualizar
dev-mail-list = Lista de correos
dev-mail-filter = Dirección de destino
dev-mail-show = Mostrar
dev-mail-all = Mostrar todo
dev-mail-none = Aún no hay correo
dev-mail-none-more = Invite a alguien y el correo aparecerá aquí.
dev-mail-none-match = Ningún correo a esta dirección
dev-mail-none-match-more = El filtro compara la dirección entera.
dev-mail-from = De
dev-mail-reply-to = Responder a
dev-mail-to = Para
dev-mail-cc = Copia
dev-mail-received = Recibido
dev-mail-kind = Tipo e idioma
dev-mail-code = Código
dev-mail-links = Enlaces
dev-mail-html = El correo en HTML
dev-mail-text = El correo en texto
