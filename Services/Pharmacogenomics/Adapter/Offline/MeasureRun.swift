import Domain
import Foundation
import PharmacogenomicsCore

/// `pharmacogenomics measure`: what the evaluation costs in process, as lines `name value unit`. For the benchmark.
public struct MeasureRun {
    /// What is measured beside the way from a file to all recommendations.
    public struct Parts: Sendable {
        /// How often all files are read.
        public var rounds: Int
        /// How many changes of medication are timed; 0: none.
        public var medicationChanges: Int
        /// The directory of the release that follows; nil: no update is measured.
        public var nextKnowledge: String?
        /// How many persons an update is measured over.
        public var persons: Int

        /// Parts.
        public init(rounds: Int = 20, medicationChanges: Int = 0, nextKnowledge: String? = nil, persons: Int = 100_000)
        {
            self.rounds = rounds
            self.medicationChanges = medicationChanges
            self.nextKnowledge = nextKnowledge
            self.persons = persons
        }
    }

    private let options: OfflineOptions
    private let run: OfflineRun
    private let evaluation: PatientEvaluation
    private let intake: GenotypeIntake
    private let time = Timestamp(microseconds: 1_760_000_000_000_000)

    /// A run over the options' files.
    public init(_ options: OfflineOptions) throws(OfflineError) {
        self.options = options
        run = try OfflineRun(options)
        evaluation = PatientEvaluation(knowledge: run.knowledge, options: run.callingOptions)
        intake = GenotypeIntake(
            map: SiteMap(catalog: run.knowledge.genes), limits: options.limits, assembly: options.assembly,
            sex: options.sex)
    }

    /// Measures and prints.
    public func run(_ parts: Parts, output: OfflineOutput = .standardOutput()) throws(OfflineError) {
        var files: [[UInt8]] = []
        for path in options.variantFiles { files.append(try OfflineInput(path: path).contents()) }
        let samples = try read(files)
        guard !samples.isEmpty else { throw OfflineError(file: "--vcf", detail: "the files have no sample") }
        try measureSamples(files, rounds: parts.rounds, output)
        if parts.medicationChanges > 0 { measureMedication(samples[0], count: parts.medicationChanges, output) }
        if let directory = parts.nextKnowledge {
            try measureUpdate(samples, next: directory, persons: parts.persons, output)
        }
        output.line("peak_memory \(Self.peakBytes() / 1_000_000) MB")
        output.flush()
    }

    private func read(_ files: [[UInt8]]) throws(OfflineError) -> [SampleGenotypes] {
        var samples: [SampleGenotypes] = []
        for (path, bytes) in zip(options.variantFiles, files) {
            do throws(IntakeError) {
                samples += try intake.read(vcf: bytes).samples.map(\.genotypes)
            } catch {
                throw OfflineError(path, error)
            }
        }
        return samples
    }

    // MARK: - From a file to all recommendations

    private func measureSamples(_ files: [[UInt8]], rounds: Int, _ output: OfflineOutput) throws(OfflineError) {
        var count = 0
        var advice = 0
        var reading = 0.0
        let start = Self.processorSeconds()
        for _ in 0..<rounds {
            let before = Self.processorSeconds()
            let samples = try read(files)
            reading += Self.processorSeconds() - before
            for sample in samples {
                let patient = evaluation.evaluate(genotypes: sample, at: time)
                advice += patient.recommendations.count
                count += 1
            }
        }
        let seconds = Self.processorSeconds() - start
        output.line("samples \(count) samples")
        output.line("recommendations_per_sample \(advice / max(count, 1)) recommendations")
        output.line("cpu_per_sample \(Self.text(seconds / Double(count) * 1e3)) ms")
        output.line("cpu_per_sample_reading \(Self.text(reading / Double(count) * 1e3)) ms")
        output.line("throughput_per_core \(Self.text(Double(count) / seconds)) samples/s")
    }

    // MARK: - A change of medication

