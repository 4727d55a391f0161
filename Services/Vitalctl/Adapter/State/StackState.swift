import Foundation

/// What `state.json` says about a running stack: who runs, and where it can be reached. It holds no secret.
struct StackState: Codable, Equatable, Sendable {
    /// A process, told apart from a later one with the same pid by its start time.
    struct ProcessName: Codable, Equatable, Sendable {
        var pid: Int32
        /// Clock ticks between the boot and the start, field 22 of `/proc/<pid>/stat`.
        var startTicks: UInt64

        init?(pid: Int32) {
            guard let ticks = Self.startTicks(of: pid) else { return nil }
            self.pid = pid
            startTicks = ticks
        }

        /// Whether that very process still runs.
        var isAlive: Bool { Self.startTicks(of: pid) == startTicks }

        private static func startTicks(of pid: Int32) -> UInt64? {
            guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let end = stat.lastIndex(of: ")")
            else { return nil }
            let fields = stat[stat.index(after: end)...].split(separator: " ")
            guard fields.count > 19, fields[0] != "Z" else { return nil }
            return UInt64(fields[19])
        }
    }

    struct Kafka: Codable, Equatable, Sendable {
        var bootstrapServers: String
    }

    struct Postgres: Codable, Equatable, Sendable {
        var process: ProcessName?
        var host: String
        var port: Int
        var user: String
        var database: String
        var passwordFile: String
    }

    struct Mongo: Codable, Equatable, Sendable {
        var process: ProcessName?
        var uri: String
        var database: String
    }

    struct Service: Codable, Equatable, Sendable {
        var name: String
        var process: ProcessName?
        var url: String
        var port: Int
        var restarts: Int
        var logFile: String
    }

    var supervisor: ProcessName
    /// True when every service has said that it is ready.
    var isReady: Bool
    var startedAt: String
    var kafka: Kafka
    var postgres: Postgres
    var mongo: Mongo
    var services: [Service]
    /// Why the stack could not start, when it could not.
    var failure: String?
}
