import ArgumentParser
import Foundation
import VitalctlCore

/// `vitalctl down`
struct Down: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stop the stack: the services drain, then the stores end. Leaves no process behind.")

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Seconds to wait before what is left is killed.")
    var patience = 90

    private struct Answer: Encodable {
        let stopped: Bool
        let killed: [Int32]
    }

    func run() async throws {
        let console = Console()
        let directory = place.directory
        guard let state = try directory.lastState() else {
            try answer(Answer(stopped: false, killed: []), "no stack runs in \(directory.folder.path)", console)
            return
        }
        let wasAlive = state.supervisor.isAlive
        if wasAlive { kill(state.supervisor.pid, SIGTERM) }
        let began = ContinuousClock.now
        while state.supervisor.isAlive, began.duration(to: .now) < .seconds(patience) {
            console.live(
                [console.paint(.dim, "stopping, \(HumanText.duration(began.duration(to: .now))) …")], plain: "stopping")
            try await Task.sleep(for: .milliseconds(100))
        }
        console.clear()
        let processes =
            [state.supervisor]
            + ([state.postgres.process, state.mongo.process] + state.services.map(\.process))
            .compactMap { $0 }
        // Orphans stop by themselves when their parent dies; give them the moment that takes.
        let orphansUntil = ContinuousClock.now + .seconds(5)
        while processes.contains(where: \.isAlive), ContinuousClock.now < orphansUntil {
            try await Task.sleep(for: .milliseconds(100))
        }
        let left = processes.filter(\.isAlive)
        for process in left { kill(process.pid, SIGKILL) }
        directory.removeState()
        let took = HumanText.duration(began.duration(to: .now))
        let text = left.isEmpty ? "stopped in \(took)" : "killed \(left.count) processes that did not stop in \(took)"
        try answer(
            Answer(stopped: wasAlive, killed: left.map(\.pid)), wasAlive || !left.isEmpty ? text : "no stack runs",
            console)
    }

    private func answer(_ answer: Answer, _ text: String, _ console: Console) throws {
        if output.json { try console.json(answer) } else { console.out(text) }
    }
}
