CREATE TABLE invitation_batch (
    tenant_id {id} NOT NULL,
    id {id} NOT NULL,
    created_at {int} NOT NULL,
    -- Who invites: what they may is looked up anew for each address.
    inviter_id {id} NOT NULL,
    message {text},
    language {text},
    redirect_url {text} NOT NULL,
    -- A limit lets the next one leave at this time.
    resume_at {int} NOT NULL,
    finished_at {int},
    PRIMARY KEY (tenant_id, id)
) {strict};
CREATE INDEX invitation_batch_unfinished ON invitation_batch (tenant_id, created_at, id) WHERE finished_at IS NULL;

CREATE TABLE invitation_batch_item (
    tenant_id {id} NOT NULL,
    batch_id {id} NOT NULL,
    position {int} NOT NULL,
    address {text} NOT NULL,
    outcome {text} NOT NULL,
    user_id {id},
    -- Of a refusal: the rule and its sentence.
    rule {text},
    sentence {text},
    PRIMARY KEY (tenant_id, batch_id, position)
) {strict};
CREATE INDEX invitation_batch_item_outcome ON invitation_batch_item (tenant_id, batch_id, outcome, position);
