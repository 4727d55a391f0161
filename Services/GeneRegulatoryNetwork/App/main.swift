import ArgumentParser
import Foundation
import GeneRegulatoryNetworkAdapter

struct GeneRegulatoryNetwork: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gene-regulatory-network",
        abstract: "From expression to ranked regulations, and what they say of disease.",
        discussion: "For research: nothing here is medical advice.",
        subcommands: [
            Infer.self, Score.self, Module.self, Proximity.self, CommunitiesCommand.self, Centralities.self,
            Enrich.self,
        ])
}

/// What the commands have in common.
enum Command {
    /// Runs `body`; what is wrong is told on standard error and ends with status 2.
    static func reporting(_ body: () throws(OfflineError) -> Void) throws {
        do throws(OfflineError) {
            try body()
        } catch {
            FileHandle.standardError.write(Data("gene-regulatory-network: \(error)\n".utf8))
            throw ExitCode(2)
        }
    }
}

GeneRegulatoryNetwork.main()
