-- What a hospital tells besides observations: allergies, encounters, procedures, immunizations, reports, consents; and what
-- medications have gained.

ALTER TABLE medication
    ADD COLUMN kind                  text NOT NULL DEFAULT 'request',
    ADD COLUMN effective_start_at_us bigint,
    ADD COLUMN effective_end_at_us   bigint,
    ADD COLUMN dose_quantity         double precision,
    ADD COLUMN dose_unit             text NOT NULL DEFAULT '';
COMMENT ON COLUMN medication.kind IS 'What kind of record tells it: request, statement, administration, dispense, order';
COMMENT ON COLUMN medication.effective_start_at_us IS 'When it was, is or will be taken, or the start of that period; NULL when the source does not say';
COMMENT ON COLUMN medication.effective_end_at_us IS 'The end of that period; NULL when the source does not say';
COMMENT ON COLUMN medication.dose_quantity IS 'The amount of one dose, in dose_unit; NULL when the source does not say';
COMMENT ON COLUMN medication.dose_unit IS 'UCUM unit of dose_quantity, or the form that is counted; may be empty';
COMMENT ON COLUMN medication.code IS 'The medication, a code of code_system';
COMMENT ON COLUMN medication.code_system IS 'URI of the code system, as a rule RxNorm''s';
COMMENT ON COLUMN medication.display IS 'The medication''s name for people, as it was sent; may be empty';
COMMENT ON COLUMN medication.status IS 'State of what the record tells: the FHIR code of its kind''s status, e.g. active, completed, not-taken';
COMMENT ON COLUMN medication.intent IS 'FHIR medicationrequest-intent: proposal, plan, order, original-order, reflex-order, filler-order, instance-order, option, unknown';
COMMENT ON COLUMN medication.authored_at_us IS 'When the record was written: prescribed, stated, given or dispensed';
COMMENT ON COLUMN medication.dosage_text IS 'The dosage instruction; may be empty';
COMMENT ON COLUMN condition.code IS 'The condition, a code of code_system';
COMMENT ON COLUMN condition.code_system IS 'URI of the code system, as a rule http://snomed.info/sct';
COMMENT ON COLUMN condition.display IS 'The condition''s name for people, as it was sent; may be empty';
COMMENT ON COLUMN condition.clinical_status IS 'FHIR condition-clinical: active, recurrence, relapse, inactive, remission, resolved, unknown';
COMMENT ON COLUMN condition.verification_status IS
    'FHIR condition-ver-status: unconfirmed, provisional, differential, confirmed, refuted, entered-in-error, unknown';
COMMENT ON COLUMN condition.onset_at_us IS 'When it began; NULL when the source does not say';
COMMENT ON COLUMN condition.abated_at_us IS 'When it ended; NULL when it has not, or the source does not say';
COMMENT ON COLUMN condition.recorded_at_us IS 'When the source recorded it; NULL when it does not say';
COMMENT ON COLUMN patient.administrative_gender IS 'FHIR administrative-gender: male, female, other, unknown';
COMMENT ON COLUMN patient.birth_year IS 'The year of birth; 0 when the source does not say';
COMMENT ON COLUMN patient.deceased IS 'True when the person is known to have died';

