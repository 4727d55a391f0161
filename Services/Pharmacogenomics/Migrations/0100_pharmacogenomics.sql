-- What is known of each person's genes and drugs, the releases of the tables that it rests on, and who may read which tenant's rows.

CREATE TABLE reader_grant (
    role_name text    NOT NULL,
    tenant    text    NOT NULL,
    may_write boolean NOT NULL DEFAULT false,
    PRIMARY KEY (role_name, tenant)
);
COMMENT ON TABLE reader_grant IS
    'Which login role (session_user) may read, and which may write, which tenant''s results; tenant * stands for all';
COMMENT ON COLUMN reader_grant.role_name IS 'The login role, as session_user names it; SET ROLE does not change it';
COMMENT ON COLUMN reader_grant.tenant IS 'The tenant, or * for every tenant';
COMMENT ON COLUMN reader_grant.may_write IS 'True for the role that the service runs under';
INSERT INTO reader_grant (role_name, tenant, may_write) VALUES (session_user, '*', true);

CREATE TABLE knowledge_release (
    digest            text   PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    knowledge_version text   NOT NULL,
    released_at_us    bigint NOT NULL,
    source            text   NOT NULL,
    event_id          uuid   NOT NULL,
    file_names        text[] NOT NULL,
    file_contents     bytea[] NOT NULL,
    received_at       timestamptz NOT NULL DEFAULT now(),
    CHECK (cardinality(file_names) = cardinality(file_contents))
);
COMMENT ON TABLE knowledge_release IS 'The releases of the tables that came as events; file_contents are compressed by Zstandard';

CREATE TABLE knowledge_active (
    only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    digest         text    NOT NULL,
    released_at_us bigint  NOT NULL
);
INSERT INTO knowledge_active (digest, released_at_us) VALUES ('', -9223372036854775808);
COMMENT ON TABLE knowledge_active IS
    'The release to evaluate with: the latest by (released_at_us, digest). A transaction that writes results holds its row shared, so that none '
    'commits results of a former release after a new one has taken its place. An empty digest stands for the executable''s own tables';

CREATE TABLE patient_profile (
    patient          text   PRIMARY KEY,
    tenant           text   NOT NULL,
    drugs            text[] NOT NULL,
    knowledge_digest text   NOT NULL,
    next_boundary_us bigint
) WITH (fillfactor = 80);
COMMENT ON TABLE patient_profile IS 'What of a person''s state has to be found by others than the person''s own events';
COMMENT ON COLUMN patient_profile.drugs IS 'The drugs of the tables that are taken, or were taken not long ago';
COMMENT ON COLUMN patient_profile.next_boundary_us IS 'When a start, end, onset or washout changes something without an event';
CREATE INDEX patient_profile_boundary ON patient_profile (next_boundary_us) WHERE next_boundary_us IS NOT NULL;

CREATE TABLE gene_phenotype (
    patient                  text   NOT NULL,
    gene                     text   NOT NULL,
    tenant                   text   NOT NULL,
    version                  bigint NOT NULL CHECK (version >= 1),
    call_status              text   NOT NULL
        CHECK (call_status IN ('called', 'ambiguous', 'no-match', 'not-callable', 'outside')),
    diplotype                text   NOT NULL,
    diplotype_count          bigint NOT NULL,
    top_weight               double precision,
    phenotype                text   NOT NULL,
    phenotypes               text[] NOT NULL,
    activity_score           double precision,
    converted_phenotype      text   NOT NULL,
    converted_activity_score double precision,
    inhibitors               text[] NOT NULL,
    missing_positions        text[] NOT NULL,
    novel                    text[] NOT NULL,
    search_alleles           text[] NOT NULL,
    search_phenotypes        text[] NOT NULL,
    event_id                 uuid   NOT NULL,
    effective_at_us          bigint NOT NULL,
    knowledge_version        text   NOT NULL,
    model_version            text   NOT NULL,
    produced_at_us           bigint NOT NULL,
    PRIMARY KEY (patient, gene)
) WITH (fillfactor = 80);
COMMENT ON TABLE gene_phenotype IS 'The present state of each person and gene: the event with the largest version';
COMMENT ON COLUMN gene_phenotype.search_alleles IS 'GENE=allele for every allele of a candidate diplotype; GENE= when there are more candidates than are listed';
COMMENT ON COLUMN gene_phenotype.search_phenotypes IS 'GENE=phenotype for every phenotype of a candidate, genetic and after phenoconversion';

