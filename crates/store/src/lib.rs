//! SQLite and PostgreSQL behind one handle.
