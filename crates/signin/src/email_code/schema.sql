-- One code for each browser, purpose and subject; the digits are derived from its id.
CREATE TABLE email_code (
    tenant_id {id} NOT NULL,
    browser_digest {bytes} NOT NULL,
    purpose {text} NOT NULL,
    subject_id {id} NOT NULL,
    id {id} NOT NULL,
    mailed {bool} NOT NULL,
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    tries {int} NOT NULL,
    proven_at {int},
    PRIMARY KEY (tenant_id, browser_digest, purpose, subject_id)
) {fleeting};
CREATE UNIQUE INDEX email_code_id ON email_code (tenant_id, id);
CREATE INDEX email_code_age ON email_code (tenant_id, created_at);
