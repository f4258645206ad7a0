-- The numbers of forms that were sent, so that a second press does nothing twice. `landing` is where it led.
CREATE TABLE portal_form (
    tenant_id {id} NOT NULL,
    once {id} NOT NULL,
    user_id {id} NOT NULL,
    landing {text},
    at {int} NOT NULL,
    PRIMARY KEY (tenant_id, once)
) {strict};
CREATE INDEX portal_form_age ON portal_form (tenant_id, at, once);
