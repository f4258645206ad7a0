//! Microsoft Graph wire plumbing: a slice says which paths it answers, who may call them and what its
//! entities look like; everything else about the wire is here.
//!
//! ```
//! use graph::{Access, Call, Entity, Json, Property, Reply, Route};
//!
//! struct Group { id: String, name: String, description: Option<String> }
//!
//! const GROUP: Entity<Group> = Entity::new("microsoft.graph.group", "groups", &[
//!     Property::default("id", |group: &Group| Json::from(&group.id)),
//!     Property::default("displayName", |group: &Group| Json::from(&group.name)),
//!     Property::selectable("description", |group: &Group| Json::from(group.description.as_deref())),
//! ]);
//!
//! const READ: Access = Access::Scoped { delegated: &["Group.Read.All"], application: &["Group.Read.All"] };
//!
//! async fn get_group(call: Call) -> kernel::Result<Reply> {
//!     let shape = call.shape(&GROUP)?; // reads `$select` before anything is done
//!     let group = Group { id: call.key("group").to_owned(), name: "Guests".into(), description: None };
//!     Ok(Reply::entity(&shape, &group))
//! }
//!
//! let routes = vec![Route::get("/groups/{group}", READ, get_group)];
//! # assert_eq!(routes[0].path(), "/groups/{group}");
//! ```

mod access;
mod batch;
mod call;
mod caller;
mod change;
mod cross_origin;
mod entity;
mod entity_type;
mod envelope;
mod epoch;
mod json;
pub mod list;
mod metadata;
mod object;
mod path;
mod reply;
mod request;
mod route;
mod route_pattern;
mod router;
mod text;
mod throttle;

pub use access::Access;
pub use call::{Call, Version};
pub use caller::{Authenticate, BoxFuture, Caller, Subject};
pub use change::Changed;
pub use entity::{Entity, Property, Shape};
pub use entity_type::{ComplexType, Compute, EntityType, Field, Kind, Level, Operators, Side};
pub use json::Json;
pub use list::{Condition, List, Scope};
pub use metadata::metadata;
pub use object::{Object, TextChange, missing};
pub use odata::{Filter, Query, QueryOption};
pub use reply::Reply;
pub use route::Route;
pub use route_pattern::RoutePattern;
pub use router::router;
pub use text::{fold, fold_address, later_words, words};
pub use throttle::{Budget, CurrentBudget};
