#include "CPharmacogenomicsTables.h"

// #embed is of C23; clang has had it for every C since version 19.
#pragma clang diagnostic ignored "-Wc23-extensions"

// The bytes of every file of knowledge/, one array each.

static const uint8_t knowledge[] = {
#embed "knowledge/knowledge.tsv"
};

static const uint8_t genes[] = {
#embed "knowledge/genes.tsv"
};

static const uint8_t positions[] = {
#embed "knowledge/positions.tsv"
};

static const uint8_t alleles[] = {
#embed "knowledge/alleles.tsv"
};

static const uint8_t unphased_priorities[] = {
#embed "knowledge/unphased-priorities.tsv"
};

static const uint8_t phenotype_functions[] = {
#embed "knowledge/phenotype-functions.tsv"
};

static const uint8_t phenotype_scores[] = {
#embed "knowledge/phenotype-scores.tsv"
};

static const uint8_t phenotype_exceptions[] = {
#embed "knowledge/phenotype-exceptions.tsv"
};

static const uint8_t frequencies[] = {
#embed "knowledge/frequencies.tsv"
};

#if __has_embed("knowledge/guidelines-cpic.tsv")
static const uint8_t guidelines_cpic[] = {
#embed "knowledge/guidelines-cpic.tsv"
};
#endif

#if __has_embed("knowledge/guidelines-fda.tsv")
static const uint8_t guidelines_fda[] = {
#embed "knowledge/guidelines-fda.tsv"
};
#endif

#if __has_embed("knowledge/guidelines-dpwg.tsv")
static const uint8_t guidelines_dpwg[] = {
#embed "knowledge/guidelines-dpwg.tsv"
};
#endif

#if __has_embed("knowledge/drugs.tsv")
static const uint8_t drugs[] = {
#embed "knowledge/drugs.tsv"
};
#endif

#if __has_embed("knowledge/interactions.tsv")
static const uint8_t interactions[] = {
#embed "knowledge/interactions.tsv"
};
#endif

#if __has_embed("knowledge/indications.tsv")
static const uint8_t indications[] = {
#embed "knowledge/indications.tsv"
};
#endif

#if __has_embed("knowledge/contraindications.tsv")
static const uint8_t contraindications[] = {
#embed "knowledge/contraindications.tsv"
};
#endif

#if __has_embed("knowledge/phenoconversion.tsv")
static const uint8_t phenoconversion[] = {
#embed "knowledge/phenoconversion.tsv"
};
#endif

#if __has_embed("knowledge/pairs-not-covered.tsv")
static const uint8_t pairs_not_covered[] = {
#embed "knowledge/pairs-not-covered.tsv"
};
#endif

#define TABLE(file, array) {file, array, sizeof array}

static const struct pharmacogenomics_table tables[] = {
    TABLE("knowledge.tsv", knowledge),
    TABLE("genes.tsv", genes),
    TABLE("positions.tsv", positions),
    TABLE("alleles.tsv", alleles),
    TABLE("unphased-priorities.tsv", unphased_priorities),
    TABLE("phenotype-functions.tsv", phenotype_functions),
    TABLE("phenotype-scores.tsv", phenotype_scores),
    TABLE("phenotype-exceptions.tsv", phenotype_exceptions),
    TABLE("frequencies.tsv", frequencies),
#if __has_embed("knowledge/guidelines-cpic.tsv")
    TABLE("guidelines-cpic.tsv", guidelines_cpic),
#endif
#if __has_embed("knowledge/guidelines-fda.tsv")
    TABLE("guidelines-fda.tsv", guidelines_fda),
#endif
#if __has_embed("knowledge/guidelines-dpwg.tsv")
    TABLE("guidelines-dpwg.tsv", guidelines_dpwg),
#endif
#if __has_embed("knowledge/drugs.tsv")
    TABLE("drugs.tsv", drugs),
#endif
#if __has_embed("knowledge/interactions.tsv")
    TABLE("interactions.tsv", interactions),
#endif
#if __has_embed("knowledge/indications.tsv")
    TABLE("indications.tsv", indications),
#endif
#if __has_embed("knowledge/contraindications.tsv")
    TABLE("contraindications.tsv", contraindications),
#endif
#if __has_embed("knowledge/phenoconversion.tsv")
    TABLE("phenoconversion.tsv", phenoconversion),
#endif
#if __has_embed("knowledge/pairs-not-covered.tsv")
    TABLE("pairs-not-covered.tsv", pairs_not_covered),
#endif
};

const struct pharmacogenomics_table *pharmacogenomics_tables(size_t *count) {
    *count = sizeof tables / sizeof tables[0];
    return tables;
}
