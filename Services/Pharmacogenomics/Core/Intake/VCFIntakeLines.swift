import GenomicFormats

/// The lines of one file.
struct VCFIntakeLines {
    private let intake: GenotypeIntake
    private let head = VCFReader()
    private var sampleNames: [String] = []
    private var assembly: StatedAssembly?
    private var sink: SampleSink?
    private var usesAlleleDepth = true
    private var format = SampleFormat()
    private var contig: (bytes: [UInt8], code: UInt8?) = ([], nil)
    private var firstUnknownContig: String?
    private var hasKnownContig = false
    private var refused: [GenomicFormatError] = []
    private var refusedCount = 0

    init(intake: GenotypeIntake) {
        self.intake = intake
    }

    // MARK: - The head

    mutating func read(_ line: UnsafeRawBufferPointer, _ number: Int) throws {
        guard sink != nil else { return try readHead(line) }
        guard !line.isEmpty else { return }
        readRecord(line, number)
    }

    private mutating func readHead(_ line: UnsafeRawBufferPointer) throws {
        // Meta lines that break the specification say nothing that is needed here, but that AD is declared.
        if line.count > 16, line.slice(0, 16).isEqual(to: "##FORMAT=<ID=AD,") { usesAlleleDepth = false }
        try head.push(line) { _ in }
        try head.push([UInt8(ascii: "\n")]) { _ in }
        guard let header = head.header else { return }
        guard !header.samples.isEmpty else {
            throw IntakeError(code: .noSamples, operation: "vcf", detail: "the header line names no sample")
        }
        let assembly = try StatedAssembly(
            choice: intake.assembly, stated: StatedAssembly.builds(in: header), operation: "vcf")
        self.assembly = assembly
        sampleNames = header.samples
        // A list of one value an allele, or not declared.
        if let definition = header.format["AD"] { usesAlleleDepth = definition.number == .perAllele }
        sink = SampleSink(intake: intake, build: assembly.build, samples: header.samples.count)
    }

    // MARK: - The end

    mutating func finish() throws(IntakeError) -> IntakeBatch {
        guard var sink, let assembly else {
            do { try head.finish { _ in } } catch {
                let error = error as? GenomicFormatError
                throw IntakeError(
                    code: .unreadable, operation: "vcf", line: error?.line ?? 0,
                    detail: error.map { "\($0.code): \($0.detail)" } ?? "it has no header line")
            }
            throw IntakeError(code: .unreadable, operation: "vcf", detail: "it has no header line")
        }
        if let first = firstUnknownContig, !hasKnownContig {
            throw IntakeError(
                code: .unknownChromosomes, operation: "vcf", place: "CHROM",
                detail: "no record names a chromosome as 1, chr1 or NC_000001.11; the first says \(first)")
        }
        if let error = sink.mapper.evidence.refusal(
            build: assembly.build, wasStated: assembly.isStated, operation: "vcf", map: intake.map)
        {
            throw error
        }
        let samples = sink.table.samples(names: sampleNames, sex: intake.sex, novel: sink.mapper.names)
        return IntakeBatch(
            assembly: assembly.build, isAssemblyStated: assembly.isStated, samples: samples, refusedLines: refused,
            refusedLineCount: refusedCount, usedRecords: sink.usedRecords)
    }

    // MARK: - A record

    private mutating func refuse(_ code: String, _ number: Int, _ column: String, _ detail: String) {
        refusedCount += 1
        guard refused.count < IntakeBatch.refusedLineLimit else { return }
        refused.append(
            GenomicFormatError(code: code, operation: "vcf", line: number, column: column, detail: detail))
    }

