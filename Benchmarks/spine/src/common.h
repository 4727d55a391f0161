// What the programs of this benchmark share: time, options, failing, Kafka properties.
#pragma once

#include <librdkafka/rdkafka.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static inline __attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

// Microseconds since the epoch.
static inline int64_t now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

// Seconds of processor time that this process has used.
static inline double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// No program of the benchmark outlives its runner.
static inline void end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0); }

// The value of `--name`; `fallback` when it is not given, and a failure when that is NULL too.
static inline const char *option(int count, char **arguments, const char *name, const char *fallback) {
    for (int index = 1; index + 1 < count; index += 2) {
        if (strcmp(arguments[index], name) == 0) return arguments[index + 1];
    }
    if (!fallback) fail("%s: %s is needed", arguments[0], name);
    return fallback;
}

static inline int64_t number(int count, char **arguments, const char *name, const char *fallback) {
    const char *text = option(count, arguments, name, fallback);
    char *end = NULL;
    long long value = strtoll(text, &end, 10);
    if (*text == 0 || *end != 0) fail("%s: %s is a whole number, not %s", arguments[0], name, text);
    return value;
}

static inline void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char reason[512];
    if (rd_kafka_conf_set(conf, name, value, reason, sizeof reason) != RD_KAFKA_CONF_OK) {
        fail("%s=%s: %s", name, value, reason);
    }
}

// A splitmix64 step: the generator of Steele, Lea and Flood (OOPSLA 2014).
static inline uint64_t mix(uint64_t value) {
    value += 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}
