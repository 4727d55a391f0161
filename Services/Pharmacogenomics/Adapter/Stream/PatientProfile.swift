import Contracts
import Domain
import PharmacogenomicsCore
public import StreamRuntime

/// What the stream remembers of one person: the facts of which the results are a function, and what was last published of them.
///
/// The facts do not depend on the order in which their events came: of each medication, gene and sample the newest record by its own time
/// counts, and of equal times the greater identity.
public struct PatientProfile: KeyedState {
    /// What was said about the sex.
    struct SexFact: Sendable, Equatable {
        let sex: Sex?
        let receivedAt: Timestamp
        let eventID: EventID
    }

    /// How many submissions that are not complete are kept; when more begin, the oldest is given up.
    static let openSubmissions = 16
    /// An ended medication is forgotten so long after its end; no washout lasts nearly that long.
    static let endedMedicationKept: Duration = .seconds(400 * 86_400)

    /// The latest time that an event has told: what is evaluated is the present of that time.
    private(set) var clock = Timestamp(microseconds: .min)
    private(set) var sex: SexFact?
    /// The newest complete submission, and newer ones that wait for chunks.
    private(set) var submissions: [GenotypeSubmission] = []
    /// By gene.
    private(set) var outside: [OutsideFact] = []
    /// By key.
    private(set) var medications: [MedicationFact] = []
    /// The release whose numbers the sites of ``submissions`` have.
    private(set) var digest = ""
    var published = PublishedResults()

    /// What the facts came to when they were last evaluated; not stored.
    var evaluation: Evaluation?
    /// The release under which the medications' drugs were found; not stored.
    private var namedUnder = ""

    /// An evaluation and the release that it rests on.
    struct Evaluation: Sendable {
        let digest: String
        let patient: EvaluatedPatient
    }

    /// What a fact changes.
    enum Change: Sendable, Equatable {
        /// The fact was known, or is older than the one that counts.
        case nothing
        /// Only what is taken, or the time.
        case medication
        /// What the genes are called from.
        case genotype
    }

    /// A person of whom nothing is known.
    public init() {}

    /// The complete submission that counts.
    var genotype: GenotypeSubmission? {
        submissions.filter(\.isComplete).max { $1.isNewer(than: $0) }
    }

    /// The events that the genotype rests on.
    var genotypeEvents: [EventID] {
        (genotype?.chunks.map(\.eventID) ?? []) + outside.map(\.eventID)
    }

    /// The drugs of the tables that are taken, or were taken not long ago; sorted, each once.
    var knownDrugs: [String] { Set(medications.filter(\.isTaken).flatMap { $0.drugs ?? [] }).sorted() }

    /// Whether the tables know a drug of the medication that `event` told.
    func knowsDrug(of event: EventID) -> Bool {
        medications.contains { $0.eventID == event && $0.drugs?.isEmpty == false }
    }

    var exposures: [MedicationExposure] { medications.flatMap { $0.exposures() } }

    // MARK: - Facts

    /// Moves the present on; it never goes back.
    mutating func pass(to time: Timestamp) {
        guard time > clock else { return }
        clock = time
        forgetEndedMedications()
    }

    mutating func take(_ record: PatientRegistered) -> Change {
        pass(to: record.receivedAt)
        let fact = SexFact(
            sex: Sex(rawValue: record.administrativeGender.rawValue), receivedAt: record.receivedAt,
            eventID: record.eventID)
        if let sex, (sex.receivedAt, sex.eventID) >= (fact.receivedAt, fact.eventID) { return .nothing }
        defer { sex = fact }
        return sex?.sex == fact.sex ? .nothing : .genotype
    }

    mutating func take(_ record: MedicationRecorded, dictionary: DrugDictionary) -> Change {
        pass(to: record.receivedAt)
        var fact = MedicationFact(record)
        fact.drugs = fact.names(in: dictionary)
        let place = medications.firstIndex { $0.key >= fact.key } ?? medications.count
        if place < medications.count, medications[place].key == fact.key {
            guard fact.isNewer(than: medications[place]) else { return .nothing }
            medications[place] = fact
        } else {
            medications.insert(fact, at: place)
        }
        forgetEndedMedications()
        return .medication
    }

    mutating func take(_ report: DiplotypeReported) -> Change {
        pass(to: report.receivedAt)
        let fact = OutsideFact(report)
        let place = outside.firstIndex { $0.call.gene >= fact.call.gene } ?? outside.count
        guard place < outside.count, outside[place].call.gene == fact.call.gene else {
            outside.insert(fact, at: place)
            return .genotype
        }
        guard fact.isNewer(than: outside[place]) else { return .nothing }
        outside[place] = fact
        return .genotype
    }

