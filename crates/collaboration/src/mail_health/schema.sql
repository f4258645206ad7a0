-- What the records of a sender domain were worth when they were looked up last.
CREATE TABLE mail_domain (
    tenant_id {id} NOT NULL,
    domain {text} NOT NULL,
    report {text} NOT NULL,
    failure {text},
    looked_up_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, domain)
) {strict};
