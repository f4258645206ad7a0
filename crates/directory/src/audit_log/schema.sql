CREATE TABLE audit_event (
    tenant_id {id} NOT NULL,
    at {int} NOT NULL,
    id {id} NOT NULL,
    activity {text} NOT NULL,
    category {text} NOT NULL,
    service {text} NOT NULL,
    operation {text} NOT NULL,
    failure {text},
    actor_kind {text} NOT NULL,
    actor_id {id},
    actor_name {text} NOT NULL,
    actor_login {text},
    network {text},
    -- The first of the targets, which the others are about as well.
    target_id {id},
    targets {text} NOT NULL,
    details {text} NOT NULL,
    correlation_id {id} NOT NULL,
    change_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, at, id)
) {strict};
CREATE INDEX audit_event_target ON audit_event (tenant_id, target_id, at, id) WHERE target_id IS NOT NULL;
