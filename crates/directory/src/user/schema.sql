CREATE TABLE users (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    user_principal_name {text} NOT NULL,
    upn_key {text} NOT NULL,
    display_name {text} NOT NULL,
    mail {text},
    mail_nickname {text},
    user_type {text} NOT NULL,
    account_enabled {bool} NOT NULL,
    creation_type {text},
    external_state {text},
    external_state_changed_at {int},
    given_name {text},
    surname {text},
    job_title {text},
    mobile_phone {text},
    office_location {text},
    preferred_language {text},
    company_name {text},
    business_phones {text} NOT NULL,
    other_mails {text} NOT NULL,
    proxy_addresses {text} NOT NULL,
    identities {text} NOT NULL,
    created_at {int} NOT NULL,
    deleted_at {int},
    sessions_valid_from {int} NOT NULL,
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE UNIQUE INDEX users_upn ON users (tenant_id, upn_key);
CREATE INDEX users_deleted ON users (tenant_id, deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Every address a living user answers to (mail, other mails, proxy addresses), by its key.
CREATE TABLE user_address (
    tenant_id {id} NOT NULL,
    address_key {text} NOT NULL,
    user_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, address_key, user_id)
) {strict};

-- Who may sign in as whom: issuer and subject, and nothing else.
CREATE TABLE user_identity (
    tenant_id {id} NOT NULL,
    issuer {text} NOT NULL,
    subject {text} NOT NULL,
    user_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, issuer, subject)
) {strict};

CREATE TABLE user_sponsor (
    tenant_id {id} NOT NULL,
    user_id {id} NOT NULL,
    sponsor_id {id} NOT NULL,
    sponsor_kind {text} NOT NULL,
    PRIMARY KEY (tenant_id, user_id, sponsor_id)
) {strict};
