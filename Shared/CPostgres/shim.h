#pragma once
#include <libpq-fe.h>
#include <pthread.h>

// glibc declares it only under _GNU_SOURCE, which Swift's importer does not set.
extern int pthread_setname_np(pthread_t thread, const char *name);

/// Names a thread, for `top -H` and debuggers; at most 15 bytes.
static inline void vs_postgres_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
