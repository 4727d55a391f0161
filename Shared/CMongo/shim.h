#pragma once
#include <mongoc/mongoc.h>
#include <pthread.h>
#include <stdlib.h>

// glibc declares it only under _GNU_SOURCE, which Swift's importer does not set.
extern int pthread_setname_np(pthread_t thread, const char *name);

/// Names a thread, for `top -H` and debuggers; at most 15 bytes.
static inline void vs_mongo_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

// `bson_t` and `bson_iter_t` are aligned to 128 bytes, so Swift sees them as opaque: what needs their insides is here.

/// Memory for a reply, which the calls of libmongoc initialise anew; free it with `vs_reply_free`.
static inline bson_t *vs_reply_new(void) {
    bson_t *reply = (bson_t *)aligned_alloc(128, sizeof(bson_t));
    if (reply) bson_init(reply);
    return reply;
}

static inline void vs_reply_free(bson_t *reply) {
    bson_destroy(reply);
    free(reply);
}

static inline uint32_t vs_bson_length(const bson_t *document) { return document->len; }

/// One value inside a document; `bytes` points into the document.
typedef struct {
    int32_t type;  // the number of the BSON type
    int64_t integer;
    double number;
    const uint8_t *bytes;
    uint32_t length;
} vs_bson_value;

/// Finds the value at a path ("a.b.0") of a serialised document; false when it is not there or the document is damaged.
static inline bool vs_bson_find(const uint8_t *data, size_t length, const char *path, vs_bson_value *value) {
    bson_t document;
    bson_iter_t top, found;
    if (!bson_init_static(&document, data, length) || !bson_iter_init(&top, &document)
        || !bson_iter_find_descendant(&top, path, &found)) return false;
    vs_bson_value empty = {0};
    *value = empty;
    value->type = (int32_t)bson_iter_type(&found);
    switch (bson_iter_type(&found)) {
    case BSON_TYPE_DOUBLE: value->number = bson_iter_double(&found); break;
    case BSON_TYPE_UTF8: value->bytes = (const uint8_t *)bson_iter_utf8(&found, &value->length); break;
    case BSON_TYPE_DOCUMENT: bson_iter_document(&found, &value->length, &value->bytes); break;
    case BSON_TYPE_ARRAY: bson_iter_array(&found, &value->length, &value->bytes); break;
    case BSON_TYPE_BOOL: value->integer = bson_iter_bool(&found); break;
    case BSON_TYPE_DATE_TIME: value->integer = bson_iter_date_time(&found); break;
    case BSON_TYPE_INT32: value->integer = bson_iter_int32(&found); break;
    case BSON_TYPE_INT64: value->integer = bson_iter_int64(&found); break;
    default: break;
    }
    return true;
}

/// Calls `visit` with each name at the top level.
static inline void vs_bson_each_key(
    const bson_t *document, void *context, void (*visit)(void *context, const char *key)) {
    bson_iter_t iterator;
    if (!bson_iter_init(&iterator, document)) return;
    while (bson_iter_next(&iterator)) visit(context, bson_iter_key(&iterator));
}

/// Relaxed extended JSON of a serialised document, to be freed with `bson_free`; NULL when it is damaged.
static inline char *vs_bson_json(const uint8_t *data, size_t length, size_t *json_length) {
    bson_t document;
    if (!bson_init_static(&document, data, length)) return NULL;
    return bson_as_relaxed_extended_json(&document, json_length);
}
