//! Microsoft Graph wire plumbing.
