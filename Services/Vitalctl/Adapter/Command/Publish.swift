import ArgumentParser
import Foundation
import VitalctlCore

/// `vitalctl publish`
struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Publish files to the feed topics, no faster than they are handled.",
        discussion: """
            Takes FHIR R4 resources and Bundles (.json, .ndjson, .jsonl), Open mHealth data points, HL7 v2 (.hl7), VCF (.vcf), GPX (.gpx), all \
            also with .gz, and PMData folders; with --format, files of any format that Ingestion reads. A record is keyed by a hash of the person it \
            names, so that one person's records stay in order. A file that cannot be read is reported and the rest goes on; the exit status is \
            1 then.
            """)

    @Argument(help: ArgumentHelp("A file, or a folder to search.", valueName: "path"))
    var path: String

    @OptionGroup var form: FeedFormOptions
    @OptionGroup var endpoints: EndpointOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Records a second, at most.")
    var rate: Double?

    private struct Answer: Encodable {
        struct Failure: Encodable {
            let file: String
            let error: String
        }

        let files: Int
        let records: Int
        let items: Int
        let bytes: Int
        let seconds: Double
        let secondsWaited: Double
        let skipped: Int
        let failures: [Failure]
    }

    func validate() throws {
        if let rate, !(rate > 0) { throw ValidationError("--rate must be more than 0") }
    }

    func run() async throws {
        let console = Console()
        let findings = try FeedFiles.find(path, as: form.form)
        let endpoints = try endpoints.resolve(logger: output.logger)
        let reader = try FlowReader(endpoints)
        let publisher = try FeedPublisher(endpoints, reader: reader, rate: rate)
        let source = FileFeed(findings)
        let began = ContinuousClock.now
        let result = await Result {
            try await withThrowingTaskGroup { group in
                group.addTask {
                    while true {
                        try await Task.sleep(for: .milliseconds(200))
                        console.live(
                            [Self.bar(source, publisher.counts, began, console.width)],
                            plain: Self.bar(source, publisher.counts, began, 160))
                    }
                }
                group.addTask {
                    try await publisher.publishing { publisher in
                        for try await record in source.records(onFailure: { failure in
                            console.note(console.paint(.red, "\(failure.error)"))
                        }) {
                            try await publisher.publish(record)
                        }
                    }
                }
                // Drawing never ends by itself.
                try await group.next()
                group.cancelAll()
            }
        }
        await reader.close()
        console.clear()
        try result.get()
        try answer(source, publisher.counts, began.duration(to: .now), console)
        if !source.failures.isEmpty { throw ExitCode(1) }
    }

    private static func bar(
        _ source: FileFeed, _ counts: FeedPublisher.Counts, _ began: ContinuousClock.Instant, _ width: Int
    ) -> String {
        let wait = counts.waitingFor.map { "  waiting: \($0)" } ?? ""
        return ProgressBar.line(
            label: "publish", part: source.part,
            note: "\(HumanText.count(counts.items)) items  \(HumanText.bytes(counts.bytes))\(wait)",
            elapsed: began.duration(to: .now), width: width)
    }

    private func answer(
        _ source: FileFeed, _ counts: FeedPublisher.Counts, _ took: Duration, _ console: Console
    ) throws {
        let failures = source.failures
        guard !output.json else {
            return try console.json(
                Answer(
                    files: source.total - failures.count, records: counts.records, items: counts.items,
                    bytes: counts.bytes,
                    seconds: took / .seconds(1), secondsWaited: counts.waited / .seconds(1), skipped: source.skipped,
                    failures: failures.map { Answer.Failure(file: $0.file, error: "\($0.error)") }))
        }
        console.out(
            "published \(HumanText.count(counts.items)) items in \(HumanText.count(counts.records)) records "
                + "(\(HumanText.bytes(counts.bytes))) from \(source.total - failures.count) files in \(HumanText.duration(took)), "
                + "\(HumanText.duration(counts.waited)) of it waiting")
        if source.skipped > 0 { console.out("\(source.skipped) files of other kinds skipped") }
        if !failures.isEmpty { console.out("\(failures.count) files failed") }
    }
}
