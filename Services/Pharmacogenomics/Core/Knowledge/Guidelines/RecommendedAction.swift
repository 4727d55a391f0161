/// What to do with a drug, as a code of our own and its detail: `avoid`, `dose-start-percent:50`.
///
/// The detail is a value, with a qualifier in parentheses where the action holds only in part
/// (`dose-start-percent:10 (malignant disease)`). Actions are ordered by severity; the greatest is the one that counts.
public struct RecommendedAction: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// What kind of action it is.
    public let code: ActionCode
    /// The value and qualifier; empty when the code says it all.
    public let detail: String

    /// An action.
    public init(_ code: ActionCode, detail: String = "") {
        self.code = code
        self.detail = detail
    }

    /// Reads `code` or `code:detail`; nil when the code is unknown or a detail that it needs is absent or no number.
    public init?(_ text: some StringProtocol) {
        let colon = text.firstIndex(of: ":")
        let name = colon.map { text[..<$0] } ?? text[...]
        guard let code = ActionCode(rawValue: String(name)) else { return nil }
        let detail = colon.map { String(text[text.index(after: $0)...]) } ?? ""
        if colon != nil, detail.isEmpty { return nil }
        self.init(code, detail: detail)
        if code.needsDetail, detail.isEmpty { return nil }
        if code.isPercentage, percent == nil { return nil }
    }

    /// Reads a list joined by `+`; nil when it is empty or one of its actions is none.
    public static func list(_ text: some StringProtocol) -> [RecommendedAction]? {
        var actions: [RecommendedAction] = []
        for part in text.split(separator: "+", omittingEmptySubsequences: false) {
            guard let action = RecommendedAction(part) else { return nil }
            actions.append(action)
        }
        return actions.isEmpty ? nil : actions
    }

    /// The percentages of the standard dose, for `dose-percent` and `dose-start-percent`; nil for every other code.
    public var percent: ClosedRange<Double>? {
        guard code.isPercentage else { return nil }
        let bounds = value.split(separator: "-", omittingEmptySubsequences: false)
        guard let low = bounds.first.flatMap({ Double($0) }), let high = bounds.last.flatMap({ Double($0) }),
            bounds.count <= 2, low >= 0, high >= low, high.isFinite
        else { return nil }
        return low...high
    }

    /// The detail without its qualifier.
    public var value: Substring {
        guard let open = detail.firstRange(of: " (") else { return detail[...] }
        return detail[..<open.lowerBound]
    }

    /// The words in parentheses that narrow the action; nil when it holds without condition.
    public var qualifier: Substring? {
        guard detail.last == ")", let open = detail.firstRange(of: " (") else { return nil }
        return detail[open.upperBound...].dropLast()
    }

    /// Whether the action is only a plan for later: its qualifier begins with `if` (`alternative (if no response)`).
    public var isContingent: Bool { qualifier?.hasPrefix("if ") ?? false }

    /// How much the action weighs: its code's severity, but no more than a standard dose while it is only contingent.
    public var severity: Int { isContingent ? min(code.severity, ActionCode.standard.severity) : code.severity }

    /// The form that the initialiser reads.
    public var description: String { detail.isEmpty ? code.rawValue : "\(code.rawValue):\(detail)" }

    /// Less severe first; equal severities by code and detail, so that the order is total.
    public static func < (one: RecommendedAction, other: RecommendedAction) -> Bool {
        (one.severity, one.code.rawValue, one.detail) < (other.severity, other.code.rawValue, other.detail)
    }
}
