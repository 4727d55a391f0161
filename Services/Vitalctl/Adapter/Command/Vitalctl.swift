public import ArgumentParser
import Foundation
import Logging

/// `vitalctl`: the operator's command.
public struct Vitalctl: AsyncParsableCommand {
    /// The command and its subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "vitalctl",
        abstract: "Runs Vitalstream on one machine, feeds it, and shows what it does.",
        subcommands: [
            Run.self, Up.self, Down.self, Status.self, Publish.self, Generate.self, Watch.self, Topics.self,
            Migrate.self,
            DeadLetters.self,
        ])

    /// The command without a subcommand, which prints its help.
    public init() {}

    /// Parses the command line and runs what it asks for; ends the process with status 1 or 64 when that fails.
    public static func start() async {
        await main()
    }
}

/// What every command can be told about its output.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say more on standard error.")
    var verbose = false

    /// A logger to standard error.
    var logger: Logger {
        var logger = Logger(label: "vitalctl") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .debug : .error
        return logger
    }
}
