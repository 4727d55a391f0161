#ifndef CPHARMACOGENOMICSTABLES_H
#define CPHARMACOGENOMICSTABLES_H

#include <stddef.h>
#include <stdint.h>

/// One table of the knowledge release that this program was built with. The bytes are UTF-8, are not terminated, and
/// live as long as the program, in its read-only data.
struct pharmacogenomics_table {
    /// The file name (`positions.tsv`), terminated.
    const char *name;
    const uint8_t *bytes;
    size_t length;
};

/// The tables, in no promised order; `*count` is set to their number.
const struct pharmacogenomics_table *pharmacogenomics_tables(size_t *count);

#endif
