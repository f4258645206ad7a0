//! Applications that every tenant knows without registering them: the resources clients name, and the public
//! client of the Azure command line.

use super::Application;
use kernel::{AppId, ApplicationId, Timestamp};
use uuid::Uuid;

/// Microsoft Graph, the resource.
pub const MICROSOFT_GRAPH: AppId = AppId(Uuid::from_u128(0x0000_0003_0000_0000_c000_0000_0000_0000));
/// Azure Service Management, the resource that command-line clients ask for first.
pub const AZURE_MANAGEMENT: AppId = AppId(Uuid::from_u128(0x797f_4846_ba00_4fd7_ba43_dac1_f8f6_3013));
/// The Azure command line, a public client.
pub const AZURE_CLI: AppId = AppId(Uuid::from_u128(0x04b0_7795_8ddb_461a_bbee_02f9_e1bf_7b46));

/// What the Azure command line may do on a signed-in user's behalf, within the user's own rights.
pub(super) const AZURE_CLI_SCOPES: [&str; 9] = [
    "AuditLog.Read.All",
    "Directory.AccessAsUser.All",
    "Group.ReadWrite.All",
    "User.ReadWrite.All",
    "email",
    "offline_access",
    "openid",
    "profile",
    "user_impersonation",
];

/// Whether an application id is taken in every tenant.
pub fn is_reserved(app_id: AppId) -> bool {
    [MICROSOFT_GRAPH, AZURE_MANAGEMENT, AZURE_CLI].contains(&app_id)
}

/// The name of a resource or client that no tenant registers.
pub fn display_name(app_id: AppId) -> Option<&'static str> {
    match app_id {
        MICROSOFT_GRAPH => Some("Microsoft Graph"),
        AZURE_MANAGEMENT => Some("Azure Resource Manager"),
        AZURE_CLI => Some("Microsoft Azure CLI"),
        _ => None,
    }
}

/// A client that exists in every tenant without a row. Its object id is its application id.
pub(super) fn client(app_id: AppId) -> Option<Application> {
    let display_name = display_name(app_id).filter(|_| app_id == AZURE_CLI)?.to_owned();
    Some(Application {
        id: ApplicationId(app_id.0),
        app_id,
        display_name,
        is_public: true,
        enabled: true,
        redirect_uris: Vec::new(),
        spa_redirect_uris: Vec::new(),
        public_client_redirect_uris: vec!["http://localhost".to_owned()],
        identifier_uris: Vec::new(),
        created_at: Timestamp::UNIX_EPOCH,
    })
}
