-- What the store itself keeps. Until the first tagged release this file is edited in place.

-- Global: which installation this is. The digest makes a wrong master key an error at start. A restore begins an
-- epoch.
CREATE TABLE installation (
    id {int} NOT NULL PRIMARY KEY,
    master_digest {bytes} NOT NULL,
    sealed_key {bytes} NOT NULL,
    created_at {int} NOT NULL,
    epoch {int} NOT NULL,
    epoch_at {int} NOT NULL,
    epoch_is_settled {bool} NOT NULL
) {strict};

-- Global: all tenants.
CREATE TABLE tenant (
    tenant_id {id} NOT NULL PRIMARY KEY,
    sealed_key {bytes} NOT NULL,
    created_at {int} NOT NULL
) {strict};

-- The lock, the change number, what caches are keyed by, and whether the tenant is in use.
CREATE TABLE tenant_state (
    tenant_id {id} NOT NULL PRIMARY KEY,
    change_number {int} NOT NULL,
    policy_version {int} NOT NULL,
    key_version {int} NOT NULL,
    application_version {int} NOT NULL,
    status {text} NOT NULL,
    status_at {int} NOT NULL
) {strict};

CREATE TABLE feed (
    tenant_id {id} NOT NULL,
    change_number {int} NOT NULL,
    position {int} NOT NULL,
    kind {text} NOT NULL,
    object_id {id} NOT NULL,
    change {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (tenant_id, change_number, position)
) {strict};

CREATE TABLE outbox (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    kind {text} NOT NULL,
    recipient {text} NOT NULL,
    recipient_key {text} NOT NULL,
    recipient_domain {text} NOT NULL,
    language {text} NOT NULL,
    subject_id {id} NOT NULL,
    cause_id {id},
    data {text} NOT NULL,
    created_at {int} NOT NULL,
    due_at {int} NOT NULL,
    state {text} NOT NULL,
    attempts {int} NOT NULL,
    settled_at {int},
    failure {text},
    answer {text},
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE INDEX outbox_subject ON outbox (tenant_id, subject_id, created_at, id);
CREATE INDEX outbox_waiting ON outbox (tenant_id, due_at, id) WHERE state = 'waiting';
-- Rows of a restored backup, until somebody releases or drops them.
CREATE INDEX outbox_held ON outbox (tenant_id, created_at, id) WHERE state = 'held';
CREATE INDEX outbox_settled ON outbox (tenant_id, settled_at, id) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (tenant_id, settled_at, id) WHERE state = 'dead';

-- How many messages ended how on a day (days since 1970).
CREATE TABLE mail_day (
    tenant_id {id} NOT NULL,
    day {int} NOT NULL,
    outcome {text} NOT NULL,
    count {int} NOT NULL,
    PRIMARY KEY (tenant_id, day, outcome)
) {strict};

-- Addresses that a server refused for good.
CREATE TABLE mail_suppression (
    tenant_id {id} NOT NULL,
    address_key {text} NOT NULL,
    address {text} NOT NULL,
    reason {text} NOT NULL,
    since {int} NOT NULL,
    last_at {int} NOT NULL,
    bounces {int} NOT NULL,
    PRIMARY KEY (tenant_id, address_key)
) {strict};

-- What one tenant tells another, until the other has applied it under its own lock.
CREATE TABLE tenant_message (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    to_tenant_id {id} NOT NULL,
    kind {text} NOT NULL,
    data {text} NOT NULL,
    at {int} NOT NULL,
    due_at {int} NOT NULL,
    attempts {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE INDEX tenant_message_due ON tenant_message (due_at, tenant_id, id);

-- Messages of other tenants that were applied here: each is applied once, however often it arrives.
CREATE TABLE received_message (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE INDEX received_message_age ON received_message (tenant_id, at, id);

-- One row per event that a limit counts; pruned as it is counted.
CREATE TABLE rate_event (
    tenant_id {id} NOT NULL,
    name {text} NOT NULL,
    at {int} NOT NULL,
    id {id} NOT NULL,
    PRIMARY KEY (tenant_id, name, at, id)
) {strict};

-- Global: events that a limit counts and that belong to no tenant, each in one of as many slots as may be taken.
CREATE TABLE shared_rate_event (
    name {text} NOT NULL,
    slot {int} NOT NULL,
    at {int} NOT NULL,
    id {id} NOT NULL,
    PRIMARY KEY (name, slot)
) {strict};
CREATE INDEX shared_rate_event_age ON shared_rate_event (at, name, slot);

-- A COMMIT whose answer was lost is looked up here before anything is run again.
CREATE TABLE write_batch (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {fleeting};
CREATE INDEX write_batch_age ON write_batch (tenant_id, at, id);

-- Global: which node runs a job, until when.
CREATE TABLE job_claim (
    name {text} NOT NULL,
    tenant_id {id} NOT NULL,
    node_id {id} NOT NULL,
    lease_until {int} NOT NULL,
    PRIMARY KEY (name, tenant_id)
) {fleeting};