CREATE TABLE allergy (
    event_id            uuid   PRIMARY KEY,
    record_id           uuid   NOT NULL,
    tenant              text   NOT NULL,
    patient             text   NOT NULL,
    code                text   NOT NULL,
    code_system         text   NOT NULL,
    display             text   NOT NULL,
    kind                text   NOT NULL,
    category            text   NOT NULL,
    criticality         text   NOT NULL,
    clinical_status     text   NOT NULL,
    verification_status text   NOT NULL,
    onset_at_us         bigint,
    recorded_at_us      bigint,
    reaction            text   NOT NULL,
    reaction_system     text   NOT NULL,
    resource_id         text   NOT NULL,
    source              text   NOT NULL,
    received_at_us      bigint NOT NULL,
    model_version       text   NOT NULL
);
COMMENT ON TABLE allergy IS 'One row for each health.allergy.recorded.v1 event';
COMMENT ON COLUMN allergy.code IS 'The substance or the allergy, in code_system';
COMMENT ON COLUMN allergy.code_system IS 'URI of the code system';
COMMENT ON COLUMN allergy.display IS 'The code''s name for people; may be empty';
COMMENT ON COLUMN allergy.kind IS 'The mechanism: allergy, intolerance, unknown';
COMMENT ON COLUMN allergy.category IS 'What kind of substance: food, medication, environment or biologic; may be empty';
COMMENT ON COLUMN allergy.criticality IS 'How bad a future reaction could be: low, high, unable-to-assess, unknown';
COMMENT ON COLUMN allergy.clinical_status IS 'Whether the person reacts now: active, inactive, resolved, unknown';
COMMENT ON COLUMN allergy.verification_status IS 'How sure the assertion is: unconfirmed, confirmed, refuted, entered-in-error, unknown';
COMMENT ON COLUMN allergy.onset_at_us IS 'When it was first seen; NULL when the source does not say';
COMMENT ON COLUMN allergy.recorded_at_us IS 'When the source recorded it; NULL when the source does not say';
COMMENT ON COLUMN allergy.reaction IS 'Code of the first manifestation, in reaction_system; may be empty';
COMMENT ON COLUMN allergy.reaction_system IS 'URI of the code system of reaction; empty without one';
CREATE INDEX allergy_patient ON allergy (patient, code);

CREATE TABLE encounter (
    event_id        uuid   PRIMARY KEY,
    record_id       uuid   NOT NULL,
    tenant          text   NOT NULL,
    patient         text   NOT NULL,
    encounter_class text   NOT NULL,
    code            text   NOT NULL,
    code_system     text   NOT NULL,
    display         text   NOT NULL,
    status          text   NOT NULL,
    started_at_us   bigint,
    ended_at_us     bigint,
    reason_code     text   NOT NULL,
    reason_system   text   NOT NULL,
    resource_id     text   NOT NULL,
    source          text   NOT NULL,
    received_at_us  bigint NOT NULL,
    model_version   text   NOT NULL
);
COMMENT ON TABLE encounter IS 'One row for each health.encounter.recorded.v1 event';
COMMENT ON COLUMN encounter.encounter_class IS 'The setting: a code of HL7 v3 ActCode, e.g. AMB, EMER, IMP; may be empty';
COMMENT ON COLUMN encounter.code IS 'What the encounter was, in code_system; may be empty';
COMMENT ON COLUMN encounter.code_system IS 'URI of the code system of code; empty without one';
COMMENT ON COLUMN encounter.display IS 'The code''s name for people; may be empty';
COMMENT ON COLUMN encounter.status IS 'How far it has come: planned, arrived, triaged, in-progress, onleave, finished, cancelled, entered-in-error, unknown';
COMMENT ON COLUMN encounter.started_at_us IS 'When it began; NULL when the source does not say';
COMMENT ON COLUMN encounter.ended_at_us IS 'When it ended; not before started_at; NULL when the source does not say';
COMMENT ON COLUMN encounter.reason_code IS 'Why it took place, in reason_system; may be empty';
COMMENT ON COLUMN encounter.reason_system IS 'URI of the code system of reason_code; empty without one';
CREATE INDEX encounter_patient ON encounter (patient, started_at_us);

