import Contracts
import Domain
import IngestionCore

extension FuzzTarget {
    /// Whatever a genomic file says, and wherever it is cut, it gives the same outcomes, and facts that consumers accept.
    func checkGenomic(_ format: FeedFormat, _ bytes: UnsafeRawBufferPointer) {
        let whole = genomicOutcomes(format, bytes, pieces: max(1, bytes.count))
        for fact in whole.flatMap(\.facts) {
            do {
                try fact.event.validate()
            } catch {
                fatalError("a fact that no consumer takes: \(error)")
            }
        }
        guard bytes.count < 4_096 else { return }
        guard genomicOutcomes(format, bytes, pieces: 7) == whole else { fatalError("the outcomes depend on the cuts") }
    }

    private func genomicOutcomes(_ format: FeedFormat, _ bytes: UnsafeRawBufferPointer, pieces: Int) -> [FactOutcome] {
        var outcomes: [FactOutcome] = []
        let context = FeedContext(
            source: Topic.genomicsFeed, receivedAt: Timestamp(microseconds: 1_714_545_000_000_000),
            subject: format == .consumerGenotypes ? PHI("somebody") : nil)
        let stream = GenomicFeedStream(format, context: context, names: OneGenome()) { outcomes.append($0) }
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            stream?.read(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + pieces, bytes.count)]))
        }
        stream?.finish()
        return outcomes
    }

    private struct OneGenome: PersonNaming {
        func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
            guard let pseudonym = PatientPseudonym("p1.everybody") else { throw Nameless() }
            return pseudonym
        }

        func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String { "h1.everything" }

        struct Nameless: Error {}
    }
}
