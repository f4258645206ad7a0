//! Invitations, redemption, external settings.
