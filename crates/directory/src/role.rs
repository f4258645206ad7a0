//! Directory roles and who holds them. The template ids are Entra's; the table of what a role may do grows
//! with the slices that ask for one.

mod store;
#[cfg(test)]
mod tests;

pub use self::store::{assign, holders, list_of};

use module::Tables;

pub const TABLES: Tables = Tables { migration: Some(store::MIGRATION), statements: store::STATEMENTS };

/// A built-in role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    GlobalAdministrator,
    GlobalReader,
    UserAdministrator,
    GuestInviter,
    DirectoryReaders,
    DirectoryWriters,
    PrivilegedRoleAdministrator,
    SecurityAdministrator,
    SecurityReader,
    ReportsReader,
    GroupsAdministrator,
}

impl Role {
    pub const ALL: [Self; 11] = [
        Self::GlobalAdministrator,
        Self::GlobalReader,
        Self::UserAdministrator,
        Self::GuestInviter,
        Self::DirectoryReaders,
        Self::DirectoryWriters,
        Self::PrivilegedRoleAdministrator,
        Self::SecurityAdministrator,
        Self::SecurityReader,
        Self::ReportsReader,
        Self::GroupsAdministrator,
    ];

    pub fn template_id(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "62e90394-69f5-4237-9190-012177145e10",
            Self::GlobalReader => "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
            Self::UserAdministrator => "fe930be7-5e62-47db-91af-98c3a49a38b1",
            Self::GuestInviter => "95e79109-95c0-4d8e-aee3-d01accf2d47b",
            Self::DirectoryReaders => "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
            Self::DirectoryWriters => "9360feb5-f418-4baa-8175-e2a00bac4301",
            Self::PrivilegedRoleAdministrator => "e8611ab8-c189-46e8-94e1-60213ab1f814",
            Self::SecurityAdministrator => "194ae4cb-b126-40b2-bd5b-6091b380977d",
            Self::SecurityReader => "5d6b6bb7-de71-4623-b4af-96380a352509",
            Self::GroupsAdministrator => "fdd7a751-b60b-444a-984c-02652fe8fa1c",
            Self::ReportsReader => "4a5d8f65-41da-4de4-8968-e035b65339cf",
        }
    }

    pub fn display_name(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "Global Administrator",
            Self::GlobalReader => "Global Reader",
            Self::UserAdministrator => "User Administrator",
            Self::GuestInviter => "Guest Inviter",
            Self::DirectoryReaders => "Directory Readers",
            Self::DirectoryWriters => "Directory Writers",
            Self::PrivilegedRoleAdministrator => "Privileged Role Administrator",
            Self::SecurityAdministrator => "Security Administrator",
            Self::SecurityReader => "Security Reader",
            Self::GroupsAdministrator => "Groups Administrator",
            Self::ReportsReader => "Reports Reader",
        }
    }

    pub fn named(display_name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.display_name() == display_name)
    }

    pub fn of_template(template_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.template_id() == template_id)
    }
}
