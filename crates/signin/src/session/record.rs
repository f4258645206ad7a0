//! How a sign-in at a page is kept in the sign-in log.

use directory::sign_in_log::{ClientApp, HomeUser, Outcome, SignIn, SignInKind, SignInUser};
use directory::user::User;
use kernel::{Act, Rng};

/// A sign-in at a page, to no application.
pub fn at_page(rng: Rng, act: &Act, user: Option<&User>, home: Option<HomeUser>, outcome: Outcome) -> SignIn {
    SignIn {
        id: rng.uuid(),
        kind: SignInKind::InteractiveUser,
        correlation: act.correlation,
        user: user.map(|user| SignInUser {
            id: user.id,
            display_name: user.display_name.clone(),
            user_principal_name: user.user_principal_name.clone(),
            is_guest: user.is_guest(),
        }),
        home,
        application: None,
        resource: None,
        resource_tenant: None,
        client: ClientApp::Browser,
        network: act.network,
        user_agent: None,
        outcome,
    }
}

/// A failure by the number of its `AADSTS` error.
pub fn failure(error_code: u32, reason: &str) -> Outcome {
    Outcome::Failure { error_code, reason: reason.to_owned() }
}
