//! What goes into a statement and what comes out of a row, the same on both engines: ids are 16 bytes, times
//! are microseconds, JSON is text.

use crate::statement::Statement;
use bytes::BytesMut;
use kernel::{
    AppId, ApplicationId, AuditEventId, CorrelationId, EmailAddress, Error, GroupId, InvitationId, Language,
    ObjectId, OutboxId, Result, SessionId, TenantId, Timestamp, UserId,
};
use rusqlite::types::{ToSqlOutput, ValueRef};
use serde::{Serialize, de::DeserializeOwned};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Bool(bool),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
}

/// Named parameters of one call; build it with `params![id: user_id, at: now]`.
#[derive(Clone, Debug, Default)]
pub struct Params(pub Vec<(&'static str, Value)>);

#[macro_export]
macro_rules! params {
    () => { $crate::Params(Vec::new()) };
    ($($name:ident: $value:expr),+ $(,)?) => {
        $crate::Params(vec![$((stringify!($name), $crate::Value::from($value))),+])
    };
}

impl Params {
    /// The values in the order of the statement's numbers. `:tenant` comes from the scope.
    pub(crate) fn bind(self, statement: &Statement, tenant: Option<TenantId>) -> Result<Vec<Value>> {
        let names = &statement.compiled().names;
        let mut given = self.0;
        let mut values = Vec::with_capacity(names.len());
        for name in names {
            if *name == "tenant" {
                let tenant = tenant.ok_or_else(|| misuse(statement, "needs a tenant scope"))?;
                values.push(Value::Id(tenant.0));
                continue;
            }
            let position = given.iter().position(|(known, _)| known == name);
            let position = position.ok_or_else(|| misuse(statement, &format!("lacks :{name}")))?;
            values.push(
                given
                    .get_mut(position)
                    .map_or(Value::Null, |(_, value)| std::mem::replace(value, Value::Null)),
            );
        }
        given.retain(|(known, _)| !names.contains(known));
        match given.first() {
            Some((name, _)) => Err(misuse(statement, &format!("has no :{name}"))),
            None => Ok(values),
        }
    }
}

fn misuse(statement: &Statement, what: &str) -> Error {
    Error::internal(format!("statement {} {what}", statement.name))
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}
impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}
impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}
impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}
impl From<Uuid> for Value {
    fn from(value: Uuid) -> Self {
        Self::Id(value)
    }
}
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(value.as_microsecond())
    }
}
impl From<&EmailAddress> for Value {
    fn from(value: &EmailAddress) -> Self {
        Self::Text(value.as_str().to_owned())
    }
}
impl From<Language> for Value {
    fn from(value: Language) -> Self {
        Self::Text(value.tag().to_owned())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A value kept as JSON text.
pub struct Json<T>(pub T);

impl<T: Serialize> From<Json<&T>> for Value {
    fn from(value: Json<&T>) -> Self {
        // Only maps with keys that are no text fail here, and none is stored.
        serde_json::to_string(value.0).map_or(Self::Null, Self::Text)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Bool(value) => ValueRef::Integer(i64::from(*value)),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
            Self::Id(value) => ValueRef::Blob(value.as_bytes()),
        }))
    }
}

