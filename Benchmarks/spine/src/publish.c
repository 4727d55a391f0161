// Publishes N ObservationRecorded events of P patients, as Ingestion would: CloudEvents headers, key = pseudonym, lz4,
// idempotent, acks=all, linger 5 ms. Everything is a function of the seed.
//
//   publish --brokers B --topic T --patients P --events N [--seed S] [--order sets|spread] [--feed clinic|episodes]
//           [--ill PER-MILLE] [--rate EVENTS/S] [--times FILE]
//
// Order. `sets`: a patient's six vital signs come one after another, as a monitor or a FHIR Bundle sends them; then the next
// patient's. `spread`: each patient sends one vital sign, then each the next: no two neighbours have the same key.
// Feed. `clinic`: from its second set on, one patient in --ill per mille is ill in every vital sign (heart rate 140, respiration
// 28, SpO2 88 %, 39.6 Cel, systolic 84). `episodes`: every patient has a fever of 39.4 Cel in one set out of four, at its own
// turn, and is well between: one reading raises the alert `temperature-high`, the second normal one resolves it.
//
// With --rate, event k leaves at start + k / rate, and --times gets 24 bytes for each event: its id and the time just before
// it was handed to the client (int64, microseconds). At the end the partitions are counted: a dropped record is a failure.
// Prints a line of JSON.

#include "common.h"
#include "observation.pb-c.h"

#include <math.h>

enum { vital_count = 6 };

static const struct {
    const char *loinc, *display, *unit;
    double low, high, ill, step;
} vitals[vital_count] = {
    {"8867-4", "Heart rate", "/min", 58, 88, 140, 1},
    {"9279-1", "Respiratory rate", "/min", 13, 19, 28, 1},
    {"59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%", 96, 99, 88, 1},
    {"8310-5", "Body temperature", "Cel", 36.3, 37.4, 39.6, 0.1},
    {"8480-6", "Systolic blood pressure", "mm[Hg]", 114, 148, 84, 1},
    // Watched too, so that every record of the feed has an effect: a diastolic pressure would be ignored by the engine.
    {"2339-0", "Glucose [Mass/volume] in Blood", "mg/dL", 80, 120, 118, 1},
};

static int64_t delivered;

static void on_delivery(rd_kafka_t *handle, const rd_kafka_message_t *message, void *opaque) {
    (void)handle;
    (void)opaque;
    if (message->err) fail("publish: not delivered: %s", rd_kafka_err2str(message->err));
    delivered++;
}

static void write_uuid(uint64_t high, uint64_t low, char *text) {
    snprintf(
        text, 37, "%08x-%04x-%04x-%04x-%012llx", (uint32_t)(high >> 32), (uint32_t)(high >> 16) & 0xFFFF,
        (uint32_t)high & 0xFFFF, (uint32_t)(low >> 48), (unsigned long long)(low & 0xFFFFFFFFFFFFu));
}

// `p1.` and 24 characters of base64url, as the pseudonymizer makes them.
static void write_pseudonym(uint64_t seed, uint64_t patient, char *text) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    uint64_t bits = mix(seed ^ mix(patient));
    memcpy(text, "p1.", 3);
    for (int index = 0; index < 24; index++) {
        if (index % 10 == 0) bits = mix(bits + (uint64_t)index);
        text[3 + index] = letters[bits & 63];
        bits >>= 6;
    }
    text[27] = 0;
}

// The time as `2026-01-01T00:00:00.000000Z`.
static void write_time(int64_t microseconds, char *text, size_t size) {
    time_t seconds = microseconds / 1000000;
    struct tm parts;
    gmtime_r(&seconds, &parts);
    size_t length = strftime(text, size, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + length, size - length, ".%06lldZ", (long long)(microseconds % 1000000));
}

