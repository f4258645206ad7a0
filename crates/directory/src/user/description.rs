//! What a user is on the wire: the one place where a property is added.

use super::store::identities_of;
use ::graph::{ComplexType, EntityType, Field, Json, Kind, Level, Operators, Side};
use serde_json::json;
use store::{Column, FromColumn as _};
use uuid::Uuid;

pub static USER: EntityType = EntityType::new("microsoft.graph.user", "users", "users", FIELDS).with(COMPLEX);

/// Every address a user answers to, whichever property has it.
const ADDRESSES: Side = Side { table: "user_address", key: "address_key", owner: "user_id" };
const WORDS: Side = Side { table: "user_word", key: "word", owner: "user_id" };

const ADDRESS: Operators = Operators::NAME.ends();

const COMPLEX: &[ComplexType] = &[
    ComplexType { name: "employeeOrgData", members: &["division", "costCenter"] },
    ComplexType { name: "objectIdentity", members: &["signInType", "issuer", "issuerAssignedId"] },
    ComplexType {
        name: "onPremisesExtensionAttributes",
        members: &[
            "extensionAttribute1",
            "extensionAttribute2",
            "extensionAttribute3",
            "extensionAttribute4",
            "extensionAttribute5",
            "extensionAttribute6",
            "extensionAttribute7",
            "extensionAttribute8",
            "extensionAttribute9",
            "extensionAttribute10",
            "extensionAttribute11",
            "extensionAttribute12",
            "extensionAttribute13",
            "extensionAttribute14",
            "extensionAttribute15",
        ],
    },
];

// A property is a line.
#[rustfmt::skip]
const FIELDS: &[Field] = &[
    Field::texts("businessPhones", "business_phones").by_default().filtered(Operators::EXACT).needed(1),
    Field::text("displayName", "display_name").by_default().filtered(Operators::NAME).keyed("display_name_key")
        .searched_in(WORDS).ordered(Level::Default).needed(256),
    Field::text("givenName", "given_name").by_default().filtered(Operators::NAME).longest(64),
    Field::text("jobTitle", "job_title").by_default().filtered(Operators::NAME.starts(Level::Advanced)).longest(128),
    Field::address("mail", "mail").by_default().filtered(ADDRESS).found_in(ADDRESSES).sorted("mail_key").longest(254),
    Field::text("mobilePhone", "mobile_phone").by_default().filtered(Operators::ADVANCED).longest(64),
    Field::text("officeLocation", "office_location").by_default().filtered(Operators::ADVANCED).longest(128),
    Field::text("preferredLanguage", "preferred_language").by_default().filtered(Operators::ADVANCED).longest(35),
    Field::text("surname", "surname").by_default().filtered(Operators::NAME).longest(64),
    Field::address("userPrincipalName", "user_principal_name").by_default()
        .filtered(ADDRESS.null(Level::Never)).keyed("upn_key").ordered(Level::Default).needed(113),
    Field::id(),
    Field::boolean("accountEnabled", "account_enabled").filtered(Operators::EXACT.range(Level::Advanced))
        .rarely(false, "NOT account_enabled").needed(0),
    nothing("assignedLicenses", Kind::Objects("assignedLicense")),
    nothing("assignedPlans", Kind::Objects("assignedPlan")),
    Field::more("ageGroup").filtered(Operators::EXACT).one_of(&["Minor", "NotAdult", "Adult"]),
    Field::more("city").filtered(Operators::NAME).longest(128),
    Field::text("companyName", "company_name").filtered(Operators::ADVANCED).grouped_sparsely("company_key").longest(64),
    Field::more("consentProvidedForMinor").filtered(Operators::EXACT).one_of(&["Granted", "Denied", "NotRequired"]),
    Field::more("country").filtered(Operators::NAME).longest(128),
    Field::time("createdDateTime", "created_at").filtered(Operators::MOMENT).keyed("created_at")
        .ordered(Level::Advanced),
    Field::text("creationType", "creation_type").filtered(Operators::EXACT),
    Field::time("deletedDateTime", "deleted_at").filtered(Operators::MOMENT),
    Field::more("department").filtered(Operators::NAME).longest(64),
    Field::more_of("employeeHireDate", Kind::Time).filtered(Operators::ADVANCED).longest(0),
    Field::more("employeeId").filtered(Operators::NAME.range(Level::Advanced)).longest(16),
    Field::more_of("employeeLeaveDateTime", Kind::Time).filtered(Operators::ADVANCED).longest(0),
    Field::more_of("employeeOrgData", Kind::Object("employeeOrgData")).filtered(Operators::ADVANCED).longest(0),
    Field::more("employeeType").filtered(Operators::ADVANCED).longest(64),
    Field::text("externalUserState", "external_state").filtered(Operators::EXACT).grouped_sparsely("external_state")
        .values(&["PendingAcceptance", "Accepted"]),
    Field::time("externalUserStateChangeDateTime", "external_state_changed_at").filtered(Operators::EXACT),
    Field::more("faxNumber").longest(64),
    Field::computed("identities", Kind::Objects("objectIdentity"), &["identities", "user_principal_name"], identities)
        .filtered(Operators::EXACT),
    Field::more_of("imAddresses", Kind::Texts).filtered(Operators::NAME),
    Field::text("mailNickname", "mail_nickname").filtered(Operators::NAME).longest(64),
    Field::more_of("onPremisesExtensionAttributes", Kind::Object("onPremisesExtensionAttributes"))
        .filtered(Operators::ADVANCED).longest(0),
    nothing("onPremisesDistinguishedName", Kind::Text),
    nothing("onPremisesDomainName", Kind::Text),
    Field::more("onPremisesImmutableId").filtered(Operators::ADVANCED).longest(256),
    nothing("onPremisesLastSyncDateTime", Kind::Time),
    nothing("onPremisesProvisioningErrors", Kind::Objects("onPremisesProvisioningError")),
    nothing("onPremisesSamAccountName", Kind::Text),
    nothing("onPremisesSecurityIdentifier", Kind::Text),
    nothing("onPremisesSyncEnabled", Kind::Boolean),
    nothing("onPremisesUserPrincipalName", Kind::Text),
    Field::addresses("otherMails", "other_mails").filtered(ADDRESS).found_in(ADDRESSES).needed(250),
    Field::more("passwordPolicies").filtered(Operators::ADVANCED).longest(128),
    nothing("passwordProfile", Kind::Object("passwordProfile")),
    Field::more("postalCode").filtered(Operators::ADVANCED).longest(40),
    Field::more("preferredDataLocation").longest(10),
    Field::addresses("proxyAddresses", "proxy_addresses").filtered(ADDRESS).found_in(ADDRESSES),
    Field::computed("securityIdentifier", Kind::Text, &["id"], security_identifier),
    Field::more_of("showInAddressList", Kind::Boolean).filtered(Operators::ADVANCED).longest(0),
    Field::time("signInSessionsValidFromDateTime", "sessions_valid_from"),
    Field::more("state").filtered(Operators::NAME).longest(128),
    Field::more("streetAddress").filtered(Operators::ADVANCED).longest(1024),
    Field::more("usageLocation").filtered(Operators::NAME).longest(2),
    Field::text("userType", "user_type").filtered(Operators::EXACT.null(Level::Advanced)).grouped("user_type")
        .one_of(&["Member", "Guest"]),
];

