//! `lodge dev`: a seeded server on a laptop in place of a cloud tenant.

pub mod card;
pub mod clock;
pub mod files;
pub mod routes;
pub mod seed;
