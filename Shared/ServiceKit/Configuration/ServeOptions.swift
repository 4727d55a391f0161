import ArgumentParser
import Foundation

/// The options of every service's `serve`: the configuration file, and each setting of the table as a flag.
///
///     struct Serve: AsyncParsableCommand {
///         static let configuration = CommandConfiguration(abstract: "Run the service.", discussion: Keys.table.help)
///         @OptionGroup var options: ServeOptions
///         func run() async throws {
///             try await ServiceHost.serve("ingestion", options: options, table: Keys.table) { host, router in [...] }
///         }
///     }
public struct ServeOptions: ParsableArguments {
    /// The JSON file to read settings from.
    @Option(name: .customLong("config"), help: ArgumentHelp("A JSON file with settings.", valueName: "file"))
    public var file: String?

    /// Whether to print the settings in effect and end.
    @Flag(name: .customLong("print-configuration"), help: "Print the settings in effect, secrets redacted, and end.")
    public var printsConfiguration = false

    /// The settings given as flags, as they were written.
    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("Settings as flags, listed above: --<key> <value>.", valueName: "--key value"))
    public var settings: [String] = []

    /// The options of a command line without any.
    public init() {}

    /// Reads and checks the settings of `table` from the flags, `environment` and the file.
    public func configuration(
        table: ConfigurationTable, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ServiceKitError) -> ServiceConfiguration {
        try ServiceConfiguration(table: table, flags: settings, environment: environment, file: file)
    }
}
