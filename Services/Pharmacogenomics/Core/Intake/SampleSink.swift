/// Puts the genotypes of one record into the table, for whatever source.
struct SampleSink {
    let limits: IntakeLimits
    let sex: Sex?
    var mapper: RecordMapper
    var table: GenotypeTable
    private(set) var usedRecords = 0
    /// For each entry of the record at hand its number in the table.
    private var numbers: [UInt32] = []
    private var chromosome: UInt8 = 0

    init(intake: GenotypeIntake, build: GeneCatalog.Build, samples: Int) {
        limits = intake.limits
        sex = intake.sex
        mapper = RecordMapper(map: intake.map, build: build)
        table = GenotypeTable(samples: samples, siteCount: intake.map.catalog.siteCount)
    }

    /// Maps a record; false when it says nothing of any site.
    mutating func begin(
        _ chromosome: UInt8, _ position: Int64, _ reference: UnsafeRawBufferPointer,
        _ alternates: UnsafeRawBufferPointer, blockEnd: Int64?, line: Int
    ) -> Bool {
        self.chromosome = chromosome
        mapper.read(chromosome, position, reference, alternates, blockEnd: blockEnd, line: line)
        for site in mapper.mismatches {
            for sample in 0..<table.sampleCount { table.remark(.referenceMismatch, sample: sample, site: site) }
        }
        guard !mapper.entries.isEmpty else { return false }
        usedRecords += 1
        numbers.removeAll(keepingCapacity: true)
        for entry in mapper.entries {
            numbers.append(table.addRecord(mapper.codes[entry.start..<entry.start + mapper.alleleCount]))
        }
        return true
    }

    /// The genotype of one sample in the record at hand.
    @inline(__always)
    mutating func put(_ genotype: GenotypeIndices, phaseSet: Int32, sample: Int) {
        var first = genotype.first
        var second = genotype.second
        var isPhased = genotype.isPhased
        if genotype.count != 2 || chromosome >= 23 {
            guard let fault = adjust(&first, &second, &isPhased, count: genotype.count) else {
                return place(first, second, isPhased, phaseSet, sample)
            }
            return refuse(fault, sample: sample)
        }
        place(first, second, isPhased, phaseSet, sample)
    }

    /// Says that the record at hand cannot be used for a sample.
    mutating func refuse(_ code: IntakeRemark.Code, sample: Int) {
        for (index, entry) in mapper.entries.enumerated() {
            table.put(GenotypeTable.Cell(record: numbers[index], isOwn: false), sample: sample, site: entry.site)
            table.remark(code, sample: sample, site: entry.site)
        }
    }

    @inline(__always)
    private mutating func place(_ first: Int32, _ second: Int32, _ isPhased: Bool, _ phaseSet: Int32, _ sample: Int) {
        for index in mapper.entries.indices {
            let entry = mapper.entries[index]
            let one = first < 0 ? Int16(first) : mapper.codes[entry.start + Int(first)]
            let two = second < 0 ? Int16(second) : mapper.codes[entry.start + Int(second)]
            if mapper.hasSymbols,
                (one == AlleleCode.unknown && first >= 0) || (two == AlleleCode.unknown && second >= 0)
            {
                table.remark(.symbolicAllele, sample: sample, site: entry.site)
            }
            table.put(
                GenotypeTable.Cell(
                    first: one, second: two, phaseSet: isPhased ? phaseSet : 0, record: numbers[index],
                    isPhased: isPhased, isOwn: entry.isOwn),
                sample: sample, site: entry.site)
        }
    }

    /// Brings the copies into the form that the chromosome has; the reason when they cannot be.
    private func adjust(
        _ first: inout Int32, _ second: inout Int32, _ isPhased: inout Bool, count: Int
    ) -> IntakeRemark.Code? {
        switch (chromosome, count) {
        case (24...25, 1...): second = -3
        case (23, 1):
            if first >= 0, sex == .female { return .wrongPloidy }
        case (23, 2):
            guard sex == .male else { return nil }
            if first >= 0, second >= 0, first != second { return .heterozygousHemizygous }
            first = max(first, second)
            second = -3
            isPhased = true
        // One dot is no call, of however many copies.
        case (_, 1) where first < 0: second = -1
        case (_, 0): second = -1
        default: return .wrongPloidy
        }
        return nil
    }
}
