-- Acknowledgements of HL7 v2 messages: a repeat of a message (same sender, same MSH-10) gets the same bytes again.
CREATE TABLE hl7_acknowledgement (
    sender_key      text   NOT NULL,
    control_id      text   NOT NULL,
    content_hash    bytea  NOT NULL CHECK (octet_length(content_hash) = 32),
    acknowledgement bytea  NOT NULL,
    received_at_us  bigint NOT NULL,
    PRIMARY KEY (sender_key, control_id)
);
COMMENT ON TABLE hl7_acknowledgement IS 'One row for each HL7 v2 message that was answered over MLLP: the answer that a repeat gets again';
COMMENT ON COLUMN hl7_acknowledgement.sender_key IS 'The connection''s source, MSH-3 and MSH-4';
COMMENT ON COLUMN hl7_acknowledgement.control_id IS 'MSH-10';
COMMENT ON COLUMN hl7_acknowledgement.content_hash IS 'SHA-256 of the message';
COMMENT ON COLUMN hl7_acknowledgement.acknowledgement IS 'The answer as it went over the wire, framed; empty when the sender wanted none';
COMMENT ON COLUMN hl7_acknowledgement.received_at_us IS 'When the message was first received, in microseconds since the epoch';
CREATE INDEX hl7_acknowledgement_age ON hl7_acknowledgement (received_at_us);
