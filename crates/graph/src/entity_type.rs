//! The one description of an entity that lies in a table: what its properties are called, what they hold, where they
//! lie, who may filter, order and change by them. `$select`, `$filter`, `$orderby`, `$search`, the answers, POST,
//! PATCH and `$metadata` all read it, so a property is one line in one place:
//!
//! ```
//! use graph::{EntityType, Field, Level::*, Operators};
//!
//! static GROUP: EntityType = EntityType::new("microsoft.graph.group", "groups", "security_group", &[
//!     Field::id(),
//!     Field::text("displayName", "display_name").by_default().longest(256).filtered(Operators::NAME)
//!         .keyed("display_name_key").ordered(Default),
//!     Field::text("description", "description").by_default().longest(1024).filtered(Operators::ADVANCED),
//!     Field::more("theme").longest(64),
//! ]);
//! assert!(GROUP.field("DISPLAYNAME").is_some());
//! ```
//!
//! A table has the columns `tenant_id`, `id` and `deleted_at`, the index `(tenant_id, id)`, for each key a column that
//! is never null and an index `(tenant_id, key, id)`, and, if it has properties that are nobody's column, `more` with a
//! JSON object.

use crate::Json;
use store::Column;

pub struct EntityType {
    pub(crate) name: &'static str,
    pub(crate) set: &'static str,
    pub(crate) table: &'static str,
    pub(crate) fields: &'static [Field],
    /// The key that found rows are ordered by when the request does not say.
    pub(crate) name_key: Option<&'static str>,
    pub(crate) complex: &'static [ComplexType],
}

/// What objects inside an entity are made of: members that are texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComplexType {
    pub name: &'static str,
    pub members: &'static [&'static str],
}

impl EntityType {
    /// `name` such as `microsoft.graph.user`, `set` as `@odata.context` names it, such as `users`.
    pub const fn new(
        name: &'static str,
        set: &'static str,
        table: &'static str,
        fields: &'static [Field],
    ) -> Self {
        let mut name_key = None;
        let mut rest = fields;
        while let [field, behind @ ..] = rest {
            if let (None, Some(key)) = (name_key, field.sort_key) {
                name_key = Some(key);
            }
            rest = behind;
        }
        Self { name, set, table, fields, name_key, complex: &[] }
    }

    /// The types of the objects inside it.
    #[must_use]
    pub const fn with(mut self, complex: &'static [ComplexType]) -> Self {
        self.complex = complex;
        self
    }

    /// The same entity for whoever may see these properties and no other: the others are there without a value, and
    /// nothing is found by them. Made once for each kind of reader.
    #[must_use]
    pub fn veiled(&self, visible: &[&str]) -> Self {
        let veil = |field: &Field| {
            let is_visible = visible.contains(&field.name);
            if is_visible { *field } else { field.veiled() }
        };
        let fields: Vec<Field> = self.fields.iter().map(veil).collect();
        Self { fields: fields.leak(), ..*self }
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn set(&self) -> &'static str {
        self.set
    }

    pub fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// As messages name it: `User`.
    pub fn resource(&self) -> String {
        let last = self.name.rsplit('.').next().unwrap_or(self.name);
        let mut letters = last.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    }

    /// Names are compared without case.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// A property of an entity that lies in a table.
#[derive(Clone, Copy)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) source: Source,
    pub(crate) is_default: bool,
    pub(crate) operators: Operators,
    pub(crate) order: Option<Level>,
    /// The key column that rows are ordered by.
    pub(crate) sort_key: Option<&'static str>,
    pub(crate) index: Index,
    pub(crate) words: Option<Side>,
    /// The only values there are; empty if any will do.
    pub(crate) values: &'static [&'static str],
    pub(crate) change: Change,
}

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Compared without case.
    Text,
    /// Compared without ASCII case and nothing else, as all addresses are.
    Address,
    Boolean,
    /// Kept in microseconds, shown and compared in whole seconds.
    Time,
    Id,
    /// JSON text: an array of texts, or of addresses.
    Texts,
    Addresses,
    /// JSON text: an object, or an array of objects, of the complex type named.
    Object(&'static str),
    Objects(&'static str),
}

/// Where the value lies.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    Column(&'static str),
    /// In the JSON object of the column `more`, under the property's own name.
    More,
    Computed(&'static [&'static str], Compute),
}

