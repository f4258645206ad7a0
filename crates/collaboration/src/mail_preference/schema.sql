CREATE TABLE mail_preference (
    tenant_id {id} NOT NULL,
    address_key {text} NOT NULL,
    blocked_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, address_key)
) {strict};

-- Global: whom an address has blocked, so that its owner finds them again. Only the keyed digest is kept.
CREATE TABLE mail_preference_tenant (
    digest {bytes} NOT NULL,
    tenant_id {id} NOT NULL,
    PRIMARY KEY (digest, tenant_id)
) {strict};

-- Global: addresses that want no invitation mail of anybody here.
CREATE TABLE mail_preference_everywhere (
    digest {bytes} NOT NULL PRIMARY KEY,
    blocked_at {int} NOT NULL
) {strict};
