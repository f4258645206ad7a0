//! Whether a tenant is in use, and the end of one that was deleted: every row of it, in bounded steps.

use crate::catalog::{self, Kind, Table};
use crate::job::{Lane, Order};
use crate::{Column, GlobalStore, Params, Read, Row, Scope, Statement, Store, Tx, Value, params, schema};
use kernel::{Error, Result, SignedDuration, TenantId, Timestamp};
use std::sync::Arc;
use uuid::Uuid;

/// How long a deleted tenant can be brought back.
pub const RETENTION: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Rows that one step takes away.
const ROWS: i64 = 100;

/// Whether a tenant is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantStatus {
    Active,
    /// Nobody gets in, nothing leaves; all is kept.
    Disabled,
    /// The same, and its end is [`RETENTION`] away.
    Deleted,
    /// Its rows are being taken away: it does not come back.
    Purging,
}

impl TenantStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
            Self::Purging => "purging",
        }
    }

    /// What is not known is not in use.
    pub(crate) fn parse(text: &str) -> Self {
        [Self::Active, Self::Deleted, Self::Purging]
            .into_iter()
            .find(|status| status.as_str() == text)
            .unwrap_or(Self::Disabled)
    }
}

impl crate::FromColumn for TenantStatus {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if let Column::Text(text) = column { Some(Self::parse(text)) } else { None }
    }
}

/// A tenant as an operator lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TenantRecord {
    pub id: TenantId,
    pub status: TenantStatus,
    /// Since when.
    pub since: Timestamp,
}

impl GlobalStore {
    /// Every tenant, whatever its status.
    pub async fn all_tenants(&self) -> Result<Vec<TenantRecord>> {
        let record =
            |row: &Row<'_>| Ok(TenantRecord { id: row.get(0)?, status: row.get(1)?, since: row.get(2)? });
        self.rows(&schema::LIST_ALL_TENANTS, Params::default(), record).await
    }
}

impl Tx {
    /// Changes the status of this tenant if it is `from`; what caches know of the tenant is stale from now on.
    pub async fn change_status(&mut self, from: TenantStatus, to: TenantStatus) -> Result<bool> {
        let params = params![from: from.as_str(), to: to.as_str(), now: self.now()];
        Ok(self.execute(&schema::CHANGE_STATUS, params).await? == 1)
    }
}

impl Store {
    /// Takes away some rows of a tenant that was deleted long enough ago; whether there may be more to do.
    pub async fn purge_tenants(&self) -> Result<bool> {
        let before = self.clock().now().checked_sub(RETENTION).unwrap_or(Timestamp::MIN);
        let due = self.global().all_tenants().await?.into_iter().find(|tenant| match tenant.status {
            TenantStatus::Purging => true,
            TenantStatus::Deleted => tenant.since <= before,
            TenantStatus::Active | TenantStatus::Disabled => false,
        });
        let Some(due) = due else { return Ok(false) };
        if due.status == TenantStatus::Deleted {
            // From here on nobody brings it back.
            let begin = |mut tx: Tx, _: Arc<()>| async move {
                tx.change_status(TenantStatus::Deleted, TenantStatus::Purging).await
            };
            self.tenant(due.id).write((), begin).await?;
        }
        for table in self.purges()? {
            if self.purge(due.id, table).await? {
                return Ok(true);
            }
        }
        let end = |mut tx: Tx, _: Arc<()>| async move {
            tx.execute(&schema::DELETE_STATE, Params::default()).await?;
            tx.execute_global(&schema::DELETE_TENANT, Params::default()).await
        };
        self.submit(due.id, Order::Unordered, Lane::Background, (), end).await?;
        Ok(true)
    }

    /// Whether any row of this table was there. They are looked for by a reader, so that nobody waits for a table
    /// that does not begin with the tenant.
    async fn purge(&self, tenant: TenantId, purge: &'static Purge) -> Result<bool> {
        let keys = self
            .tenant(tenant)
            .scan((), move |mut snapshot, ()| async move {
                snapshot.rows(&purge.find, params![limit: ROWS], |row| purge.key_of(row)).await
            })
            .await?;
        let any = !keys.is_empty();
        let delete = move |mut tx: Tx, keys: Arc<Vec<Params>>| async move {
            for key in keys.iter() {
                tx.execute(&purge.delete, key.clone()).await?;
            }
            Ok(())
        };
        self.submit(tenant, Order::Unordered, Lane::Background, keys, delete).await?;
        Ok(any)
    }

    fn purges(&self) -> Result<&'static [Purge]> {
        if let Some(known) = self.kept_purges().get() {
            return Ok(known);
        }
        let made = self.make_purges()?;
        Ok(self.kept_purges().get_or_init(|| made))
    }

    /// One for each table that holds rows of tenants, but for the two that end last.
    fn make_purges(&self) -> Result<&'static [Purge]> {
        let tables = catalog::tables(self.migrations())?;
        let of_tenants = tables.iter().rev().filter(|table| table.has("tenant_id"));
        let purges: Vec<Purge> = of_tenants
            .filter(|table| table.name != "tenant" && table.name != "tenant_state")
            .map(Purge::of)
            .collect();
        Ok(Box::leak(purges.into_boxed_slice()))
    }
}

/// How the rows of one table are found and deleted by their key. Statements live as long as the process.
pub(crate) struct Purge {
    find: Statement,
    delete: Statement,
    key: Vec<(&'static str, Kind)>,
}

impl Purge {
    fn of(table: &Table) -> Self {
        let key: Vec<(&'static str, Kind)> = table
            .columns
            .iter()
            .filter(|column| table.key.contains(&column.name) && column.name != "tenant_id")
            .map(|column| (leak(column.name.clone()), column.kind))
            .collect();
        let names: Vec<&str> = key.iter().map(|(name, _)| *name).collect();
        let found = if names.is_empty() { "1".to_owned() } else { names.join(", ") };
        let conditions =
            names.iter().fold(String::new(), |text, name| text + &format!(" AND {name} = :{name}"));
        let name = &table.name;
        let find = format!("SELECT {found} FROM {name} WHERE tenant_id = :tenant LIMIT :limit");
        let delete = format!("DELETE FROM {name} WHERE tenant_id = :tenant{conditions}");
        Self {
            find: Statement::new("store::tenants::find", leak(find), Scope::Tenant),
            delete: Statement::new("store::tenants::delete", leak(delete), Scope::Tenant),
            key,
        }
    }

    fn key_of(&self, row: &Row<'_>) -> Result<Params> {
        let cell = |(at, (name, kind)): (usize, &(&'static str, Kind))| {
            let value = match (kind, row.column(at)?) {
                (Kind::Id, Column::Bytes(bytes)) => {
                    Value::Id(Uuid::from_slice(bytes).map_err(Error::internal)?)
                }
                (Kind::Bool, Column::Int(value)) => Value::Bool(value != 0),
                (_, Column::Bytes(bytes)) => Value::from(bytes),
                (_, Column::Int(value)) => Value::from(value),
                (_, Column::Text(text)) => Value::from(text),
                (_, Column::Null) => Value::Null,
            };
            Ok((*name, value))
        };
        self.key.iter().enumerate().map(cell).collect::<Result<_>>().map(Params)
    }
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
