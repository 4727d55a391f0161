import Foundation

/// What the kernel says about this process, under the names that every Prometheus client uses.
public enum ProcessMetrics {
    /// Adds memory, CPU, file descriptor and start time metrics to `registry`.
    public static func register(in registry: PrometheusRegistry) {
        registry.gauge("process_resident_memory_bytes", help: "Resident memory size in bytes.") { residentBytes() }
        registry.counter("process_cpu_seconds_total", help: "Total user and system CPU time spent in seconds.") {
            cpuSeconds()
        }
        registry.gauge("process_open_fds", help: "Number of open file descriptors.") { openFileDescriptors() }
        registry.gauge("process_max_fds", help: "Maximum number of open file descriptors.") { maximumFileDescriptors() }
        let start = startSeconds()
        registry.gauge("process_start_time_seconds", help: "Start time of the process since unix epoch in seconds.") {
            start
        }
    }

    static func residentBytes() -> Double? {
        // proc_pid_statm(5): the second field is the resident set in pages.
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii) else { return nil }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Double(fields[1]).map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }

    static func cpuSeconds() -> Double? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    static func openFileDescriptors() -> Double? {
        // The listing itself holds one descriptor open.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
    }

    static func maximumFileDescriptors() -> Double? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Double(limit.rlim_cur)
    }

    /// proc_pid_stat(5): field 22 is the start in clock ticks after boot; /proc/stat's `btime` is the boot time.
    static func startSeconds() -> Double? {
        guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let afterName = stat.lastIndex(of: ")"),
            let system = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
            let bootLine = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let boot = Double(bootLine.dropFirst(6))
        else { return nil }
        let fields = stat[stat.index(after: afterName)...].split(separator: " ")
        guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
        return boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
