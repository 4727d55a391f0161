/// Reads a polygenic scoring file as a stream, in flat memory.
///
/// Haplotypes, diplotypes, interactions, HLA alleles and dosage weights are refused by name: they are no weights of an allele.
public final class ScoringFileReader {
    private var splitter = LineSplitter(limit: 1 << 20)
    private let lines = ScoringFileLines()

    /// A reader of one file.
    public init() {}

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``GenomicFormatError`` when it is no scoring file (`scoring-columns`, `line-too-long`, `not-text`); what `body` throws.
    public func push(_ chunk: UnsafeRawBufferPointer, _ body: (ScoringFileEvent) throws -> Void) throws {
        do {
            try splitter.push(chunk) { line, number in try lines.read(line, number, body) }
        } catch let error as LineSplitter.TooLong {
            throw ScoringFileLines.fault("line-too-long", error.line, "a line may have \(splitter.limit) bytes")
        }
    }

    /// Takes the next bytes of the file.
    public func push(_ chunk: [UInt8], _ body: (ScoringFileEvent) throws -> Void) throws {
        try chunk.withUnsafeBytes { try push($0, body) }
    }

    /// Says that the file has ended.
    ///
    /// - Throws: ``GenomicFormatError`` `scoring-empty` when it held no table.
    public func finish(_ body: (ScoringFileEvent) throws -> Void) throws {
        _ = try splitter.finish { line, number in try lines.read(line, number, body) }
        guard lines.hasColumns else { throw ScoringFileLines.fault("scoring-empty", 0, "holds no table of weights") }
    }
}

/// The state of reading one scoring file, line by line.
final class ScoringFileLines {
    private var head = ScoringFileHead()
    private var columns: [String: Int] = [:]
    private var count = 0
    var hasColumns: Bool { count > 0 }

    func read(_ bytes: UnsafeRawBufferPointer, _ number: Int, _ body: (ScoringFileEvent) throws -> Void) throws {
        guard bytes.isUTF8, !bytes.contains(0) else {
            throw Self.fault("not-text", number, "must be text in UTF-8")
        }
        guard !bytes.allSatisfy({ $0 == 9 || $0 == 0x20 }) else { return }
        guard hasColumns else {
            if bytes[0] == UInt8(ascii: "#") { return readComment(bytes.text) }
            return try readColumns(bytes.text, number, body)
        }
        let cells = bytes.pieces(of: ByteRange(start: 0, end: bytes.count), separatedBy: 9).map { Self.cell(bytes[$0]) }
        guard cells.count == count || (cells.count < count && cells.count > required) else {
            return try body(
                .refused(Self.fault("scoring-ragged", number, "must have \(count) cells, not \(cells.count)")))
        }
        let event: ScoringFileEvent
        do throws(GenomicFormatError) {
            event = .weight(try weight(cells, number))
        } catch {
            event = .refused(error)
        }
        try body(event)
    }

    private var required: Int { columns["effect_weight"] ?? 0 }

