/// What the numbers of one target add up to, exactly.
struct ResponseSums: Sendable, Equatable {
    /// Place by place of the dictionary the sum over the entry's samples.
    var sums: [Int64]
    /// Place by place how many of the entry's samples have a number; nil when the target has one everywhere.
    var counts: [Int64]?
    /// The sum over all samples.
    var total: Int64
    /// The sum of the squares.
    var squares: Int64
    /// How many samples have a number.
    var count: Int64

    /// Sums from parts.
    init(sums: [Int64], counts: [Int64]?, total: Int64, squares: Int64, count: Int64) {
        self.sums = sums
        self.counts = counts
        self.total = total
        self.squares = squares
        self.count = count
    }

    /// Sums of a target's numbers.
    init(_ responses: [Int16], sums: [Int64], counts: [Int64]?) {
        (total, squares, count) = (0, 0, 0)
        for response in responses where response != StumpSample.missing {
            total += Int64(response)
            squares += Int64(response) * Int64(response)
            count += 1
        }
        self.sums = sums
        self.counts = counts
    }

    /// The sum of squared deviations from the mean.
    var variation: Double {
        guard count > 0 else { return 0 }
        return max(0, Double(squares) - Double(total) * Double(total) / Double(count))
    }
}
