//! The vocabulary that the OAuth 2.0 and OpenID Connect endpoints share: parameters, the tenant segment, scopes,
//! redirect URIs and errors. Pure: nothing here reads the store or the clock.

mod fault;
mod parameters;
mod permissions;
mod redirect_uri;
mod resource;
mod scope;
mod segment;

pub use fault::{Fault, FaultBody, Trace};
pub use parameters::Parameters;
pub(crate) use parameters::decode as decode_component;
pub use permissions::Grantable;
pub use redirect_uri::{RedirectUri, ResponseMode};
pub use resource::{Resource, ResourceKind};
pub use scope::{Asking, RequestedScopes};
pub use segment::Segment;