CREATE TABLE procedure (
    event_id       uuid   PRIMARY KEY,
    record_id      uuid   NOT NULL,
    tenant         text   NOT NULL,
    patient        text   NOT NULL,
    code           text   NOT NULL,
    code_system    text   NOT NULL,
    display        text   NOT NULL,
    status         text   NOT NULL,
    started_at_us  bigint,
    ended_at_us    bigint,
    resource_id    text   NOT NULL,
    source         text   NOT NULL,
    received_at_us bigint NOT NULL,
    model_version  text   NOT NULL
);
COMMENT ON TABLE procedure IS 'One row for each health.procedure.recorded.v1 event';
COMMENT ON COLUMN procedure.code IS 'The procedure, in code_system';
COMMENT ON COLUMN procedure.code_system IS 'URI of the code system';
COMMENT ON COLUMN procedure.display IS 'The code''s name for people; may be empty';
COMMENT ON COLUMN procedure.status IS 'How far it has come: preparation, in-progress, not-done, on-hold, stopped, completed, entered-in-error, unknown';
COMMENT ON COLUMN procedure.started_at_us IS 'When it began; NULL when the source does not say';
COMMENT ON COLUMN procedure.ended_at_us IS 'When it ended; not before started_at; NULL when the source does not say';
CREATE INDEX procedure_patient ON procedure (patient, started_at_us);

CREATE TABLE immunization (
    event_id       uuid   PRIMARY KEY,
    record_id      uuid   NOT NULL,
    tenant         text   NOT NULL,
    patient        text   NOT NULL,
    code           text   NOT NULL,
    code_system    text   NOT NULL,
    display        text   NOT NULL,
    status         text   NOT NULL,
    occurred_at_us bigint NOT NULL,
    dose_quantity  double precision,
    dose_unit      text   NOT NULL,
    resource_id    text   NOT NULL,
    source         text   NOT NULL,
    received_at_us bigint NOT NULL,
    model_version  text   NOT NULL
);
COMMENT ON TABLE immunization IS 'One row for each health.immunization.recorded.v1 event';
COMMENT ON COLUMN immunization.code IS 'The vaccine, in code_system';
COMMENT ON COLUMN immunization.code_system IS 'URI of the code system';
COMMENT ON COLUMN immunization.display IS 'The code''s name for people; may be empty';
COMMENT ON COLUMN immunization.status IS 'Whether it was given: completed, entered-in-error, not-done';
COMMENT ON COLUMN immunization.occurred_at_us IS 'When it was given, or was to be given';
COMMENT ON COLUMN immunization.dose_quantity IS 'The amount given, in dose_unit; finite; NULL when the source does not say';
COMMENT ON COLUMN immunization.dose_unit IS 'UCUM unit of dose_quantity, e.g. mL; empty without a quantity';
CREATE INDEX immunization_patient ON immunization (patient, occurred_at_us);

CREATE TABLE report (
    event_id          uuid    PRIMARY KEY,
    record_id         uuid    NOT NULL,
    tenant            text    NOT NULL,
    patient           text    NOT NULL,
    code              text    NOT NULL,
    code_system       text    NOT NULL,
    display           text    NOT NULL,
    category          text    NOT NULL,
    status            text    NOT NULL,
    effective_at_us   bigint,
    issued_at_us      bigint,
    conclusion_code   text    NOT NULL,
    conclusion_system text    NOT NULL,
    result_count      integer NOT NULL,
    resource_id       text    NOT NULL,
    source            text    NOT NULL,
    received_at_us    bigint  NOT NULL,
    model_version     text    NOT NULL
);
COMMENT ON TABLE report IS 'One row for each health.report.recorded.v1 event';
COMMENT ON COLUMN report.code IS 'What the report is, in code_system';
COMMENT ON COLUMN report.code_system IS 'URI of the code system';
COMMENT ON COLUMN report.display IS 'The code''s name for people; may be empty';
COMMENT ON COLUMN report.category IS 'The department: a code of HL7 table 0074, e.g. LAB, RAD; may be empty';
COMMENT ON COLUMN report.status IS 'How far it has come: registered, partial, preliminary, final, amended, corrected, appended, cancelled, entered-in-error, unknown';
COMMENT ON COLUMN report.effective_at_us IS 'The time that it is about, or the start of that period; NULL when the source does not say';
COMMENT ON COLUMN report.issued_at_us IS 'When this version was made available; NULL when the source does not say';
COMMENT ON COLUMN report.conclusion_code IS 'Code of the first conclusion, in conclusion_system; may be empty';
COMMENT ON COLUMN report.conclusion_system IS 'URI of the code system of conclusion_code; empty without one';
COMMENT ON COLUMN report.result_count IS 'How many results it names; not negative';
CREATE INDEX report_patient ON report (patient, effective_at_us);

