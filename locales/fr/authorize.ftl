# Se connecter à une application : ce qu’elle demande, et ce qui est dit quand ce n’est pas possible.

authorize-refused-request-title = La demande de cette application reste sans réponse
authorize-refused-request-sentence = Votre compte est en ordre ; l’application a envoyé quelque chose qui ne convient pas. Revenez-y et réessayez. Si cela persiste, transmettez les détails ci-dessous à qui gère l’application.
authorize-refused-account-title = Ce compte ne peut pas servir ici
authorize-refused-account-sentence = Vous avez ouvert une session, mais avec un compte qui ne donne pas accès à cette application. La raison figure ci-dessous.
authorize-refused-administrator-title = L’administration doit d’abord l’autoriser
authorize-refused-administrator-sentence = L’application demande plus que ce qu’une personne peut accorder. Transmettez les détails ci-dessous à votre administration.
authorize-other-account = Utiliser un autre compte
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

logout-done-title = Votre session est fermée
logout-done-sentence = Votre session dans cet annuaire est fermée dans ce navigateur. Les applications encore ouvertes peuvent vous connaître jusqu’à leur fermeture.
logout-confirm-title = Fermer la session ?
logout-confirm-sentence = Une application demande de fermer votre session dans cet annuaire pour ce navigateur.
logout-confirm-do = Fermer la session
