#pragma once
#include <zlib.h>

/// `inflateInit2` is a macro, which Swift does not see. `windowBits` as zlib defines it: 31 for gzip, 15 for zlib, -15 for raw deflate.
static inline int vs_inflate_init(z_stream *_Nonnull stream, int windowBits) {
    return inflateInit2(stream, windowBits);
}

/// `deflateInit2` is a macro, which Swift does not see; `windowBits` as above.
static inline int vs_deflate_init(z_stream *_Nonnull stream, int level, int windowBits) {
    return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}
