//! What clients ask before they sign anybody in: OpenID configuration, keys, the instance, the account's realm, and
//! the description of the cloud that command-line clients and Terraform want.

pub mod documents;
mod endpoint;

pub use endpoint::Discovery;

use module::Module;

pub fn module(discovery: Discovery) -> Module {
    Module {
        name: "signin::discovery",
        pages: Some(Box::new(move |_| endpoint::routes(discovery))),
        ..Module::default()
    }
}
