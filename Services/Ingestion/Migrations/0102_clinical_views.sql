-- Views for BI over the clinical facts, their explanations, and who may read what.

-- A time of the tables (microseconds since the epoch) as a time of the views.
CREATE FUNCTION instant(at_us bigint) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT timestamptz 'epoch' + at_us * interval '1 microsecond' $$;

CREATE VIEW bi.medication_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, kind, status, intent, instant(authored_at_us) AS authored_at,
        dosage_text, instant(effective_start_at_us) AS effective_start_at, instant(effective_end_at_us) AS effective_end_at, dose_quantity, dose_unit,
        instant(received_at_us) AS received_at, source, resource_id, model_version
    FROM ingestion.medication;
COMMENT ON VIEW bi.medication_v1 IS
    'One row for each medication prescribed, dispensed, given or taken. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.condition_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, clinical_status, verification_status,
        instant(onset_at_us) AS onset_at, instant(abated_at_us) AS abated_at, instant(recorded_at_us) AS recorded_at,
        instant(received_at_us) AS received_at, source, resource_id, model_version
    FROM ingestion.condition;
COMMENT ON VIEW bi.condition_v1 IS
    'One row for each diagnosis or problem. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.patient_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT patient, event_id, record_id, tenant, administrative_gender, birth_year, deceased, instant(received_at_us) AS received_at, source,
        model_version
    FROM ingestion.patient;
COMMENT ON VIEW bi.patient_v1 IS
    'One row for each person, as told last. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.allergy_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, kind, category, criticality,
        clinical_status, verification_status, instant(onset_at_us) AS onset_at, instant(recorded_at_us) AS recorded_at,
        reaction, reaction_system, resource_id, source, instant(received_at_us) AS received_at, model_version
    FROM ingestion.allergy;
COMMENT ON VIEW bi.allergy_v1 IS
    'One row for each allergy or intolerance. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.encounter_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, encounter_class, code, code_system, display, status,
        instant(started_at_us) AS started_at, instant(ended_at_us) AS ended_at, reason_code, reason_system,
        resource_id, source, instant(received_at_us) AS received_at, model_version
    FROM ingestion.encounter;
COMMENT ON VIEW bi.encounter_v1 IS
    'One row for each contact with a provider of care. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.procedure_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, status,
        instant(started_at_us) AS started_at, instant(ended_at_us) AS ended_at, resource_id, source,
        instant(received_at_us) AS received_at, model_version
    FROM ingestion.procedure;
COMMENT ON VIEW bi.procedure_v1 IS
    'One row for each procedure. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.immunization_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, status,
        instant(occurred_at_us) AS occurred_at, dose_quantity, dose_unit, resource_id, source,
        instant(received_at_us) AS received_at, model_version
    FROM ingestion.immunization;
COMMENT ON VIEW bi.immunization_v1 IS
    'One row for each vaccine given or not given. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.report_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, category, status,
        instant(effective_at_us) AS effective_at, instant(issued_at_us) AS issued_at, conclusion_code,
        conclusion_system, result_count, resource_id, source, instant(received_at_us) AS received_at, model_version
    FROM ingestion.report;
COMMENT ON VIEW bi.report_v1 IS
    'One row for each version of a diagnostic report or document. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.consent_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, status, scope, is_permit, instant(starts_at_us) AS starts_at,
        instant(ends_at_us) AS ends_at, resource_types, codes, purposes, sources,
        instant(recorded_at_us) AS recorded_at, resource_id, source, instant(received_at_us) AS received_at,
        model_version
    FROM ingestion.consent;
COMMENT ON VIEW bi.consent_v1 IS
    'One row for each decision of a person on their data. Rows are those of the tenants granted to session_user. Columns are only ever added';

