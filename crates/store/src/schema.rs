//! The store's own tables.

use crate::{Migration, TenantStatus};

pub(crate) const MIGRATION: Migration = Migration { name: "store", sql: include_str!("schema.sql") };

/// The versions in a tenant's state row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    pub change_number: i64,
    pub policy: i64,
    pub key: i64,
    pub application: i64,
    pub status: TenantStatus,
}

crate::statements! {
    VERSIONS: hot = "SELECT change_number, policy_version, key_version, application_version, status
        FROM tenant_state WHERE tenant_id = :tenant";
    /// The first statement of every write: takes the tenant's lock and its next number in one.
    LOCK: hot = "UPDATE tenant_state SET change_number = change_number + 1 WHERE tenant_id = :tenant
        RETURNING change_number";
    BUMP_POLICY: tenant = "UPDATE tenant_state SET policy_version = policy_version + 1 WHERE tenant_id = :tenant";
    BUMP_KEY: tenant = "UPDATE tenant_state SET key_version = key_version + 1 WHERE tenant_id = :tenant";
    BUMP_APPLICATION: tenant =
        "UPDATE tenant_state SET application_version = application_version + 1 WHERE tenant_id = :tenant";
    INSERT_FEED: tenant = "INSERT INTO feed (tenant_id, change_number, position, kind, object_id, change, at)
        VALUES (:tenant, :number, :position, :kind, :object, :change, :at)";
    /// The oldest first: change numbers grow with time.
    PURGE_FEED: hot = "DELETE FROM feed WHERE tenant_id = :tenant AND at < :before AND (change_number, position) IN (
        SELECT change_number, position FROM feed WHERE tenant_id = :tenant
        ORDER BY change_number, position LIMIT :limit)";
    INSERT_STATE: tenant = "INSERT INTO tenant_state (tenant_id, change_number, policy_version, key_version,
            application_version, status, status_at) VALUES (:tenant, 0, 1, 1, 1, 'active', :at)";
    CHANGE_STATUS: tenant = "UPDATE tenant_state SET status = :to, status_at = :now, policy_version = policy_version + 1
        WHERE tenant_id = :tenant AND status = :from";
    DELETE_STATE: tenant = "DELETE FROM tenant_state WHERE tenant_id = :tenant";
    INSERT_BATCH: tenant = "INSERT INTO write_batch (tenant_id, id, at) VALUES (:tenant, :id, :at)";
    PURGE_BATCH: hot = "DELETE FROM write_batch WHERE tenant_id = :tenant AND id IN (
        SELECT id FROM write_batch WHERE tenant_id = :tenant AND at < :before ORDER BY at, id LIMIT :limit)";
    FIND_BATCH: hot = "SELECT at FROM write_batch WHERE tenant_id = :tenant AND id = :id";

    LIST_TENANTS: global = "SELECT tenant_id FROM tenant_state WHERE status = 'active' ORDER BY tenant_id";
    LIST_ALL_TENANTS: global = "SELECT tenant_id, status, status_at FROM tenant_state ORDER BY tenant_id";
    DELETE_TENANT: global = "DELETE FROM tenant WHERE tenant_id = :tenant";
    FIND_TENANT_KEY: global = "SELECT sealed_key FROM tenant WHERE tenant_id = :id";
    INSERT_TENANT: global = "INSERT INTO tenant (tenant_id, sealed_key, created_at) VALUES (:tenant, :sealed_key, :at)";
    FIND_INSTALLATION: global = "SELECT master_digest, sealed_key, epoch, epoch_at, epoch_is_settled
        FROM installation WHERE id = 1";
    INSERT_INSTALLATION: global = "INSERT INTO installation (id, master_digest, sealed_key, created_at, epoch, epoch_at,
            epoch_is_settled)
        VALUES (1, :master_digest, :sealed_key, :at, 1, :at, :settled)";
    SETTLE_EPOCH: global = "UPDATE installation SET epoch_is_settled = :settled WHERE id = 1 AND epoch = :epoch";
    RESEAL_INSTALLATION: global = "UPDATE installation SET master_digest = :master_digest, sealed_key = :sealed_key
        WHERE id = 1 AND master_digest = :known";
    RESEAL_TENANT: global = "UPDATE tenant SET sealed_key = :sealed_key
        WHERE tenant_id = :tenant AND sealed_key = :known";
    CLAIM_JOB: global = "INSERT INTO job_claim (name, tenant_id, node_id, lease_until)
        VALUES (:name, :tenant, :node, :lease_until)
        ON CONFLICT (name, tenant_id) DO UPDATE SET node_id = excluded.node_id, lease_until = excluded.lease_until
        WHERE job_claim.lease_until <= :now OR job_claim.node_id = excluded.node_id";
    FIND_JOB: global = "SELECT lease_until FROM job_claim WHERE name = :name AND tenant_id = :tenant";
}