    private func readComment(_ line: String) {
        guard head.values.count < 10_000 else { return }
        let text = line.drop { $0 == "#" }
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return }
        let value = text[text.index(after: equals)...]
        let trimmed = value.reversed().drop { $0 == "\t" || $0 == " " }.reversed()
        head.values[String(text[..<equals])] = String(trimmed)
    }

    private func readColumns(_ line: String, _ number: Int, _ body: (ScoringFileEvent) throws -> Void) throws {
        let names = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        for (index, name) in names.enumerated() where columns[name] == nil { columns[name] = index }
        let hasPlace = columns["chr_name"] != nil && columns["chr_position"] != nil
        let hasHarmonised = columns["hm_chr"] != nil && columns["hm_pos"] != nil
        guard columns["effect_allele"] != nil, columns["effect_weight"] != nil || columns["dosage_0_weight"] != nil,
            hasPlace || hasHarmonised || columns["rsID"] != nil
        else {
            throw Self.fault(
                "scoring-columns", number,
                "must have effect_allele, effect_weight, and chr_name with chr_position or rsID")
        }
        count = names.count
        head.isHarmonised = hasHarmonised && head.values["HmPOS_build"] != nil
        try body(.head(head))
    }

    private func weight(_ cells: [String], _ line: Int) throws(GenomicFormatError) -> ScoringWeight {
        func value(_ column: String) -> String? {
            guard let index = columns[column], index < cells.count else { return nil }
            let cell = cells[index]
            return cell.isEmpty || cell == "NA" || cell == "." ? nil : cell
        }
        func isTrue(_ column: String) -> Bool { value(column)?.lowercased() == "true" || value(column) == "1" }
        for column in ["is_haplotype", "is_diplotype", "is_interaction"] where isTrue(column) {
            throw Self.fault(
                "scoring-complex-variant", line, "haplotypes, diplotypes and interactions are not taken", column)
        }
        guard value("dosage_0_weight") == nil, value("dosage_1_weight") == nil, value("dosage_2_weight") == nil else {
            throw Self.fault("scoring-dosage-weights", line, "weights for each dosage are not taken", "dosage_0_weight")
        }
        guard let effect = value("effect_allele")?.uppercased(), Self.isBases(effect) else {
            throw Self.fault(
                "scoring-complex-allele", line, "must be bases; HLA and other named alleles are not taken",
                "effect_allele")
        }
        let other = (value("other_allele") ?? value("hm_inferOtherAllele"))?.uppercased() ?? ""
        guard other.isEmpty || other.split(separator: "/").allSatisfy({ Self.isBases(String($0)) }) else {
            throw Self.fault(
                "scoring-complex-allele", line, "must be bases; HLA and other named alleles are not taken",
                "other_allele")
        }
        var text = value("effect_weight") ?? ""
        let weight = text.withUTF8 { utf8 in
            let bytes = UnsafeRawBufferPointer(utf8)
            return bytes.double(ByteRange(start: 0, end: bytes.count))
        }
        guard let weight, weight.isFinite else {
            throw Self.fault("scoring-weight", line, "must be a number", "effect_weight")
        }
        let isDominant = isTrue("is_dominant")
        guard !isDominant || !isTrue("is_recessive") else {
            throw Self.fault("scoring-model", line, "cannot be dominant and recessive", "is_recessive")
        }
        let place = try place(line, value)
        let identifier = (head.isHarmonised ? value("hm_rsID") : nil) ?? value("rsID") ?? value("variant_id") ?? ""
        guard place != nil || !identifier.isEmpty else {
            throw Self.fault("scoring-variant", line, "must name a chromosome and position, or a marker")
        }
        return ScoringWeight(
            line: line, chromosome: place?.chromosome, position: place?.position, identifier: identifier,
            effectAllele: effect, otherAllele: other, weight: weight,
            model: isDominant ? .dominant : isTrue("is_recessive") ? .recessive : .additive)
    }

    /// Chromosome and position, both or none: harmonised ones when the file has them, never the author's in their place.
    private func place(
        _ line: Int, _ value: (String) -> String?
    ) throws(GenomicFormatError) -> (chromosome: String, position: Int64)? {
        let names = head.isHarmonised ? ("hm_chr", "hm_pos") : ("chr_name", "chr_position")
        guard let chromosome = value(names.0), let text = value(names.1) else { return nil }
        guard let position = Int64(text), position > 0 else {
            throw Self.fault("scoring-position", line, "must be a whole number from 1", names.1)
        }
        let name = chromosome.lowercased().hasPrefix("chr") ? String(chromosome.dropFirst(3)) : chromosome
        guard !name.isEmpty, name.utf8.count <= 256, name.utf8.allSatisfy(\.isGraphic) else {
            throw Self.fault("scoring-position", line, "must be a chromosome", names.0)
        }
        return (name, position)
    }

    private static func isBases(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 4_096 && text.utf8.allSatisfy { $0.isBase && $0 != UInt8(ascii: "N") }
    }

    private static func cell(_ bytes: UnsafeRawBufferPointer) -> String {
        let text = bytes.text
        guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast())
    }

    static func fault(_ code: String, _ line: Int, _ detail: String, _ column: String = "") -> GenomicFormatError {
        GenomicFormatError(code: code, operation: "scoring", line: line, column: column, detail: detail)
    }
}
