/// One site as one record shows it.
struct SiteView {
    let site: MappedSite
    let record: RecordAlleles
    /// The numbers of the alternates that are alleles of some defined insertion, deletion or replacement.
    let explained: Set<Int>

    /// The site's allele for REF and for each ALT; nil when the record says nothing of the site. A record that only spans the site with a
    /// defined deletion gives way to one of the site's own.
    func alleles(_ names: inout NovelNames) -> (codes: [Int16], isOwn: Bool)? {
        site.isSingleBase ? singleBase(&names) : sequence(&names)
    }

    // MARK: - A site of one base

    private func singleBase(_ names: inout NovelNames) -> (codes: [Int16], isOwn: Bool)? {
        guard record.position <= site.start, record.end >= site.start else { return nil }
        var codes = [site.referenceCode]
        var isOwn = true
        for (number, allele) in record.alleles.enumerated() {
            switch allele {
            case .symbol: codes.append(AlleleCode.unknown)
            case .spanned: codes.append(AlleleCode.spanned)
            case .edit(let edit):
                let code = code(ofSequence: number, edit, &names)
                // A deletion that is itself an allele takes this base with it: nothing is known of it here.
                if code == AlleleCode.spanned, explained.contains(number) {
                    codes.append(AlleleCode.unknown)
                    isOwn = false
                } else {
                    codes.append(code)
                }
            }
        }
        return (codes, isOwn)
    }

    private func code(ofSequence number: Int, _ edit: SequenceEdit, _ names: inout NovelNames) -> Int16 {
        let bases = record.alternates[number]
        let offset = Int(site.start - record.position)
        if bases.count == record.reference.count {
            return site.code(ofBase: bases[offset]) ?? AlleleCode.unknown
        }
        let inside = Int(site.start - edit.start)
        if inside >= 0, inside < edit.deleted {
            return edit.inserted.isEmpty ? AlleleCode.spanned : names.code(bases)
        }
        // Bases put in right behind the site, by a record of the site's own: not documented here.
        if edit.deleted == 0, edit.start == site.start + 1, record.position == site.start, !explained.contains(number) {
            return names.code(bases)
        }
        return site.referenceCode
    }

    // MARK: - A site of an insertion, a deletion, a repeat or several bases

    private func sequence(_ names: inout NovelNames) -> (codes: [Int16], isOwn: Bool)? {
        let isCovered = record.position <= site.start && record.end >= site.end
        var isAbout = isCovered
        var codes: [Int16] = [site.referenceCode]
        for (number, allele) in record.alleles.enumerated() {
            switch allele {
            case .symbol: codes.append(AlleleCode.unknown)
            case .spanned:
                codes.append(record.position > site.start || isCovered ? AlleleCode.spanned : AlleleCode.unknown)
            case .edit(let edit):
                if let code = site.edits[edit] {
                    codes.append(code)
                    isAbout = true
                } else if !touches(edit) {
                    codes.append(site.referenceCode)
                } else if edit.keepsLength, !site.keepsLength, !isCovered {
                    codes.append(AlleleCode.unknown)
                } else {
                    codes.append(
                        explained.contains(number) ? AlleleCode.unknown : names.code(record.alternates[number]))
                    isAbout = true
                }
            }
        }
        return isAbout ? (codes, true) : nil
    }

    /// Whether a change reaches the bases that the site's alleles change, or stands at the very record of the site.
    private func touches(_ edit: SequenceEdit) -> Bool {
        guard !edit.isEmpty else { return false }
        let first = site.keepsLength ? site.start : site.start + 1
        if edit.deleted == 0 { return edit.start >= first && edit.start <= max(site.end, site.start + 1) }
        let last = edit.start + Int64(edit.deleted) - 1
        if record.position == site.start, record.end == site.end { return true }
        return edit.start <= site.end && last >= first
    }
}
