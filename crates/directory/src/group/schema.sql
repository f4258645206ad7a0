CREATE TABLE directory_group (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    display_name {text} NOT NULL,
    mail_nickname {text} NOT NULL,
    mail {text},
    mail_enabled {bool} NOT NULL,
    security_enabled {bool} NOT NULL,
    group_types {text} NOT NULL,
    description {text},
    visibility {text},
    classification {text},
    preferred_data_location {text},
    preferred_language {text},
    theme {text},
    unique_name {text},
    created_at {int} NOT NULL,
    deleted_at {int},
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE INDEX directory_group_deleted ON directory_group (tenant_id, deleted_at, id) WHERE deleted_at IS NOT NULL;

-- What a living group holds alone, by its key: its address and its unique name. A deleted group's are free.
CREATE TABLE group_name (
    tenant_id {id} NOT NULL,
    kind {text} NOT NULL,
    name_key {text} NOT NULL,
    group_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, kind, name_key)
) {strict};
