/// Names single variants as HGVS does on the chromosome of GRCh38 (`g.94781859G>A`, `g.97450066del`).
///
/// Insertions and deletions are named where the VCF record puts them, on the left of a repeat.
enum VariantName {
    /// The name of `bases` in place of the position's reference.
    static func name(_ position: DefinitionPosition, bases: String) -> String {
        var reference = position.reference[...]
        var alternate = bases[...]
        var start = position.grch38
        while reference.count + alternate.count > 2, let first = reference.first, first == alternate.first {
            reference.removeFirst()
            alternate.removeFirst()
            start += 1
        }
        while reference.count > 1 || alternate.count > 1, let last = reference.last, last == alternate.last {
            reference.removeLast()
            alternate.removeLast()
        }
        let end = start + Int64(reference.count) - 1
        let range = end > start ? "\(start)_\(end)" : "\(start)"
        if reference.isEmpty { return "g.\(start - 1)_\(start)ins\(alternate)" }
        if alternate.isEmpty { return "g.\(range)del" }
        if reference.count == 1, alternate.count == 1 { return "g.\(start)\(reference)>\(alternate)" }
        return "g.\(range)delins\(alternate)"
    }
}
