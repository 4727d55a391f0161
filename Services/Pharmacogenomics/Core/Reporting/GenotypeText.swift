/// A gene's result in one line, as reports and cards write it.
enum GenotypeText {
    /// How many diplotypes a line names.
    static let listedDiplotypes = 4

    /// `CYP2C19 *2/*2`, `CYP2C19 *1/*2 or *3/*4 (of 2)`; nil when the gene has no result that can be named.
    static func text(_ call: GeneCall) -> String? {
        guard let genotype = genotype(call) else { return nil }
        return "\(call.gene) \(genotype)"
    }

    private static func genotype(_ call: GeneCall) -> String? {
        switch call.status {
        case .noMatch, .notCallable: return nil
        case .called, .ambiguous, .outside: break
        }
        if call.candidates.isEmpty {
            if !call.haplotypes.isEmpty {
                return call.haplotypes.map(\.name).joined(separator: " + ") + " (phase unknown)"
            }
            guard let outside = call.outside, !outside.isNoCall else { return nil }
            if !outside.diplotype.isEmpty { return outside.diplotype }
            if !outside.phenotype.isEmpty { return "\(outside.phenotype) (reported, without a diplotype)" }
            return outside.activityScore.map { "activity score \(number($0)) (reported, without a diplotype)" }
        }
        let listed = call.candidates.prefix(listedDiplotypes).map(\.name).joined(separator: " or ")
        let count = max(call.diplotypeCount, call.candidates.count)
        return count > listedDiplotypes ? "\(listed) or one of \(count - listedDiplotypes) more" : listed
    }

    /// `CYP2D6 Poor Metabolizer`, with the activity score where there is one.
    static func text(_ outcome: PhenotypeOutcome) -> String {
        let score = outcome.activityScore.map { " (activity score \(number($0)))" } ?? ""
        return "\(outcome.gene) \(outcome.phenotype)\(score)"
    }

    /// A number without a point where it is whole.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : String(value)
    }

    /// A share as a percentage, never 0 or 100 unless it is.
    static func percent(_ share: Double) -> String {
        if share >= 1 { return "100 %" }
        if share <= 0 { return "0 %" }
        let percent = min(max((share * 100).rounded(), 1), 99)
        return "\(Int(percent)) %"
    }
}
