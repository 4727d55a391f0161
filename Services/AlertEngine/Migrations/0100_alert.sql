-- Alerts: one row for each, its transitions beside it, and who may read which tenant's.

CREATE TABLE reader_grant (
    role_name text    NOT NULL,
    tenant    text    NOT NULL,
    may_write boolean NOT NULL DEFAULT false,
    PRIMARY KEY (role_name, tenant)
);
COMMENT ON TABLE reader_grant IS
    'Which login role (session_user) may read, and which may write, which tenant''s alerts; tenant * stands for all';
COMMENT ON COLUMN reader_grant.role_name IS 'The login role, as session_user names it; SET ROLE does not change it';
COMMENT ON COLUMN reader_grant.tenant IS 'The tenant, or * for every tenant';
COMMENT ON COLUMN reader_grant.may_write IS 'True for the role that the service runs under';
INSERT INTO reader_grant (role_name, tenant, may_write) VALUES (session_user, '*', true);

CREATE TABLE alert (
    alert_id         uuid             PRIMARY KEY,
    version          bigint           NOT NULL CHECK (version >= 1),
    tenant           text             NOT NULL,
    patient          text             NOT NULL,
    rule             text             NOT NULL,
    severity         text             NOT NULL CHECK (severity IN ('low', 'low-medium', 'medium', 'high')),
    status           text             NOT NULL CHECK (status IN ('open', 'resolved')),
    score            double precision NOT NULL,
    threshold        double precision NOT NULL,
    summary          text             NOT NULL,
    evidence         jsonb            NOT NULL,
    raised_at_us     bigint           NOT NULL,
    effective_at_us  bigint           NOT NULL,
    resolved_at_us   bigint,
    trigger_event_id uuid             NOT NULL,
    event_id         uuid             NOT NULL,
    model_version    text             NOT NULL,
    produced_at_us   bigint           NOT NULL,
    CHECK ((status = 'resolved') = (resolved_at_us IS NOT NULL))
) WITH (fillfactor = 80);
COMMENT ON TABLE alert IS 'The present state of each alert: its transition with the largest version';
CREATE INDEX alert_open ON alert (tenant, patient, rule) WHERE status = 'open';
CREATE INDEX alert_raised_at ON alert (raised_at_us);

CREATE TABLE alert_transition (
    event_id         uuid             PRIMARY KEY,
    alert_id         uuid             NOT NULL REFERENCES alert,
    version          bigint           NOT NULL CHECK (version >= 1),
    tenant           text             NOT NULL,
    transition       text             NOT NULL CHECK (transition IN ('raised', 'escalated', 'resolved')),
    severity         text             NOT NULL,
    score            double precision NOT NULL,
    threshold        double precision NOT NULL,
    summary          text             NOT NULL,
    evidence         jsonb            NOT NULL,
    effective_at_us  bigint           NOT NULL,
    trigger_event_id uuid             NOT NULL,
    model_version    text             NOT NULL,
    produced_at_us   bigint           NOT NULL,
    UNIQUE (alert_id, version)
);
COMMENT ON TABLE alert_transition IS 'The history of each alert: raised, escalated, resolved; versions are dense from 1';

-- The tenants of the session's login role. SECURITY DEFINER, so that readers need no right on reader_grant; session_user stays the reader's.
CREATE FUNCTION granted_tenants(for_writing boolean) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = alert_engine, pg_temp
    AS $$
        SELECT coalesce(array_agg(tenant), '{}') FROM alert_engine.reader_grant
        WHERE role_name = session_user AND (may_write OR NOT for_writing)
    $$;
REVOKE ALL ON FUNCTION granted_tenants(boolean) FROM PUBLIC;

ALTER TABLE alert ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert FORCE ROW LEVEL SECURITY;
ALTER TABLE alert_transition ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_transition FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON alert FOR SELECT
    USING ((SELECT granted_tenants(false)) && ARRAY[tenant, '*']);
CREATE POLICY writing ON alert FOR ALL
    USING ((SELECT granted_tenants(true)) && ARRAY[tenant, '*']);
CREATE POLICY reading ON alert_transition FOR SELECT
    USING ((SELECT granted_tenants(false)) && ARRAY[tenant, '*']);
