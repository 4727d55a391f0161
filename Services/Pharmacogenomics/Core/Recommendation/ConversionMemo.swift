/// What conversions of a person's genes came to before, for the guidelines that ask about one gene alone: the same drug given
/// again, and another drug that acts as strongly on the enzyme, lead there again.
///
/// A value that goes from one evaluation of the person to the next; bounded.
struct ConversionMemo: Sendable {
    private struct Table: Sendable {
        let slot: Int
        let after: ResultPanel.Entry
        let advice: [Advice?]
    }

    /// How many conversions are kept; the oldest is given up first.
    static let limit = 8

    private var tables: [Table] = []

    /// By the plan's rank among those that ask about the gene alone: what the conversion makes of the advice; nil when it is not known.
    func advice(slot: Int, after: ResultPanel.Entry) -> [Advice?]? {
        for place in tables.indices where tables[place].slot == slot {
            let known = tables[place].after
            if known.outcomes == after.outcomes, known.states == after.states, known.leading == after.leading {
                return tables[place].advice
            }
        }
        return nil
    }

    /// Keeps what a conversion came to.
    mutating func keep(slot: Int, after: ResultPanel.Entry, advice: [Advice?]) {
        if tables.count >= Self.limit { tables.removeFirst() }
        tables.append(Table(slot: slot, after: after, advice: advice))
    }
}
