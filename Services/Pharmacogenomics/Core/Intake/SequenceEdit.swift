/// A change of a reference sequence in its shortest, leftmost form, so that two ways to write one variant are equal.
struct SequenceEdit: Hashable {
    /// The first base that is changed or, of a pure insertion, the base before which the new ones stand.
    var start: Int64
    /// How many bases are taken out.
    var deleted: Int
    /// The bases that are put in.
    var inserted: [UInt8]

    /// True when nothing changes.
    var isEmpty: Bool { deleted == 0 && inserted.isEmpty }
    /// True when the length stays.
    var keepsLength: Bool { deleted == inserted.count }

    /// What turns `reference`, which begins at `position`, into `alternate`: common bases are cut at the end first and then at the start.
    init(position: Int64, reference: some RandomAccessCollection<UInt8>, alternate: some RandomAccessCollection<UInt8>)
    {
        var old = Array(reference)[...]
        var new = Array(alternate)[...]
        while let left = old.last, let right = new.last, left == right {
            old.removeLast()
            new.removeLast()
        }
        var start = position
        while let left = old.first, let right = new.first, left == right {
            old.removeFirst()
            new.removeFirst()
            start += 1
        }
        self.start = start
        deleted = old.count
        inserted = Array(new)
    }

    /// Shifts a pure insertion or deletion to the left as long as the bases in between are known and allow it.
    ///
    /// - Parameter base: the reference base at a position, nil where it is not known.
    mutating func alignLeft(_ base: (Int64) -> UInt8?) {
        if deleted == 0, !inserted.isEmpty {
            while let before = base(start - 1), before == inserted[inserted.count - 1] {
                inserted.removeLast()
                inserted.insert(before, at: 0)
                start -= 1
            }
        } else if inserted.isEmpty, deleted > 0 {
            while let before = base(start - 1), let last = base(start + Int64(deleted) - 1), before == last {
                start -= 1
            }
        }
    }
}