    mutating func take(_ record: GenotypesRecorded, sites: [ObservedSite]) -> Change {
        pass(to: record.receivedAt)
        if let place = submissions.firstIndex(where: { $0.id == record.submissionID }) {
            guard submissions[place].add(record, sites: sites), submissions[place].isComplete else { return .nothing }
        } else {
            submissions.append(GenotypeSubmission(record, sites: sites))
        }
        let counting = genotype
        // What is older than the submission that counts will never count.
        if let counting { submissions.removeAll { $0.id != counting.id && !$0.isNewer(than: counting) } }
        while submissions.filter({ !$0.isComplete }).count > Self.openSubmissions {
            let open = submissions.indices.filter { !submissions[$0].isComplete }
            guard let oldest = open.min(by: { submissions[$1].isNewer(than: submissions[$0]) }) else { break }
            submissions.remove(at: oldest)
        }
        return counting?.id == record.submissionID ? .genotype : .nothing
    }

    private mutating func forgetEndedMedications() {
        let limit = clock.advanced(by: .zero - Self.endedMedicationKept)
        medications.removeAll { fact in fact.endedAt.map { $0 < limit } ?? !fact.isTaken && fact.authoredAt < limit }
    }

    /// What the facts come to, from the beginning.
    func evaluated(under edition: KnowledgeEdition) -> EvaluatedPatient {
        edition.evaluation.evaluate(
            genotypes: genotype?.genotypes(siteCount: edition.base.genes.siteCount, sex: sex?.sex),
            outside: outside.map(\.call), medications: exposures, sex: sex?.sex, at: clock,
            genotypeEvents: genotypeEvents)
    }

    // MARK: - Releases

    /// Brings the facts under a release: its numbers of sites, its names of drugs.
    ///
    /// - Throws: ``PharmacogenomicsError`` when the release whose numbers the facts have is not on the shelf.
    mutating func adopt(_ edition: KnowledgeEdition, from shelf: KnowledgeShelf) throws(PharmacogenomicsError) {
        if digest != edition.digest {
            if !digest.isEmpty, !submissions.isEmpty {
                guard let former = shelf.edition(digest) else {
                    throw PharmacogenomicsError(
                        .unknownRelease, operation: "bring a state under the active release",
                        detail: "it rests on release \(digest.prefix(8)), which is not among the latest in "
                            + "knowledge_release; publish that again")
                }
                let translation = shelf.translation(from: former, to: edition)
                for index in submissions.indices { submissions[index].translate(by: translation) }
            }
            digest = edition.digest
        }
        guard namedUnder != edition.digest else { return }
        namedUnder = edition.digest
        for index in medications.indices {
            medications[index].drugs = medications[index].names(in: edition.base.drugs)
        }
    }
}

extension PatientProfile: Equatable {
    /// By what is stored.
    public static func == (one: PatientProfile, other: PatientProfile) -> Bool {
        one.hasFacts(of: other) && one.published == other.published
    }

    /// True when both know the same, whatever was published of it.
    func hasFacts(of other: PatientProfile) -> Bool {
        clock == other.clock && sex == other.sex && outside == other.outside && medications == other.medications
            && digest == other.digest
            && submissions.sorted { $0.id < $1.id } == other.submissions.sorted { $0.id < $1.id }
    }
}

extension PatientProfile {
    private static let format: UInt8 = 1

    /// Appends the profile's bytes.
    public func encode(into bytes: inout [UInt8]) {
        var writer = StateWriter()
        writer.byte(Self.format)
        writer.text(digest)
        writer.time(clock)
        writer.flag(sex != nil)
        if let sex {
            writer.text(sex.sex?.rawValue ?? "")
            writer.time(sex.receivedAt)
            writer.id(sex.eventID)
        }
        writer.list(submissions) { $1.write(to: &$0) }
        writer.list(outside) { $1.write(to: &$0) }
        writer.list(medications) { $1.write(to: &$0) }
        published.write(to: &writer)
        bytes.append(contentsOf: writer.bytes)
    }

    /// Reads the bytes that ``encode(into:)`` wrote.
    ///
    /// - Throws: ``PharmacogenomicsError`` when they are of an unknown version or broken.
    public init(decoding bytes: [UInt8]) throws {
        var reader = StateReader(bytes)
        guard try reader.byte() == Self.format else {
            throw PharmacogenomicsError.brokenState("the bytes are of a version that this release cannot read")
        }
        digest = try reader.text()
        clock = try reader.time()
        if try reader.flag() {
            sex = SexFact(
                sex: Sex(rawValue: try reader.text()), receivedAt: try reader.time(), eventID: try reader.id())
        }
        submissions = try reader.list { (reader) throws(PharmacogenomicsError) in try GenotypeSubmission(&reader) }
        outside = try reader.list { (reader) throws(PharmacogenomicsError) in try OutsideFact(&reader) }
        medications = try reader.list { (reader) throws(PharmacogenomicsError) in try MedicationFact(&reader) }
        published = try PublishedResults(&reader)
        guard reader.isAtEnd else { throw PharmacogenomicsError.brokenState("there are bytes behind the end") }
    }
}
