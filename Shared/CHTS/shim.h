#pragma once
#include <htslib/hts.h>
#include <htslib/hts_log.h>
#include <htslib/kstring.h>
#include <htslib/vcf.h>

/* Macros and variadic or inline functions that Swift cannot import as they are. */

static inline int vitalstream_bcf_format(const bcf_hdr_t *header, const bcf1_t *record, kstring_t *text) {
    return vcf_format(header, record, text);
}

static inline int vitalstream_bcf_unpack_all(bcf1_t *record) { return bcf_unpack(record, BCF_UN_ALL); }