    private func measureMedication(_ sample: SampleGenotypes, count: Int, _ output: OfflineOutput) {
        let outside = [OutsideCall(gene: "CYP2D6", diplotype: "*1/*4")]
        let taken = [MedicationExposure(drug: "codeine"), MedicationExposure(drug: "metoprolol")]
        let inhibitors = ["paroxetine", "fluoxetine", "bupropion", "fluvoxamine", "rifampicin"].map {
            taken + [MedicationExposure(drug: $0)]
        }
        var patient = evaluation.evaluate(genotypes: sample, outside: outside, medications: taken, at: time)
        var times: [Double] = []
        var costs: [Double] = []
        times.reserveCapacity(count)
        costs.reserveCapacity(count)
        var recommendations = 0
        for round in 0..<count + 500 {
            let medications = round % 2 == 0 ? inhibitors[round / 2 % inhibitors.count] : taken
            let start = Self.clockSeconds()
            let cost = Self.threadSeconds()
            patient = evaluation.reevaluate(patient, medications: medications, at: time)
            let spent = Self.threadSeconds() - cost
            let end = Self.clockSeconds()
            recommendations += patient.recommendations.count
            guard round >= 500 else { continue }
            times.append(end - start)
            costs.append(spent)
        }
        times.sort()
        costs.sort()
        output.line("medication_change_p50 \(Self.text(times[times.count / 2] * 1e6)) us")
        output.line("medication_change_p99 \(Self.text(times[min(times.count * 99 / 100, times.count - 1)] * 1e6)) us")
        // Without the time in which the machine did something else.
        output.line("medication_change_cpu_p50 \(Self.text(costs[costs.count / 2] * 1e6)) us")
        output.line(
            "medication_change_cpu_p99 \(Self.text(costs[min(costs.count * 99 / 100, costs.count - 1)] * 1e6)) us")
        output.line("medication_change_mean_recommendations \(recommendations / (count + 500)) recommendations")
    }

    // MARK: - A new release

    /// Every person that the difference touches is evaluated anew from the stored genotypes; what it comes to is compared with what it came to
    /// before. Nothing is shared between persons.
    private func measureUpdate(
        _ samples: [SampleGenotypes], next directory: String, persons: Int, _ output: OfflineOutput
    ) throws(OfflineError) {
        var options = options
        options.knowledgeDirectory = directory
        let started = Self.processorSeconds()
        let next = try OfflineRun(options)
        let diff = KnowledgeDiff(from: run.knowledge, to: next.knowledge)
        let after = PatientEvaluation(knowledge: next.knowledge, options: next.callingOptions)
        let prepared = Self.processorSeconds() - started
        let drugs = ["codeine", "clopidogrel", "simvastatin", "citalopram", "warfarin", "paroxetine", ""]
        // What everybody came to under the old release; persons with the same sample and drug came to the same.
        var former: [UInt64] = []
        var isTouched: [Bool] = []
        for sample in samples {
            for drug in drugs {
                let patient = evaluation.evaluate(genotypes: sample, medications: Self.exposures(drug), at: time)
                former.append(Self.hash(patient))
                isTouched.append(diff.touches.contains { Self.touches($0, patient) })
            }
        }
        var touched = 0
        var changed = 0
        let start = Self.processorSeconds()
        for person in 0..<persons {
            let place = person % former.count
            guard isTouched[place] else { continue }
            touched += 1
            let patient = after.evaluate(
                genotypes: samples[place / drugs.count], medications: Self.exposures(drugs[place % drugs.count]),
                at: time)
            if Self.hash(patient) != former[place] { changed += 1 }
        }
        let seconds = Self.processorSeconds() - start + prepared
        output.line("update_persons \(persons) persons")
        output.line("update_touched \(touched) persons")
        output.line("update_changed \(changed) persons")
        output.line("update_cpu \(Self.text(seconds)) s")
        output.line("update_cpu_per_touched \(Self.text(seconds / Double(max(touched, 1)) * 1e3)) ms")
    }

    private static func exposures(_ drug: String) -> [MedicationExposure] {
        drug.isEmpty ? [] : [MedicationExposure(drug: drug)]
    }

    private static func hash(_ patient: EvaluatedPatient) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for item in patient.recommendations { hash = (hash ^ item.contentHash) &* 0x0000_0100_0000_01b3 }
        for phenotype in patient.phenotypes {
            for outcome in phenotype.outcomes { hash = (hash ^ outcome.contentHash) &* 0x0000_0100_0000_01b3 }
        }
        return hash
    }

    private static func touches(_ touch: KnowledgeDiff.Touch, _ patient: EvaluatedPatient) -> Bool {
        switch touch {
        case .everybody: true
        case .gene(let gene): patient.phenotype(of: gene).map { $0.call.status != .notCallable } ?? false
        case .allele(let gene, let name):
            patient.phenotype(of: gene)?.call.candidates.contains { $0.first.name == name || $0.second?.name == name }
                ?? false
        case .phenotype(let gene, let name):
            patient.phenotype(of: gene)?.outcomes.contains { $0.phenotype == name } ?? false
        case .medication(let drug): patient.activeDrugs.contains(drug)
        }
    }

    // MARK: - Clocks

    private static func clockSeconds() -> Double { seconds(CLOCK_MONOTONIC) }
    private static func processorSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
    private static func threadSeconds() -> Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// The most memory that was resident (`VmHWM`), in bytes; 0 where the system does not tell it.
    private static func peakBytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
    }

    private static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}
