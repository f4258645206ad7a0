CREATE TABLE role_assignment (
    tenant_id {id} NOT NULL,
    principal_id {id} NOT NULL,
    role_template_id {text} NOT NULL,
    assigned_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, principal_id, role_template_id)
) {strict};
CREATE INDEX role_assignment_role ON role_assignment (tenant_id, role_template_id, principal_id);
