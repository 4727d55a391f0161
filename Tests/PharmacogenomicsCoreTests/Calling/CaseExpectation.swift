import Foundation
import Testing

@testable import PharmacogenomicsCore

/// What a row of the case table expects, against what was called.
struct CaseExpectation {
    let row: PGxCaseRow
    let gene: GeneDefinition
    let call: GeneCall

    /// The reports of a row (`CYP2D6 *3/*4 ; HLA-A  *31:01 positive`).
    static func outside(_ row: PGxCaseRow) -> [OutsideCall] {
        row["outside_calls"].components(separatedBy: " ; ").filter { !$0.isEmpty }.map { text in
            let fields = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            var rest = fields.count > 2 ? fields[2] : ""
            var score: Double?
            if let last = rest.split(separator: " ").last, let value = Double(last) {
                score = value
                rest = String(rest.dropLast(last.count + 1))
            }
            let diplotype = fields.count > 1 ? fields[1] : ""
            return OutsideCall(
                gene: GeneSymbol(rawValue: fields[0]), diplotype: diplotype, phenotype: rest, activityScore: score,
                isNoCall: diplotype == "." || diplotype == "./.")
        }
    }

    /// In what the whole set goes beyond the row.
    func deviations() -> Set<PublishedCaseTests.Deviation> {
        guard call.status == .called || call.status == .ambiguous else { return [] }
        var deviations: Set<PublishedCaseTests.Deviation> = []
        let lookup = row["expected_lookup_haplotypes"]
        if !lookup.isEmpty, !lookup.contains("/"), call.candidates.first?.second != nil { deviations.insert(.half) }
        guard call.haplotypes.isEmpty else { return deviations }
        for candidate in call.candidates where !shown.contains(candidate.name) {
            let isPreferred = call.remarks.contains(CallRemark.unphasedPriority)
            deviations.insert(candidate.isPresumed ? .possible : isPreferred ? .preferred : .lower)
        }
        return deviations
    }

    /// What differs; nothing when the row comes out as it says.
    func differences() -> [String] {
        var differences: [String] = []
        let isCalled = call.status == .called || call.status == .ambiguous
        if call.status == .outside { return outsideDifferences() }
        switch row["status"] {
        case "called" where !isCalled: differences.append("expected a call, got \(call.status) \(call.remarks)")
        case "not_called" where isCalled: differences.append("expected none, got \(shown)")
        default: break
        }
        if isCalled, !row.expectedDiplotypes.isEmpty { compare(row.expectedDiplotypes, &differences) }
        if isCalled, !row.expectedReportCalls.isEmpty { compare(row.expectedReportCalls, &differences) }
        let lookups = row["expected_lookup_haplotypes"]
        if !lookups.isEmpty, lookups != "Unknown/Unknown" { compareLookup(lookups, &differences) }
        return differences
    }

    /// The called diplotypes as the peer reads them: without those that nothing speaks for, the best only if asked.
    private var shown: [String] {
        if !call.haplotypes.isEmpty, row.expectedDiplotypes.count + row.expectedReportCalls.count > 0,
            !(row.expectedDiplotypes + row.expectedReportCalls).contains(where: { $0.contains("/") })
        {
            var names: [String] = []
            for haplotype in call.haplotypes {
                if names.last == haplotype.name {
                    names[names.count - 1] = "\(haplotype.name) (homozygous)"
                } else {
                    names.append(haplotype.name)
                }
            }
            return names
        }
        let isTop =
            row.hasOption("top_candidate_only") && !call.remarks.contains(CallRemark.combination)
            && gene.calling != .lowestFunction
        let list = isTop ? Array(call.topCandidates) : call.candidates
        return list.filter { !$0.isPresumed }.map(\.name)
    }

    private func compare(_ expected: [String], _ differences: inout [String]) {
        let names = expected.map(expanded)
        if names != shown { differences.append("expected \(names), got \(shown) of \(call.candidates.map(\.name))") }
    }

    /// The pair for looking up; without a rule of its own it is a called pair, of several the row names one.
    private func compareLookup(_ expected: String, _ differences: inout [String]) {
        let parts = expected.components(separatedBy: "/")
        if parts.count == 1, let pair = call.lookup, pair.second != nil {
            let isNamed = pair.first.name == expected || pair.second?.name == expected
            if !isNamed { differences.append("expected \(expected) in the pair for looking up, got \(pair.name)") }
            return
        }
        let pairs = call.lookup.map { [$0.name] } ?? shown
        if !pairs.contains(where: { AlleleNames.isSame(expected, $0) }) {
            differences.append("expected the pair \(expected) for looking up, got \(pairs)")
        }
    }

    private func outsideDifferences() -> [String] {
        let expected = row.expectedReportCalls
        if expected.isEmpty || expected == [call.outside?.phenotype ?? ""] { return [] }
        let names = call.candidates.map(\.name)
        return names == expected ? [] : ["expected \(expected) from outside, got \(names)"]
    }

    /// `x (heterozygous)` stands for the reference and x.
    private func expanded(_ name: String) -> String {
        let mark = " (heterozygous)"
        guard name.hasSuffix(mark), let reference = gene.referenceAllele.map({ gene.alleles[$0].name }) else {
            return name
        }
        let pair = [reference, String(name.dropLast(mark.count))].sorted(by: NaturalOrder.precedes)
        return pair.joined(separator: "/")
    }
}

/// Compares diplotypes written as text.
enum AlleleNames {
    /// Whether two texts name the same pair in either order.
    static func isSame(_ one: String, _ other: String) -> Bool {
        let left = one.components(separatedBy: "/").sorted()
        return left == other.components(separatedBy: "/").sorted()
    }
}
