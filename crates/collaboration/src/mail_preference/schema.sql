CREATE TABLE mail_preference (
    tenant_id {id} NOT NULL,
    address_key {text} NOT NULL,
    blocked_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, address_key)
) {strict};
