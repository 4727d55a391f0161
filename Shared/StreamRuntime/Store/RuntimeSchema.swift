public import PostgresClient

/// The runtime's tables. They live in the service's own schema, beside its domain tables, so that one transaction holds both.
///
/// The runtime's migrations take the versions 1 to 99; a service's own begin at 100.
public enum RuntimeSchema {
    /// Forward-only migrations, in order.
    public static let migrations: [Migration] = [
        Migration(version: 1, name: "runtime tables", sql: tables),
        Migration(version: 2, name: "quarantine", sql: quarantine),
        Migration(version: 3, name: "state versions", sql: stateVersions),
    ]

    private static let stateVersions = """
        ALTER TABLE keyed_state ADD COLUMN version bigint NOT NULL DEFAULT 0;
        COMMENT ON COLUMN keyed_state.version IS
            'Grows with every change; whoever saves a state names the version that it was made from, and a state that moved on stays';
        """

    private static let quarantine = """
        ALTER TABLE dead_letter
            ADD COLUMN disposition text NOT NULL DEFAULT 'rejected' CHECK (disposition IN ('rejected', 'quarantined')),
            ADD COLUMN sealed_in uuid,
            ALTER COLUMN sealed_record DROP NOT NULL,
            ADD CHECK ((sealed_record IS NULL) <> (sealed_in IS NULL));
        COMMENT ON COLUMN dead_letter.disposition IS
            'rejected: it could not be taken; quarantined: it is held back until a person has looked at it';
        COMMENT ON COLUMN dead_letter.sealed_in IS
            'The letter whose sealed_record holds the record, when several parts of one record are here';
        """

    private static let tables = """
        CREATE TABLE stream_position (
            lane_id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            consumer_group  text NOT NULL,
            topic           text NOT NULL,
            partition       integer NOT NULL,
            epoch           bigint NOT NULL,
            next_offset     bigint NOT NULL DEFAULT 0,
            outbox_sequence bigint NOT NULL DEFAULT 0,
            watermark_us    bigint,
            owner           text NOT NULL,
            lease_until     timestamptz,
            updated_at      timestamptz NOT NULL DEFAULT now(),
            UNIQUE (consumer_group, topic, partition)
        ) WITH (fillfactor = 50);
        COMMENT ON TABLE stream_position IS
            'Where each partition (or request lane) stands, and who may move it: the holder of the epoch';
        COMMENT ON COLUMN stream_position.epoch IS 'Raised by each new owner; a transaction of an older epoch changes nothing';
        COMMENT ON COLUMN stream_position.next_offset IS 'The first offset whose effect is not in this database';
        COMMENT ON COLUMN stream_position.outbox_sequence IS 'The last sequence number handed out; the numbers of a lane are dense';

        CREATE TABLE outbox_cursor (
            lane_id            integer PRIMARY KEY REFERENCES stream_position,
            epoch              bigint NOT NULL,
            published_through  bigint NOT NULL DEFAULT 0,
            documented_through bigint NOT NULL DEFAULT 0
        ) WITH (fillfactor = 50);
        COMMENT ON TABLE outbox_cursor IS
            'Up to which sequence the relay has published a lane''s events, and written its documents';

        CREATE TABLE outbox (
            lane_id       integer NOT NULL,
            sequence      bigint NOT NULL,
            kind          integer NOT NULL,
            destination   text NOT NULL,
            record_key    text NOT NULL,
            event_id      uuid,
            event_type    text,
            event_time_us bigint,
            version       bigint,
            traceparent   text,
            payload       bytea NOT NULL,
            created_at    timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (lane_id, sequence)
        );
        COMMENT ON COLUMN outbox.kind IS '0: an event for the topic `destination`; 1: a document for the collection `destination`';

        CREATE TABLE inbox (
            event_id    uuid PRIMARY KEY,
            received_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX inbox_received_at ON inbox USING brin (received_at);
        COMMENT ON TABLE inbox IS 'The identities of the events whose effect is in this database';

        CREATE TABLE keyed_state (
            consumer_group text NOT NULL,
            state_key      text NOT NULL,
            state          bytea NOT NULL,
            PRIMARY KEY (consumer_group, state_key)
        ) WITH (fillfactor = 70);

        CREATE TABLE parked_event (
            lane_id         integer NOT NULL,
            state_key       text NOT NULL,
            record_offset   bigint NOT NULL,
            ordinal         integer NOT NULL,
            event_id        uuid NOT NULL,
            attempts        integer NOT NULL,
            next_attempt_at timestamptz NOT NULL,
            reason_code     text NOT NULL,
            sealed_record   bytea NOT NULL,
            PRIMARY KEY (lane_id, state_key, record_offset, ordinal)
        );
        COMMENT ON TABLE parked_event IS 'Events that wait for another attempt; later events of the same key wait behind them';

        CREATE TABLE dead_letter (
            dead_letter_id  uuid PRIMARY KEY,
            source_topic    text NOT NULL,
            source_partition integer NOT NULL,
            source_offset   bigint NOT NULL,
            ordinal         integer NOT NULL,
            reason_code     text NOT NULL,
            place           text NOT NULL,
            detail          text NOT NULL,
            attempts        integer NOT NULL,
            payload_sha256  bytea NOT NULL,
            sealed_record   bytea NOT NULL,
            key_id          text NOT NULL,
            created_at      timestamptz NOT NULL DEFAULT now(),
            replayed_at     timestamptz
        );
        COMMENT ON COLUMN dead_letter.sealed_record IS 'The whole record (key, value, headers), AES-256-GCM, bound to dead_letter_id';
        """
}
