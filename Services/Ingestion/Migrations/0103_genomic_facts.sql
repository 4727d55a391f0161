-- Genotypes, expression profiles and the definitions of polygenic scores. Each comes in chunks: one row for a chunk's event, and what it
-- carries beside it, in rows or arrays.

CREATE TABLE genotype_chunk (
    event_id        uuid    PRIMARY KEY,
    record_id       uuid    NOT NULL,
    tenant          text    NOT NULL,
    patient         text    NOT NULL,
    sample_id       text    NOT NULL,
    assembly        text    NOT NULL,
    format          text    NOT NULL,
    submission_id   uuid    NOT NULL,
    chunk           integer NOT NULL,
    is_last_chunk   boolean NOT NULL,
    call_count      integer NOT NULL,
    collected_at_us bigint,
    resource_id     text    NOT NULL,
    source          text    NOT NULL,
    received_at_us  bigint  NOT NULL,
    model_version   text    NOT NULL
);
COMMENT ON TABLE genotype_chunk IS 'One row for each health.genotype.recorded.v1 event; its calls are in genotype_call';
COMMENT ON COLUMN genotype_chunk.sample_id IS 'Opaque name of the sample; may be empty';
COMMENT ON COLUMN genotype_chunk.assembly IS
    'The assembly that positions refer to: GRCh37, GRCh38, NCBI36, T2T-CHM13v2.0; empty when the source does not say';
COMMENT ON COLUMN genotype_chunk.format IS 'What the calls were read from: vcf, gvcf, consumer-array';
COMMENT ON COLUMN genotype_chunk.submission_id IS 'Identity of the submission, the same in all its chunks';
COMMENT ON COLUMN genotype_chunk.chunk IS 'The chunk''s number within the submission, from 0';
COMMENT ON COLUMN genotype_chunk.is_last_chunk IS 'Whether it is the last chunk of the submission';
COMMENT ON COLUMN genotype_chunk.call_count IS 'How many calls the chunk has';
COMMENT ON COLUMN genotype_chunk.collected_at_us IS 'When the sample was taken; NULL when the source does not say';
CREATE INDEX genotype_chunk_patient ON genotype_chunk (patient, submission_id);

CREATE TABLE genotype_call (
    event_id     uuid     NOT NULL,
    ordinal      integer  NOT NULL,
    tenant       text     NOT NULL,
    patient      text     NOT NULL,
    chromosome   text     NOT NULL,
    position     bigint   NOT NULL,
    end_position bigint   NOT NULL,
    identifier   text     NOT NULL,
    reference    text     NOT NULL,
    alternates   text[]   NOT NULL,
    alleles      int4[]   NOT NULL,
    is_phased    boolean  NOT NULL,
    phase_set    bigint,
    depth        integer,
    quality      double precision,
    filter       text     NOT NULL,
    site_quality double precision,
    PRIMARY KEY (event_id, ordinal)
);
COMMENT ON TABLE genotype_call IS 'One row for each genotype call of a chunk';
COMMENT ON COLUMN genotype_call.ordinal IS 'The call''s place within its chunk, from 0';
COMMENT ON COLUMN genotype_call.chromosome IS 'The chromosome or contig, without a prefix chr, e.g. 1, X, MT';
COMMENT ON COLUMN genotype_call.position IS 'The first base of the reference allele, from 1; 0 stands for the telomere before it';
COMMENT ON COLUMN genotype_call.end_position IS 'The last base that the call covers';
COMMENT ON COLUMN genotype_call.identifier IS 'Identifiers of the variant, separated by semicolons, e.g. rs1801133; may be empty';
COMMENT ON COLUMN genotype_call.reference IS 'The reference allele; empty when the source does not know it';
COMMENT ON COLUMN genotype_call.alternates IS 'The other alleles; without a reference, every allele that was observed';
COMMENT ON COLUMN genotype_call.alleles IS
    'The called alleles: 0 for the reference, from 1 for the alternates, -1 for no call; empty when the source calls no genotype';
COMMENT ON COLUMN genotype_call.is_phased IS 'Whether the alleles are in the order of the haplotypes';
COMMENT ON COLUMN genotype_call.phase_set IS 'Which phased calls belong together; NULL when the source does not say';
COMMENT ON COLUMN genotype_call.depth IS 'Reads at the site; NULL when the source does not say';
COMMENT ON COLUMN genotype_call.quality IS 'Phred-scaled quality of the genotype; NULL when the source does not say';
COMMENT ON COLUMN genotype_call.filter IS 'The filters that the site has failed, separated by semicolons, or PASS; empty when none were applied';
COMMENT ON COLUMN genotype_call.site_quality IS 'Phred-scaled quality of the site; NULL when the source does not say';
CREATE INDEX genotype_call_place ON genotype_call (patient, chromosome, position);

