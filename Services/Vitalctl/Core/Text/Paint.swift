/// Colours for a terminal, or none.
public struct Paint: Sendable, Equatable {
    /// A colour.
    public enum Colour: String, Sendable {
        /// For failures and high severity.
        case red = "31"
        /// For what went well.
        case green = "32"
        /// For warnings and medium severity.
        case yellow = "33"
        /// For names and headings.
        case cyan = "36"
        /// For what matters less.
        case dim = "2"
        /// For what matters more.
        case bold = "1"
    }

    /// Whether colours are written.
    public let isOn: Bool

    /// Colours if `isTerminal`, and unless the environment has a `NO_COLOR` that is not empty (no-color.org) or `TERM=dumb`.
    public init(isTerminal: Bool, environment: [String: String]) {
        isOn = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// `text` in `colour`.
    public func callAsFunction(_ colour: Colour, _ text: String) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// `text` in the colour of a severity from 1 (low) to 4 (high).
    public func severity(_ severity: Int, _ text: String) -> String {
        switch severity {
        case 4...: self(.red, text)
        case 3: self(.yellow, text)
        default: self(.cyan, text)
        }
    }
}
