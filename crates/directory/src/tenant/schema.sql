CREATE TABLE organization (
    tenant_id {id} NOT NULL PRIMARY KEY,
    display_name {text} NOT NULL,
    initial_domain {text} NOT NULL,
    domains {text} NOT NULL,
    privacy_statement_url {text},
    notification_language {text},
    link_lifetime_days {int} NOT NULL CHECK (link_lifetime_days BETWEEN 1 AND 365),
    mail_sender {text},
    created_at {int} NOT NULL
) {strict};

-- Global: which tenant a verified domain belongs to. One tenant each.
CREATE TABLE domain_tenant (
    name {text} NOT NULL PRIMARY KEY,
    tenant_id {id} NOT NULL
) {strict};