CREATE TABLE expression_chunk (
    event_id       uuid    PRIMARY KEY,
    record_id      uuid    NOT NULL,
    tenant         text    NOT NULL,
    patient        text    NOT NULL,
    sample_id      text    NOT NULL,
    cohort         text    NOT NULL,
    tissue         text    NOT NULL,
    unit           text    NOT NULL,
    gene_system    text    NOT NULL,
    submission_id  uuid    NOT NULL,
    chunk          integer NOT NULL,
    is_last_chunk  boolean NOT NULL,
    is_sparse      boolean NOT NULL,
    genes          text[]  NOT NULL,
    gene_values    float8[] NOT NULL CHECK (cardinality(gene_values) = cardinality(genes)),
    measured_at_us bigint,
    resource_id    text    NOT NULL,
    source         text    NOT NULL,
    received_at_us bigint  NOT NULL,
    model_version  text    NOT NULL
);
COMMENT ON TABLE expression_chunk IS 'One row for each health.expression.measured.v1 event';
COMMENT ON COLUMN expression_chunk.sample_id IS 'Opaque name of the sample';
COMMENT ON COLUMN expression_chunk.cohort IS 'The study or the batch that the sample belongs to; may be empty';
COMMENT ON COLUMN expression_chunk.tissue IS 'The tissue or the cell type; may be empty';
COMMENT ON COLUMN expression_chunk.unit IS 'What the values are, e.g. TPM, FPKM, counts; may be empty';
COMMENT ON COLUMN expression_chunk.gene_system IS 'What the genes are named by: ensembl, symbol, entrez, unknown';
COMMENT ON COLUMN expression_chunk.submission_id IS 'Identity of the submission, the same in all its chunks';
COMMENT ON COLUMN expression_chunk.chunk IS 'The chunk''s number within the submission, from 0';
COMMENT ON COLUMN expression_chunk.is_last_chunk IS 'Whether it is the last chunk of the submission';
COMMENT ON COLUMN expression_chunk.is_sparse IS 'Whether genes that are not listed were measured as zero';
COMMENT ON COLUMN expression_chunk.genes IS 'The genes, in the order of the source';
COMMENT ON COLUMN expression_chunk.gene_values IS 'The value of each gene, in the same order';
COMMENT ON COLUMN expression_chunk.measured_at_us IS 'When the sample was measured; NULL when the source does not say';
CREATE INDEX expression_chunk_patient ON expression_chunk (patient, sample_id, chunk);

CREATE TABLE polygenic_score (
    event_id       uuid    PRIMARY KEY,
    record_id      uuid    NOT NULL,
    tenant         text    NOT NULL,
    score_id       text    NOT NULL,
    name           text    NOT NULL,
    trait          text    NOT NULL,
    assembly       text    NOT NULL,
    weight_type    text    NOT NULL,
    submission_id  uuid    NOT NULL,
    chunk          integer NOT NULL,
    is_last_chunk  boolean NOT NULL,
    weight_count   integer NOT NULL,
    resource_id    text    NOT NULL,
    source         text    NOT NULL,
    received_at_us bigint  NOT NULL,
    model_version  text    NOT NULL
);
COMMENT ON TABLE polygenic_score IS 'One row for each health.score.defined.v1 event; its weights are in polygenic_score_weight';
COMMENT ON COLUMN polygenic_score.score_id IS 'The score''s id, e.g. PGS000001';
COMMENT ON COLUMN polygenic_score.name IS 'The score''s name; may be empty';
COMMENT ON COLUMN polygenic_score.trait IS 'The trait as the authors report it; may be empty';
COMMENT ON COLUMN polygenic_score.assembly IS
    'The assembly that positions refer to: GRCh37, GRCh38, NCBI36, T2T-CHM13v2.0; empty when the source does not say';
COMMENT ON COLUMN polygenic_score.weight_type IS 'What the weights are, e.g. beta, OR, HR; may be empty';
COMMENT ON COLUMN polygenic_score.submission_id IS 'Identity of the submission, the same in all its chunks';
COMMENT ON COLUMN polygenic_score.chunk IS 'The chunk''s number within the submission, from 0';
COMMENT ON COLUMN polygenic_score.is_last_chunk IS 'Whether it is the last chunk of the submission';
COMMENT ON COLUMN polygenic_score.weight_count IS 'How many weights the chunk has';
CREATE INDEX polygenic_score_submission ON polygenic_score (score_id, submission_id);

CREATE TABLE polygenic_score_weight (
    event_id      uuid    NOT NULL,
    ordinal       integer NOT NULL,
    tenant        text    NOT NULL,
    chromosome    text    NOT NULL,
    position      bigint,
    identifier    text    NOT NULL,
    effect_allele text    NOT NULL,
    other_allele  text    NOT NULL,
    weight        double precision NOT NULL,
    model         text    NOT NULL,
    PRIMARY KEY (event_id, ordinal)
);
COMMENT ON TABLE polygenic_score_weight IS 'One row for each weight of a chunk of a score';
COMMENT ON COLUMN polygenic_score_weight.ordinal IS 'The weight''s place within its chunk, from 0';
COMMENT ON COLUMN polygenic_score_weight.chromosome IS 'The chromosome, without a prefix chr; may be empty';
COMMENT ON COLUMN polygenic_score_weight.position IS 'The first base, from 1; NULL when the variant is named by its identifier alone';
COMMENT ON COLUMN polygenic_score_weight.identifier IS 'Identifier of the variant, e.g. rs7903146; may be empty';
COMMENT ON COLUMN polygenic_score_weight.effect_allele IS 'The allele that the weight counts';
COMMENT ON COLUMN polygenic_score_weight.other_allele IS 'The other allele, or alleles separated by slashes; may be empty';
COMMENT ON COLUMN polygenic_score_weight.weight IS 'The weight';
COMMENT ON COLUMN polygenic_score_weight.model IS 'How the dosage of the effect allele enters the score: additive, dominant, recessive';

