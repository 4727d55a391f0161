import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The fact that a person is known: gender, year of birth and whether deceased; never a name, an address or the full date.
    func patient() throws -> Fact {
        guard let person = references.patient(element.object, fullURL: fullURL, criteria: criteria) else {
            throw element.unmapped(
                "patient-unidentified", "id",
                "no fact of a person who cannot be told apart: send an id, a urn:uuid fullUrl or an identifier with system"
            )
        }
        let gender = try element.code("gender", in: PatientRegistered.AdministrativeGender.self) ?? .unknown
        let birth = try element.string("birthDate")
        var birthYear: Int32 = 0
        if let birth {
            guard birth.utf8.count <= 10, FHIRDateTime(birth) != nil, let year = Int32(birth.prefix(4))
            else {
                throw element.rejection("invalid-date", "birthDate", "must be YYYY, YYYY-MM or YYYY-MM-DD")
            }
            birthYear = year
        }
        let deceased: Bool
        switch try element.choice("deceased") {
        case nil: deceased = false
        case "deceasedBoolean"?: deceased = try element.bool("deceasedBoolean") ?? false
        case "deceasedDateTime"?: deceased = try element.dateTime("deceasedDateTime") != nil
        case let other?: throw element.rejection("choice-unknown", other, "is no type of deceased[x]")
        }
        let patient = try pseudonym(of: person)
        let content = [gender.rawValue, String(birthYear), String(deceased)]
        return .patient(
            PatientRegistered(
                // The record's id is the person's: it takes part through the pseudonym alone.
                eventID: FactIdentity.fact("patient", source: context.source, patient: patient, record: "", content),
                patient: patient, administrativeGender: gender, birthYear: birthYear, deceased: deceased,
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }
}