CREATE TABLE recommendation (
    patient              text    NOT NULL,
    drug                 text    NOT NULL,
    guideline_source     text    NOT NULL,
    guideline            text    NOT NULL,
    population           text    NOT NULL,
    tenant               text    NOT NULL,
    recommendation_id    uuid    NOT NULL,
    version              bigint  NOT NULL CHECK (version >= 1),
    rxnorm               text    NOT NULL,
    is_active_medication boolean NOT NULL,
    status               text    NOT NULL CHECK (status IN (
        'determinate', 'ambiguous-same-action', 'ambiguous-different-action', 'not-callable', 'not-covered')),
    guideline_version    text    NOT NULL,
    actions              text[]  NOT NULL,
    strength             text    NOT NULL,
    risk_class           text    NOT NULL,
    is_phenoconverted    boolean NOT NULL,
    missing_genes        text[]  NOT NULL,
    settled_by           text[]  NOT NULL,
    genes                text[]  NOT NULL,
    phenotypes           text[]  NOT NULL,
    event_id             uuid    NOT NULL,
    effective_at_us      bigint  NOT NULL,
    knowledge_version    text    NOT NULL,
    model_version        text    NOT NULL,
    produced_at_us       bigint  NOT NULL,
    PRIMARY KEY (patient, drug, guideline_source, guideline, population)
) WITH (fillfactor = 80);
COMMENT ON TABLE recommendation IS
    'What each guideline says now about each drug that a person takes, or that is not given as usual to that person';
CREATE INDEX recommendation_active ON recommendation (tenant, drug) WHERE is_active_medication;

CREATE TABLE recommendation_history (
    event_id             uuid    PRIMARY KEY,
    recommendation_id    uuid    NOT NULL,
    version              bigint  NOT NULL CHECK (version >= 1),
    tenant               text    NOT NULL,
    patient              text    NOT NULL,
    drug                 text    NOT NULL,
    is_active_medication boolean NOT NULL,
    status               text    NOT NULL,
    guideline_source     text    NOT NULL,
    guideline            text    NOT NULL,
    guideline_version    text    NOT NULL,
    population           text    NOT NULL,
    actions              text[]  NOT NULL,
    strength             text    NOT NULL,
    risk_class           text    NOT NULL,
    summary              text    NOT NULL,
    conflicts            text[]  NOT NULL,
    is_withdrawn         boolean NOT NULL,
    explanation          jsonb,
    input_event_ids      text[]  NOT NULL,
    effective_at_us      bigint  NOT NULL,
    knowledge_version    text    NOT NULL,
    model_version        text    NOT NULL,
    produced_at_us       bigint  NOT NULL,
    UNIQUE (recommendation_id, version)
);
COMMENT ON TABLE recommendation_history IS 'Every recommendation event; the versions of a recommendation are dense from 1';

CREATE TABLE cds_access (
    sequence bigint PRIMARY KEY,
    at_us    bigint NOT NULL,
    client   text   NOT NULL,
    service  text   NOT NULL,
    patient  text,
    outcome  text   NOT NULL,
    cards    integer NOT NULL,
    hash     bytea  NOT NULL
);
COMMENT ON TABLE cds_access IS 'Who asked for decision support about whom: written before the answer is given, chained by hashes';
COMMENT ON COLUMN cds_access.hash IS
    'Over the hash of the row before and this row''s fields; SHA-256, or HMAC-SHA-256 where audit.key is given';

