/// Code that is not written in some of the rooms, and why.
struct BannedCode {
    /// The rooms that a ban holds in.
    enum Scope {
        /// Everything that ships: `Shared` and `Services`.
        case sources
        /// The pure rooms: Domain, JSONDocument, Contracts and every service's Core.
        case pure
        /// Every service's Core.
        case core
        /// The tests and what they stand on.
        case tests
        /// All of it.
        case everywhere

        /// Whether a file is in one of the rooms, by its path relative to the root.
        func holds(_ path: String) -> Bool {
            let folders = path.split(separator: "/").map(String.init)
            let isCore = folders.count > 2 && folders[0] == "Services" && folders[2] == "Core"
            let isTests = folders.first == "Tests" || path.hasPrefix("Shared/TestSupport/")
            switch self {
            case .sources: return !isTests
            case .pure:
                return isCore
                    || ["Shared/Domain/", "Shared/JSONDocument/", "Shared/Contracts/"].contains { path.hasPrefix($0) }
            case .core: return isCore
            case .tests: return isTests
            case .everywhere: return true
            }
        }
    }

    /// What is looked for in a line of code; the name by which a waiver calls it.
    let code: String
    let scope: Scope
    let reason: String
    /// The text without which a file cannot hold it; nil when there is none.
    let word: String?
    /// Whether a line of code holds it; the second line is the next one, for a call that goes on there.
    let isIn: @Sendable (String, String) -> Bool

    /// A ban on a word or call: `text` at the start of a word.
    init(_ text: String, _ scope: Scope, _ reason: String) {
        code = text
        self.scope = scope
        self.reason = reason
        word = text
        isIn = { line, _ in line.containsWord(text) }
    }

    /// A ban on what a function of one line finds.
    init(_ name: String, _ scope: Scope, _ reason: String, isIn: @escaping @Sendable (String) -> Bool) {
        self.init(name, scope, reason) { line, _ in isIn(line) }
    }

    /// A ban on what a function of a line and the next one finds.
    init(_ name: String, _ scope: Scope, _ reason: String, isInLines: @escaping @Sendable (String, String) -> Bool) {
        code = name
        self.scope = scope
        self.reason = reason
        word = nil
        isIn = isInLines
    }

    private static let crash = "it ends the process; throw an error that names what was wrong"
    private static let coreClock = "Core has no clock: time comes from the record"
    private static let coreRandomness = "Core has no randomness of its own: pass a seeded generator with using:"
    private static let coreIO = "Core does no I/O: the Adapter reads and writes"
    private static let sleep =
        "no sleeping for synchronisation: await an event, or poll through TestSupport with a deadline"

