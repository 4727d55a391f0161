import ArgumentParser
import Domain
import Foundation
import VitalctlCore

/// What a generated feed is made from.
struct FeedOptions: ParsableArguments {
    @Option(help: "People in the generated feed.")
    var people = 200

    @Option(help: "Days that the generated feed spans.")
    var days = 30

    @Option(help: "The seed: equal seeds, people, days and ends give equal bytes.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("When the generated feed ends; the present if not given.", valueName: "date-time"))
    var end: String?

    func validate() throws {
        guard (1...9_999).contains(people) else { throw ValidationError("--people must be 1 to 9999") }
        guard (1...3_660).contains(days) else { throw ValidationError("--days must be 1 to 3660") }
        if let end, Timestamp(iso8601: end) == nil {
            throw ValidationError("--end must be a date-time with a zone, such as 2026-01-31T00:00:00Z")
        }
    }

    func plan(now: Timestamp) -> FeedPlan {
        FeedPlan(people: people, days: days, seed: seed, end: end.flatMap { Timestamp(iso8601: $0) } ?? now)
    }
}

/// `vitalctl generate`
struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the seeded feed as files, and who deteriorates in it.",
        discussion: """
            Writes wearable/<day>.ndjson, ehr/<day>.ndjson and ground-truth.csv; `vitalctl publish` takes the folder. The days are days of \
            delivery.
            """)

    @OptionGroup var feed: FeedOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The folder to write to; made if missing.", valueName: "folder"))
    var out: String

    private struct Answer: Encodable {
        let folder: String
        let records: Int
        let items: Int
        let bytes: Int
        let deteriorations: [GroundTruth]
    }

    /// A planted deterioration in `ground-truth.csv`.
    struct GroundTruth: Encodable {
        let person: String
        let onset: String
        let peak: String
        let recovery: String

        init(_ planted: PlantedDeterioration) {
            person = planted.person
            onset = planted.onset.iso8601
            peak = planted.peak.iso8601
            recovery = planted.recovery.iso8601
        }
    }

    func run() async throws {
        let console = Console()
        let plan = feed.plan(now: SystemClock().now())
        let folder = URL(filePath: out)
        for name in ["wearable", "ehr"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        let began = ContinuousClock.now
        var generator = FeedGenerator(plan: plan)
        var files = DayFiles(folder: folder)
        var (records, items, bytes) = (0, 0, 0)
        while let record = generator.next() {
            try files.append(record)
            records += 1
            items += record.itemCount
            bytes += record.value.count + 1
            if records % 4_096 == 0 {
                let line = { (width: Int) in
                    ProgressBar.line(
                        label: "generate", part: generator.progress,
                        note: "\(HumanText.count(items)) items  \(HumanText.bytes(bytes))",
                        elapsed: began.duration(to: .now), width: width)
                }
                console.live([line(console.width)], plain: line(100))
            }
        }
        try files.close()
        let truth = generator.deteriorations.map(GroundTruth.init)
        let rows = truth.map { "\($0.person),\($0.onset),\($0.peak),\($0.recovery)\n" }
        let table = "person,onset,peak,recovery\n" + rows.joined()
        try Data(table.utf8).write(to: folder.appending(path: "ground-truth.csv"))
        console.clear()
        guard !output.json else {
            return try console.json(
                Answer(folder: out, records: records, items: items, bytes: bytes, deteriorations: truth))
        }
        console.out(
            "wrote \(HumanText.count(items)) items in \(HumanText.count(records)) records (\(HumanText.bytes(bytes))) to \(out); "
                + "\(truth.count) planted deteriorations in \(out)/ground-truth.csv")
    }
}

/// Appends records to one file for each topic and day.
private struct DayFiles {
    let folder: URL
    private var day: [FeedTopic: String] = [:]
    private var handles: [FeedTopic: FileHandle] = [:]
    private var buffers: [FeedTopic: Data] = [:]

    init(folder: URL) {
        self.folder = folder
    }

    mutating func append(_ record: FeedRecord) throws {
        let name = String((record.deliveredAt ?? Timestamp(microseconds: 0)).iso8601.prefix(10))
        if day[record.topic] != name {
            try flush(record.topic)
            try handles[record.topic]?.close()
            let kind = record.topic == .wearable ? "wearable" : "ehr"
            let file = folder.appending(path: "\(kind)/\(name).ndjson")
            try Data().write(to: file)
            handles[record.topic] = try FileHandle(forWritingTo: file)
            day[record.topic] = name
        }
        buffers[record.topic, default: Data()].append(contentsOf: record.value)
        buffers[record.topic, default: Data()].append(10)
        if (buffers[record.topic]?.count ?? 0) > 1 << 20 { try flush(record.topic) }
    }

    mutating func close() throws {
        for topic in FeedTopic.allCases {
            try flush(topic)
            try handles[topic]?.close()
        }
    }

    private mutating func flush(_ topic: FeedTopic) throws {
        guard let buffer = buffers[topic], !buffer.isEmpty else { return }
        try handles[topic]?.write(contentsOf: buffer)
        buffers[topic] = Data()
    }
}
