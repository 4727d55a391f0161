import PharmacogenomicsCore

/// `pharmacogenomics call`: the diplotypes of every sample, a line for each gene.
public struct CallRun {
    private let run: OfflineRun
    private let caller: DiplotypeCaller
    private let assigner: PhenotypeAssigner
    private let line: CallLine
    private let genes: [GeneDefinition]

    /// A run.
    public init(_ run: OfflineRun) {
        self.run = run
        caller = DiplotypeCaller(catalog: run.knowledge.genes, options: run.callingOptions)
        assigner = PhenotypeAssigner(knowledge: run.knowledge)
        line = CallLine(knowledge: run.knowledge, assigner: assigner)
        genes = run.knowledge.genes.genes.filter {
            run.options.genes.isEmpty || run.options.genes.contains($0.symbol.rawValue)
        }
    }

    /// Prints the lines; false when a file, or a line of one, could not be used.
    public func run(output: OfflineOutput = .standardOutput()) -> Bool {
        if run.options.format == .tsv { output.line(CallLine.columns) }
        run.samples { sample, outside in
            for phenotype in phenotypes(sample, outside) {
                write(sample, phenotype, to: output)
            }
        }
        output.flush()
        return !run.hasFaults
    }

    private func phenotypes(_ sample: IntakeSample, _ outside: [OutsideCall]) -> [GenePhenotype] {
        let isAll = genes.count == run.knowledge.genes.genes.count
        let calls =
            isAll || !outside.isEmpty
            ? caller.call(sample.genotypes, outside: outside) : genes.map { caller.call(sample.genotypes, gene: $0) }
        let wanted = isAll ? calls : calls.filter { call in genes.contains { $0.symbol == call.gene } }
        return assigner.phenotypes(of: wanted)
    }

    private func write(_ sample: IntakeSample, _ phenotype: GenePhenotype, to output: OfflineOutput) {
        let name = sample.genotypes.sampleID
        switch run.options.format {
        case .jsonl: output.line(line.json(sample: name, phenotype: phenotype, remarks: sample.remarks))
        case .tsv:
            for row in line.rows(sample: name, phenotype: phenotype, remarks: sample.remarks) { output.line(row) }
        }
    }
}
