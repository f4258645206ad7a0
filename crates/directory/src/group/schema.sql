CREATE TABLE security_group (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    display_name {text} NOT NULL,
    created_at {int} NOT NULL,
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};

CREATE TABLE group_member (
    tenant_id {id} NOT NULL,
    group_id {id} NOT NULL,
    member_id {id} NOT NULL,
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, group_id, member_id)
) {strict};
