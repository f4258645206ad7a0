-- The private key is sealed; the public half is derived from it.
CREATE TABLE signing_key (
    tenant_id {id} NOT NULL,
    kid {text} NOT NULL,
    state {text} NOT NULL,
    sealed {bytes} NOT NULL,
    created_at {int} NOT NULL,
    activated_at {int},
    retired_at {int},
    PRIMARY KEY (tenant_id, kid)
) {strict};