/// What a user here never has, or never shows, but its readers look for.
const fn nothing(name: &'static str, kind: Kind) -> Field {
    if let Kind::Objects(_) = kind {
        Field::computed(name, kind, &[], |_| Json::Stored("[]"))
    } else {
        Field::computed(name, kind, &[], |_| Json::Null)
    }
}

/// The federated identities, then the local name. A tenant's issuer is shown as Graph shows it, without the subject.
fn identities(columns: &[Column<'_>]) -> Json<'static> {
    let [Column::Text(stored), Column::Text(name)] = columns else { return Json::Null };
    let federated =
        |provider: String| json!({"signInType": "federated", "issuer": provider, "issuerAssignedId": null});
    let mut list: Vec<_> =
        identities_of(stored).into_iter().map(|identity| federated(identity.provider)).collect();
    let domain = name.rsplit('@').next().unwrap_or_default();
    list.push(json!({"signInType": "userPrincipalName", "issuer": domain, "issuerAssignedId": name}));
    Json::Tree(list.into())
}

/// The id in the form that Windows gives to security identifiers of the cloud.
pub fn security_identifier(columns: &[Column<'_>]) -> Json<'static> {
    let id = columns.first().and_then(|column| Uuid::from_column(*column));
    id.map_or(Json::Null, |id| {
        let bytes = id.to_bytes_le();
        let part = |part: &[u8]| u32::from_le_bytes(part.try_into().unwrap_or_default()).to_string();
        let parts: Vec<String> = bytes.chunks_exact(4).map(part).collect();
        Json::from(format!("S-1-12-1-{}", parts.join("-")))
    })
}