    /// The table.
    static let table: [BannedCode] = [
        .init("fatalError(", .sources, crash),
        .init("preconditionFailure(", .sources, crash),
        .init("precondition(", .sources, crash),
        .init("try!", .sources, crash),
        .init("as!", .sources, crash),
        .init("unowned(unsafe)", .everywhere, "a dangling reference is memory corruption; use weak or own it"),
        .init("unsafeBitCast(", .sources, "the compiler can no longer check the type; bind or rebind the memory"),

        .init(
            "Thread.sleep", .everywhere,
            "it blocks a thread of the cooperative pool; wait on a condition with a deadline"),
        .init("Task.sleep", .tests, sleep),
        .init("usleep(", .tests, sleep),
        .init("sleep(", .tests, sleep),

        .init("Task.detached", .sources, "nobody owns a detached task: use a task group or a Service"),
        .init(
            "Task {", .sources, "a task that nobody owns outlives its work: keep it, or use a task group",
            isIn: { line in
                let line = line.trimmingBlanks()
                return line.hasPrefix("Task {") || line.hasPrefix("Task<") || line.hasPrefix("_ = Task {")
            }),
        .init(
            "a stream without a bound", .sources, "a slow reader would fill the memory: bufferingPolicy: with a bound",
            isInLines: { line, next in
                let isMade = line.contains("Stream.makeStream(") || line.contains(" = AsyncStream<")
                return isMade && !(line + next).contains("bufferingPolicy")
                    || line.contains("bufferingPolicy: .unbounded")
            }),
        .init("setenv(", .sources, "the environment is shared by all threads; pass configuration as values"),

        .init("Date()", .pure, coreClock),
        .init("Date.now", .pure, coreClock),
        .init("ContinuousClock", .pure, coreClock),
        .init("SuspendingClock", .pure, coreClock),
        .init("SystemClock()", .core, coreClock),
        .init("DispatchTime", .pure, coreClock),
        .init("clock_gettime(", .pure, coreClock),
        .init("gettimeofday(", .pure, coreClock),
        .init("time(nil", .pure, coreClock),
        .init("ProcessInfo", .pure, "the pure rooms do not know the process they run in: pass the value"),
        .init("SystemRandomNumberGenerator", .pure, coreRandomness),
        .init("rand(", .pure, coreRandomness),
        .init("random()", .pure, coreRandomness),
        .init("drand48(", .pure, coreRandomness),
        .init("arc4random", .pure, coreRandomness),
        .init("UUID()", .pure, "ids are hashes of what they name (EventID), so that a repeat changes nothing"),
        .init("random(in:) without using:", .pure, coreRandomness) {
            $0.contains("random(in:") && !$0.contains("using:")
        },
        .init("shuffled()", .pure, coreRandomness),
        .init("shuffle()", .pure, coreRandomness),
        .init("randomElement()", .pure, coreRandomness),
        .init("hashValue", .pure, "Swift's hash is seeded anew in each process; use EventID or a checksum"),

        .init("print(", .pure, coreIO),
        .init("fopen(", .pure, coreIO),
        .init("getenv(", .pure, "the pure rooms do not know the process they run in: pass the value"),
        .init("FileManager", .pure, coreIO),
        .init("FileHandle", .pure, coreIO),
        .init("URLSession", .pure, coreIO),
        .init("contentsOf: URL", .pure, coreIO) {
            $0.contains("(contentsOf:") && ($0.contains("Data(") || $0.contains("String("))
        },
        .init("contentsOfFile:", .pure, coreIO),
        .init("Thread(", .pure, "the pure rooms do not choose how they are run"),
        .init("DispatchQueue", .pure, "the pure rooms do not choose how they are run"),

        .init("a name that says nothing", .sources, "a type says the health or stream thing it is (STYLE: Names)") {
            $0.declaresAnEmptyName()
        },
    ]

    /// What of the table stands in a file.
    static func violations(in text: SourceText, at path: String, table: [BannedCode] = table) -> [Violation] {
        let whole = text.code.joined(separator: "\n")
        let inForce = table.filter { $0.scope.holds(path) && ($0.word.map { whole.contains($0) } ?? true) }
        return text.code.enumerated().flatMap { index, line in
            let next = index + 1 < text.code.count ? text.code[index + 1] : ""
            return inForce.filter { $0.isIn(line, next) }.map {
                Violation(place: "\(path):\(index + 1)", subject: $0.code, reason: $0.reason)
            }
        }
    }
}

extension String {
    /// Whether `text` stands in the line and does not continue a longer name: `sleep(` is not in `usleep(` nor in `.sleep(`
    /// of another type, and `Task.sleep` is not in `MyTask.sleep`.
    fileprivate func containsWord(_ text: String) -> Bool {
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
            let after = range.upperBound == endIndex ? nil : self[range.upperBound]
            let continues = { (character: Character?) in
                character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
            }
            let isMember = before == "." && text.first?.isLowercase == true && text.hasSuffix("(")
            let isOpen = text.last.map { !$0.isLetter && !$0.isNumber } ?? false
            // `func print(` declares another thing of the same name.
            let isDeclared = self[..<range.lowerBound].hasSuffix("func ")
            if !continues(before), !isMember, !isDeclared, isOpen || !continues(after) { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }

    fileprivate func trimmingBlanks() -> Substring {
        drop { $0 == " " || $0 == "\t" }
    }

    /// Whether the line declares a type by one of the names that say nothing.
    fileprivate func declaresAnEmptyName() -> Bool {
        let words = split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return zip(words, words.dropFirst()).contains { keyword, name in
            ["class", "struct", "enum", "actor", "protocol"].contains(keyword) && keyword != name
                && ["Manager", "Helper", "Helpers", "Utils", "Utility", "DataModel"].contains { name.hasSuffix($0) }
        }
    }
}
