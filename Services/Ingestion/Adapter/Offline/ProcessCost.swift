import Foundation

/// What the process has cost so far.
struct ProcessCost {
    /// Seconds on a clock that is never set.
    var seconds: Double
    /// Seconds of processor time, user and system.
    var processorSeconds: Double
    /// The most memory that was resident, in bytes.
    var peakResidentBytes: Int

    /// Until now.
    static func now() -> ProcessCost {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return ProcessCost(
            seconds: ProcessInfo.processInfo.systemUptime,
            processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakResidentBytes: usage.ru_maxrss * 1024)
    }

    /// The cost since `before`; the peak is that of the whole process.
    func since(_ before: ProcessCost) -> ProcessCost {
        ProcessCost(
            seconds: seconds - before.seconds, processorSeconds: processorSeconds - before.processorSeconds,
            peakResidentBytes: peakResidentBytes)
    }
}
