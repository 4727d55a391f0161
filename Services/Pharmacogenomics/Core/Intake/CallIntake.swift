import Contracts
import GenomicFormats

/// Reads genotype calls of events: the records of a VCF that travelled.
struct CallIntake {
    /// The positions that a chromosome can have.
    static let places: ClosedRange<Int64> = 1...Int64(Int32.max)

    let intake: GenotypeIntake

    init(_ intake: GenotypeIntake) {
        self.intake = intake
    }

    /// The one sample that the calls are of.
    func read(_ calls: [GenotypeCall], assembly: String) throws(IntakeError) -> IntakeBatch {
        let operation = "genotype-calls"
        let stated = try Self.builds(assembly, operation: operation)
        let build = try StatedAssembly(choice: intake.assembly, stated: stated, operation: operation)
        var sink = SampleSink(intake: intake, build: build.build, samples: 1)
        for call in calls { put(call, &sink) }
        if let error = sink.mapper.evidence.refusal(
            build: build.build, wasStated: build.isStated, operation: operation, map: intake.map)
        {
            throw error
        }
        let samples = sink.table.samples(names: [""], sex: intake.sex, novel: sink.mapper.names)
        return IntakeBatch(
            assembly: build.build, isAssemblyStated: build.isStated, samples: samples, refusedLines: [],
            refusedLineCount: 0, usedRecords: sink.usedRecords)
    }

    /// The assembly that an event names.
    static func builds(_ assembly: String, operation: String) throws(IntakeError) -> [GenomeBuild] {
        if assembly.isEmpty { return [] }
        guard let build = GenomeBuild(rawValue: assembly) ?? GenomeBuild(mentionedIn: assembly) else {
            throw IntakeError(
                code: .assemblyUnknown, operation: operation,
                detail: "positions are known on GRCh37 and GRCh38, not on the assembly that is named")
        }
        return [build]
    }

    private func put(_ call: GenotypeCall, _ sink: inout SampleSink) {
        guard let chromosome = ChromosomeName.code(call.chromosome.utf8)?.code, !call.reference.isEmpty,
            CallIntake.places.contains(call.position), CallIntake.places.contains(call.end)
        else { return }
        let isBlock = call.alternates.allSatisfy { $0 == "<*>" || $0 == "<NON_REF>" || $0 == "." }
        let reference = Array(call.reference.utf8)
        let alternates = Array((call.alternates.isEmpty ? "." : call.alternates.joined(separator: ",")).utf8)
        let end = isBlock && call.end >= call.position + Int64(reference.count) ? call.end : nil
        let isUsed = reference.withUnsafeBytes { reference in
            alternates.withUnsafeBytes { alternates in
                sink.mapper.noteOther(chromosome, call.position, reference, alternates)
                return sink.begin(chromosome, call.position, reference, alternates, blockEnd: end, line: 0)
            }
        }
        guard isUsed, !call.alleles.isEmpty else { return }
        let limits = intake.limits
        if !limits.keepsFiltered,
            call.filter.split(separator: ";").contains(where: { !IntakeLimits.informativeFilters.contains(String($0)) })
        {
            return sink.refuse(.filtered, sample: 0)
        }
        if let least = limits.minimumQuality, let quality = call.quality, quality < least {
            return sink.refuse(.lowQuality, sample: 0)
        }
        if let least = limits.minimumDepth, let depth = call.depth, depth < least {
            return sink.refuse(.lowDepth, sample: 0)
        }
        let count = Int32(sink.mapper.alleleCount)
        guard call.alleles.allSatisfy({ $0 < count }) else { return sink.refuse(.malformedRecord, sample: 0) }
        let phaseSet = call.phaseSet.map { Int32(truncatingIfNeeded: $0) } ?? 0
        sink.put(GenotypeIndices(call.alleles, isPhased: call.isPhased), phaseSet: phaseSet, sample: 0)
    }
}
