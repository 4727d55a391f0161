import Foundation
import Logging
import VitalctlCore

/// Runs something while the embedded stack is up, and takes the stack down after it in any case.
enum StackHost {
    /// Starts the stack, runs `body` beside its supervision, stops the stack.
    ///
    /// - Throws: what the start or `body` throws; `CancellationError` when a signal came during the start.
    static func run(
        _ options: StackOptions, console: Console, interrupt: Interrupt, logger: Logger,
        _ body: @escaping @Sendable (Stack, StackState) async throws -> Void
    ) async throws {
        let stack = Stack(options, logger: logger) { step in
            if console.isTerminal {
                console.live([console.paint(.dim, step + " …")], plain: "")
            } else {
                console.note(step)
            }
        }
        let result = await Result {
            try await start(stack, interrupt: interrupt)
            guard let state = stack.state else { return }
            try await withThrowingTaskGroup { group in
                group.addTask { try await body(stack, state) }
                group.addTask {
                    await stack.supervise()
                }
                try await group.next()
                await stack.stop()
                group.cancelAll()
            }
        }
        console.settle()
        await stack.stop()
        console.clear()
        try result.get()
    }

    private static func start(_ stack: Stack, interrupt: Interrupt) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await stack.start() }
            group.addTask {
                await interrupt.wait()
                throw CancellationError()
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// How a person reaches the stack: lines to copy.
    static func directions(_ state: StackState, directory: StateDirectory) -> [(label: String, line: String)] {
        let psql = "PGPASSFILE=\(directory.passFile) psql -h \(state.postgres.host) -p \(state.postgres.port)"
        var lines = [
            (
                "SQL",
                "\(psql) -U \(state.postgres.user) -d \(state.postgres.database) -c 'SELECT * FROM bi.alert_v1 LIMIT 10'"
            ),
            (
                "stream",
                "kcat -b \(state.kafka.bootstrapServers) -t health.alert.raised.v1 -C -o beginning -e -f '%T %k %S bytes\\n'"
            ),
            (
                "decoded",
                "vitalctl watch health.alert.raised.v1 --from beginning --limit 10 --state-dir \(directory.folder.path)"
            ),
        ]
        for service in state.services {
            lines.append((service.name, "curl \(service.url)/metrics"))
        }
        return lines
    }
}