CREATE TABLE consent (
    event_id       uuid    PRIMARY KEY,
    record_id      uuid    NOT NULL,
    tenant         text    NOT NULL,
    patient        text    NOT NULL,
    status         text    NOT NULL,
    scope          text    NOT NULL,
    is_permit      boolean NOT NULL,
    starts_at_us   bigint,
    ends_at_us     bigint,
    resource_types text[]  NOT NULL,
    codes          text[]  NOT NULL,
    purposes       text[]  NOT NULL,
    sources        text[]  NOT NULL,
    recorded_at_us bigint,
    resource_id    text    NOT NULL,
    source         text    NOT NULL,
    received_at_us bigint  NOT NULL,
    model_version  text    NOT NULL
);
COMMENT ON TABLE consent IS 'One row for each health.consent.recorded.v1 event';
COMMENT ON COLUMN consent.status IS 'Whether it holds: draft, proposed, active, rejected, inactive, entered-in-error';
COMMENT ON COLUMN consent.scope IS 'What it is about: a code of FHIR R4 consentscope, e.g. patient-privacy, research; may be empty';
COMMENT ON COLUMN consent.is_permit IS 'True when what the lists name is allowed, false when it is denied';
COMMENT ON COLUMN consent.starts_at_us IS 'From when it holds; NULL: always did';
COMMENT ON COLUMN consent.ends_at_us IS 'Until when it holds, not before starts_at; NULL: until revoked';
COMMENT ON COLUMN consent.resource_types IS 'FHIR resource types that it covers; empty: all';
COMMENT ON COLUMN consent.codes IS 'Codes that it covers, as system|code; empty: all';
COMMENT ON COLUMN consent.purposes IS 'Purposes of use that it covers: codes of HL7 v3 PurposeOfUse, e.g. TREAT; empty: all';
COMMENT ON COLUMN consent.sources IS 'Feeds or opaque names of actors that it covers; empty: all';
COMMENT ON COLUMN consent.recorded_at_us IS 'When the decision was made; NULL when the source does not say';
CREATE INDEX consent_patient ON consent (patient, recorded_at_us);

CREATE TABLE resource_identifier (
    identifier_key text PRIMARY KEY,
    record_id      uuid NOT NULL,
    tenant         text NOT NULL
);
COMMENT ON TABLE resource_identifier IS
    'Which record first bore a business identifier, so that what is sent on the condition that none exists is taken once';
COMMENT ON COLUMN resource_identifier.identifier_key IS 'Keyed hash of the resource''s type, the identifier''s system and its value';
COMMENT ON COLUMN resource_identifier.record_id IS 'The submitted record: the _id of its source document';
COMMENT ON COLUMN resource_identifier.tenant IS 'The tenant whose record it is';

-- Rows of a tenant are written by those who may write, and read by those who may read; a table that only the service reads has no `reading`.
CREATE PROCEDURE protect_tenants(tables text[], is_readable boolean)
    LANGUAGE plpgsql SET search_path = ingestion, pg_temp
    AS $$
    DECLARE
        name text;
    BEGIN
        FOREACH name IN ARRAY tables LOOP
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
            EXECUTE format('CREATE POLICY writing ON %I FOR ALL USING ((SELECT granted_tenants(true)) && ARRAY[tenant, ''*''])', name);
            IF is_readable THEN
                EXECUTE format('CREATE POLICY reading ON %I FOR SELECT USING ((SELECT granted_tenants(false)) && ARRAY[tenant, ''*''])', name);
            END IF;
        END LOOP;
    END
    $$;
REVOKE ALL ON PROCEDURE protect_tenants(text[], boolean) FROM PUBLIC;

CALL protect_tenants(ARRAY['allergy', 'encounter', 'procedure', 'immunization', 'report', 'consent'], true);
CALL protect_tenants(ARRAY['resource_identifier'], false);
