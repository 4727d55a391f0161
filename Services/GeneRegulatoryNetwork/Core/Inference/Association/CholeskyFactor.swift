/// The lower triangle L of a symmetric positive definite matrix A = L Lᵀ.
struct CholeskyFactor: Sendable {
    /// The number of rows.
    let size: Int
    /// Row by row; above the diagonal 0.
    private let rows: [Double]

    /// Rows that are worked on side by side, while a row above them is in the cache.
    private static let block = 32

    /// The factor of a matrix given row by row, of which the lower triangle is read; nil when it is not positive definite.
    init?(_ matrix: [Double], size: Int) {
        var rows = matrix
        var isPositive = true
        rows.withUnsafeMutableBufferPointer { rows in
            guard let base = rows.baseAddress else { return }
            func finish(_ row: Int, _ column: Int) {
                let sum = innerProduct(base + row * size, base + column * size, column)
                rows[row * size + column] = (rows[row * size + column] - sum) / rows[column * size + column]
            }
            for start in stride(from: 0, to: size, by: Self.block) where isPositive {
                let end = min(start + Self.block, size)
                for column in 0..<start {
                    for row in start..<end { finish(row, column) }
                }
                for row in start..<end where isPositive {
                    for column in start..<row { finish(row, column) }
                    let own = base + row * size
                    let rest = own[row] - innerProduct(own, own, row)
                    guard rest > 0, rest.isFinite else {
                        isPositive = false
                        break
                    }
                    own[row] = rest.squareRoot()
                    for column in row + 1..<max(size, row + 1) { own[column] = 0 }
                }
            }
        }
        guard isPositive else { return nil }
        self.size = size
        self.rows = rows
    }

    /// The vector z of L z = `right`.
    func solve(_ right: some Collection<Double>) -> [Double] {
        var result = Array(right)
        guard result.count == size else { return [] }
        rows.withUnsafeBufferPointer { rows in
            result.withUnsafeMutableBufferPointer { result in
                guard let base = rows.baseAddress, let solved = result.baseAddress else { return }
                for row in 0..<size {
                    let sum = innerProduct(base + row * size, solved, row)
                    solved[row] = (solved[row] - sum) / base[row * size + row]
                }
            }
        }
        return result
    }
}
