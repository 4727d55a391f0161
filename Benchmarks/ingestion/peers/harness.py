"""What every peer does: reads its files, runs for a while, and prints one line of JSON."""

import json
import resource
import sys
import time


def measure(work, *, size, seconds):
    """Calls `work()`, which returns (records, records refused), until `seconds` have passed, at least once."""
    rounds = records = refused = 0
    start, before = time.perf_counter(), time.process_time()
    while rounds == 0 or time.perf_counter() - start < seconds:
        records, refused = work()
        rounds += 1
    print(json.dumps({
        "records": records, "rejected": refused, "bytes": size, "repeat": rounds, "seconds": time.perf_counter() - start,
        "cpuSeconds": time.process_time() - before, "peakResidentBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


def arguments():
    """(seconds, files)."""
    return float(sys.argv[1]), sys.argv[2:]


def contents(files):
    """The bytes of all files, read before the clock starts."""
    result = []
    for path in files:
        with open(path, "rb") as file:
            result.append(file.read())
    return result
