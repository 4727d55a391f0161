-- Who may send, and who did: assertions that were used, and the audit log.

CREATE TABLE used_assertion (
    issuer        text   NOT NULL,
    jti           text   NOT NULL CHECK (length(jti) BETWEEN 1 AND 256),
    expires_at_us bigint NOT NULL,
    PRIMARY KEY (issuer, jti)
);
COMMENT ON TABLE used_assertion IS
    'Client assertions (RFC 7523) that were taken, so that none is taken twice by any replica; forgotten some time after they expire';
COMMENT ON COLUMN used_assertion.issuer IS 'The client that signed it';
COMMENT ON COLUMN used_assertion.jti IS 'The name that the client gave it';
COMMENT ON COLUMN used_assertion.expires_at_us IS 'When it expires, in microseconds since the epoch';
CREATE INDEX used_assertion_expiry ON used_assertion (expires_at_us);

CREATE TABLE audit_chain (
    chain    text   PRIMARY KEY,
    sequence bigint NOT NULL CHECK (sequence >= 0),
    hash     bytea  NOT NULL CHECK (octet_length(hash) = 32)
);
COMMENT ON TABLE audit_chain IS 'The end of each chain of the audit log; whoever appends to a chain locks its row';
COMMENT ON COLUMN audit_chain.chain IS 'The instance that writes the chain: replicas do not wait for one another';
COMMENT ON COLUMN audit_chain.sequence IS 'The number of its last record; 0 when it has none';
COMMENT ON COLUMN audit_chain.hash IS 'The hash of its last record; 32 zeros when it has none';

CREATE TABLE audit_record (
    chain         text   NOT NULL REFERENCES audit_chain,
    sequence      bigint NOT NULL CHECK (sequence > 0),
    at_us         bigint NOT NULL,
    actor         text   NOT NULL,
    action        text   NOT NULL,
    resource_type text   NOT NULL,
    outcome       text   NOT NULL,
    record_count  bigint NOT NULL CHECK (record_count >= 0),
    patient       text   NOT NULL,
    correlation   text   NOT NULL,
    key_id        text   NOT NULL,
    previous_hash bytea  NOT NULL CHECK (octet_length(previous_hash) = 32),
    hash          bytea  NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (chain, sequence)
);
COMMENT ON TABLE audit_record IS 'Who did what, when, with what outcome. Each record holds the hash of the one before it; none is changed or removed';
COMMENT ON COLUMN audit_record.at_us IS 'When, in microseconds since the epoch';
COMMENT ON COLUMN audit_record.actor IS 'The client, or peer:<address> of who is not known';
COMMENT ON COLUMN audit_record.action IS 'What was done or tried: token, submit, ...';
COMMENT ON COLUMN audit_record.resource_type IS 'What it was done to: a FHIR type or a feed; empty when it is about none';
COMMENT ON COLUMN audit_record.outcome IS 'accepted, or the code of the refusal';
COMMENT ON COLUMN audit_record.record_count IS 'How many records it was about';
COMMENT ON COLUMN audit_record.patient IS 'The pseudonym of the person; empty when it is about none or several';
COMMENT ON COLUMN audit_record.correlation IS 'What joins it to logs and traces: the trace id of the request';
COMMENT ON COLUMN audit_record.key_id IS 'The key of the hash (HMAC-SHA-256); empty for plain SHA-256';
COMMENT ON COLUMN audit_record.hash IS 'The hash over previous_hash and every column above it, each after its length';

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_record is only ever appended to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_record_stays BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_record_is_not_emptied BEFORE TRUNCATE ON audit_record
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
