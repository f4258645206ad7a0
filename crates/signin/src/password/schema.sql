CREATE TABLE user_password (
    tenant_id {id} NOT NULL,
    user_id {id} NOT NULL,
    hash {text} NOT NULL,
    changed_at {int} NOT NULL,
    -- Good for one sign-in, which asks for another password.
    is_one_time {bool} NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
) {strict};