static double value_of(uint64_t seed, int64_t patient, int64_t round, int vital, int episodes, int64_t ill_per_mille) {
    uint64_t person = mix(seed ^ mix((uint64_t)patient * 2 + 1));
    if (episodes) {
        if (vital == 3 && round % 4 == (int64_t)(person % 4)) return 39.4;
    } else if (round >= 1 && (int64_t)(person % 1000) < ill_per_mille) {
        return vitals[vital].ill;
    }
    // Two thirds of the span are the person's own, one third is the hour's.
    double own = (double)(mix(person + (uint64_t)vital) >> 11) / 9007199254740992.0;
    double hour = (double)(mix(person + (uint64_t)(round * vital_count + vital) * 7919) >> 11) / 9007199254740992.0;
    double value = vitals[vital].low + (vitals[vital].high - vitals[vital].low) * (own * 2 + hour) / 3;
    return vitals[vital].step < 1 ? floor(value * 10 + 0.5) / 10 : floor(value + 0.5);
}

// Counts what the partitions hold; fails when one has let a record go.
static int64_t kept(rd_kafka_t *handle, rd_kafka_topic_t *topic, const char *name, int *partitions) {
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t error = rd_kafka_metadata(handle, 0, topic, &metadata, 10000);
    if (error) fail("publish: metadata: %s", rd_kafka_err2str(error));
    *partitions = metadata->topics[0].partition_cnt;
    rd_kafka_metadata_destroy(metadata);
    int64_t total = 0;
    for (int partition = 0; partition < *partitions; partition++) {
        int64_t low, high;
        error = rd_kafka_query_watermark_offsets(handle, name, partition, &low, &high, 10000);
        if (error) fail("publish: watermarks: %s", rd_kafka_err2str(error));
        if (low != 0) fail("publish: partition %d has let %lld records go: use more partitions", partition, (long long)low);
        total += high;
    }
    return total;
}

