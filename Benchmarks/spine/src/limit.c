// The limit: what one C program makes of the machine. It consumes observations with librdkafka, unpacks each with
// protobuf-c, and COPYs the event ids (binary) into the table `inbox` that AlertEngine writes for each event.
//
//   limit --brokers B --topic T --group G --database CONNINFO --events N --batch RECORDS --fetch-wait MS
//
// One consumer, one connection; a transaction each --batch records, so that the server works on one part of a batch while
// this program reads the next; offsets are committed (as a hint, asynchronously) after each COMMIT. Ends after N records.
// Prints a line of JSON: times in microseconds since the epoch.

#include "common.h"
#include "observation.pb-c.h"

#include <arpa/inet.h>
#include <libpq-fe.h>

static PGconn *database;
static uint8_t pending[1 << 16];
static size_t pending_length;

static void execute(const char *sql, ExecStatusType expected) {
    PGresult *result = PQexec(database, sql);
    if (PQresultStatus(result) != expected) fail("limit: %s: %s", sql, PQerrorMessage(database));
    PQclear(result);
}

static void flush(void) {
    if (pending_length && PQputCopyData(database, (char *)pending, (int)pending_length) != 1) {
        fail("limit: COPY: %s", PQerrorMessage(database));
    }
    pending_length = 0;
}

static void append(const void *bytes, size_t length) {
    if (pending_length + length > sizeof pending) flush();
    memcpy(pending + pending_length, bytes, length);
    pending_length += length;
}

static void begin(void) {
    static const char header[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
    execute("BEGIN", PGRES_COMMAND_OK);
    execute("COPY inbox (event_id) FROM STDIN (FORMAT binary)", PGRES_COPY_IN);
    append(header, sizeof header);
}

static void commit(void) {
    append("\377\377", 2);
    flush();
    if (PQputCopyEnd(database, NULL) != 1) fail("limit: COPY: %s", PQerrorMessage(database));
    PGresult *result;
    while ((result = PQgetResult(database))) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK) fail("limit: COPY: %s", PQerrorMessage(database));
        PQclear(result);
    }
    execute("COMMIT", PGRES_COMMAND_OK);
}

static int digit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    return -1;
}

// One row: one field of 16 bytes.
static void append_row(const char *uuid) {
    uint8_t row[22] = {0, 1, 0, 0, 0, 16};
    int place = 6;
    for (int index = 0; index < 36; index++) {
        if (index == 8 || index == 13 || index == 18 || index == 23) continue;
        int high = digit(uuid[index]), low = high < 0 ? -1 : digit(uuid[++index]);
        if (low < 0) fail("limit: an event id is no UUID");
        row[place++] = (uint8_t)(high << 4 | low);
    }
    append(row, sizeof row);
}

int main(int count, char **arguments) {
    end_with_parent();
    int64_t events = number(count, arguments, "--events", NULL);
    int64_t batch = number(count, arguments, "--batch", "16384");
    const char *topic = option(count, arguments, "--topic", NULL);
    database = PQconnectdb(option(count, arguments, "--database", NULL));
    if (PQstatus(database) != CONNECTION_OK) fail("limit: %s", PQerrorMessage(database));
    execute("SET search_path = alert_engine", PGRES_COMMAND_OK);

    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", option(count, arguments, "--brokers", NULL));
    set(conf, "group.id", option(count, arguments, "--group", NULL));
    set(conf, "auto.offset.reset", "earliest");
    set(conf, "enable.auto.commit", "false");
    set(conf, "fetch.wait.max.ms", option(count, arguments, "--fetch-wait", "10"));
    set(conf, "queued.max.messages.kbytes", "65536");
    char reason[512];
    rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_CONSUMER, conf, reason, sizeof reason);
    if (!handle) fail("limit: %s", reason);
    rd_kafka_poll_set_consumer(handle);
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, topic, RD_KAFKA_PARTITION_UA);
    rd_kafka_resp_err_t error = rd_kafka_subscribe(handle, topics);
    if (error) fail("limit: %s", rd_kafka_err2str(error));

    int64_t taken = 0, first = 0, last = 0, deadline = now_us() + 60000000;
    double cpu = 0;
    while (taken < events) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(handle, 100);
        if (!message) {
            if (now_us() > deadline) fail("limit: nothing for 60 s after %lld records", (long long)taken);
            continue;
        }
        if (message->err) fail("limit: %s", rd_kafka_message_errstr(message));
        if (taken == 0) {
            first = now_us();
            cpu = cpu_seconds();
        }
        if (taken % batch == 0) begin();
        Health__V1__ObservationRecorded *observation =
            health__v1__observation_recorded__unpack(NULL, message->len, message->payload);
        if (!observation || strlen(observation->event_id) != 36) fail("limit: a record is no observation");
        append_row(observation->event_id);
        health__v1__observation_recorded__free_unpacked(observation, NULL);
        rd_kafka_message_destroy(message);
        taken++;
        if (taken % batch == 0 || taken == events) {
            commit();
            last = now_us();
            deadline = last + 60000000;
            rd_kafka_commit(handle, NULL, 1);
        }
    }
    printf(
        "{\"events\": %lld, \"first_us\": %lld, \"last_us\": %lld, \"cpu_seconds\": %.3f}\n", (long long)taken,
        (long long)first, (long long)last, cpu_seconds() - cpu);
    fflush(stdout);
    PQfinish(database);
    // The group dies with its broker: no need to wait for the farewell.
    _exit(0);
}
