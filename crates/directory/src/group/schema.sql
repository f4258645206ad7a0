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
    -- What groups are found and ordered by.
    display_name_key {text} NOT NULL,
    mail_nickname_key {text} NOT NULL,
    created_at {int} NOT NULL,
    deleted_at {int},
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE INDEX directory_group_name ON directory_group (tenant_id, display_name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_group_nickname ON directory_group (tenant_id, mail_nickname_key, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_group_created ON directory_group (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_group_deleted ON directory_group (tenant_id, deleted_at, id) WHERE deleted_at IS NOT NULL;

-- What a living group holds alone, by its key: its address and its unique name. A deleted group's are free.
CREATE TABLE group_name (
    tenant_id {id} NOT NULL,
    kind {text} NOT NULL,
    name_key {text} NOT NULL,
    group_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, kind, name_key)
) {strict};

-- The words of a living group's display name but the first, which its key begins with.
CREATE TABLE group_word (
    tenant_id {id} NOT NULL,
    word {text} NOT NULL,
    group_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, word, group_id)
) {strict};