CREATE TABLE cds_access_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint  NOT NULL,
    hash     bytea   NOT NULL
);
INSERT INTO cds_access_head (sequence, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE TABLE used_assertion (
    issuer        text   NOT NULL,
    jti           text   NOT NULL,
    expires_at_us bigint NOT NULL,
    PRIMARY KEY (issuer, jti)
);
CREATE INDEX used_assertion_expiry ON used_assertion (expires_at_us);
COMMENT ON TABLE used_assertion IS 'The tokens of CDS clients that were used and have not expired long ago: each is taken once';

-- The tenants of the session's login role. SECURITY DEFINER, so that readers need no right on reader_grant; session_user stays the reader's.
CREATE FUNCTION granted_tenants(for_writing boolean) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pharmacogenomics, pg_temp
    AS $$
        SELECT coalesce(array_agg(tenant), '{}') FROM pharmacogenomics.reader_grant
        WHERE role_name = session_user AND (may_write OR NOT for_writing)
    $$;
REVOKE ALL ON FUNCTION granted_tenants(boolean) FROM PUBLIC;

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['patient_profile', 'gene_phenotype', 'recommendation', 'recommendation_history'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format(
            'CREATE POLICY reading ON %I FOR SELECT USING ((SELECT granted_tenants(false)) && ARRAY[tenant, ''*''])', guarded);
        EXECUTE format(
            'CREATE POLICY writing ON %I FOR ALL USING ((SELECT granted_tenants(true)) && ARRAY[tenant, ''*''])', guarded);
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

CREATE VIEW bi.pgx_phenotype_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT tenant, patient, gene, version, call_status, diplotype, diplotype_count, top_weight, phenotype, phenotypes,
        activity_score, converted_phenotype, converted_activity_score, inhibitors, missing_positions, novel, event_id,
        timestamptz 'epoch' + effective_at_us * interval '1 microsecond' AS effective_at,
        knowledge_version, model_version,
        timestamptz 'epoch' + produced_at_us * interval '1 microsecond' AS produced_at
    FROM pharmacogenomics.gene_phenotype;
COMMENT ON VIEW bi.pgx_phenotype_v1 IS
    'One row for each person and gene of which anything is known. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.pgx_phenotype_v1.tenant IS 'The tenant whose patient it is';
COMMENT ON COLUMN bi.pgx_phenotype_v1.patient IS 'The patient''s pseudonym';
COMMENT ON COLUMN bi.pgx_phenotype_v1.gene IS 'Symbol of the gene (HGNC)';
COMMENT ON COLUMN bi.pgx_phenotype_v1.version IS 'How often the result has changed: 1, 2, 3, ...';
COMMENT ON COLUMN bi.pgx_phenotype_v1.call_status IS 'called, ambiguous, no-match, not-callable or outside (reported by a laboratory)';
COMMENT ON COLUMN bi.pgx_phenotype_v1.diplotype IS 'The first of the diplotypes that are consistent with the data; empty when there is none';
COMMENT ON COLUMN bi.pgx_phenotype_v1.diplotype_count IS 'How many diplotypes are consistent with the data';
COMMENT ON COLUMN bi.pgx_phenotype_v1.top_weight IS 'The weight of diplotype among them, 0 to 1; NULL when there is none';
COMMENT ON COLUMN bi.pgx_phenotype_v1.phenotype IS 'The genetic phenotype that all of them have; empty when they differ';
COMMENT ON COLUMN bi.pgx_phenotype_v1.phenotypes IS 'The genetic phenotypes that they have, heaviest first';
COMMENT ON COLUMN bi.pgx_phenotype_v1.activity_score IS 'The activity score that all of them have; NULL when they differ or the gene has none';
COMMENT ON COLUMN bi.pgx_phenotype_v1.converted_phenotype IS 'The phenotype under the present medication; empty when they differ or nothing is known';
COMMENT ON COLUMN bi.pgx_phenotype_v1.converted_activity_score IS 'The activity score under the present medication';
COMMENT ON COLUMN bi.pgx_phenotype_v1.inhibitors IS 'The drugs that inhibit or induce the enzyme now';
COMMENT ON COLUMN bi.pgx_phenotype_v1.missing_positions IS 'The positions of the gene that were not fully observed';
COMMENT ON COLUMN bi.pgx_phenotype_v1.novel IS 'What was observed at the gene''s positions and is in no allele definition';
COMMENT ON COLUMN bi.pgx_phenotype_v1.event_id IS 'The event that told it';
COMMENT ON COLUMN bi.pgx_phenotype_v1.effective_at IS 'When it became so';
COMMENT ON COLUMN bi.pgx_phenotype_v1.knowledge_version IS 'The version of the tables that it rests on';
COMMENT ON COLUMN bi.pgx_phenotype_v1.model_version IS 'The version of the logic';
COMMENT ON COLUMN bi.pgx_phenotype_v1.produced_at IS 'When the log took the event that caused it';

CREATE VIEW bi.pgx_recommendation_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT tenant, patient, drug, guideline_source, guideline, population, recommendation_id, version, rxnorm,
        is_active_medication, status, guideline_version, actions, strength, risk_class, is_phenoconverted, missing_genes,
        settled_by, genes, phenotypes, event_id,
        timestamptz 'epoch' + effective_at_us * interval '1 microsecond' AS effective_at,
        knowledge_version, model_version,
        timestamptz 'epoch' + produced_at_us * interval '1 microsecond' AS produced_at
    FROM pharmacogenomics.recommendation;
COMMENT ON VIEW bi.pgx_recommendation_v1 IS
    'One row for each person, drug, source, guideline and population, as it stands now. Not medical advice. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.pgx_recommendation_v1.tenant IS 'The tenant whose patient it is';
COMMENT ON COLUMN bi.pgx_recommendation_v1.patient IS 'The patient''s pseudonym';
COMMENT ON COLUMN bi.pgx_recommendation_v1.drug IS 'The drug by the tables'' name, lower case';
COMMENT ON COLUMN bi.pgx_recommendation_v1.guideline_source IS 'Who recommends it: CPIC, DPWG or FDA';
COMMENT ON COLUMN bi.pgx_recommendation_v1.guideline IS 'The guideline by the source''s identifier';
COMMENT ON COLUMN bi.pgx_recommendation_v1.population IS 'Whom the guideline''s rows are for: general, adults, an indication';
COMMENT ON COLUMN bi.pgx_recommendation_v1.recommendation_id IS 'Identity of all that is recommended this person about this drug';
COMMENT ON COLUMN bi.pgx_recommendation_v1.version IS 'How often that has changed: 1, 2, 3, ...';
COMMENT ON COLUMN bi.pgx_recommendation_v1.rxnorm IS 'RxNorm code of the ingredient; may be empty';
COMMENT ON COLUMN bi.pgx_recommendation_v1.is_active_medication IS 'True when the person takes the drug';
COMMENT ON COLUMN bi.pgx_recommendation_v1.status IS 'determinate, ambiguous-same-action, ambiguous-different-action, not-callable or not-covered';
COMMENT ON COLUMN bi.pgx_recommendation_v1.guideline_version IS 'Date or year of the guideline''s content';
COMMENT ON COLUMN bi.pgx_recommendation_v1.actions IS 'What to do, as codes; empty when the candidates differ or nothing is known';
COMMENT ON COLUMN bi.pgx_recommendation_v1.strength IS 'How strongly the source stands behind it, on CPIC''s scale, and its own word after a colon';
COMMENT ON COLUMN bi.pgx_recommendation_v1.risk_class IS 'The class of side-effect risk; may be empty';
COMMENT ON COLUMN bi.pgx_recommendation_v1.is_phenoconverted IS 'True when the present medication makes it another than the genotype alone';
COMMENT ON COLUMN bi.pgx_recommendation_v1.missing_genes IS 'The genes that are needed and have no result';
COMMENT ON COLUMN bi.pgx_recommendation_v1.settled_by IS 'The positions and assays that would settle what is open, best first';
COMMENT ON COLUMN bi.pgx_recommendation_v1.genes IS 'The genes that the guideline asks about';
COMMENT ON COLUMN bi.pgx_recommendation_v1.phenotypes IS 'The phenotypes of the heaviest candidate, in the order of genes; empty texts where there is no result';
COMMENT ON COLUMN bi.pgx_recommendation_v1.event_id IS 'The event that told it';
COMMENT ON COLUMN bi.pgx_recommendation_v1.effective_at IS 'When it became so';
COMMENT ON COLUMN bi.pgx_recommendation_v1.knowledge_version IS 'The version of the tables that it rests on';
COMMENT ON COLUMN bi.pgx_recommendation_v1.model_version IS 'The version of the logic';
COMMENT ON COLUMN bi.pgx_recommendation_v1.produced_at IS 'When the log took the event that caused it';

-- Lets a login role read one tenant's results (or * for all); run by the owner. Revoke by deleting the row of reader_grant.
CREATE PROCEDURE grant_reader(role_name text, tenant text)
    LANGUAGE plpgsql SET search_path = pharmacogenomics, pg_temp
    AS $$
    BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA pharmacogenomics, bi TO %I', role_name);
        EXECUTE format(
            'GRANT SELECT ON pharmacogenomics.gene_phenotype, pharmacogenomics.recommendation, '
            'pharmacogenomics.recommendation_history, bi.pgx_phenotype_v1, bi.pgx_recommendation_v1 TO %I', role_name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION pharmacogenomics.granted_tenants(boolean) TO %I', role_name);
        INSERT INTO pharmacogenomics.reader_grant (role_name, tenant) VALUES (grant_reader.role_name, grant_reader.tenant)
            ON CONFLICT DO NOTHING;
    END
    $$;
REVOKE ALL ON PROCEDURE grant_reader(text, text) FROM PUBLIC;
