import ArgumentParser
import Contracts

/// What `up` and `run` can be told about the stack.
struct StackOptions: ParsableArguments {
    @OptionGroup var place: PlaceOptions

    @Option(help: ArgumentHelp("Services to start, separated by commas.", valueName: "names"))
    var services = "ingestion,alert-engine,pharmacogenomics"

    @Option(help: "Brokers of the embedded cluster, 1 to 3.")
    var brokers = 1

    @Option(help: "Partitions of the feed and observation topics, 1 to 256.")
    var partitions = 24

    @Option(help: ArgumentHelp("The least severe log lines of the services.", valueName: "level"))
    var logLevel = "notice"

    func validate() throws {
        guard (1...3).contains(brokers) else { throw ValidationError("--brokers must be 1, 2 or 3") }
        guard (1...256).contains(partitions) else { throw ValidationError("--partitions must be 1 to 256") }
        guard !serviceNames.isEmpty else { throw ValidationError("--services must name a service") }
    }

    var serviceNames: [String] { services.split(separator: ",").map(String.init) }

    /// Every topic and its number of partitions.
    var topics: [(name: String, partitions: Int)] {
        Topic.all.map { topic in
            switch topic {
            case Topic.wearableFeed, Topic.ehrFeed, Topic.observationRecorded: (topic, partitions)
            case Topic.deadLetter: (topic, min(partitions, 3))
            default: (topic, min(partitions, 12))
            }
        }
    }
}

/// Where the stack lives.
struct PlaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the stack: data, keys, logs, state.json.", valueName: "folder"))
    var stateDir = ".vitalstream"

    var directory: StateDirectory { StateDirectory(stateDir) }
}
