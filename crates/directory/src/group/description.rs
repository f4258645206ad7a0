//! What a group is on the wire: the one place where a property is added.

use ::graph::{EntityType, Field, Json, Kind, Level, Operators, Side};
use store::Column;

pub static GROUP: EntityType = EntityType::new("microsoft.graph.group", "groups", "directory_group", FIELDS);

const WORDS: Side = Side { table: "group_word", key: "word", owner: "group_id" };

const DESCRIPTION: Operators = Operators::EXACT.starts(Level::Default).null(Level::Advanced);

// A property is a line, in the order in which the hosted service prints them.
#[rustfmt::skip]
const FIELDS: &[Field] = &[
    Field::id(),
    Field::time("deletedDateTime", "deleted_at").by_default(),
    Field::text("classification", "classification").by_default().filtered(Operators::ADVANCED),
    Field::time("createdDateTime", "created_at").by_default().filtered(Operators::MOMENT).keyed("created_at"),
    nothing("creationOptions", Kind::Texts),
    Field::text("description", "description").by_default().filtered(DESCRIPTION),
    Field::text("displayName", "display_name").by_default().filtered(Operators::NAME).keyed("display_name_key")
        .searched_in(WORDS).ordered(Level::Default),
    nothing("expirationDateTime", Kind::Time),
    Field::texts("groupTypes", "group_types").by_default().filtered(Operators::EXACT),
    nothing("isAssignableToRole", Kind::Boolean),
    Field::address("mail", "mail").by_default().filtered(Operators::NAME.ends()),
    Field::boolean("mailEnabled", "mail_enabled").by_default().filtered(Operators::EXACT),
    Field::text("mailNickname", "mail_nickname").by_default().filtered(Operators::NAME).keyed("mail_nickname_key"),
    nothing("membershipRule", Kind::Text),
    nothing("membershipRuleProcessingState", Kind::Text),
    nothing("onPremisesDomainName", Kind::Text),
    nothing("onPremisesLastSyncDateTime", Kind::Time),
    nothing("onPremisesNetBiosName", Kind::Text),
    nothing("onPremisesSamAccountName", Kind::Text),
    nothing("onPremisesSecurityIdentifier", Kind::Text),
    nothing("onPremisesSyncEnabled", Kind::Boolean),
    Field::text("preferredDataLocation", "preferred_data_location").by_default(),
    Field::text("preferredLanguage", "preferred_language").by_default().filtered(Operators::ADVANCED),
    Field::computed("proxyAddresses", Kind::Addresses, &["mail"], proxy_addresses).by_default()
        .filtered(Operators::EXACT.starts(Level::Default)),
    Field::time("renewedDateTime", "created_at").by_default().filtered(Operators::MOMENT),
    nothing("resourceBehaviorOptions", Kind::Texts),
    nothing("resourceProvisioningOptions", Kind::Texts),
    Field::boolean("securityEnabled", "security_enabled").by_default().filtered(Operators::EXACT),
    Field::computed("securityIdentifier", Kind::Text, &["id"], crate::user::security_identifier).by_default(),
    Field::text("theme", "theme").by_default(),
    Field::text("uniqueName", "unique_name").by_default().filtered(Operators::EXACT),
    Field::text("visibility", "visibility").by_default(),
    nothing("onPremisesProvisioningErrors", Kind::Objects("onPremisesProvisioningError")),
    nothing("serviceProvisioningErrors", Kind::Objects("serviceProvisioningError")),
    no("allowExternalSenders"),
    no("autoSubscribeNewMembers"),
    no("hasMembersWithLicenseErrors"),
    no("hideFromAddressLists"),
    no("hideFromOutlookClients"),
    no("isArchived"),
    no("isSubscribedByMail"),
    Field::computed("assignedLabels", Kind::Objects("assignedLabel"), &[], |_| Json::Stored("[]")),
    Field::computed("assignedLicenses", Kind::Objects("assignedLicense"), &[], |_| Json::Stored("[]")),
    Field::computed("unseenCount", Kind::Text, &[], |_| Json::Integer(0)),
];

/// What a group here never has, but its readers look for.
const fn nothing(name: &'static str, kind: Kind) -> Field {
    let is_collection = matches!(kind, Kind::Texts | Kind::Objects(_));
    let field = if is_collection {
        Field::computed(name, kind, &[], |_| Json::Stored("[]"))
    } else {
        Field::computed(name, kind, &[], |_| Json::Null)
    };
    field.by_default()
}

/// What is false of every group here, and only told to whoever asks.
const fn no(name: &'static str) -> Field {
    Field::computed(name, Kind::Boolean, &[], |_| Json::Boolean(false))
}

fn proxy_addresses(columns: &[Column<'_>]) -> Json<'static> {
    match columns {
        [Column::Text(mail)] => Json::Tree(serde_json::json!([format!("SMTP:{mail}")])),
        _ => Json::Stored("[]"),
    }
}
