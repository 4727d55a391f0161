import CHealthContracts
import Domain

extension PatientRegistered {
    /// The event that the protobuf message in `bytes` means; every field is checked.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError) {
        self = try MessageReader.read(
            bytes, as: "PatientRegistered", unpack: health__v1__patient_registered__unpack
        ) { (message, reader) throws(ContractError) in
            PatientRegistered(
                eventID: try reader.eventID(message.pointee.event_id, "event_id"),
                patient: try reader.pseudonym(message.pointee.patient, "patient"),
                administrativeGender: try reader.value(
                    message.pointee.administrative_gender.rawValue, "administrative_gender"),
                birthYear: try reader.number(message.pointee.birth_year, in: 0...9999, "birth_year"),
                deceased: message.pointee.deceased != 0,
                resourceID: try reader.text(message.pointee.resource_id, "resource_id"),
                source: try reader.required(message.pointee.source, "source"),
                receivedAt: try reader.fleetTime(message.pointee.received_at_us, "received_at_us"),
                modelVersion: try reader.required(message.pointee.model_version, "model_version"),
                producedAt: try reader.fleetTime(message.pointee.produced_at_us, "produced_at_us"),
                unknownFields: try reader.unknownFields(message.pointee.base))
        }
    }

    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    public func encoded() -> [UInt8] {
        MessageWriter.write(
            Health__V1__PatientRegistered(), unknownFields: unknownFields,
            initialize: health__v1__patient_registered__init, size: health__v1__patient_registered__get_packed_size,
            pack: health__v1__patient_registered__pack
        ) { message, writer in
            message.event_id = writer.text(eventID)
            message.patient = writer.text(patient)
            message.administrative_gender = Health__V1__AdministrativeGender(rawValue: administrativeGender.wireNumber)
            message.birth_year = birthYear
            message.deceased = deceased ? 1 : 0
            message.resource_id = writer.text(resourceID)
            message.source = writer.text(source)
            message.received_at_us = receivedAt.microseconds
            message.model_version = writer.text(modelVersion)
            message.produced_at_us = producedAt.microseconds
        }
    }

    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name.
    public var canonicalJSON: String {
        var json = CanonicalJSON()
        json.id("event_id", eventID)
        json.text("patient", patient.rawValue)
        json.value("administrative_gender", administrativeGender)
        json.integer("birth_year", birthYear)
        json.boolean("deceased", deceased)
        json.text("resource_id", resourceID)
        json.text("source", source)
        json.time("received_at_us", receivedAt)
        json.text("model_version", modelVersion)
        json.time("produced_at_us", producedAt)
        return json.object
    }
}
