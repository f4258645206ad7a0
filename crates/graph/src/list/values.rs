//! Some properties of one row, as they are shown: what an audit event tells of a change.

use super::columns::Columns;
use super::{Scope, one};
use crate::entity_type::{EntityType, Field};
use ::store::Read;
use kernel::Result;
use uuid::Uuid;

/// Each property as JSON text, in the order of `fields`; none if the row is not there.
pub async fn values(
    read: &mut impl Read,
    entity: &'static EntityType,
    id: Uuid,
    fields: &[&'static Field],
) -> Result<Option<Vec<String>>> {
    let mut columns = Columns::default();
    columns.add("id");
    let slots: Vec<usize> = fields.iter().map(|field| columns.add_field(field)).collect();
    let mut values = Vec::with_capacity(slots.len());
    let visit = |row: &::store::Row<'_>| {
        let cells = columns.read(row);
        for slot in &slots {
            let mut text = Vec::new();
            cells.at(*slot)?.write(&mut text);
            values.push(String::from_utf8(text).map_err(kernel::Error::internal)?);
        }
        Ok(())
    };
    let found = one(read, entity, Scope::Living, &columns, id, visit).await?;
    Ok(found.then_some(values))
}
