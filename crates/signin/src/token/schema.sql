-- One row per authorization code, by its keyed digest. A row outlives its code by a day, so that a second use is
-- recognised for what it is.
CREATE TABLE authorization_code (
    tenant_id {id} NOT NULL,
    digest {bytes} NOT NULL,
    grant_id {id} NOT NULL,
    app_id {id} NOT NULL,
    user_id {id} NOT NULL,
    session_id {id} NOT NULL,
    redirect_uri {text} NOT NULL,
    client_kind {text} NOT NULL,
    challenge {text},
    scope {text} NOT NULL,
    nonce {text},
    methods {text} NOT NULL,
    authenticated_at {int} NOT NULL,
    issued_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    redeemed_at {int},
    PRIMARY KEY (tenant_id, digest)
) {fleeting};
CREATE INDEX authorization_code_expiry ON authorization_code (tenant_id, expires_at, digest);

-- One row per refresh token, by its keyed digest. Tokens of one grant share its id and die together.
CREATE TABLE refresh_token (
    tenant_id {id} NOT NULL,
    digest {bytes} NOT NULL,
    grant_id {id} NOT NULL,
    app_id {id} NOT NULL,
    user_id {id} NOT NULL,
    session_id {id} NOT NULL,
    client_kind {text} NOT NULL,
    scope {text} NOT NULL,
    methods {text} NOT NULL,
    authenticated_at {int} NOT NULL,
    issued_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, digest)
) {fleeting};
CREATE INDEX refresh_token_grant ON refresh_token (tenant_id, grant_id, digest);
CREATE INDEX refresh_token_expiry ON refresh_token (tenant_id, expires_at, digest);
