CREATE TABLE session_account (
    tenant_id {id} NOT NULL,
    browser_digest {bytes} NOT NULL,
    user_id {id} NOT NULL,
    session_id {id} NOT NULL,
    method {text} NOT NULL,
    home_tenant_id {id},
    issuer {text} NOT NULL,
    subject {text} NOT NULL,
    authenticated_at {int} NOT NULL,
    used_at {int} NOT NULL,
    chosen_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    -- What the browser says it is, such as Firefox/Linux.
    device {text},
    PRIMARY KEY (tenant_id, browser_digest, user_id)
) {fleeting};
CREATE INDEX session_account_expiry ON session_account (tenant_id, expires_at);
CREATE INDEX session_account_user ON session_account (tenant_id, user_id, used_at);