/// Makes a value of some columns.
pub type Compute = for<'a> fn(&[Column<'a>]) -> Json<'a>;

/// What a request needs to use an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Never,
    Default,
    /// `ConsistencyLevel: eventual` and `$count=true`.
    Advanced,
}

/// The operators of `$filter` that a property takes. `ne`, `not`, `endsWith` and `/$count` are advanced wherever they
/// are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operators {
    pub(crate) equal: Level,
    pub(crate) within: Level,
    pub(crate) starts: Level,
    pub(crate) range: Level,
    pub(crate) null: Level,
    pub(crate) ends: bool,
}

impl Operators {
    pub const NONE: Self = Self {
        equal: Level::Never,
        within: Level::Never,
        starts: Level::Never,
        range: Level::Never,
        null: Level::Never,
        ends: false,
    };
    /// `eq` and `in`.
    pub const EXACT: Self = Self { equal: Level::Default, within: Level::Default, ..Self::NONE };
    /// What most names take.
    pub const NAME: Self =
        Self { starts: Level::Default, range: Level::Default, null: Level::Advanced, ..Self::EXACT };
    /// Everything but `endsWith`, each with `ConsistencyLevel: eventual`.
    pub const ADVANCED: Self = Self {
        equal: Level::Advanced,
        within: Level::Advanced,
        starts: Level::Advanced,
        range: Level::Advanced,
        null: Level::Advanced,
        ends: false,
    };
    /// What times take.
    pub const MOMENT: Self =
        Self { equal: Level::Default, within: Level::Advanced, range: Level::Default, ..Self::NONE };

    #[must_use]
    pub const fn starts(mut self, level: Level) -> Self {
        self.starts = level;
        self
    }

    #[must_use]
    pub const fn range(mut self, level: Level) -> Self {
        self.range = level;
        self
    }

    #[must_use]
    pub const fn null(mut self, level: Level) -> Self {
        self.null = level;
        self
    }

    #[must_use]
    pub const fn ends(mut self) -> Self {
        self.ends = true;
        self
    }
}