CREATE POLICY writing ON alert_transition FOR ALL
    USING ((SELECT granted_tenants(true)) && ARRAY[tenant, '*']);

-- Several services share the schema and may come here at the same time.
DO $$
BEGIN
    IF to_regnamespace('bi') IS NULL THEN CREATE SCHEMA bi; END IF;
EXCEPTION WHEN duplicate_schema OR unique_violation THEN NULL;
END
$$;

CREATE VIEW bi.alert_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT alert_id, version, tenant, patient, rule, severity, status, score, threshold, summary, evidence,
        timestamptz 'epoch' + raised_at_us * interval '1 microsecond' AS raised_at,
        timestamptz 'epoch' + effective_at_us * interval '1 microsecond' AS effective_at,
        timestamptz 'epoch' + resolved_at_us * interval '1 microsecond' AS resolved_at,
        trigger_event_id, event_id, model_version,
        timestamptz 'epoch' + produced_at_us * interval '1 microsecond' AS produced_at
    FROM alert_engine.alert;
COMMENT ON VIEW bi.alert_v1 IS
    'One row for each alert in its present state. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.alert_v1.alert_id IS 'The identity of the alert, the same in all of its transitions, events and documents';
COMMENT ON COLUMN bi.alert_v1.version IS 'How many transitions the alert has had: 1, 2, 3, ...';
COMMENT ON COLUMN bi.alert_v1.tenant IS 'The tenant whose patient it is';
COMMENT ON COLUMN bi.alert_v1.patient IS 'The patient''s pseudonym';
COMMENT ON COLUMN bi.alert_v1.rule IS 'The rule that raised it, such as news2 or heart-rate-high';
COMMENT ON COLUMN bi.alert_v1.severity IS 'The gravest severity it has reached: low, low-medium, medium or high';
COMMENT ON COLUMN bi.alert_v1.status IS 'open or resolved';
COMMENT ON COLUMN bi.alert_v1.score IS
    'What the latest transition was judged by: the NEWS2 total, or the value in the unit of the parameter';
COMMENT ON COLUMN bi.alert_v1.threshold IS 'What the score was compared with';
COMMENT ON COLUMN bi.alert_v1.summary IS 'One line for people, about the latest transition';
COMMENT ON COLUMN bi.alert_v1.evidence IS
    'The readings behind the latest transition: an array of {code, value, unit, score, event_id, effective_at_us}; assumed: true where nothing was reported';
COMMENT ON COLUMN bi.alert_v1.raised_at IS 'When the observation that opened the alert was made';
COMMENT ON COLUMN bi.alert_v1.effective_at IS 'When the observation behind the latest transition was made';
COMMENT ON COLUMN bi.alert_v1.resolved_at IS 'When the observation that closed the alert was made; NULL while it is open';
COMMENT ON COLUMN bi.alert_v1.trigger_event_id IS 'The observation event behind the latest transition';
COMMENT ON COLUMN bi.alert_v1.event_id IS 'The alert event of the latest transition';
COMMENT ON COLUMN bi.alert_v1.model_version IS 'The version of the rules and of the logic that judged';
COMMENT ON COLUMN bi.alert_v1.produced_at IS 'When the log took the observation behind the latest transition';

-- Lets a login role read one tenant's alerts (or * for all); run by the owner. Revoke by deleting the row of reader_grant.
CREATE PROCEDURE grant_reader(role_name text, tenant text)
    LANGUAGE plpgsql SET search_path = alert_engine, pg_temp
    AS $$
    BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA alert_engine, bi TO %I', role_name);
        EXECUTE format('GRANT SELECT ON alert_engine.alert, alert_engine.alert_transition, bi.alert_v1 TO %I', role_name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION alert_engine.granted_tenants(boolean) TO %I', role_name);
        INSERT INTO alert_engine.reader_grant (role_name, tenant) VALUES (grant_reader.role_name, grant_reader.tenant)
            ON CONFLICT DO NOTHING;
    END
    $$;
REVOKE ALL ON PROCEDURE grant_reader(text, text) FROM PUBLIC;
