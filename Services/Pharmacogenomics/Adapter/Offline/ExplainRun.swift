import Domain
import PharmacogenomicsCore

/// `pharmacogenomics explain`: how a gene's result or a drug's advice came about, in sentences.
public struct ExplainRun {
    /// What is to be explained.
    public enum Subject: Sendable, Hashable {
        /// A gene by its symbol.
        case gene(String)
        /// A drug by its name.
        case drug(String)
    }

    private let run: OfflineRun
    private let evaluation: PatientEvaluation
    private let sample: String?
    private let subject: Subject
    private let medications: [MedicationExposure]

    /// A run.
    ///
    /// - Parameters:
    ///   - sample: the sample to explain; nil: every one.
    ///   - medications: what the person takes.
    /// - Throws: ``OfflineError`` when the gene or a drug is not known.
    public init(
        _ run: OfflineRun, sample: String? = nil, subject: Subject, medications: [String] = []
    ) throws(OfflineError) {
        self.run = run
        self.sample = sample
        switch subject {
        case .gene(let gene):
            guard run.knowledge.genes[GeneSymbol(rawValue: gene)] != nil else {
                throw OfflineError(file: "--gene", detail: "the knowledge has no gene \(gene)")
            }
            self.subject = subject
        case .drug(let drug): self.subject = .drug(try RecommendRun.name(drug, "--drug", run.knowledge))
        }
        var exposures: [MedicationExposure] = []
        for drug in medications {
            exposures.append(MedicationExposure(drug: try RecommendRun.name(drug, "--medications", run.knowledge)))
        }
        self.medications = exposures
        evaluation = PatientEvaluation(knowledge: run.knowledge, options: run.callingOptions)
    }

    /// Prints the explanation; false when a file, or a line of one, could not be used, or there is no such sample.
    public func run(output: OfflineOutput = .standardOutput()) -> Bool {
        let now = SystemClock().now()
        var isFound = false
        run.samples { sample, outside in
            let name = sample.genotypes.sampleID
            guard self.sample == nil || self.sample == name else { return }
            isFound = true
            let patient = evaluation.evaluate(
                genotypes: sample.genotypes, outside: outside, medications: medications, sex: run.options.sex, at: now)
            output.line("sample \(name), knowledge \(run.knowledge.version)")
            switch subject {
            case .gene(let gene): explain(GeneSymbol(rawValue: gene), sample, patient, to: output)
            case .drug(let drug): explain(drug, sample, patient, at: now, to: output)
            }
        }
        if !isFound, let sample { run.fault("--sample: no file has a sample \(sample)") }
        output.flush()
        return !run.hasFaults && isFound
    }

    private func explain(
        _ gene: GeneSymbol, _ sample: IntakeSample, _ patient: EvaluatedPatient, to output: OfflineOutput
    ) {
        guard let phenotype = patient.phenotype(of: gene) else { return }
        for step in evaluation.explainer.explain(phenotype) { output.line("  \(step.sentence)") }
        observations(of: [gene], sample, to: output)
    }

    private func explain(
        _ drug: String, _ sample: IntakeSample, _ patient: EvaluatedPatient, at now: Timestamp, to output: OfflineOutput
    ) {
        let found = evaluation.recommender.recommend(
            drug: drug, phenotypes: patient.phenotypes, medications: medications, at: now)
        if found.isEmpty { output.line("  No guideline of the release speaks of \(drug).") }
        var genes: [GeneSymbol] = []
        for recommendation in found {
            for gene in recommendation.genes where !genes.contains(gene) { genes.append(gene) }
            let who = recommendation.population == "general" ? "" : ", \(recommendation.population)"
            output.line("\(drug): \(recommendation.source.rawValue)\(who) (\(recommendation.status.rawValue))")
            for sentence in evaluation.explainer.explain(recommendation, for: patient).sentences {
                output.line("  \(sentence)")
            }
        }
        observations(of: genes, sample, to: output)
    }

    /// The positions that differ from the reference, are new, or were not trusted, with the reason.
    private func observations(of genes: [GeneSymbol], _ sample: IntakeSample, to output: OfflineOutput) {
        let catalog = run.knowledge.genes
        for gene in genes {
            for position in catalog[gene]?.positions ?? [] {
                let call = sample.genotypes.sites[position.siteIndex]
                let remarks = sample.remarks.filter { $0.site == position.siteIndex }.map(\.code.rawValue)
                let isPlain =
                    call.isMissing || (call.first == 0 && (call.second == 0 || call.second == SiteCall.absent))
                guard !isPlain || !remarks.isEmpty else { continue }
                let novel = sample.genotypes.novel.filter { $0.site == position.siteIndex }.map(\.bases)
                let text = Self.genotype(call, position, novel: novel)
                let reason = remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))"
                output.line(
                    "  \(gene) \(position.identifier) at \(position.chromosome):\(position.grch38): \(text)\(reason)")
            }
        }
    }

    private static func genotype(_ call: SiteCall, _ position: DefinitionPosition, novel: [String]) -> String {
        func allele(_ code: Int8) -> String {
            switch code {
            case SiteCall.unknown: "unknown"
            case SiteCall.novel: "new " + novel.joined(separator: " or ")
            default: position.alleles.indices.contains(Int(code)) ? position.alleles[Int(code)] : "unknown"
            }
        }
        guard call.second != SiteCall.absent else { return allele(call.first) }
        return allele(call.first) + (call.isPhased ? "|" : "/") + allele(call.second)
    }
}
