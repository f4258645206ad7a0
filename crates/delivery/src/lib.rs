//! What leaves the process: mail, jobs, the loops that drain the outbox.