-- Explains the columns of the views: what every fact has, and else what the table says of the column (`_at` of `_at_us`).
CREATE PROCEDURE explain_views()
    LANGUAGE plpgsql SET search_path = ingestion, pg_temp
    AS $$
    DECLARE
        col record;
    BEGIN
        FOR col IN
            SELECT view.oid::regclass AS view, shown.attname AS name,
                coalesce(
                    (SELECT text FROM (VALUES
                        ('event_id', 'The identity of the fact, the same in its event'),
                        ('record_id', 'The submitted record that told it: the _id of its source document'),
                        ('tenant', 'The tenant whose patient it is'),
                        ('patient', 'The patient''s pseudonym'),
                        ('received_at', 'When the fleet received it'),
                        ('source', 'The feed that it came from'),
                        ('resource_id', 'Opaque name of the sender''s record; may be empty'),
                        ('model_version', 'The version of the mapping that made the fact')) AS common (name, text)
                    WHERE common.name = shown.attname),
                    min(col_description(base.attrelid, base.attnum))) AS text
            FROM pg_class AS view
            JOIN pg_attribute AS shown ON shown.attrelid = view.oid AND shown.attnum > 0 AND col_description(view.oid, shown.attnum) IS NULL
            JOIN pg_rewrite AS rule ON rule.ev_class = view.oid
            JOIN pg_depend AS uses ON uses.classid = 'pg_rewrite'::regclass AND uses.objid = rule.oid AND uses.refclassid = 'pg_class'::regclass
            JOIN pg_class AS origin ON origin.oid = uses.refobjid AND origin.relnamespace = 'ingestion'::regnamespace
            LEFT JOIN pg_attribute AS base ON base.attrelid = origin.oid
                AND base.attname IN (shown.attname, shown.attname || '_us') AND col_description(base.attrelid, base.attnum) IS NOT NULL
            WHERE view.relnamespace = 'bi'::regnamespace AND view.relkind = 'v'
            GROUP BY view.oid, shown.attname
        LOOP
            EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', col.view, col.name, col.text);
        END LOOP;
    END
    $$;
REVOKE ALL ON PROCEDURE explain_views() FROM PUBLIC;
CALL explain_views();

-- What a reader may read: the tables with a policy for it, and the views for BI over this schema.
CREATE FUNCTION readable_relations() RETURNS SETOF regclass
    LANGUAGE sql STABLE SET search_path = ingestion, pg_temp
    AS $$
        SELECT polrelid::regclass FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
        WHERE polname = 'reading' AND relnamespace = 'ingestion'::regnamespace
        UNION
        SELECT view.oid::regclass FROM pg_class AS view
        JOIN pg_rewrite AS rule ON rule.ev_class = view.oid
        JOIN pg_depend AS uses ON uses.classid = 'pg_rewrite'::regclass AND uses.objid = rule.oid AND uses.refclassid = 'pg_class'::regclass
        JOIN pg_class AS origin ON origin.oid = uses.refobjid AND origin.relnamespace = 'ingestion'::regnamespace
        WHERE view.relnamespace = 'bi'::regnamespace
    $$;
REVOKE ALL ON FUNCTION readable_relations() FROM PUBLIC;

-- Lets a login role read one tenant's facts (or * for all); run by the owner. Revoke by deleting the row of reader_grant.
CREATE OR REPLACE PROCEDURE grant_reader(role_name text, tenant text)
    LANGUAGE plpgsql SET search_path = ingestion, pg_temp
    AS $$
    DECLARE
        relation regclass;
    BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA ingestion, bi TO %I', role_name);
        FOR relation IN SELECT readable_relations() LOOP
            EXECUTE format('GRANT SELECT ON %s TO %I', relation, role_name);
        END LOOP;
        EXECUTE format('GRANT EXECUTE ON FUNCTION ingestion.granted_tenants(boolean) TO %I', role_name);
        INSERT INTO ingestion.reader_grant (role_name, tenant) VALUES (grant_reader.role_name, grant_reader.tenant)
            ON CONFLICT DO NOTHING;
    END
    $$;

-- Gives those who were granted a tenant before what there is to read now; each step that makes a table or a view ends with it.
CREATE PROCEDURE grant_readers_anew()
    LANGUAGE plpgsql SET search_path = ingestion, pg_temp
    AS $$
    DECLARE
        reader record;
    BEGIN
        FOR reader IN
            SELECT role_name, tenant FROM reader_grant JOIN pg_roles ON rolname = role_name WHERE NOT may_write
        LOOP
            CALL grant_reader(reader.role_name, reader.tenant);
        END LOOP;
    END
    $$;
REVOKE ALL ON PROCEDURE grant_readers_anew() FROM PUBLIC;
CALL grant_readers_anew();
