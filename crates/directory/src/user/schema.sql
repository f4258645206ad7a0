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
    -- What has no column of its own: a JSON object.
    more {text} NOT NULL,
    -- What users are found and ordered by; empty where there is no address, null where there is no company.
    display_name_key {text} NOT NULL,
    mail_key {text} NOT NULL,
    company_key {text},
    created_at {int} NOT NULL,
    deleted_at {int},
    sessions_valid_from {int} NOT NULL,
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE UNIQUE INDEX users_upn ON users (tenant_id, upn_key);
CREATE INDEX users_deleted ON users (tenant_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX users_name ON users (tenant_id, display_name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX users_mail ON users (tenant_id, mail_key, id) WHERE deleted_at IS NULL;
CREATE INDEX users_created ON users (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX users_type ON users (tenant_id, user_type, display_name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX users_state ON users (tenant_id, external_state, display_name_key, id)
    WHERE external_state IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX users_company ON users (tenant_id, company_key, display_name_key, id)
    WHERE company_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX users_disabled ON users (tenant_id, display_name_key, id)
    WHERE NOT account_enabled AND deleted_at IS NULL;

-- The words of a living user's display name but the first, which its key begins with.
CREATE TABLE user_word (
    tenant_id {id} NOT NULL,
    word {text} NOT NULL,
    user_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, word, user_id)
) {strict};

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

CREATE TABLE user_manager (
    tenant_id {id} NOT NULL,
    user_id {id} NOT NULL,
    manager_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
) {strict};
CREATE INDEX user_manager_reports ON user_manager (tenant_id, manager_id, user_id);

-- A list's filter under a name, of one person.
CREATE TABLE user_view (
    tenant_id {id} NOT NULL,
    owner_id {id} NOT NULL,
    id {id} NOT NULL,
    name {text} NOT NULL,
    query {text} NOT NULL,
    PRIMARY KEY (tenant_id, owner_id, id)
) {strict};
