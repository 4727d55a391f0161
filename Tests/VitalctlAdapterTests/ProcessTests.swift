import Foundation
import Logging
import TestSupport
import Testing

@testable import VitalctlAdapter

/// A folder that goes with the test.
private final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "vitalctl-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func command(_ script: String) -> ChildProcess.Command {
        ChildProcess.Command(
            name: "test", program: "/bin/sh", arguments: ["-c", script], environment: ["GREETING": "hello"],
            logFile: path + "/log")
    }

    var log: String { (try? String(contentsOfFile: path + "/log", encoding: .utf8)) ?? "" }
}

@Suite("Child processes start, end and stop as told, and none is left behind", .timeLimit(.minutes(1)))
struct ProcessTests {
    @Test("A child runs with its environment, in its directory, and its ending is told")
    func ending() async throws {
        let scratch = try Scratch()
        var command = scratch.command("echo $GREETING; pwd; exit 7")
        command.directory = scratch.path
        let child = try await ChildProcess.start(command)
        #expect(await child.end() == .exited(7))
        #expect(
            scratch.log.split(separator: "\n") == [
                "hello", Substring(URL(filePath: scratch.path).resolvingSymlinksInPath().path),
            ])
    }

    @Test("A child that ignores the signal is killed when patience ends")
    func killing() async throws {
        let scratch = try Scratch()
        let child = try await ChildProcess.start(scratch.command("trap '' TERM; echo up; while :; do sleep 1; done"))
        while scratch.log.isEmpty { await Task.yield() }
        #expect(await child.stop(patience: .milliseconds(100)) == .killed(SIGKILL))
    }

    @Test("A child stays in a process group of its own and has no file of ours open but its log")
    func isolation() async throws {
        let scratch = try Scratch()
        let child = try await ChildProcess.start(scratch.command("ps -o pgid= -p $$; ls /proc/$$/fd | wc -l"))
        #expect(await child.end() == .exited(0))
        let lines = scratch.log.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.first == "\(child.pid)")
        // 0, 1, 2, and at most what the shell itself keeps.
        #expect((Int(lines.last ?? "") ?? 99) <= 4)
    }

    @Test("A missing program ends with the status of env, 127, and is not taken for running")
    func missing() async throws {
        let scratch = try Scratch()
        var command = scratch.command("")
        command.program = "/nowhere/program"
        #expect(await (try ChildProcess.start(command)).end() == .exited(127))
    }

    @Test("A supervised process is started again after a crash, and not after it was stopped")
    func supervision() async throws {
        let scratch = try Scratch()
        let process = SupervisedProcess(
            scratch.command(
                "echo started; [ -e \(scratch.path)/once ] || { touch \(scratch.path)/once; exit 3; }; exec sleep 60"),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, changed: {})
        try await process.start()
        async let supervision: Void = process.supervise()
        try await eventually("the restart") { process.restarts > 0 }
        await process.stop(patience: .seconds(5))
        await supervision
        #expect(process.restarts == 1)
        #expect(process.ending != nil)
    }

    @Test("Keys are made once, readable by their owner alone, and the lock keeps a second stack out")
    func stateDirectory() throws {
        let scratch = try Scratch()
        let directory = StateDirectory(scratch.path + "/state")
        try directory.prepare()
        let key = try directory.secret(directory.pseudonymKeyFile)
        #expect(key.count == 64 && key.allSatisfy(\.isHexDigit))
        #expect(key != (try directory.secret(directory.payloadKeyFile)))
        try directory.prepare()
        #expect(try directory.secret(directory.pseudonymKeyFile) == key)
        let mode = try FileManager.default.attributesOfItem(atPath: directory.pseudonymKeyFile)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        try directory.lock()
        #expect(throws: (any Error).self) { try directory.lock() }
        #expect(try directory.running() == nil)
    }

    @Test("A state that a dead process left behind is no running stack")
    func staleState() throws {
        let scratch = try Scratch()
        let directory = StateDirectory(scratch.path)
        var name = try #require(StackState.ProcessName(pid: getpid()))
        var state = StackState(
            supervisor: name, isReady: true, startedAt: "", kafka: .init(bootstrapServers: "127.0.0.1:1"),
            postgres: .init(host: "127.0.0.1", port: 1, user: "u", database: "d", passwordFile: "f"),
            mongo: .init(uri: "mongodb://127.0.0.1:1", database: "d"), services: [])
        try directory.write(state)
        #expect(try directory.running() == state)
        name.startTicks += 1
        state.supervisor = name
        try directory.write(state)
        #expect(try directory.running() == nil)
        #expect(try directory.lastState() == state)
    }
}
