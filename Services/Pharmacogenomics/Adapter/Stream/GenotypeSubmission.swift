import Contracts
import Domain
import PharmacogenomicsCore

/// One submission of genotypes: the sites that matter of the chunks that have come so far.
struct GenotypeSubmission: Sendable, Equatable {
    /// One chunk.
    struct Chunk: Sendable, Equatable {
        let number: Int32
        let eventID: EventID
        var sites: [ObservedSite]
    }

    let id: EventID
    let sampleID: String
    /// When the sample was taken, or, where that is not said, when the first of its chunks was received.
    private(set) var time: Timestamp
    /// In the order of their numbers.
    private(set) var chunks: [Chunk]
    /// The number of the last chunk, when it has come.
    private(set) var lastChunk: Int32?

    init(_ record: GenotypesRecorded, sites: [ObservedSite]) {
        id = record.submissionID
        sampleID = record.sampleID
        time = Self.time(of: record)
        chunks = []
        add(record, sites: sites)
    }

    /// True when every chunk is there.
    var isComplete: Bool { lastChunk.map { chunks.count == Int($0) + 1 } ?? false }

    /// Takes a chunk; false when it is there already or lies behind the last one.
    @discardableResult
    mutating func add(_ record: GenotypesRecorded, sites: [ObservedSite]) -> Bool {
        if let lastChunk, record.chunk > lastChunk { return false }
        let place = chunks.firstIndex { $0.number >= record.chunk } ?? chunks.count
        if place < chunks.count, chunks[place].number == record.chunk { return false }
        chunks.insert(Chunk(number: record.chunk, eventID: record.eventID, sites: sites), at: place)
        if record.isLastChunk {
            lastChunk = record.chunk
            chunks.removeAll { $0.number > record.chunk }
        }
        time = min(time, Self.time(of: record))
        return true
    }

    private static func time(of record: GenotypesRecorded) -> Timestamp { record.collectedAt ?? record.receivedAt }

    /// True when this one counts and not `other`.
    func isNewer(than other: GenotypeSubmission) -> Bool { (time, id) > (other.time, other.id) }

    /// What is known of the sample; a later chunk counts where two speak of one site.
    func genotypes(siteCount: Int, sex: Sex?) -> SampleGenotypes {
        var genotypes = SampleGenotypes(sampleID: sampleID, sex: sex, siteCount: siteCount)
        for chunk in chunks { genotypes.apply(chunk.sites) }
        return genotypes
    }

    /// The same under the numbers of another release.
    mutating func translate(by translation: SiteTranslation) {
        guard !translation.isIdentity else { return }
        for index in chunks.indices {
            chunks[index].sites = chunks[index].sites.compactMap { observed in
                translation.translated(site: Int(observed.site), call: observed.call).map {
                    ObservedSite(site: Int32($0.site), call: $0.call, novel: observed.novel)
                }
            }
        }
    }
}

extension GenotypeSubmission {
    func write(to writer: inout StateWriter) {
        writer.id(id)
        writer.text(sampleID)
        writer.time(time)
        writer.signed(Int64(lastChunk ?? -1))
        writer.list(chunks) { writer, chunk in
            writer.signed(Int64(chunk.number))
            writer.id(chunk.eventID)
            var before: Int32 = 0
            writer.list(chunk.sites) { writer, observed in
                writer.signed(Int64(observed.site - before))
                before = observed.site
                writer.byte(UInt8(bitPattern: observed.call.first))
                writer.byte(UInt8(bitPattern: observed.call.second))
                let hasSet = observed.call.phaseSet != 0
                writer.byte(
                    (observed.call.isPhased ? 1 : 0) | (hasSet ? 2 : 0) | (observed.novel.isEmpty ? 0 : 4))
                if hasSet { writer.signed(Int64(observed.call.phaseSet)) }
                if !observed.novel.isEmpty { writer.list(observed.novel) { $0.text($1) } }
            }
        }
    }

    init(_ reader: inout StateReader) throws(PharmacogenomicsError) {
        id = try reader.id()
        sampleID = try reader.text()
        time = try reader.time()
        let last = try reader.integer32()
        lastChunk = last < 0 ? nil : last
        chunks = try reader.list { (reader) throws(PharmacogenomicsError) in
            let number = try reader.integer32()
            let eventID = try reader.id()
            var before: Int32 = 0
            let sites = try reader.list { (reader) throws(PharmacogenomicsError) in
                let (site, overflow) = before.addingReportingOverflow(try reader.integer32())
                guard !overflow else { throw .brokenState("a site's number is too large") }
                before = site
                var call = SiteCall(
                    first: Int8(bitPattern: try reader.byte()), second: Int8(bitPattern: try reader.byte()))
                let flags = try reader.byte()
                call.isPhased = flags & 1 != 0
                if flags & 2 != 0 { call.phaseSet = try reader.integer32() }
                let novel =
                    flags & 4 == 0
                    ? [] : try reader.list { (reader) throws(PharmacogenomicsError) in try reader.text() }
                return ObservedSite(site: site, call: call, novel: novel)
            }
            return Chunk(number: number, eventID: eventID, sites: sites)
        }
    }
}