/// How rows with a value are found without reading all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    None,
    Id,
    /// A column with what the property is compared by, which is never null, and `(tenant_id, column, id)`.
    Key(&'static str),
    /// A column compared for equality, and `(tenant_id, column, name key, id)`.
    Exact(&'static str),
    /// The same for a column that is null in most rows, so that few have any one value.
    Sparse(&'static str),
    /// Few rows have this value: the condition of a partial index over `(tenant_id, name key, id)`.
    Rare(bool, &'static str),
    /// Another table has the values.
    Side(Side),
}

/// A table with `tenant_id`, a key and the row it belongs to, in this order in its primary key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    pub table: &'static str,
    pub key: &'static str,
    pub owner: &'static str,
}

/// How POST and PATCH may change a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Never,
    /// At most so many characters, or elements of a collection.
    Within(usize),
    /// The same, and it cannot be null.
    Needed(usize),
}

impl Field {
    pub const fn id() -> Self {
        let mut id = Self::new("id", Kind::Id, Source::Column("id"));
        id.index = Index::Id;
        id.operators = Operators::EXACT;
        id.is_default = true;
        id
    }

    /// An id that is not the object's own.
    pub const fn other_id(name: &'static str, column: &'static str) -> Self {
        Self::new(name, Kind::Id, Source::Column(column))
    }

    pub const fn text(name: &'static str, column: &'static str) -> Self {
        Self::new(name, Kind::Text, Source::Column(column))
    }

    pub const fn address(name: &'static str, column: &'static str) -> Self {
        Self::new(name, Kind::Address, Source::Column(column))
    }

    pub const fn boolean(name: &'static str, column: &'static str) -> Self {
        Self::new(name, Kind::Boolean, Source::Column(column))
    }

    pub const fn time(name: &'static str, column: &'static str) -> Self {
        Self::new(name, Kind::Time, Source::Column(column))
    }

    pub const fn texts(name: &'static str, column: &'static str) -> Self {
        Self::new(name, Kind::Texts, Source::Column(column))
    }

    pub const fn addresses(name: &'static str, column: &'static str) -> Self {
        Self::new(name, Kind::Addresses, Source::Column(column))
    }

    /// A text that has no column of its own.
    pub const fn more(name: &'static str) -> Self {
        Self::new(name, Kind::Text, Source::More)
    }

    /// Something else that has no column of its own.
    pub const fn more_of(name: &'static str, kind: Kind) -> Self {
        Self::new(name, kind, Source::More)
    }

    pub const fn computed(
        name: &'static str,
        kind: Kind,
        columns: &'static [&'static str],
        compute: Compute,
    ) -> Self {
        Self::new(name, kind, Source::Computed(columns, compute))
    }

    const fn new(name: &'static str, kind: Kind, source: Source) -> Self {
        Self {
            name,
            kind,
            source,
            is_default: false,
            operators: Operators::NONE,
            order: None,
            sort_key: None,
            index: Index::None,
            words: None,
            values: &[],
            change: Change::Never,
        }
    }

    /// Written unless `$select` names others.
    #[must_use]
    pub const fn by_default(mut self) -> Self {
        self.is_default = true;
        self
    }

    #[must_use]
    pub const fn filtered(mut self, operators: Operators) -> Self {
        self.operators = operators;
        self
    }

    /// `column` has the property in the form it is compared by ([`crate::fold`]), or the time itself; the rows can be
    /// found and ordered by it.
    #[must_use]
    pub const fn keyed(mut self, column: &'static str) -> Self {
        self.index = Index::Key(column);
        self.sort_key = Some(column);
        self
    }

    /// The rows are only ordered by `column`, which has the property in the form it is compared by.
    #[must_use]
    pub const fn sorted(mut self, column: &'static str) -> Self {
        self.sort_key = Some(column);
        self
    }

    /// `column` has the property in the form it is compared by; the rows that equal a value are found, in the order of
    /// their names.
    #[must_use]
    pub const fn grouped(mut self, column: &'static str) -> Self {
        self.index = Index::Exact(column);
        self
    }

    /// The same where most rows have no value.
    #[must_use]
    pub const fn grouped_sparsely(mut self, column: &'static str) -> Self {
        self.index = Index::Sparse(column);
        self
    }

    /// The few rows with this value are found by the condition of a partial index.
    #[must_use]
    pub const fn rarely(mut self, value: bool, condition: &'static str) -> Self {
        self.index = Index::Rare(value, condition);
        self
    }

    /// Another table has the property's values, or more than those.
    #[must_use]
    pub const fn found_in(mut self, side: Side) -> Self {
        self.index = Index::Side(side);
        self
    }

    /// `$search` finds words of this property; `side` has all but the first ([`crate::later_words`]).
    #[must_use]
    pub const fn searched_in(mut self, side: Side) -> Self {
        self.words = Some(side);
        self
    }

    /// There are no other values, however they are spelt.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    /// POST and PATCH take one of these values, or null.
    #[must_use]
    pub const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self.change = Change::Within(64);
        self
    }

    /// `$orderby` takes it; the field has a key.
    #[must_use]
    pub const fn ordered(mut self, level: Level) -> Self {
        self.order = Some(level);
        self
    }

    /// POST and PATCH take it: null, or at most so many characters or elements.
    #[must_use]
    pub const fn longest(mut self, length: usize) -> Self {
        self.change = Change::Within(length);
        self
    }

    /// The same for a property that cannot be null.
    #[must_use]
    pub const fn needed(mut self, length: usize) -> Self {
        self.change = Change::Needed(length);
        self
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    fn veiled(&self) -> Self {
        let none: Compute = if self.is_collection() { |_| Json::Stored("[]") } else { |_| Json::Null };
        Self { is_default: self.is_default, ..Self::new(self.name, self.kind, Source::Computed(&[], none)) }
    }

    pub(crate) fn is_collection(&self) -> bool {
        matches!(self.kind, Kind::Texts | Kind::Addresses | Kind::Objects(_))
    }
}

/// What a condition without any property would speak of.
pub(crate) static ID: Field = Field::id();
