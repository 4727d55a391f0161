import ArgumentParser
import Foundation
import PharmacogenomicsAdapter
import PharmacogenomicsCore

extension Sex: ExpressibleByArgument {}
extension AssemblyChoice: ExpressibleByArgument {}
extension OfflineOptions.Format: ExpressibleByArgument {}

/// Which files, and how they are read and called.
struct OfflineArguments: ParsableArguments {
    @Option(
        name: .customLong("vcf"), parsing: .upToNextOption,
        help: ArgumentHelp("VCF, gVCF or BCF files, plain or packed; - for standard input.", valueName: "file"))
    var variantFiles: [String] = []

    @Option(
        name: .customLong("export"), parsing: .upToNextOption,
        help: ArgumentHelp("Exports of consumer tests (23andMe, AncestryDNA and their like).", valueName: "file"))
    var exportFiles: [String] = []

    @Option(
        name: .customLong("outside"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "What a laboratory or another caller says: gene, diplotype, phenotype, activity score; they stand above the variants.",
            valueName: "file"))
    var outsideFiles: [String] = []

    @Option(help: ArgumentHelp("Only these genes, separated by commas.", valueName: "genes"))
    var genes: String?

    @Option(help: "The samples' sex; a male has one X.")
    var sex: Sex?

    @Option(help: "The files' assembly; auto takes what they state, and GRCh38 where they state none.")
    var assembly = AssemblyChoice.auto

    @Option(help: ArgumentHelp("Weigh candidates by this population's allele frequencies.", valueName: "name"))
    var population: String?

    @Option(help: ArgumentHelp("A table of gene, allele, population and frequency.", valueName: "file"))
    var frequencies: String?

    @Flag(help: "Look for combinations of alleles, and for variants of no named allele, where nothing else fits.")
    var combinations = false

    @Flag(
        name: .customLong("call-cyp2d6"), help: "Match CYP2D6 from variants, which do not show its structural alleles.")
    var callsCYP2D6 = false

    @Option(
        help: ArgumentHelp(
            "The share of function-altering positions that a gene must show, 0 to 1.", valueName: "share"))
    var minCoverage = 0.0

    @Option(help: ArgumentHelp("Genotypes of a lower quality (GQ) count as unknown.", valueName: "phred"))
    var minGq: Double?

    @Option(help: ArgumentHelp("Genotypes with fewer reads (DP) count as unknown.", valueName: "reads"))
    var minDepth: Int?

    @Flag(help: "Trust sites that failed a filter.")
    var keepFiltered = false

    @Option(help: ArgumentHelp("A directory of knowledge tables in place of those built in.", valueName: "folder"))
    var knowledge: String?

    @Option(help: "How results are printed.")
    var format = OfflineOptions.Format.jsonl

    func validate() throws {
        guard (0...1).contains(minCoverage) else { throw ValidationError("--min-coverage must be 0 to 1") }
    }

    /// What the run is told.
    var options: OfflineOptions {
        var options = OfflineOptions(
            variantFiles: variantFiles, exportFiles: exportFiles, outsideFiles: outsideFiles)
        options.genes = Self.list(genes)
        options.sex = sex
        options.assembly = assembly
        options.population = population
        options.frequencyFile = frequencies
        options.combinations = combinations
        options.callsCYP2D6 = callsCYP2D6
        options.minimumCoverage = minCoverage
        options.limits = IntakeLimits(
            minimumQuality: minGq, minimumDepth: minDepth, keepsFiltered: keepFiltered)
        options.knowledgeDirectory = knowledge
        options.format = format
        return options
    }

    /// The run, with its tables read.
    func run() throws -> OfflineRun { try OfflineRun(options) }

    static func list(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }
}

struct Call: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the diplotypes that are consistent with each sample, a line for each gene.")
    @OptionGroup var input: OfflineArguments

    func run() throws {
        try Command.reporting { CallRun(try input.run()).run() }
    }
}

struct Recommend: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what the guidelines say of each drug, a line for each sample, drug and source.",
        discussion: "Not medical advice.")
    @OptionGroup var input: OfflineArguments

    @Option(help: ArgumentHelp("Only these drugs, separated by commas; all for every one.", valueName: "drugs"))
    var drugs: String?

    @Option(help: ArgumentHelp("What the person takes, separated by commas.", valueName: "drugs"))
    var medications: String?

    @Option(help: ArgumentHelp("Rank the options of these indications, separated by commas.", valueName: "codes"))
    var indication: String?

    func run() throws {
        try Command.reporting {
            try RecommendRun(
                try input.run(), drugs: OfflineArguments.list(drugs), medications: OfflineArguments.list(medications),
                indications: OfflineArguments.list(indication)
            ).run()
        }
    }
}

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say in sentences how a gene's result or a drug's advice came about, and what would settle it.")
    @OptionGroup var input: OfflineArguments

    @Option(help: ArgumentHelp("Only this sample.", valueName: "name"))
    var sample: String?

    @Option(help: ArgumentHelp("The gene to explain.", valueName: "gene"))
    var gene: String?

    @Option(help: ArgumentHelp("The drug to explain.", valueName: "drug"))
    var drug: String?

    @Option(help: ArgumentHelp("What the person takes, separated by commas.", valueName: "drugs"))
    var medications: String?

    func validate() throws {
        guard (gene == nil) != (drug == nil) else { throw ValidationError("give --gene or --drug") }
    }

    func run() throws {
        try Command.reporting {
            guard let subject = gene.map(ExplainRun.Subject.gene) ?? drug.map(ExplainRun.Subject.drug) else {
                return false
            }
            return try ExplainRun(
                try input.run(), sample: sample, subject: subject, medications: OfflineArguments.list(medications)
            ).run()
        }
    }
}

struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what the evaluation costs in process, as lines of name, value and unit.", shouldDisplay: false)
    @OptionGroup var input: OfflineArguments

    @Option(help: ArgumentHelp("How often all files are read.", valueName: "n"))
    var rounds = 20

    @Option(help: ArgumentHelp("How many changes of medication are timed.", valueName: "n"))
    var medicationChanges = 0

    @Option(help: ArgumentHelp("The tables of the release that follows, to time its update.", valueName: "folder"))
    var nextKnowledge: String?

    @Option(help: ArgumentHelp("How many persons the update is timed over.", valueName: "n"))
    var persons = 100_000

    func run() throws {
        try Command.reporting {
            try MeasureRun(input.options).run(
                MeasureRun.Parts(
                    rounds: rounds, medicationChanges: medicationChanges, nextKnowledge: nextKnowledge, persons: persons
                ))
            return true
        }
    }
}

/// What the offline commands have in common.
enum Command {
    /// Runs `body`; false, and an error that no file gave, end with a status of their own.
    static func reporting(_ body: () throws -> Bool) throws {
        let isClean: Bool
        do {
            isClean = try body()
        } catch {
            FileHandle.standardError.write(Data("pharmacogenomics: \(error)\n".utf8))
            throw ExitCode(2)
        }
        if !isClean { throw ExitCode(1) }
    }
}