type Boxed = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Boxed> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Int(value) => value.to_sql(&Type::INT8, out),
            Self::Bool(value) => value.to_sql(&Type::BOOL, out),
            Self::Text(value) => value.to_sql(&Type::TEXT, out),
            Self::Bytes(value) => value.to_sql(&Type::BYTEA, out),
            Self::Id(value) => value.to_sql(&Type::UUID, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

/// One column as it lies in the row.
#[derive(Clone, Copy, Debug)]
pub enum Column<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

struct Raw<'a>(Column<'a>);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> std::result::Result<Self, Boxed> {
        Ok(Self(match *kind {
            Type::INT8 => Column::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Column::Int(i32::from_sql(kind, raw)?.into()),
            Type::BOOL => Column::Int(bool::from_sql(kind, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::NAME => Column::Text(std::str::from_utf8(raw)?),
            Type::BYTEA | Type::UUID => Column::Bytes(raw),
            _ => return Err(format!("a column of type {kind} is not in the portable subset").into()),
        }))
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Boxed> {
        Ok(Self(Column::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A row under the cursor.
pub enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T> {
        let column = self.column(index)?;
        T::from_column(column).ok_or_else(|| {
            Error::internal(format!("column {index} does not hold a {}", std::any::type_name::<T>()))
        })
    }

    /// The column without a copy.
    pub fn column(&self, index: usize) -> Result<Column<'_>> {
        match self {
            Self::Sqlite(row) => match row.get_ref(index).map_err(Error::internal)? {
                ValueRef::Null => Ok(Column::Null),
                ValueRef::Integer(value) => Ok(Column::Int(value)),
                ValueRef::Text(text) => std::str::from_utf8(text).map(Column::Text).map_err(Error::internal),
                ValueRef::Blob(bytes) => Ok(Column::Bytes(bytes)),
                ValueRef::Real(_) => Err(Error::internal("no column is a floating point number")),
            },
            Self::Postgres(row) => row.try_get::<_, Raw<'_>>(index).map(|raw| raw.0).map_err(Error::internal),
        }
    }

    pub fn json<T: DeserializeOwned>(&self, index: usize) -> Result<T> {
        let Column::Text(text) = self.column(index)? else {
            return Err(Error::internal(format!("column {index} holds no JSON")));
        };
        serde_json::from_str(text).map_err(Error::internal)
    }
}

pub trait FromColumn: Sized {
    fn from_column(column: Column<'_>) -> Option<Self>;
}

impl FromColumn for i64 {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if let Column::Int(value) = column { Some(value) } else { None }
    }
}
impl FromColumn for u32 {
    fn from_column(column: Column<'_>) -> Option<Self> {
        i64::from_column(column).and_then(|value| value.try_into().ok())
    }
}
impl FromColumn for bool {
    fn from_column(column: Column<'_>) -> Option<Self> {
        i64::from_column(column).map(|value| value != 0)
    }
}
impl FromColumn for String {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if let Column::Text(value) = column { Some(value.to_owned()) } else { None }
    }
}
impl FromColumn for Vec<u8> {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if let Column::Bytes(value) = column { Some(value.to_vec()) } else { None }
    }
}
impl FromColumn for Uuid {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if let Column::Bytes(value) = column { Self::from_slice(value).ok() } else { None }
    }
}
impl FromColumn for Timestamp {
    fn from_column(column: Column<'_>) -> Option<Self> {
        i64::from_column(column).and_then(|micros| Self::from_microsecond(micros).ok())
    }
}
impl FromColumn for EmailAddress {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if let Column::Text(value) = column { Self::parse(value).ok() } else { None }
    }
}
impl FromColumn for Language {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if let Column::Text(value) = column { Self::from_tag(value) } else { None }
    }
}
impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(column: Column<'_>) -> Option<Self> {
        if matches!(column, Column::Null) { Some(None) } else { T::from_column(column).map(Some) }
    }
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl From<$name> for Value { fn from(id: $name) -> Self { Self::Id(id.0) } }
        impl FromColumn for $name {
            fn from_column(column: Column<'_>) -> Option<Self> { Uuid::from_column(column).map(Self) }
        }
    )*};
}
ids!(
    AppId,
    ApplicationId,
    AuditEventId,
    CorrelationId,
    GroupId,
    InvitationId,
    ObjectId,
    OutboxId,
    SessionId,
    TenantId,
    UserId
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scope;

    #[test]
    fn parameters_must_match_the_statement() {
        let statement = Statement::new("t", "SELECT 1 WHERE :tenant = :tenant AND :a = :b", Scope::Tenant);
        let tenant = TenantId(Uuid::nil());
        let bound = params![b: 2, a: "x"].bind(&statement, Some(tenant)).unwrap();
        assert_eq!(bound, [Value::Id(Uuid::nil()), Value::Text("x".into()), Value::Int(2)]);
        assert!(params![a: 1].bind(&statement, Some(tenant)).is_err());
        assert!(params![a: 1, b: 2, c: 3].bind(&statement, Some(tenant)).is_err());
        assert!(params![a: 1, b: 2].bind(&statement, None).is_err());
    }
}
