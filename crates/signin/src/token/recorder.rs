//! Records of grants without a person at the screen.

use super::issue::TokenAnswer;
use super::service::Circumstances;
use crate::protocol::{Fault, Resource};
use crate::token::claims::Person;
use directory::application::Application;
use kernel::TenantId;

#[derive(Clone, Default)]
pub struct Recorder;

pub struct SignIn;

impl Recorder {
    pub fn record(&self, _sign_in: SignIn) {}
}

impl SignIn {
    pub fn refused_client(
        _tenant: TenantId,
        _application: &Application,
        _fault: &Fault,
        _of: &Circumstances<'_>,
    ) -> Self {
        Self
    }
    pub fn of_client(
        _tenant: TenantId,
        _application: &Application,
        _resource: &Resource,
        _answer: &TokenAnswer,
        _of: &Circumstances<'_>,
    ) -> Self {
        Self
    }
    pub fn of_person(
        _tenant: TenantId,
        _application: &Application,
        _person: &Person,
        _resource: &Resource,
        _answer: &TokenAnswer,
        _of: &Circumstances<'_>,
    ) -> Self {
        Self
    }
}
