/// The genotypes of a source's samples at all sites while it is read, whatever the order of its records.
struct GenotypeTable {
    /// What a record says of one sample at one site.
    struct Cell: Equatable {
        var first = AlleleCode.unknown
        var second = AlleleCode.unknown
        var phaseSet: Int32 = 0
        /// The record, from 1; 0 where nothing was said.
        var record: UInt32 = 0
        var isPhased = false
        var isOwn = false

        /// At least one copy is not known.
        var isOpen: Bool { first == AlleleCode.unknown || second == AlleleCode.unknown }

        /// The same genotype, whichever record tells it.
        func saysTheSame(as other: Cell) -> Bool {
            isPhased == other.isPhased && phaseSet == other.phaseSet
                && ((first == other.first && second == other.second)
                    || (!isPhased && first == other.second && second == other.first))
        }

        var isUnknown: Bool {
            first == AlleleCode.unknown && (second == AlleleCode.unknown || second == AlleleCode.absent)
        }
    }

    private let siteCount: Int
    /// One cell for each sample of each site that a record has spoken of, so that a head of many samples alone costs nothing.
    private var cells: [Cell] = []
    /// By site where its cells begin; -1 where no record has said anything.
    private var starts: [Int]
    /// Further statements of the same rank, by sample and site.
    private var further: [Int: [Cell]] = [:]
    /// The alleles that each record lists, by its number less 1.
    private var listed: [Int16] = []
    private var listStarts: [Int] = [0]
    private var remarks: [(sample: Int, remark: IntakeRemark)] = []
    let sampleCount: Int

    init(samples: Int, siteCount: Int) {
        sampleCount = samples
        self.siteCount = siteCount
        starts = Array(repeating: -1, count: siteCount)
    }

    /// The number of a record whose REF and ALTs are these alleles of a site.
    mutating func addRecord(_ codes: ArraySlice<Int16>) -> UInt32 {
        guard let reference = codes.first else { return 0 }
        for code in codes.dropFirst() where code != reference && code != AlleleCode.unknown { listed.append(code) }
        listStarts.append(listed.count)
        return UInt32(listStarts.count - 1)
    }

    /// Takes a record's statement. A record of the site's own stands above a block of reference; a statement of something above none.
    @inline(__always)
    mutating func put(_ cell: Cell, sample: Int, site: Int) {
        if starts[site] < 0 {
            starts[site] = cells.count
            cells.append(contentsOf: repeatElement(Cell(), count: sampleCount))
        }
        let former = cells[starts[site] + sample]
        if former.record == 0 {
            cells[starts[site] + sample] = cell
        } else {
            merge(cell, former, sample: sample, site: site)
        }
    }

    private mutating func merge(_ cell: Cell, _ former: Cell, sample: Int, site: Int) {
        if cell.isUnknown { return }
        let place = sample * siteCount + site
        if former.isUnknown || (cell.isOwn && !former.isOwn) {
            cells[starts[site] + sample] = cell
            further[place] = nil
        } else if cell.isOwn == former.isOwn {
            further[place, default: []].append(cell)
        }
    }

    mutating func remark(_ code: IntakeRemark.Code, sample: Int, site: Int) {
        remarks.append((sample, IntakeRemark(code: code, site: site)))
    }

    // MARK: - The end

    /// The samples, in the order of the source.
    mutating func samples(names: [String], sex: Sex?, novel: NovelNames) -> [IntakeSample] {
        for place in further.keys { resolve(place) }
        var notes = [[IntakeRemark]](repeating: [], count: sampleCount)
        for (sample, remark) in remarks { notes[sample].append(remark) }
        return (0..<sampleCount).map { sample in
            var genotypes = SampleGenotypes(sampleID: names[sample], sex: sex, siteCount: siteCount)
            for site in 0..<siteCount where starts[site] >= 0 {
                let cell = cells[starts[site] + sample]
                guard cell.record != 0, !cell.isUnknown else { continue }
                // Without a phase the order means nothing: always the same one.
                let isTurned = !cell.isPhased && cell.first > cell.second && cell.second != AlleleCode.absent
                genotypes.sites[site] = SiteCall(
                    first: Self.mark(isTurned ? cell.second : cell.first),
                    second: Self.mark(isTurned ? cell.first : cell.second), isPhased: cell.isPhased,
                    phaseSet: cell.phaseSet)
                if cell.first <= AlleleCode.firstNovel || cell.second <= AlleleCode.firstNovel {
                    for bases in Set([cell.first, cell.second].compactMap { novel.name($0) }).sorted() {
                        genotypes.novel.append(NovelAllele(site: site, bases: bases))
                    }
                }
            }
            var seen: Set<IntakeRemark> = []
            let remarks = notes[sample].filter { seen.insert($0).inserted }
                .sorted { ($0.site, $0.code.rawValue) < ($1.site, $1.code.rawValue) }
            return IntakeSample(genotypes: genotypes, remarks: remarks)
        }
    }

