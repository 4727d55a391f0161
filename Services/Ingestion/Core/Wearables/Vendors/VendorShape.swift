import JSONDocument

/// One kind of records that a vendor's JSON holds: how they are found, and how one is read.
struct VendorShape: Sendable {
    /// A record with its place in the answer.
    typealias Found = (value: JSONValue, place: String)

    /// The name of the kind in outcomes, e.g. `fitbit/sleep`.
    let type: String
    /// The records of this kind in an answer, or nil when the answer holds no such kind. The hint is the file's name without ending.
    let find: @Sendable (_ answer: JSONValue, _ hint: String) -> [Found]?
    /// Reads one record.
    let read: @Sendable (inout VendorRecord) throws(FeedRejection) -> Void

    /// Records in the array at a path of names; of the root when the path is empty. `marks`: the first record has one of these members.
    static func list(
        _ type: String, at path: String, marks: [String] = [],
        _ read: @escaping @Sendable (inout VendorRecord) throws(FeedRejection) -> Void
    ) -> VendorShape {
        VendorShape(
            type: type,
            find: { answer, _ in
                guard let list = member(path, of: answer)?.array else { return nil }
                if !marks.isEmpty, let first = list.first {
                    guard marks.contains(where: { first[$0] != nil }) else { return nil }
                }
                return list.enumerated().map { ($1, "\(path)[\($0)]") }
            }, read: read)
    }

    /// A single record: the object at a path, when it has all of `marks`.
    static func single(
        _ type: String, at path: String = "", marks: [String],
        _ read: @escaping @Sendable (inout VendorRecord) throws(FeedRejection) -> Void
    ) -> VendorShape {
        VendorShape(
            type: type,
            find: { answer, _ in
                guard let object = member(path, of: answer), object.object != nil,
                    marks.allSatisfy({ object[$0] != nil })
                else { return nil }
                return [(object, path.isEmpty ? "$" : path)]
            }, read: read)
    }

    static func member(_ path: String, of answer: JSONValue) -> JSONValue? {
        var value: JSONValue? = answer
        for name in path.split(separator: ".") { value = value?[String(name)] }
        return value
    }
}
