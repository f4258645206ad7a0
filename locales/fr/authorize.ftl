# Se connecter à une application : ce qu’elle demande, et ce qui est dit quand ce n’est pas possible.

authorize-continue = Continuer
authorize-form-post-title = Retour à l’application
authorize-form-post-sentence = Votre session est ouverte. Si l’application ne s’ouvre pas d’elle-même, continuez ici.

consent-title = { $application } demande votre autorisation
consent-lead = Si vous acceptez, { $application } pourra faire ceci avec votre compte ici. Ce choix est conservé, et l’administration peut le retirer.
consent-target = La suite se passe sur { $host }.
consent-signed-in-as = Session de { $address }
consent-accept = Accepter
consent-decline = Refuser
consent-scope-openid = Ouvrir votre session
consent-scope-profile = Voir votre nom et votre nom d’utilisateur
consent-scope-email = Voir votre adresse e-mail
consent-scope-offline-access = Garder votre session en votre absence
consent-scope-user-read = Lire votre profil
consent-scope-user-readwrite = Lire et modifier votre profil
consent-scope-user-readbasic-all = Lire les noms et adresses de toutes les personnes ici
consent-scope-policy-read-conditionalaccess = Lire les règles de connexion
consent-scope-licenseassignment-readwrite-all = Gérer l’attribution des licences
consent-scope-mail-send = Envoyer des e-mails en votre nom