CALL protect_tenants(
    ARRAY['genotype_chunk', 'genotype_call', 'expression_chunk', 'polygenic_score', 'polygenic_score_weight'], true);

CREATE VIEW bi.genotype_submission_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT submission_id, tenant, patient, sample_id, assembly, format, count(*) AS chunks, sum(call_count) AS calls,
        bool_or(is_last_chunk) AND count(*) = max(chunk) + 1 AS is_complete,
        instant(min(collected_at_us)) AS collected_at, instant(max(received_at_us)) AS received_at, min(source) AS source
    FROM ingestion.genotype_chunk
    GROUP BY submission_id, tenant, patient, sample_id, assembly, format;
COMMENT ON VIEW bi.genotype_submission_v1 IS
    'One row for each submitted file of genotypes and sample. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.genotype_submission_v1.chunks IS 'How many of its chunks have come';
COMMENT ON COLUMN bi.genotype_submission_v1.calls IS 'How many calls they have';
COMMENT ON COLUMN bi.genotype_submission_v1.is_complete IS 'True when every chunk has come, the last one too';

CREATE VIEW bi.genotype_call_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT call.event_id, call.ordinal, chunk.record_id, call.tenant, call.patient, chunk.submission_id, chunk.sample_id, chunk.assembly,
        chunk.format, call.chromosome, call.position, call.end_position, call.identifier, call.reference, call.alternates, call.alleles,
        call.is_phased, call.phase_set, call.depth, call.quality, call.filter, call.site_quality,
        instant(chunk.received_at_us) AS received_at, chunk.source
    FROM ingestion.genotype_call AS call
    JOIN ingestion.genotype_chunk AS chunk USING (event_id);
COMMENT ON VIEW bi.genotype_call_v1 IS
    'One row for each genotype call. Rows are those of the tenants granted to session_user. Columns are only ever added';

CREATE VIEW bi.expression_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT event_id, record_id, tenant, patient, sample_id, cohort, tissue, unit, gene_system, submission_id, chunk, is_sparse,
        gene.gene, gene.value, instant(measured_at_us) AS measured_at, instant(received_at_us) AS received_at, source, resource_id,
        model_version
    FROM ingestion.expression_chunk, unnest(genes, gene_values) AS gene (gene, value);
COMMENT ON VIEW bi.expression_v1 IS
    'One row for each gene of a sample. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.expression_v1.gene IS 'The gene, named by gene_system';
COMMENT ON COLUMN bi.expression_v1.value IS 'Its expression, in unit';

CREATE VIEW bi.polygenic_score_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT submission_id, tenant, score_id, name, trait, assembly, weight_type, count(*) AS chunks, sum(weight_count) AS weights,
        bool_or(is_last_chunk) AND count(*) = max(chunk) + 1 AS is_complete, instant(max(received_at_us)) AS received_at,
        min(source) AS source
    FROM ingestion.polygenic_score
    GROUP BY submission_id, tenant, score_id, name, trait, assembly, weight_type;
COMMENT ON VIEW bi.polygenic_score_v1 IS
    'One row for each submitted definition of a score. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.polygenic_score_v1.tenant IS 'The tenant that the definition was submitted for';
COMMENT ON COLUMN bi.polygenic_score_v1.chunks IS 'How many of its chunks have come';
COMMENT ON COLUMN bi.polygenic_score_v1.weights IS 'How many weights they have';
COMMENT ON COLUMN bi.polygenic_score_v1.is_complete IS 'True when every chunk has come, the last one too';

CREATE VIEW bi.polygenic_score_weight_v1 WITH (security_invoker = true, security_barrier = true) AS
    SELECT weight.event_id, weight.ordinal, weight.tenant, score.submission_id, score.score_id, score.assembly, weight.chromosome,
        weight.position, weight.identifier, weight.effect_allele, weight.other_allele, weight.weight, weight.model
    FROM ingestion.polygenic_score_weight AS weight
    JOIN ingestion.polygenic_score AS score USING (event_id);
COMMENT ON VIEW bi.polygenic_score_weight_v1 IS
    'One row for each weight of a score. Rows are those of the tenants granted to session_user. Columns are only ever added';
COMMENT ON COLUMN bi.polygenic_score_weight_v1.tenant IS 'The tenant that the definition was submitted for';

CALL explain_views();
CALL grant_readers_anew();
