#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <sys/prctl.h>

/// Enqueues one message: `rd_kafka_producev` with its arguments fixed, because Swift cannot call variadic C.
///
/// The payload is copied (`RD_KAFKA_MSG_F_COPY`) and the key is always copied. The headers travel as one list
/// (`RD_KAFKA_V_HEADERS`), never as single `RD_KAFKA_V_HEADER` items: with single items `rd_kafka_produceva` of
/// librdkafka 2.0.2 frees the list twice when the partition does not exist (confluentinc/librdkafka#4627, mended in
/// 2.4.0). With a list the ownership is plain: it is the library's on `RD_KAFKA_RESP_ERR_NO_ERROR`, and on any other
/// result it is still the caller's, who destroys it.
static inline rd_kafka_resp_err_t vs_kafka_produce(
    rd_kafka_t *_Nonnull handle, rd_kafka_topic_t *_Nonnull topic, int32_t partition, const void *_Nullable key,
    size_t key_length, const void *_Nullable value, size_t value_length, rd_kafka_headers_t *_Nullable headers,
    int64_t timestamp_ms, void *_Nullable opaque) {
    return rd_kafka_producev(
        handle, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(key, key_length), RD_KAFKA_V_VALUE((void *)value, value_length),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_TIMESTAMP(timestamp_ms), RD_KAFKA_V_OPAQUE(opaque), RD_KAFKA_V_END);
}

/// Names the calling thread, for debuggers and `ps -L`; 15 bytes are kept. Swift cannot call `prctl`: it is variadic.
static inline void vs_kafka_name_thread(const char *_Nonnull name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}
