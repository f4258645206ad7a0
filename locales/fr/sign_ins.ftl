# The sign-in log.

sign-ins-title = Journaux de connexion
sign-ins-title-words = connexion échouée mot de passe qui
sign-in-record-title = Connexion
sign-ins-lead = Qui s’est connecté, à quoi et d’où ces 30 derniers jours, et pourquoi quelqu’un n’a pas pu.
sign-ins-search = Rechercher par personne, application, adresse réseau ou code d’erreur
sign-ins-who = Qui
sign-ins-where = Connexion à
sign-ins-own-pages = Pages de Lodge
sign-ins-succeeded = Connecté
sign-ins-failed = Non connecté
sign-ins-interactive = Interactives
sign-ins-non-interactive = Non interactives
sign-ins-applications = Applications
sign-ins-from = Invité de { $tenant }
sign-ins-as-guest = En tant qu’invité chez { $tenant }
sign-ins-unknown = Quelqu’un d’inconnu
sign-ins-none = Personne ne s’est encore connecté
sign-ins-none-more = Chaque connexion, même échouée, apparaîtra ici.
sign-ins-about = La connexion
sign-ins-name = Nom d’utilisateur principal
sign-ins-home = Locataire d’origine
sign-ins-resource = Locataire de ressource
sign-ins-client = Client
sign-ins-error = Code d’erreur
sign-ins-profile = Profil
sign-ins-count = { $count ->
    [one] Une connexion
   *[other] { $count } connexions
}
