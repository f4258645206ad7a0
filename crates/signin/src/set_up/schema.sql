-- One link for each user: a newer one replaces an older one.
CREATE TABLE set_up_link (
    tenant_id {id} NOT NULL,
    user_id {id} NOT NULL,
    token_digest {bytes} NOT NULL,
    expires_at {int} NOT NULL,
    used_at {int},
    PRIMARY KEY (tenant_id, user_id)
) {fleeting};
CREATE UNIQUE INDEX set_up_link_digest ON set_up_link (tenant_id, token_digest);
