// The broker of the benchmark: librdkafka's mock cluster on loopback ports of the system's choice.
//
//   broker TOPIC:PARTITIONS ...
//
// Prints `host:port` when it serves, and serves until its standard input ends. What it keeps is in memory: about 5 MB or
// 100,000 message sets for each partition, the oldest go first.

#include "common.h"

#include <librdkafka/rdkafka_mock.h>

int main(int count, char **arguments) {
    end_with_parent();
    char reason[512];
    rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), reason, sizeof reason);
    if (!handle) fail("broker: %s", reason);
    rd_kafka_mock_cluster_t *cluster = rd_kafka_mock_cluster_new(handle, 1);
    if (!cluster) fail("broker: no mock cluster");
    for (int index = 1; index < count; index++) {
        char *colon = strrchr(arguments[index], ':');
        int partitions = colon ? atoi(colon + 1) : 0;
        if (partitions < 1) fail("broker: TOPIC:PARTITIONS, not %s", arguments[index]);
        *colon = 0;
        rd_kafka_resp_err_t error = rd_kafka_mock_topic_create(cluster, arguments[index], partitions, 1);
        if (error) fail("broker: topic %s: %s", arguments[index], rd_kafka_err2str(error));
    }
    puts(rd_kafka_mock_cluster_bootstraps(cluster));
    fflush(stdout);
    char ignored[64];
    while (read(STDIN_FILENO, ignored, sizeof ignored) > 0) {
    }
    rd_kafka_mock_cluster_destroy(cluster);
    rd_kafka_destroy(handle);
    return 0;
}
