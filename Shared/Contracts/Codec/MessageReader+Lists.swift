import CHealthContracts
import Domain

/// Repeated fields. Each is refused as ``ContractError/Code/oversize`` when it has more than `limit` entries.
extension MessageReader {
    /// Texts, none of them empty.
    func texts(
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, count: Int, limit: Int, _ field: StaticString
    ) throws(ContractError) -> [String] {
        guard count <= limit else { throw error(.oversize, field) }
        var result: [String] = []
        result.reserveCapacity(count)
        for item in UnsafeBufferPointer(start: items, count: count) { result.append(try required(item, field)) }
        return result
    }

    /// Ids.
    func eventIDs(
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, count: Int, limit: Int, _ field: StaticString
    ) throws(ContractError) -> [EventID] {
        guard count <= limit else { throw error(.oversize, field) }
        var result: [EventID] = []
        result.reserveCapacity(count)
        for item in UnsafeBufferPointer(start: items, count: count) { result.append(try eventID(item, field)) }
        return result
    }

    /// Finite numbers.
    func finite(
        _ items: UnsafeMutablePointer<Double>?, count: Int, limit: Int, _ field: StaticString
    ) throws(ContractError) -> [Double] {
        guard count <= limit else { throw error(.oversize, field) }
        let numbers = UnsafeBufferPointer(start: items, count: count)
        guard numbers.allSatisfy(\.isFinite) else { throw error(.notFinite, field) }
        return Array(numbers)
    }

    /// Integers that lie in `range`.
    func integers(
        _ items: UnsafeMutablePointer<Int32>?, count: Int, limit: Int, in range: ClosedRange<Int32>,
        _ field: StaticString
    ) throws(ContractError) -> [Int32] {
        guard count <= limit else { throw error(.oversize, field) }
        let numbers = UnsafeBufferPointer(start: items, count: count)
        guard numbers.allSatisfy(range.contains) else { throw error(.outOfRange, field) }
        return Array(numbers)
    }

    /// Messages, each read by `read`.
    @inline(__always)
    func list<Message, Value>(
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<Message>?>?, count: Int, limit: Int, _ field: StaticString,
        _ read: (UnsafeMutablePointer<Message>) throws(ContractError) -> Value
    ) throws(ContractError) -> [Value] {
        guard count <= limit else { throw error(.oversize, field) }
        var result: [Value] = []
        result.reserveCapacity(count)
        for item in UnsafeBufferPointer(start: items, count: count) {
            guard let item else { throw error(.malformed, field) }
            result.append(try read(item))
        }
        return result
    }

    /// A finite number that was sent only when `isPresent`.
    func finite(_ value: Double, ifPresent isPresent: Bool, _ field: StaticString) throws(ContractError) -> Double? {
        isPresent ? try finite(value, field) : nil
    }

    /// The name of a genome assembly, or empty.
    func assembly(_ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString) throws(ContractError) -> String {
        let name = try text(pointer, field)
        guard name.isEmpty || GenomeAssembly.known.contains(name) else { throw error(.invalidForm, field) }
        return name
    }
}
