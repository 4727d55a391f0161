/// What a ``ConsumerExportReader`` found, in the order of the file.
public enum ConsumerExportEvent: Equatable, Sendable {
    /// The head is read. Comes once, before any genotype.
    case head(ConsumerExportHead)
    /// A genotype, called or not.
    case genotype(ConsumerGenotype)
    /// A line that is no genotype; those that follow are judged for themselves.
    case refused(GenomicFormatError)
}

/// Reads the genotype exports of consumer tests (23andMe, AncestryDNA, FTDNA, MyHeritage, LivingDNA, Mapmygenome, tellmeGen and tables of
/// their kind) as a stream, in flat memory.
///
/// The vendor and the build are what the head says; a build that is not stated stays unknown.
public final class ConsumerExportReader {
    private var splitter = LineSplitter(limit: 1 << 20)
    private let lines = Lines()

    /// A reader of one file.
    public init() {}

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``GenomicFormatError`` when the file is none of this kind (`consumer-columns`, `line-too-long`, `not-text`); what `body`
    ///   throws.
    public func push(_ chunk: UnsafeRawBufferPointer, _ body: (ConsumerExportEvent) throws -> Void) throws {
        do {
            try splitter.push(chunk) { line, number in try lines.read(line, number, body) }
        } catch let error as LineSplitter.TooLong {
            throw Self.fault("line-too-long", error.line, "a line may have \(splitter.limit) bytes")
        }
    }

    /// Takes the next bytes of the file.
    public func push(_ chunk: [UInt8], _ body: (ConsumerExportEvent) throws -> Void) throws {
        try chunk.withUnsafeBytes { try push($0, body) }
    }

    /// Says that the file has ended.
    ///
    /// - Throws: ``GenomicFormatError`` `consumer-empty` when it held no table.
    public func finish(_ body: (ConsumerExportEvent) throws -> Void) throws {
        _ = try splitter.finish { line, number in try lines.read(line, number, body) }
        guard lines.columns != nil else { throw Self.fault("consumer-empty", 0, "holds no table of genotypes") }
    }

    fileprivate static func fault(_ code: String, _ line: Int, _ detail: String) -> GenomicFormatError {
        GenomicFormatError(code: code, operation: "consumer-export", line: line, detail: detail)
    }

    private final class Lines {
        var columns: ConsumerExportColumns?
        private var comments = ""
        private var lastComment: String?
        private static let commentLimit = 64 << 10

        func read(
            _ bytes: UnsafeRawBufferPointer, _ number: Int, _ body: (ConsumerExportEvent) throws -> Void
        ) throws {
            guard !bytes.contains(0), bytes.isUTF8 else {
                throw ConsumerExportReader.fault("not-text", number, "must be text in UTF-8")
            }
            var text = bytes.text
            if number == 1, text.hasPrefix("\u{FEFF}") { text.removeFirst() }
            text.removeAll { $0 == "\"" }
            guard text.contains(where: { $0 != " " && $0 != "\t" && $0 != "," }) else { return }
            if let columns {
                if text.hasPrefix("#") { return }
                return try body(genotype(text[...], columns, number))
            }
            if text.hasPrefix("#") || text.hasPrefix("[") || text.hasPrefix("Content\t") {
                if comments.utf8.count < Self.commentLimit { comments += text + "\n" }
                lastComment = text.hasPrefix("#") ? text : nil
                return
            }
            try readHead(text, number, body)
        }

        private func readHead(
            _ text: String, _ number: Int, _ body: (ConsumerExportEvent) throws -> Void
        ) throws {
            if let found = ConsumerExportColumns(head: text[...]) {
                columns = found
                return try body(.head(ConsumerExportHead(comments: comments, columns: text)))
            }
            // The head may be the last comment; or there is none.
            let found =
                lastComment.flatMap { ConsumerExportColumns(head: $0[...]) }
                ?? ConsumerExportColumns(firstLine: text[...])
            guard let found else {
                throw ConsumerExportReader.fault(
                    "consumer-columns", number,
                    "must have columns for the marker, its chromosome and position, and its genotype")
            }
            columns = found
            try body(.head(ConsumerExportHead(comments: comments, columns: "")))
            try body(genotype(text[...], found, number))
        }

        private func genotype(
            _ text: Substring, _ columns: ConsumerExportColumns, _ number: Int
        ) -> ConsumerExportEvent {
            guard let fields = columns.fields(of: text) else {
                return refused("consumer-fields", number, "must have \(columns.count) fields")
            }
            let alleles: [String?]?
            if let pair = columns.alleles {
                let one = ConsumerGenotype.allele(fields[pair.0])
                let two = ConsumerGenotype.allele(fields[pair.1])
                alleles = one.flatMap { one in two.map { [one, $0] } }
            } else {
                alleles = columns.genotype.flatMap { ConsumerGenotype.alleles(of: fields[$0]) }
            }
            guard let alleles else {
                return refused("consumer-genotype", number, "must be bases, I, D or no call (-- or 00)")
            }
            let identifier = fields[columns.identifier].split(separator: ",").joined(separator: ";")
            guard !identifier.isEmpty, identifier.utf8.count <= 1_024 else {
                return refused("consumer-identifier", number, "must name the marker")
            }
            var place = (chromosome: Substring(), position: Substring())
            if let chromosome = columns.chromosome, let position = columns.position {
                place = (fields[chromosome], fields[position])
            } else if let colon = identifier.firstIndex(of: ":") {
                // A marker that is named by its place: 1:101.
                place = (
                    identifier[..<colon],
                    identifier[identifier.index(after: colon)...].prefix { $0 != ":" && $0 != "-" }
                )
            }
            guard let chromosome = ConsumerGenotype.chromosome(place.chromosome) else {
                return refused("consumer-chromosome", number, "must be 1 to 26, X, Y, XY, PAR or MT")
            }
            let isUnplaced = ["", "-", "--", "0", ".", "NA"].contains(place.position)
            guard isUnplaced || Int64(place.position).map({ $0 > 0 && $0 <= Int64(Int32.max) }) == true else {
                return refused("consumer-position", number, "must be a whole number from 1")
            }
            return .genotype(
                ConsumerGenotype(
                    line: number, identifier: identifier, chromosome: chromosome,
                    position: isUnplaced ? nil : Int64(place.position), alleles: alleles))
        }

        private func refused(_ code: String, _ line: Int, _ detail: String) -> ConsumerExportEvent {
            .refused(ConsumerExportReader.fault(code, line, detail))
        }
    }
}
