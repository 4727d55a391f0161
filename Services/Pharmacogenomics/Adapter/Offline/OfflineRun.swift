import Domain
public import PharmacogenomicsCore

/// What the offline commands have in common: the knowledge, the files one after the other, and what is wrong with them.
///
/// A file that cannot be used is named on standard error and leaves the others alone.
public final class OfflineRun {
    /// The release.
    public let knowledge: KnowledgeBase
    let options: OfflineOptions
    let callingOptions: CallingOptions
    private let intake: GenotypeIntake
    private let outside: [(path: String, file: OutsideCallFile)]
    private let errors: OfflineOutput
    /// True once a file, or a line of one, could not be used.
    public private(set) var hasFaults = false

    /// Reads the tables and the laboratories' files.
    ///
    /// - Throws: ``OfflineError`` when one of them cannot be used, or an option names something that the release does not have: no result
    ///   could be right then.
    public init(_ options: OfflineOptions, errors: OfflineOutput = .standardError()) throws(OfflineError) {
        self.options = options
        self.errors = errors
        let knowledge = try Self.knowledge(options.knowledgeDirectory)
        self.knowledge = knowledge
        callingOptions = try Self.callingOptions(options, knowledge)
        for gene in options.genes where knowledge.genes[GeneSymbol(rawValue: gene)] == nil {
            throw OfflineError(
                file: "--genes",
                detail: "the knowledge has no gene \(gene); it has "
                    + knowledge.genes.genes.map(\.symbol.rawValue).joined(separator: ", "))
        }
        guard !options.variantFiles.isEmpty || !options.exportFiles.isEmpty || !options.outsideFiles.isEmpty else {
            throw OfflineError(file: "--vcf", detail: "there is no file to read")
        }
        intake = GenotypeIntake(
            map: SiteMap(catalog: knowledge.genes), limits: options.limits, assembly: options.assembly, sex: options.sex
        )
        var outside: [(path: String, file: OutsideCallFile)] = []
        for path in options.outsideFiles {
            let bytes = try OfflineInput(path: path).contents()
            do throws(IntakeError) {
                outside.append((path, try OutsideCallFile(bytes, catalog: knowledge.genes)))
            } catch {
                throw OfflineError(path, error)
            }
        }
        self.outside = outside
    }

    /// Hands every sample of every file to `body`, in the order of the options. Without a file of genotypes the samples are those that the
    /// laboratories' files name.
    func samples(_ body: (IntakeSample, [OutsideCall]) -> Void) {
        defer { errors.flush() }
        let files =
            options.variantFiles.map { (path: $0, isExport: false) }
            + options.exportFiles.map { (path: $0, isExport: true) }
        if files.isEmpty { return outsideSamples(body) }
        for (path, isExport) in files {
            do throws(OfflineError) {
                let input = OfflineInput(path: path)
                let batch = isExport ? try input.export(intake) : try input.variants(intake)
                report(batch.refusedLines.map { "\(path): \($0.description)" }, count: batch.refusedLineCount, path)
                for item in outside where !item.file.namesSamples && (files.count > 1 || batch.samples.count > 1) {
                    throw OfflineError(
                        file: item.path,
                        detail: "it names no samples, but there are several: give it a first line that begins with "
                            + "sample, gene and diplotype, separated by tabs")
                }
                for sample in batch.samples { body(sample, calls(of: sample.genotypes.sampleID)) }
            } catch {
                fault(error.description)
            }
        }
    }

    private func outsideSamples(_ body: (IntakeSample, [OutsideCall]) -> Void) {
        var names: [String] = []
        for item in outside {
            let found =
                item.file.namesSamples ? item.file.rows.compactMap(\.sample) : [OfflineInput(path: item.path).name]
            for name in found where !names.contains(name) { names.append(name) }
        }
        for name in names {
            let genotypes = SampleGenotypes(sampleID: name, sex: options.sex, siteCount: knowledge.genes.siteCount)
            body(IntakeSample(genotypes: genotypes), calls(of: name))
        }
    }

    private func calls(of sample: String) -> [OutsideCall] {
        outside.flatMap { $0.file.calls(ofSample: sample) }
    }

    /// Says what is wrong.
    func fault(_ text: String) {
        hasFaults = true
        errors.line(text)
    }

    private func report(_ lines: [String], count: Int, _ path: String) {
        for line in lines { fault(line) }
        if count > lines.count { fault("\(path): \(count - lines.count) more lines break the format") }
    }

    // MARK: - Options

    private static func knowledge(_ directory: String?) throws(OfflineError) -> KnowledgeBase {
        do {
            let package = try directory.map { try KnowledgePackage(directory: $0) } ?? BuiltInKnowledge.package()
            return try KnowledgeBase(tables: KnowledgeTables(files: package.files), digest: package.digest)
        } catch {
            throw OfflineError(directory ?? "the built-in knowledge", error)
        }
    }

    private static func callingOptions(
        _ options: OfflineOptions, _ knowledge: KnowledgeBase
    ) throws(OfflineError) -> CallingOptions {
        var calling = CallingOptions(
            combinations: options.combinations, callsCYP2D6: options.callsCYP2D6,
            minimumCoverage: options.minimumCoverage)
        guard let population = options.population else {
            if options.frequencyFile != nil {
                throw OfflineError(
                    file: "--frequencies", detail: "frequencies weigh candidates only of a stated --population")
            }
            return calling
        }
        var frequencies = knowledge.frequencies
        if let path = options.frequencyFile {
            let bytes = try OfflineInput(path: path).contents()
            do throws(KnowledgeError) {
                frequencies = try AlleleFrequencies(KnowledgeTable(name: path, bytes: bytes))
            } catch {
                throw OfflineError(file: path, detail: "\(error)")
            }
        }
        guard frequencies.populations.contains(population) else {
            throw OfflineError(
                file: "--population",
                detail:
                    "there are no frequencies of \(population); there are \(frequencies.populations.sorted().joined(separator: ", "))"
            )
        }
        calling.population = population
        calling.frequencies = frequencies
        return calling
    }
}
