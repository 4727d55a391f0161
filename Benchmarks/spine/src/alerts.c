// Listens to the alert topics and notes when each alert event arrives.
//
//   alerts --brokers B --topics T1,T2 --fetch-wait MS
//
// Prints `ready` when every partition is being fetched; then a line for each event: the trigger's event id, the time at which
// the client handed the event over (microseconds since the epoch), transition (1 raised, 2 escalated, 3 resolved), rule.
// Ends at SIGTERM.

#include "alert.pb-c.h"
#include "common.h"

static volatile sig_atomic_t stopped;

static void stop(int number) {
    (void)number;
    stopped = 1;
}

int main(int count, char **arguments) {
    end_with_parent();
    signal(SIGTERM, stop);
    setvbuf(stdout, NULL, _IOLBF, 0);
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", option(count, arguments, "--brokers", NULL));
    set(conf, "group.id", "spine-alerts");
    set(conf, "enable.auto.commit", "false");
    set(conf, "enable.partition.eof", "true");
    set(conf, "fetch.wait.max.ms", option(count, arguments, "--fetch-wait", "10"));
    char reason[512];
    rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_CONSUMER, conf, reason, sizeof reason);
    if (!handle) fail("alerts: %s", reason);
    rd_kafka_poll_set_consumer(handle);

    // Assigned by hand: joining a group of the mock cluster takes three seconds.
    rd_kafka_topic_partition_list_t *partitions = rd_kafka_topic_partition_list_new(16);
    char *names = strdup(option(count, arguments, "--topics", NULL));
    for (char *name = strtok(names, ","); name; name = strtok(NULL, ",")) {
        rd_kafka_topic_t *topic = rd_kafka_topic_new(handle, name, NULL);
        const struct rd_kafka_metadata *metadata;
        rd_kafka_resp_err_t error = rd_kafka_metadata(handle, 0, topic, &metadata, 10000);
        if (error) fail("alerts: metadata: %s", rd_kafka_err2str(error));
        for (int partition = 0; partition < metadata->topics[0].partition_cnt; partition++) {
            rd_kafka_topic_partition_list_add(partitions, name, partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
        }
        rd_kafka_metadata_destroy(metadata);
        rd_kafka_topic_destroy(topic);
    }
    rd_kafka_resp_err_t error = rd_kafka_assign(handle, partitions);
    if (error) fail("alerts: %s", rd_kafka_err2str(error));

    int at_end = 0;
    while (!stopped) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(handle, 100);
        int64_t arrived = now_us();
        if (!message) continue;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            if (++at_end == partitions->cnt) {
                puts("ready");
                fflush(stdout);
            }
        } else if (message->err) {
            fail("alerts: %s", rd_kafka_message_errstr(message));
        } else {
            Health__V1__Alert *alert = health__v1__alert__unpack(NULL, message->len, message->payload);
            if (!alert) fail("alerts: a record is no alert");
            printf("%s %lld %d %s\n", alert->trigger_event_id, (long long)arrived, alert->transition, alert->rule);
            health__v1__alert__free_unpacked(alert, NULL);
        }
        rd_kafka_message_destroy(message);
    }
    fflush(stdout);
    _exit(0);
}
