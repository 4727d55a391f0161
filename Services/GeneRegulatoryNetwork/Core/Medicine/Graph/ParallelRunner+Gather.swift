extension ParallelRunner {
    /// What `body` says of each number below `count`, in the order of the numbers.
    func gather<Value: Sendable>(
        _ count: Int, startingWith blank: Value, _ body: @Sendable (Int) -> Value
    ) -> [Value] {
        var values = Array(repeating: blank, count: count)
        values.withUnsafeMutableBufferPointer { slots in
            forEach(count, writing: slots) { number, slots in slots[number] = body(number) }
        }
        return values
    }
}
