//! What a service principal is on the wire, where it is a member, an owner or any object of the directory.

use ::graph::{EntityType, Field, Json, Kind};
use store::{Column, FromColumn as _};
use uuid::Uuid;

pub static SERVICE_PRINCIPAL: EntityType =
    EntityType::new("microsoft.graph.servicePrincipal", "servicePrincipals", "application", FIELDS);

// A property is a line.
#[rustfmt::skip]
const FIELDS: &[Field] = &[
    Field::id(),
    Field::time("deletedDateTime", "deleted_at").by_default(),
    Field::boolean("accountEnabled", "enabled").by_default(),
    Field::text("appDisplayName", "display_name").by_default(),
    Field::other_id("appId", "app_id").by_default(),
    Field::computed("appRoleAssignmentRequired", Kind::Boolean, &[], |_| Json::Boolean(false)).by_default(),
    Field::time("createdDateTime", "created_at").by_default(),
    Field::text("displayName", "display_name").by_default(),
    Field::texts("replyUrls", "redirect_uris").by_default(),
    Field::computed("servicePrincipalNames", Kind::Texts, &["app_id", "identifier_uris"], names).by_default(),
    Field::computed("servicePrincipalType", Kind::Text, &[], |_| Json::from("Application")).by_default(),
    Field::computed("signInAudience", Kind::Text, &[], |_| Json::from("AzureADMyOrg")).by_default(),
    Field::computed("tags", Kind::Texts, &[], |_| Json::Stored("[]")).by_default(),
];

/// The application id, then the addresses the application is known by.
fn names(columns: &[Column<'_>]) -> Json<'static> {
    let [app_id, Column::Text(uris)] = columns else { return Json::Null };
    let own = Uuid::from_column(*app_id).map(|id| id.to_string());
    let uris: Vec<String> = serde_json::from_str(uris).unwrap_or_default();
    Json::Tree(own.into_iter().chain(uris).collect())
}
