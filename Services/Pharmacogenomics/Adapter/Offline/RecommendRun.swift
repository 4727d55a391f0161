import Domain
import PharmacogenomicsCore

/// `pharmacogenomics recommend`: what the guidelines say of the drugs, a line for each sample and drug, and the options of an indication.
public struct RecommendRun {
    private let run: OfflineRun
    private let evaluation: PatientEvaluation
    private let line: RecommendLine
    private let drugs: [String]
    private let medications: [MedicationExposure]
    private let indications: [String]

    /// A run.
    ///
    /// - Parameters:
    ///   - drugs: the drugs to print; empty: those that are taken and those that are not given as usual; `all`: every one.
    ///   - medications: what the samples' persons take.
    ///   - indications: the codes of indications whose options are ranked as well.
    /// - Throws: ``OfflineError`` when a drug or an indication is not known.
    public init(
        _ run: OfflineRun, drugs: [String] = [], medications: [String] = [], indications: [String] = []
    ) throws(OfflineError) {
        self.run = run
        let evaluation = PatientEvaluation(knowledge: run.knowledge, options: run.callingOptions)
        self.evaluation = evaluation
        line = RecommendLine(knowledge: run.knowledge)
        if drugs == ["all"] {
            self.drugs = evaluation.recommender.drugs
        } else {
            var names: [String] = []
            for drug in drugs { names.append(try Self.name(drug, "--drugs", run.knowledge)) }
            self.drugs = names
        }
        var exposures: [MedicationExposure] = []
        for drug in medications {
            exposures.append(MedicationExposure(drug: try Self.name(drug, "--medications", run.knowledge)))
        }
        self.medications = exposures
        for code in indications where run.knowledge.indications.indication(code) == nil {
            throw OfflineError(
                file: "--indication",
                detail: "the knowledge has no indication \(code); it has "
                    + run.knowledge.indications.indications.map(\.code).joined(separator: ", "))
        }
        self.indications = indications
    }

    /// The dictionary's name of a drug.
    static func name(_ drug: String, _ option: String, _ knowledge: KnowledgeBase) throws(OfflineError) -> String {
        guard let found = knowledge.drugs.drug(named: drug) else {
            throw OfflineError(file: option, detail: "the knowledge has no drug \(drug)")
        }
        return found.name
    }

    /// Prints the lines; false when a file, or a line of one, could not be used.
    public func run(output: OfflineOutput = .standardOutput()) -> Bool {
        if run.options.format == .tsv { output.line(RecommendLine.columns) }
        let now = SystemClock().now()
        run.samples { sample, outside in
            let patient = evaluation.evaluate(
                genotypes: sample.genotypes, outside: outside, medications: medications, sex: run.options.sex, at: now)
            let name = sample.genotypes.sampleID
            if drugs.isEmpty {
                var start = 0
                while start < patient.recommendations.count {
                    let drug = patient.recommendations[start].drug
                    let end =
                        patient.recommendations[start...].firstIndex { $0.drug != drug }
                        ?? patient.recommendations.count
                    write(name, drug, Array(patient.recommendations[start..<end]), to: output)
                    start = end
                }
            } else {
                for drug in drugs {
                    let found = evaluation.recommender.recommend(
                        drug: drug, phenotypes: patient.phenotypes, medications: medications, at: now)
                    write(name, drug, found, to: output)
                }
            }
            for code in indications {
                guard let options = evaluation.ranking.rank(indication: code, for: patient) else { continue }
                output.line(line.json(sample: name, indication: code, options: options))
            }
        }
        output.flush()
        return !run.hasFaults
    }

    private func write(
        _ sample: String, _ drug: String, _ recommendations: [DrugRecommendation], to output: OfflineOutput
    ) {
        switch run.options.format {
        case .jsonl:
            if let line = line.json(sample: sample, drug: drug, recommendations: recommendations) { output.line(line) }
        case .tsv: for row in line.rows(sample: sample, recommendations: recommendations) { output.line(row) }
        }
    }
}
