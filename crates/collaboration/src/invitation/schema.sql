CREATE TABLE invitation (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    user_id {id} NOT NULL,
    address {text} NOT NULL,
    generation {int} NOT NULL,
    state {text} NOT NULL,
    issued_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    redirect_url {text} NOT NULL,
    inviter {text},
    inviter_id {id},
    message {text},
    language {text} NOT NULL,
    mailed {bool} NOT NULL,
    delivery {text},
    delivery_at {int},
    delivery_reason {text},
    opened_at {int},
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE UNIQUE INDEX invitation_user ON invitation (tenant_id, user_id);
CREATE INDEX invitation_open ON invitation (tenant_id, issued_at, id) WHERE state = 'open';

-- Global: where a typed code leads. Only its keyed digest is kept, and only that of the newest generation.
CREATE TABLE invitation_code (
    digest {bytes} NOT NULL PRIMARY KEY,
    tenant_id {id} NOT NULL,
    invitation_id {id} NOT NULL
) {strict};
