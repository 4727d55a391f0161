import JSONDocument

/// A path to members of a JSON value: `data.items[*].details`, `[0].value`, or a JSON pointer (RFC 6901) `/data/items`.
struct JSONPath: Sendable, Equatable {
    enum Step: Sendable, Equatable {
        case member(String)
        case index(Int)
        case all
    }

    let steps: [Step]

    /// The path that `text` writes; nil when a bracket is wrong. `$` and the empty text are the root.
    init?(_ text: String) {
        if text.hasPrefix("/") {
            steps = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
                let name = $0.replacing("~1", with: "/").replacing("~0", with: "~")
                return Int(name).map(Step.index) ?? (name == "*" ? .all : .member(String(name)))
            }
            return
        }
        var steps: [Step] = []
        var rest = text[...]
        if rest.hasPrefix("$") { rest = rest.dropFirst() }
        while let first = rest.first {
            if first == "[" {
                guard let close = rest.firstIndex(of: "]") else { return nil }
                let inner = rest[rest.index(after: rest.startIndex)..<close]
                if inner == "*" {
                    steps.append(.all)
                } else if let index = Int(inner), index >= 0 {
                    steps.append(.index(index))
                } else {
                    return nil
                }
                rest = rest[rest.index(after: close)...]
                continue
            }
            if first == "." { rest = rest.dropFirst() }
            let name = rest.prefix { $0 != "." && $0 != "[" }
            guard !name.isEmpty else { return nil }
            steps.append(.member(String(name)))
            rest = rest.dropFirst(name.count)
        }
        self.steps = steps
    }

    /// The values at the path, each with its place.
    func all(in root: JSONValue) -> [(value: JSONValue, place: String)] {
        var found: [(JSONValue, String)] = [(root, "")]
        for step in steps {
            var next: [(JSONValue, String)] = []
            for (value, place) in found {
                switch step {
                case .member(let name):
                    if let member = value[name] { next.append((member, place.isEmpty ? name : "\(place).\(name)")) }
                case .index(let index):
                    if let element = value[index] { next.append((element, "\(place)[\(index)]")) }
                case .all:
                    for (index, element) in (value.array ?? []).enumerated() {
                        next.append((element, "\(place)[\(index)]"))
                    }
                }
            }
            found = next
        }
        return found
    }

    /// The first value at the path, or nil.
    func first(in root: JSONValue) -> JSONValue? {
        var value: JSONValue? = root
        for step in steps {
            switch step {
            case .member(let name): value = value?[name]
            case .index(let index): value = value?[index]
            case .all: value = value?[0]
            }
        }
        return value
    }
}
