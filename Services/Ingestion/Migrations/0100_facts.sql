-- Facts as rows: one for each event, its natural key the event's id; who may read which tenant's; and the view for BI.

CREATE TABLE reader_grant (
    role_name text    NOT NULL,
    tenant    text    NOT NULL,
    may_write boolean NOT NULL DEFAULT false,
    PRIMARY KEY (role_name, tenant)
);
COMMENT ON TABLE reader_grant IS
    'Which login role (session_user) may read, and which may write, which tenant''s facts; tenant * stands for all';
COMMENT ON COLUMN reader_grant.role_name IS 'The login role, as session_user names it; SET ROLE does not change it';
COMMENT ON COLUMN reader_grant.tenant IS 'The tenant, or * for every tenant';
COMMENT ON COLUMN reader_grant.may_write IS 'True for the role that the service runs under';
INSERT INTO reader_grant (role_name, tenant, may_write) VALUES (session_user, '*', true);

CREATE TABLE observation (
    event_id          uuid   PRIMARY KEY,
    record_id         uuid   NOT NULL,
    tenant            text   NOT NULL,
    patient           text   NOT NULL,
    code              text   NOT NULL,
    code_system       text   NOT NULL,
    display           text   NOT NULL,
    value_type        text   NOT NULL CHECK (value_type IN ('quantity', 'text', 'coded', 'boolean', 'absent')),
    value_quantity    double precision,
    value_text        text,
    value_code_system text,
    value_boolean     boolean,
    unit              text   NOT NULL,
    original_value    text   NOT NULL,
    original_unit     text   NOT NULL,
    status            text   NOT NULL,
    effective_at_us   bigint NOT NULL,
    effective_end_us  bigint,
    received_at_us    bigint NOT NULL,
    source            text   NOT NULL,
    device_id         text   NOT NULL,
    resource_id       text   NOT NULL,
    model_version     text   NOT NULL,
    CHECK ((value_type = 'quantity') = (value_quantity IS NOT NULL)),
    CHECK ((value_type = 'boolean') = (value_boolean IS NOT NULL)),
    CHECK ((value_type IN ('text', 'coded', 'absent')) = (value_text IS NOT NULL))
);
COMMENT ON TABLE observation IS 'One row for each health.observation.recorded.v1 event';
COMMENT ON COLUMN observation.record_id IS 'The submitted record that told it: the _id of its source document';
CREATE INDEX observation_series ON observation (patient, code, effective_at_us);

CREATE TABLE medication (
    event_id       uuid   PRIMARY KEY,
    record_id      uuid   NOT NULL,
    tenant         text   NOT NULL,
    patient        text   NOT NULL,
    code           text   NOT NULL,
    code_system    text   NOT NULL,
    display        text   NOT NULL,
    status         text   NOT NULL,
    intent         text   NOT NULL,
    authored_at_us bigint NOT NULL,
    dosage_text    text   NOT NULL,
    received_at_us bigint NOT NULL,
    source         text   NOT NULL,
    resource_id    text   NOT NULL,
    model_version  text   NOT NULL
);
COMMENT ON TABLE medication IS 'One row for each health.medication.recorded.v1 event';
CREATE INDEX medication_patient ON medication (patient, authored_at_us);

CREATE TABLE condition (
    event_id            uuid   PRIMARY KEY,
    record_id           uuid   NOT NULL,
    tenant              text   NOT NULL,
    patient             text   NOT NULL,
    code                text   NOT NULL,
    code_system         text   NOT NULL,
    display             text   NOT NULL,
    clinical_status     text   NOT NULL,
    verification_status text   NOT NULL,
    onset_at_us         bigint,
    abated_at_us        bigint,
    recorded_at_us      bigint,
    received_at_us      bigint NOT NULL,
    source              text   NOT NULL,
    resource_id         text   NOT NULL,
    model_version       text   NOT NULL
);
COMMENT ON TABLE condition IS 'One row for each health.condition.recorded.v1 event';
CREATE INDEX condition_patient ON condition (patient, onset_at_us);

CREATE TABLE patient (
    patient               text    PRIMARY KEY,
    event_id              uuid    NOT NULL,
    record_id             uuid    NOT NULL,
    tenant                text    NOT NULL,
    administrative_gender text    NOT NULL,
    birth_year            integer NOT NULL,
    deceased              boolean NOT NULL,
    received_at_us        bigint  NOT NULL,
    source                text    NOT NULL,
    model_version         text    NOT NULL
);
COMMENT ON TABLE patient IS 'One row for each person, by pseudonym: what the health.patient.registered.v1 event received last tells';

-- The tenants of the session's login role. SECURITY DEFINER, so that readers need no right on reader_grant; session_user stays the reader's.
CREATE FUNCTION granted_tenants(for_writing boolean) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ingestion, pg_temp
    AS $$
        SELECT coalesce(array_agg(tenant), '{}') FROM ingestion.reader_grant
        WHERE role_name = session_user AND (may_write OR NOT for_writing)
    $$;
