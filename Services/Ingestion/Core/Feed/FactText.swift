/// The limits that the contracts set for texts.
enum FactText {
    /// Bytes of one text in an event.
    static let limit = 4_096

    /// A name for people, cut at a character's boundary: a display is no fact, so it is shortened, not refused.
    static func display(_ text: String) -> String {
        guard text.utf8.count > 1_024 else { return text }
        var bytes = 0
        return String(
            text.prefix { character in
                bytes += character.utf8.count
                return bytes <= 1_024
            })
    }
}
