-- The coding as it was sent, beside the canonical code that it was mapped to.

ALTER TABLE observation
    ADD COLUMN original_code        text NOT NULL DEFAULT '',
    ADD COLUMN original_code_system text NOT NULL DEFAULT '',
    ADD CHECK (original_code <> '' OR original_code_system = '');
COMMENT ON COLUMN observation.original_code IS 'The code as it was sent, when code is a canonical one that it was mapped to; otherwise empty';
COMMENT ON COLUMN observation.original_code_system IS 'URI of the code system of original_code; empty without one';

CREATE OR REPLACE VIEW bi.observation_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, code, code_system, display, value_type, value_quantity, unit, value_text,
        value_code_system, value_boolean, original_value, original_unit, status,
        timestamptz 'epoch' + effective_at_us * interval '1 microsecond' AS effective_at,
        timestamptz 'epoch' + effective_end_us * interval '1 microsecond' AS effective_end_at,
        timestamptz 'epoch' + received_at_us * interval '1 microsecond' AS received_at,
        source, device_id, resource_id, model_version, original_code, original_code_system
    FROM ingestion.observation;
COMMENT ON COLUMN bi.observation_v1.code IS 'What was observed, a code of code_system; vital signs have one LOINC code each, whatever code was sent';
COMMENT ON COLUMN bi.observation_v1.display IS 'The code''s name for people: as it was sent, or LOINC''s when the code was mapped; may be empty';

CALL explain_views();
CALL grant_readers_anew();
