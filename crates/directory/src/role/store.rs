//! The statements of role assignments.

use super::Role;
use crate::audit_log::{self, Event, Operation, Service};
use crate::user::User;
use kernel::{Act, Result, Rng, UserId};
use store::{Change, Migration, Read, Tx, params};

pub const MIGRATION: Migration = Migration { name: "directory::role", sql: include_str!("schema.sql") };

/// The roles a user holds.
pub async fn list_of(read: &mut impl Read, principal: UserId) -> Result<Vec<Role>> {
    let roles = read.rows(&LIST_OF, params![principal: principal], |row| row.get::<String>(0)).await?;
    Ok(roles.iter().filter_map(|template| Role::of_template(template)).collect())
}

/// The users that hold a role, by their ids.
pub async fn holders(read: &mut impl Read, role: Role) -> Result<Vec<UserId>> {
    read.rows(&HOLDERS, params![role: role.template_id()], |row| row.get(0)).await
}

pub async fn assign(tx: &mut Tx, rng: Rng, act: &Act, user: &User, role: Role) -> Result<()> {
    let params = params![principal: user.id, role: role.template_id(), at: tx.now()];
    if tx.execute(&INSERT, params).await? == 0 {
        return Ok(());
    }
    tx.feed("roleAssignment", user.id, Change::Created).await?;
    let event = Event::new("Add member to role", Service::CoreDirectory, Operation::Other)
        .in_category("RoleManagement")
        .about(user.target())
        .with("Role", role.display_name());
    audit_log::record(tx, rng, act, event).await?;
    Ok(())
}

store::statements! {
    LIST_OF: hot = "SELECT role_template_id FROM role_assignment
        WHERE tenant_id = :tenant AND principal_id = :principal ORDER BY role_template_id";
    HOLDERS: hot = "SELECT principal_id FROM role_assignment
        WHERE tenant_id = :tenant AND role_template_id = :role ORDER BY principal_id LIMIT 20";
    INSERT: tenant = "INSERT INTO role_assignment (tenant_id, principal_id, role_template_id, assigned_at)
        VALUES (:tenant, :principal, :role, :at) ON CONFLICT DO NOTHING";
}