    private static func mark(_ code: Int16) -> Int8 {
        code <= AlleleCode.firstNovel ? SiteCall.novel : Int8(truncatingIfNeeded: code)
    }

    /// Puts several statements of one sample and site together, or finds that they contradict each other.
    private mutating func resolve(_ place: Int) {
        let sample = place / siteCount
        let site = place % siteCount
        let all = ([cells[starts[site] + sample]] + (further[place] ?? [])).sorted {
            ($0.first, $0.second, $0.phaseSet, $0.isPhased ? 1 : 0) < (
                $1.first, $1.second, $1.phaseSet, $1.isPhased ? 1 : 0
            )
        }
        if let merged = merged(all) {
            cells[starts[site] + sample] = merged
        } else {
            cells[starts[site] + sample] = Cell(record: 1)
            remark(.conflictingRecords, sample: sample, site: site)
        }
    }

    /// What several records together say: every record counts the copies of the alternates that it lists, and what it calls its reference is
    /// the reference or another record's alternate. Nil when they disagree.
    private func merged(_ all: [Cell]) -> Cell? {
        guard let head = all.first else { return nil }
        if all.allSatisfy({ $0.saysTheSame(as: head) }) { return head }
        let isSingle = all.allSatisfy { $0.second == AlleleCode.absent }
        guard isSingle || all.allSatisfy({ $0.second != AlleleCode.absent }) else { return nil }
        let copies = isSingle ? 1 : 2
        guard var alleles = counted(all), alleles.count <= copies else { return nil }
        let reference = reference(of: all)
        if !isSingle, all.allSatisfy({ $0.isPhased && $0.phaseSet == head.phaseSet }) {
            // Haplotypes that all records tell apart in the same way: put together copy by copy.
            guard let first = together(all.map(\.first), reference), let second = together(all.map(\.second), reference)
            else { return nil }
            var cell = head
            cell.first = first
            cell.second = second
            return cell
        }
        let rest = all.allSatisfy(\.isOpen) ? AlleleCode.unknown : reference
        while alleles.count < copies { alleles.append(rest) }
        return Cell(
            first: alleles[0], second: isSingle ? AlleleCode.absent : alleles[1], record: head.record,
            isPhased: isSingle,
            isOwn: head.isOwn)
    }

    /// The alternates, each as often as it is there; nil when two records count differently.
    private func counted(_ all: [Cell]) -> [Int16]? {
        var known: [Int16: Int] = [:]
        var least: [Int16: Int] = [:]
        for cell in all {
            for code in Set(listing(of: cell)) {
                let count = (cell.first == code ? 1 : 0) + (cell.second == code ? 1 : 0)
                if cell.isOpen {
                    least[code] = max(least[code] ?? 0, count)
                } else {
                    if let other = known[code], other != count { return nil }
                    known[code] = count
                }
            }
        }
        for (code, count) in least {
            if let exact = known[code] {
                guard count <= exact else { return nil }
            } else {
                known[code] = count
            }
        }
        return known.sorted { $0.key < $1.key }.flatMap { Array(repeating: $0.key, count: $0.value) }
    }

    /// The one alternate among what records say of one copy, or the reference; nil when they name two.
    private func together(_ codes: [Int16], _ reference: Int16) -> Int16? {
        let alternates = Set(codes.filter { $0 != reference && $0 != AlleleCode.unknown })
        guard alternates.count <= 1 else { return nil }
        return alternates.first ?? (codes.contains(AlleleCode.unknown) ? AlleleCode.unknown : reference)
    }

    /// Where the assembly's own base is not the definition's first, the reference of the records is another code than 0.
    private func reference(of all: [Cell]) -> Int16 {
        for cell in all {
            let listing = listing(of: cell)
            for code in [cell.first, cell.second]
            where code != AlleleCode.absent && code != AlleleCode.unknown && !listing.contains(code) {
                return code
            }
        }
        return 0
    }

    /// The alternates that the record of a cell lists.
    private func listing(of cell: Cell) -> ArraySlice<Int16> {
        guard cell.record > 0, Int(cell.record) < listStarts.count else { return [] }
        let range = listStarts[Int(cell.record) - 1]..<listStarts[Int(cell.record)]
        return listed[range]
    }
}
