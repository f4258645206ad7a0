//! The delegated permissions of Graph and who may consent to each (graph.md 7).

/// Who can say yes to a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grantable {
    /// The person who signs in, for themselves.
    ByUser,
    /// An administrator, for everybody.
    ByAdministrator,
}

/// The scope's own spelling and who may grant it; nothing for a scope that Graph does not have. Clients differ in
/// the case of scope names.
pub(super) fn graph_scope(name: &str) -> Option<(&'static str, Grantable)> {
    let among =
        |names: &'static [&'static str]| names.iter().find(|one| one.eq_ignore_ascii_case(name)).copied();
    among(BY_USER)
        .map(|name| (name, Grantable::ByUser))
        .or_else(|| among(BY_ADMINISTRATOR).map(|name| (name, Grantable::ByAdministrator)))
}

const BY_USER: &[&str] = &[
    "User.Read",
    "User.ReadWrite",
    "User.ReadBasic.All",
    "Policy.Read.ConditionalAccess",
    "LicenseAssignment.ReadWrite.All",
    "Mail.Send",
];

const BY_ADMINISTRATOR: &[&str] = &[
    "User.Read.All",
    "User.ReadWrite.All",
    "User.Invite.All",
    "User.Export.All",
    "User.ManageIdentities.All",
    "User.EnableDisableAccount.All",
    "User.RevokeSessions.All",
    "User.DeleteRestore.All",
    "User-PasswordProfile.ReadWrite.All",
    "User-Mail.ReadWrite.All",
    "User-Phone.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
    "Application.Read.All",
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "DelegatedPermissionGrant.Read.All",
    "RoleManagement.Read.All",
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "OrganizationalBranding.Read.All",
    "OrganizationalBranding.ReadWrite.All",
    "Domain.Read.All",
    "Domain.ReadWrite.All",
    "Policy.Read.All",
    "Policy.ReadWrite.Authorization",
    "Policy.ReadWrite.CrossTenantAccess",
    "Policy.ReadWrite.ExternalIdentities",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.AuthenticationFlows",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.ReadWrite.ConsentRequest",
    "Policy.Read.PermissionGrant",
    "Policy.ReadWrite.PermissionGrant",
    "Policy.ReadWrite.SecurityDefaults",
    "IdentityProvider.Read.All",
    "IdentityProvider.ReadWrite.All",
    "AuditLog.Read.All",
    "Reports.Read.All",
    "Agreement.Read.All",
    "Agreement.ReadWrite.All",
    "AgreementAcceptance.Read",
    "AgreementAcceptance.Read.All",
    "AccessReview.Read.All",
    "AccessReview.ReadWrite.All",
    "EntitlementManagement.Read.All",
    "EntitlementManagement.ReadWrite.All",
    "CrossTenantInformation.ReadBasic.All",
    "CrossTenantUserProfileSharing.Read.All",
    "MultiTenantOrganization.Read.All",
    "MultiTenantOrganization.ReadWrite.All",
    "AdministrativeUnit.Read.All",
    "AdministrativeUnit.ReadWrite.All",
    "UserAuthenticationMethod.Read",
    "UserAuthenticationMethod.Read.All",
    "UserAuthenticationMethod.ReadWrite",
    "UserAuthenticationMethod.ReadWrite.All",
    "ProfilePhoto.Read.All",
    "ProfilePhoto.ReadWrite.All",
    "Subscription.Read.All",
    "IdentityRiskyUser.Read.All",
    "IdentityRiskEvent.Read.All",
    "Member.Read.Hidden",
    "Synchronization.ReadWrite.All",
];
