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
