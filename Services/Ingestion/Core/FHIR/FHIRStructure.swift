import FHIR
import JSONDocument

/// What the structural check of a submission says, sorted by the record that it concerns.
struct FHIRStructure {
    /// Issues of one submission at most. Each is small, and a sender with more has one cause.
    private static let issueLimit = 10_000
    /// Issues of one record that are told.
    private static let toldLimit = 100

    private static let specification = FHIRValidator(
        options: FHIRValidator.Options(reportsWarnings: false, issueLimit: issueLimit))
    private static let strict: FHIRValidator = {
        var options = FHIRValidator.Options.strict
        options.reportsWarnings = false
        options.issueLimit = issueLimit
        return FHIRValidator(options: options)
    }()

    /// By the specification alone, or as strict as HL7's own validator when the context declares `strictness` to be `strict`.
    private static func validator(_ context: FeedContext) -> FHIRValidator {
        context.options["strictness"] == "strict" ? strict : specification
    }

    /// What is wrong with the submission as a whole.
    let whole: FeedRejection?
    private let entries: [Int: FeedRejection]
    /// The last entry that was checked when checking was given up.
    private let lastChecked: Int?

    /// The check of one resource that is no Bundle, which stands at `place`.
    static func rejection(
        of resource: JSONValue, type: String, place: FHIRPlace, _ context: FeedContext
    ) -> FeedRejection? {
        rejection(
            validator(context).validate(resource).filter { $0.severity == .error }.map { issue in
                // The validator's places begin with the type, ours with where the resource stood.
                let rest = issue.expression.hasPrefix(type) ? issue.expression.dropFirst(type.count) : ""
                return reason(issue, place: place.description + rest)
            })
    }

    /// What `issues` say of a text as a whole; nil when there is none.
    static func rejection(of issues: [FHIRIssue]) -> FeedRejection? {
        rejection(issues.map { reason($0, place: $0.expression) })
    }

    /// The check of a Bundle.
    ///
    /// - Parameter hasRequests: whether it is a batch or transaction, whose entries are judged one by one: entries without a request (bdl-3) and
    ///   entries that name the same resource (bdl-7) are the reader's to refuse.
    init(ofBundle bundle: JSONValue, hasRequests: Bool, _ context: FeedContext) {
        var whole: [FeedRejection] = []
        var entries: [Int: [FeedRejection]] = [:]
        var isCut = false
        var last = 0
        for issue in Self.validator(context).validate(bundle) {
            if issue.code == .tooCostly, issue.expression.isEmpty {
                isCut = true
                continue
            }
            if let index = Self.entry(of: issue.expression) { last = max(last, index) }
            guard issue.severity == .error else { continue }
            if issue.constraint == "bdl-7" || (hasRequests && issue.constraint == "bdl-3") { continue }
            let reason = Self.reason(issue, place: issue.expression)
            if let index = Self.entry(of: issue.expression) {
                entries[index, default: []].append(reason)
            } else {
                whole.append(reason)
            }
        }
        self.whole = Self.rejection(whole)
        self.entries = entries.compactMapValues(Self.rejection)
        lastChecked = isCut ? last : nil
    }

    /// What is wrong with the entry at `index`.
    func rejection(ofEntry index: Int) -> FeedRejection? {
        if let reason = entries[index] { return reason }
        guard let lastChecked, index >= lastChecked else { return nil }
        return FeedRejection(
            code: "fhir-too-costly", place: "Bundle.entry[\(index)]",
            detail: "was not checked: the entries before it have more than \(Self.issueLimit) faults")
    }

    /// The index in a place that begins with `Bundle.entry[3]`; nil for every other place.
    private static func entry(of expression: String) -> Int? {
        let prefix = "Bundle.entry["
        guard expression.hasPrefix(prefix) else { return nil }
        return Int(expression.dropFirst(prefix.utf8.count).prefix { $0 != "]" })
    }

    private static func reason(_ issue: FHIRIssue, place: String) -> FeedRejection {
        FeedRejection(
            code: issue.constraint.map { "invariant-\($0)" } ?? "fhir-\(issue.code.rawValue)", place: place,
            detail: issue.detail)
    }

    private static func rejection(_ reasons: [FeedRejection]) -> FeedRejection? {
        guard let first = reasons.first else { return nil }
        guard reasons.count > 1 else { return first }
        return FeedRejection(
            code: first.code, place: first.place, detail: "\(first.detail) (and \(reasons.count - 1) more)",
            others: Array(reasons.dropFirst().prefix(toldLimit)))
    }
}
