-- What a person has allowed an application, as scope names in one text. What an administrator allowed for
-- everybody lies with the application.
CREATE TABLE user_consent (
    tenant_id {id} NOT NULL,
    app_id {id} NOT NULL,
    user_id {id} NOT NULL,
    scopes {text} NOT NULL,
    changed_at {int} NOT NULL,
    PRIMARY KEY (tenant_id, app_id, user_id)
) {strict};