    private mutating func readRecord(_ line: UnsafeRawBufferPointer, _ number: Int) {
        let tab: UInt8 = 9
        let end = line.count
        let chromEnd = line.find(tab, from: 0, to: end)
        let chrom = line.slice(0, chromEnd)
        if !chrom.isEqual(to: contig.bytes) {
            let code = ChromosomeName.code(chrom)?.code
            contig = (Array(chrom), code)
            if code != nil {
                hasKnownContig = true
            } else if firstUnknownContig == nil {
                firstUnknownContig = String(decoding: chrom.prefix(40), as: UTF8.self)
            }
        }
        guard let code = contig.code else { return }
        let posEnd = line.find(tab, from: chromEnd + 1, to: end)
        guard let position = line.slice(min(chromEnd + 1, end), posEnd).natural else {
            return refuse("vcf-position", number, "POS", "must be a whole number")
        }
        let idEnd = line.find(tab, from: posEnd + 1, to: end)
        let refEnd = line.find(tab, from: idEnd + 1, to: end)
        let altEnd = line.find(tab, from: refEnd + 1, to: end)
        guard altEnd < end, refEnd > idEnd + 1, altEnd > refEnd + 1 else {
            return refuse("vcf-columns", number, "", "must have the columns of the header line")
        }
        let reference = line.slice(idEnd + 1, refEnd)
        let alternates = line.slice(refEnd + 1, altEnd)
        sink?.mapper.noteOther(code, position, reference, alternates)
        let mayBeBlock = alternates[0] == UInt8(ascii: "<") || alternates[0] == UInt8(ascii: ".")
        guard mayBeBlock || sink?.mapper.isNear(code, position, length: reference.count) == true else { return }
        let qualEnd = line.find(tab, from: altEnd + 1, to: end)
        let filterEnd = line.find(tab, from: qualEnd + 1, to: end)
        let infoEnd = line.find(tab, from: filterEnd + 1, to: end)
        let formatEnd = line.find(tab, from: infoEnd + 1, to: end)
        guard formatEnd < end else {
            return refuse("vcf-columns", number, "", "must have the columns of the header line")
        }
        let block = mayBeBlock ? Self.blockEnd(alternates, line.slice(filterEnd + 1, infoEnd)) : nil
        let last = block ?? position + Int64(reference.count) - 1
        guard last >= position, sink?.mapper.isNear(code, position, length: Int(last - position) + 1) == true else {
            return
        }
        guard sink?.begin(code, position, reference, alternates, blockEnd: block, line: number) == true else { return }
        guard line.slice(formatEnd, end).count(where: { $0 == tab }) == sampleNames.count else {
            refuse("vcf-columns", number, "", "must have every sample of the header line, and no more")
            for sample in sampleNames.indices { sink?.refuse(.malformedRecord, sample: sample) }
            return
        }
        if !intake.limits.keepsFiltered, Self.isFiltered(line.slice(qualEnd + 1, filterEnd), separator: ";") {
            for sample in sampleNames.indices { sink?.refuse(.filtered, sample: sample) }
            return
        }
        let formatText = line.slice(infoEnd + 1, formatEnd)
        if !formatText.isEqual(to: format.text) {
            format = SampleFormat(formatText, limits: intake.limits, usesAlleleDepth: usesAlleleDepth)
        }
        readSamples(line, from: formatEnd + 1, number, isBlock: block != nil)
    }

    private mutating func readSamples(_ line: UnsafeRawBufferPointer, from start: Int, _ number: Int, isBlock: Bool) {
        guard format.genotype != nil else { return }
        let alleleCount = sink?.mapper.alleleCount ?? 1
        var cursor = start
        for sample in sampleNames.indices {
            let end = line.find(9, from: cursor, to: line.count)
            let fields = SampleFields(line, cursor, end, format)
            cursor = end + 1
            guard let genotype = GenotypeIndices(fields.genotype, alleleCount: alleleCount) else {
                refuse(
                    "vcf-genotype-invalid", number, "sample \(sample + 1) GT",
                    "must be indices of the record's alleles or dots, separated by / or |")
                sink?.refuse(.malformedRecord, sample: sample)
                continue
            }
            if let fault = fields.fault(genotype, limits: intake.limits, isBlock: isBlock) {
                sink?.refuse(fault, sample: sample)
                continue
            }
            sink?.put(genotype, phaseSet: genotype.isPhased ? fields.phaseSetNumber : 0, sample: sample)
        }
    }

    /// The last base of a block of reference: no alternate but the placeholders of gVCF, and an `END`.
    private static func blockEnd(_ alternates: UnsafeRawBufferPointer, _ info: UnsafeRawBufferPointer) -> Int64? {
        for piece in alternates.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let piece = UnsafeRawBufferPointer(rebasing: piece)
            guard piece.isEqual(to: ".") || piece.isEqual(to: "<*>") || piece.isEqual(to: "<NON_REF>") else {
                return nil
            }
        }
        return info.info("END")?.natural
    }

    static func isFiltered(_ text: UnsafeRawBufferPointer, separator: Unicode.Scalar) -> Bool {
        if text.isEqual(to: "PASS") || text.isEqual(to: ".") || text.isEmpty { return false }
        return text.split(separator: UInt8(ascii: separator)).contains {
            !IntakeLimits.informativeFilters.contains(String(decoding: $0, as: UTF8.self))
        }
    }
}
