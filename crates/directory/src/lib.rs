//! Tenants, users, groups, applications, roles, keys, audit.
