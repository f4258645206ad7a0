CREATE TABLE application (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    app_id {id} NOT NULL,
    display_name {text} NOT NULL,
    is_public {bool} NOT NULL,
    enabled {bool} NOT NULL,
    redirect_uris {text} NOT NULL,
    spa_redirect_uris {text} NOT NULL,
    public_client_redirect_uris {text} NOT NULL,
    identifier_uris {text} NOT NULL,
    created_at {int} NOT NULL,
    deleted_at {int},
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE UNIQUE INDEX application_app_id ON application (tenant_id, app_id);

-- A secret as its keyed digest; the hint is what Graph shows of it.
CREATE TABLE application_secret (
    tenant_id {id} NOT NULL,
    application_id {id} NOT NULL,
    id {id} NOT NULL,
    digest {bytes} NOT NULL,
    hint {text} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, application_id, id)
) {strict};

-- Application permissions of Graph, by name.
CREATE TABLE app_role_grant (
    tenant_id {id} NOT NULL,
    application_id {id} NOT NULL,
    role {text} NOT NULL,
    granted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, application_id, role)
) {strict};

-- Delegated permissions consented to. The nil user stands for everybody: a key has no null.
CREATE TABLE scope_grant (
    tenant_id {id} NOT NULL,
    application_id {id} NOT NULL,
    user_id {id} NOT NULL,
    scope {text} NOT NULL,
    granted_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, application_id, user_id, scope)
) {strict};

-- Every redirect URI in its parsed form, for the question whether anybody registered it.
CREATE TABLE application_redirect (
    tenant_id {id} NOT NULL,
    uri {text} NOT NULL,
    application_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, uri, application_id)
) {strict};

-- Global: the tenant an application is registered in.
CREATE TABLE application_home (
    app_id {id} NOT NULL PRIMARY KEY,
    tenant_id {id} NOT NULL
) {strict};