REVOKE ALL ON FUNCTION granted_tenants(boolean) FROM PUBLIC;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['observation', 'medication', 'condition', 'patient'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY reading ON %I FOR SELECT USING ((SELECT granted_tenants(false)) && ARRAY[tenant, ''*''])', name);
        EXECUTE format('CREATE POLICY writing ON %I FOR ALL USING ((SELECT granted_tenants(true)) && ARRAY[tenant, ''*''])', name);
    END LOOP;
END
$$;

-- Several services share the schema and may come here at the same time.
DO $$
BEGIN
    IF to_regnamespace('bi') IS NULL THEN CREATE SCHEMA bi; END IF;
EXCEPTION WHEN duplicate_schema OR unique_violation THEN NULL;
END
$$;

CREATE VIEW bi.observation_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, value_type, value_quantity, unit, value_text,
        value_code_system, value_boolean, original_value, original_unit, status,
        timestamptz 'epoch' + effective_at_us * interval '1 microsecond' AS effective_at,
        timestamptz 'epoch' + effective_end_us * interval '1 microsecond' AS effective_end_at,
        timestamptz 'epoch' + received_at_us * interval '1 microsecond' AS received_at,
        source, device_id, resource_id, model_version
    FROM ingestion.observation;
COMMENT ON VIEW bi.observation_v1 IS
    'One row for each observed fact. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.observation_v1.event_id IS 'The identity of the fact, the same in its event';
COMMENT ON COLUMN bi.observation_v1.record_id IS 'The submitted record that told it: the _id of its source document';
COMMENT ON COLUMN bi.observation_v1.tenant IS 'The tenant whose patient it is';
COMMENT ON COLUMN bi.observation_v1.patient IS 'The patient''s pseudonym';
COMMENT ON COLUMN bi.observation_v1.code IS 'What was observed, a code of code_system';
COMMENT ON COLUMN bi.observation_v1.code_system IS 'URI of the code system, as a rule http://loinc.org';
COMMENT ON COLUMN bi.observation_v1.display IS 'The code''s name for people, as it was sent; may be empty';
COMMENT ON COLUMN bi.observation_v1.value_type IS 'Which column holds the value: quantity, boolean, or value_text for text, coded and absent';
COMMENT ON COLUMN bi.observation_v1.value_quantity IS 'The number in unit; NULL for other types of value';
COMMENT ON COLUMN bi.observation_v1.unit IS 'Canonical UCUM unit of value_quantity, or the unit as it was sent when it is not in the table of units; may be empty';
COMMENT ON COLUMN bi.observation_v1.value_text IS 'The text, the code of a coded value, or the reason why the value is absent';
COMMENT ON COLUMN bi.observation_v1.value_code_system IS 'URI of the code system of a coded value; NULL for other types of value';
COMMENT ON COLUMN bi.observation_v1.value_boolean IS 'The truth value; NULL for other types of value';
COMMENT ON COLUMN bi.observation_v1.original_value IS 'The number as it was sent, when it was converted; otherwise empty';
COMMENT ON COLUMN bi.observation_v1.original_unit IS 'The unit as it was sent, when it is another; otherwise empty';
COMMENT ON COLUMN bi.observation_v1.status IS 'FHIR ObservationStatus: registered, preliminary, final, amended, corrected, cancelled, entered-in-error, unknown';
COMMENT ON COLUMN bi.observation_v1.effective_at IS 'When it was true for the person, or the start of that period';
COMMENT ON COLUMN bi.observation_v1.effective_end_at IS 'The end of the period; NULL for a point in time';
COMMENT ON COLUMN bi.observation_v1.received_at IS 'When the fleet received it';
COMMENT ON COLUMN bi.observation_v1.source IS 'The feed that it came from';
COMMENT ON COLUMN bi.observation_v1.device_id IS 'Opaque name of the device; may be empty';
COMMENT ON COLUMN bi.observation_v1.resource_id IS 'Opaque name of the sender''s record; may be empty';
COMMENT ON COLUMN bi.observation_v1.model_version IS 'The version of the mapping that made the fact';

-- Lets a login role read one tenant's facts (or * for all); run by the owner. Revoke by deleting the row of reader_grant.
CREATE PROCEDURE grant_reader(role_name text, tenant text)
    LANGUAGE plpgsql SET search_path = ingestion, pg_temp
    AS $$
    BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA ingestion, bi TO %I', role_name);
        EXECUTE format('GRANT SELECT ON ingestion.observation, ingestion.medication, ingestion.condition, ingestion.patient, bi.observation_v1 TO %I', role_name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION ingestion.granted_tenants(boolean) TO %I', role_name);
        INSERT INTO ingestion.reader_grant (role_name, tenant) VALUES (grant_reader.role_name, grant_reader.tenant)
            ON CONFLICT DO NOTHING;
    END
    $$;
REVOKE ALL ON PROCEDURE grant_reader(text, text) FROM PUBLIC;
