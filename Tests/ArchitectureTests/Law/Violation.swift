/// One place where a law is broken.
struct Violation: Hashable, CustomStringConvertible {
    /// The file (`path:line`) or target where it is broken.
    let place: String
    /// What stands there: the module imported, the call, the folder.
    let subject: String
    /// Why the law is there, so that whoever breaks it knows what to do instead.
    let reason: String

    var description: String { "\(place): \(subject): \(reason)" }
}

/// An exception that was thought about. One that excepts nothing any more fails the test, and so does one without a reason.
struct Waiver: Hashable {
    /// The file (without a line), the folder or the target.
    let place: String
    /// The subject of the violation that it lets pass.
    let subject: String
    let reason: String

    func covers(_ violation: Violation) -> Bool {
        violation.subject == subject
            && (violation.place == place || [":", "/"].contains { violation.place.hasPrefix(place + $0) })
    }
}

/// The violations that no waiver covers, and one more for each waiver that covers nothing or gives no reason.
func unexcused(_ violations: [Violation], waivers: [Waiver]) -> [Violation] {
    violations.filter { violation in !waivers.contains { $0.covers(violation) } }
        + waivers.compactMap { waiver in
            if waiver.reason.split(separator: " ").count < 4 {
                return Violation(place: waiver.place, subject: waiver.subject, reason: "this waiver says no reason")
            }
            if !violations.contains(where: waiver.covers) {
                return Violation(
                    place: waiver.place, subject: waiver.subject, reason: "this waiver covers nothing: take it out")
            }
            return nil
        }
}