int main(int count, char **arguments) {
    end_with_parent();
    const char *topic_name = option(count, arguments, "--topic", NULL);
    int64_t patients = number(count, arguments, "--patients", NULL);
    int64_t events = number(count, arguments, "--events", NULL);
    uint64_t seed = (uint64_t)number(count, arguments, "--seed", "1");
    int64_t ill_per_mille = number(count, arguments, "--ill", "10");
    int64_t rate = number(count, arguments, "--rate", "0");
    int spread = strcmp(option(count, arguments, "--order", "sets"), "spread") == 0;
    int episodes = strcmp(option(count, arguments, "--feed", "clinic"), "episodes") == 0;
    const char *times_name = option(count, arguments, "--times", "");
    if (patients < 1 || events < 1 || rate < 0) fail("publish: patients and events are at least 1");
    FILE *times = *times_name ? fopen(times_name, "wb") : NULL;
    if (*times_name && !times) fail("publish: %s cannot be written", times_name);

    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", option(count, arguments, "--brokers", NULL));
    set(conf, "enable.idempotence", "true");
    set(conf, "acks", "all");
    set(conf, "linger.ms", "5");
    set(conf, "compression.type", "lz4");
    set(conf, "partitioner", "murmur2_random");
    set(conf, "queue.buffering.max.messages", "200000");
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    char reason[512];
    rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason, sizeof reason);
    if (!handle) fail("publish: %s", reason);
    rd_kafka_topic_t *topic = rd_kafka_topic_new(handle, topic_name, NULL);
    if (!topic) fail("publish: no topic");
    int partitions = 0;
    int64_t before = kept(handle, topic, topic_name, &partitions);

    // 2026-01-01T00:00:00Z; a set every five minutes.
    const int64_t epoch = 1767225600000000;
    int64_t bytes = 0, started = now_us();
    uint8_t *buffer = malloc(65536);
    for (int64_t event = 0; event < events; event++) {
        int64_t in_round = event % (patients * vital_count), round = event / (patients * vital_count);
        int64_t patient = spread ? in_round % patients : in_round / vital_count;
        int vital = (int)(spread ? in_round / patients : in_round % vital_count);

        char id[37], pseudonym[28], device[32], time[32];
        uint64_t high = (mix(seed * 31 + (uint64_t)event * 2) & ~(uint64_t)0xF000) | 0x8000;
        uint64_t low = (mix(seed * 31 + (uint64_t)event * 2 + 1) & ~((uint64_t)3 << 62)) | (uint64_t)1 << 63;
        write_uuid(high, low, id);
        write_pseudonym(seed, (uint64_t)patient, pseudonym);
        snprintf(device, sizeof device, "monitor-%06lld", (long long)patient);
        int64_t effective = epoch + round * 300000000 + (in_round / vital_count) * 10 + vital * 1000000;
        int64_t received = effective + 1500000;
        write_time(received, time, sizeof time);

        Health__V1__ObservationRecorded message = HEALTH__V1__OBSERVATION_RECORDED__INIT;
        message.event_id = id;
        message.patient = pseudonym;
        message.code = (char *)vitals[vital].loinc;
        message.code_system = "http://loinc.org";
        message.display = (char *)vitals[vital].display;
        message.value_case = HEALTH__V1__OBSERVATION_RECORDED__VALUE_QUANTITY;
        message.quantity = value_of(seed, patient, round, vital, episodes, ill_per_mille);
        message.unit = (char *)vitals[vital].unit;
        message.status = HEALTH__V1__OBSERVATION_STATUS__OBSERVATION_STATUS_FINAL;
        message.effective_case = HEALTH__V1__OBSERVATION_RECORDED__EFFECTIVE_EFFECTIVE_AT_US;
        message.effective_at_us = effective;
        message.received_at_us = received;
        message.source = "feed.wearable.v1";
        message.device_id = device;
        message.model_version = "ingestion-1";
        message.produced_at_us = received;
        size_t length = health__v1__observation_recorded__pack(&message, buffer);

        rd_kafka_headers_t *headers = rd_kafka_headers_new(6);
        rd_kafka_header_add(headers, "ce_id", -1, id, 36);
        rd_kafka_header_add(headers, "ce_source", -1, "/vitalstream/ingestion", -1);
        rd_kafka_header_add(headers, "ce_type", -1, "health.observation.recorded.v1", -1);
        rd_kafka_header_add(headers, "ce_time", -1, time, -1);
        rd_kafka_header_add(headers, "ce_specversion", -1, "1.0", -1);
        rd_kafka_header_add(headers, "content-type", -1, "application/x-protobuf", -1);

        if (rate > 0) {
            int64_t due = started + event * 1000000 / rate, early;
            while ((early = due - now_us()) > 0) {
                rd_kafka_poll(handle, 0);
                usleep((useconds_t)(early > 1000 ? 1000 : early));
            }
        }
        int64_t sent = now_us();
        for (;;) {
            rd_kafka_resp_err_t error = rd_kafka_producev(
                handle, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(RD_KAFKA_PARTITION_UA),
                RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(pseudonym, 27), RD_KAFKA_V_VALUE(buffer, length),
                RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
            if (!error) break;
            if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) fail("publish: %s", rd_kafka_err2str(error));
            rd_kafka_poll(handle, 20);
        }
        if (times) {
            uint64_t row[3] = {__builtin_bswap64(high), __builtin_bswap64(low), (uint64_t)sent};
            if (fwrite(row, sizeof row, 1, times) != 1) fail("publish: %s cannot be written", times_name);
        }
        bytes += (int64_t)length;
        if (event % 256 == 0) rd_kafka_poll(handle, 0);
    }
    rd_kafka_flush(handle, 60000);
    double seconds = (double)(now_us() - started) / 1e6;
    if (times && fclose(times) != 0) fail("publish: %s cannot be written", times_name);
    if (delivered != events) fail("publish: %lld of %lld delivered", (long long)delivered, (long long)events);
    int64_t added = kept(handle, topic, topic_name, &partitions) - before;
    if (added != events) fail("publish: the log has %lld new records, not %lld", (long long)added, (long long)events);
    printf(
        "{\"events\": %lld, \"seconds\": %.6f, \"partitions\": %d, \"value_bytes\": %.1f}\n", (long long)events, seconds,
        partitions, (double)bytes / (double)events);
    rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(handle);
    free(buffer);
    return 0;
}
