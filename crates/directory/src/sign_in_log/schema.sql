-- Narrow: what Graph shows of a sign-in and Lodge knows. No change number: signing in changes no directory object.
CREATE TABLE sign_in (
    tenant_id {id} NOT NULL,
    kind {text} NOT NULL,
    at {int} NOT NULL,
    id {id} NOT NULL,
    correlation_id {id} NOT NULL,
    user_id {id},
    user_principal_name {text},
    user_display_name {text},
    user_type {text},
    home_tenant_id {id},
    app_id {id},
    app_display_name {text},
    service_principal_id {id},
    resource_id {id},
    resource_display_name {text},
    client_app_used {text} NOT NULL,
    network {text},
    user_agent {text},
    error_code {int} NOT NULL,
    failure {text},
    PRIMARY KEY (tenant_id, kind, at, id)
) {strict};
