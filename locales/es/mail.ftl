# Los correos. La parte de texto y la parte HTML usan las mismas frases.

mail-from = Correo de { $host }
mail-sent-by = Enviado por { $sender } a { $address }.
mail-privacy = Declaración de privacidad
mail-no-privacy = { $host } no ha publicado ninguna declaración de privacidad.
mail-block = Bloquear futuras invitaciones
mail-label = { $label }:
mail-by = Mensaje de { $name }
mail-by-department = Mensaje de { $name }, { $department }
mail-reply = Responda a este correo para hablar con { $name }.
mail-invited-address = Dirección invitada
mail-your-address = Su dirección
mail-expected = ¿Esperaba este correo?
mail-sign-in = Iniciar sesión en { $host }

# La invitación
mail-invitation = { $host } le invita
mail-invitation-person = { $inviter } le invita a { $host }
mail-invitation-preheader = Abierta hasta el { $until }. Inicia sesión con la cuenta que ya tiene.
mail-invitation-lead = { $host } le abre una cuenta de invitado. Inicia sesión con la cuenta que ya tiene, o con un código por correo; sin contraseña nueva.
mail-get = Recibirá
mail-get-account = Una cuenta de invitado en { $host }
mail-get-then = { $kind ->
    [application] y llega a { $target }
    [site] y llega a { $target }
   *[account] y llega a la página de su cuenta
}
mail-until = Abierta hasta el
mail-until-more = después el enlace termina, y puede pedir uno nuevo
mail-open = Abrir la invitación
mail-typed-go = O vaya a
mail-typed-type = y escriba
mail-expected-more = Si no, no haga nada, o abra la invitación y elija «Denunciar». { $host } nunca pide su contraseña por correo.

# Otra invitación después de aceptar
mail-member = Ya forma parte de { $host }
mail-member-again = { $host } le ha invitado de nuevo.
mail-member-again-person = { $inviter } le ha invitado de nuevo.
mail-member-lead = No hay nada que aceptar; inicie sesión como siempre.
mail-member-then = { $kind ->
    [application] inicia sesión y llega a { $target }
    [site] inicia sesión y llega a { $target }
   *[account] inicia sesión y llega a la página de su cuenta en { $host }
}
mail-member-expected = Si no, no haga nada. { $host } nunca pide su contraseña por correo.

# La copia
mail-copy-subject = Copia: invitación de { $guest } a { $host }
mail-copy = { $host } ha enviado una invitación
mail-copy-person = { $inviter } ha enviado una invitación a { $host }
mail-copy-lead = Esta copia es para su información. No tiene que hacer nada.
mail-copy-why = ¿Por qué no hay ningún enlace?
mail-copy-why-more = Solo la dirección invitada puede responder, así que el enlace y el código están solo en ese otro correo.

# El código de un solo uso
mail-code-subject = Su código para { $host }
mail-code-lead = { $purpose ->
    [accept] Escríbalo en la página de la invitación de { $host }.
    [decline] Escríbalo en la página en la que rechaza la invitación de { $host }.
   *[sign_in] Escríbalo en la página en la que inicia sesión en { $host }.
}
mail-code-lifetime = Vale 30 minutos, una vez, y solo en el navegador que lo pidió.
mail-code-not-asked = ¿No lo ha pedido?
mail-code-not-asked-more = Entonces alguien escribió su dirección. No haga nada; sin este código no entra nadie. No se lo dé a nadie, tampoco a { $host }.

# Una denuncia, para la administración
mail-reported = Denunciada: la invitación de { $guest }
mail-reported-heading = Se ha denunciado una invitación
mail-reported-lead = Alguien que tiene su enlace dice que no debería haber llegado. La invitación sigue valiendo; { $host } decide qué se hace con ella.
mail-reported-by = Invitación de
mail-reported-at = Denunciada
mail-reported-who = no se demostró la dirección; puede ser cualquiera que tenga el correo
mail-reported-id = Identificador de la invitación
mail-reported-do = ¿Qué puede hacer?
mail-reported-do-more = Pregunte a quien la envió. Si nadie conoce esa cuenta de invitado, elimínela: el enlace y el código terminan al momento. Se envían como mucho tres correos de este tipo por invitación y día.
