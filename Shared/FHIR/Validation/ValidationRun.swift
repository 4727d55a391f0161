import JSONDocument

/// One validation: where it stands, what it has found.
struct ValidationRun {
    /// One step of a place; its names are looked up when an issue is raised only.
    struct Step {
        let type: Int
        let element: Int
        let option: Int
        var index = -1
    }

    let definitions: FHIRDefinitions
    let options: FHIRValidator.Options
    private(set) var issues: [FHIRIssue] = []
    private var rootName = ""
    var path: [Step] = []
    /// Members seen so far: what constraints may cost grows with it.
    var nodes = 0
    private var spent = 0
    private var isTooCostly = false

    /// The resource that holds the current element, and the one that contains that.
    var resource = FHIRPathItem(value: nil, type: 0)
    var root = FHIRPathItem(value: nil, type: 0)
    /// The types of the resources that the root contains, by their ids.
    var contained: [String: Int] = [:]
    /// False for what was read from XML, whose narratives may be written otherwise.
    var comparesSignedContent = true
    /// The entries of the Bundle that is being read.
    var bundle: BundleIndex?

    init(definitions: FHIRDefinitions, options: FHIRValidator.Options) {
        self.definitions = definitions
        self.options = options
        path.reserveCapacity(32)
    }

    mutating func validate(_ value: JSONValue) {
        if let name = value["resourceType"]?.string, definitions.resourceType(name) != nil { rootName = name }
        enter(value, as: .whole)
    }

    // MARK: - Issues

    /// The FHIRPath place of the current element, with `suffix` as its last step.
    func place(_ suffix: String? = nil) -> String {
        var text = rootName
        for step in path {
            let option = definitions.types[step.type].elements[step.element].options[step.option]
            text += (text.isEmpty ? "" : ".") + option.jsonName
            if step.index >= 0 { text += "[\(step.index)]" }
        }
        if let suffix { text += (text.isEmpty ? "" : ".") + suffix }
        return text
    }

    mutating func report(
        _ code: FHIRIssue.Code, _ detail: @autoclosure () -> String, at suffix: String? = nil,
        severity: FHIRIssue.Severity = .error, constraint: String? = nil
    ) {
        if severity == .warning, !options.reportsWarnings { return }
        guard issues.count <= options.issueLimit else { return }
        guard issues.count < options.issueLimit else {
            issues.append(
                FHIRIssue(
                    severity: .error, code: .tooCostly, expression: "", detail: "there are more issues than listed"))
            return
        }
        issues.append(
            FHIRIssue(
                severity: severity, code: code, expression: place(suffix), detail: detail(), constraint: constraint))
    }

    mutating func warn(_ code: FHIRIssue.Code, _ detail: @autoclosure () -> String, constraint: String? = nil) {
        report(code, detail(), severity: .warning, constraint: constraint)
    }

    /// A member's name as issues show it: other characters than those of element names could be data.
    static func shown(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        return isPlain && name.utf8.count <= 64 ? name : "?"
    }

    // MARK: - Constraints

    /// Evaluates the constraints that hold of `item`.
    mutating func check(_ constraints: [FHIRConstraint], of item: @autoclosure () -> FHIRPathItem) {
        guard !constraints.isEmpty, !isTooCostly else { return }
        let limit = 1_000_000 + nodes * 100 - spent
        var evaluator = FHIRPathEvaluator(
            definitions: definitions, context: item(), resource: resource, root: root, budget: limit)
        defer { spent += limit - evaluator.budget }
        for constraint in constraints {
            guard let expression = constraint.compiled else { continue }
            if !constraint.isError, !options.reportsWarnings { continue }
            do throws(FHIRPathError) {
                if try evaluator.holds(expression) == false {
                    report(
                        .invariant, "the constraint does not hold: \(constraint.expression)",
                        severity: constraint.isError ? .error : .warning, constraint: constraint.key)
                }
            } catch {
                // Other errors are of operands, and come from elements that stand more often than they may: reported as such.
                guard error.code == .stepLimit else { continue }
                isTooCostly = true
                report(.tooCostly, "the constraints would take too long to check", constraint: constraint.key)
                return
            }
        }
    }
}
