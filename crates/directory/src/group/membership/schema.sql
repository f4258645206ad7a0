-- Who is a member or an owner of which group. A deleted member's rows are hidden, so that they come back with it;
-- a deleted group keeps its rows, and whoever looks from the member's side skips the group.
CREATE TABLE group_link (
    tenant_id {id} NOT NULL,
    group_id {id} NOT NULL,
    relation {text} NOT NULL,
    object_kind {text} NOT NULL,
    object_id {id} NOT NULL,
    is_hidden {bool} NOT NULL,
    changed_at_number {int} NOT NULL,
    PRIMARY KEY (tenant_id, group_id, relation, object_kind, object_id)
) {strict};
CREATE INDEX group_link_object ON group_link (tenant_id, object_id, relation, group_id);
