-- What an administrator has set; a tenant without a row has the defaults.
CREATE TABLE authorization_policy (
    tenant_id {id} NOT NULL PRIMARY KEY,
    allow_invites_from {text} NOT NULL,
    guest_user_role_id {id} NOT NULL
) {strict};
