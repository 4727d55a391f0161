import CHealthContracts
import CProtobufC
import Foundation
import Testing

@testable import Contracts

@Suite("Generated code and Swift values agree with the .proto files")
struct GeneratedCodeTests {
    @Test("Generating again changes nothing")
    func regeneration() throws {
        guard Repository.program("protoc-c") != nil, Repository.program("protoc") != nil else {
            print("skipped: protoc-c or protoc is not installed (Debian: protobuf-c-compiler, protobuf-compiler)")
            return
        }
        let directory = FileManager.default.temporaryDirectory.appending(path: "contracts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        _ = try Repository.run(Repository.root.appending(path: "deploy/generate-contracts"), [directory.path])
        let committed = Repository.root.appending(path: "Shared/CHealthContracts")
        #expect(try files(in: directory) == files(in: committed))
        for file in try files(in: directory) {
            let isSame =
                try Data(contentsOf: directory.appending(path: file))
                == Data(contentsOf: committed.appending(path: file))
            #expect(isSame, "run deploy/generate-contracts: \(file) differs")
        }
    }

    private func files(in directory: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory.path).filter { $0.contains(".") }.sorted()
    }

    private func check<Value: WireEnumeration>(_: Value.Type, _ descriptor: ProtobufCEnumDescriptor) {
        #expect(Value.wireOrder.count == Value.allCases.count && Value.allCases.allSatisfy(Value.wireOrder.contains))
        #expect(Int(descriptor.n_value_names) == Value.allCases.count + 1)
        for value in Value.allCases {
            let found = withUnsafePointer(to: descriptor) {
                protobuf_c_enum_descriptor_get_value_by_name($0, value.protoName)
            }
            #expect(found?.pointee.value == Int32(value.wireNumber), "\(value.protoName)")
            #expect(Value(wireNumber: value.wireNumber) == value)
        }
        #expect(Value(wireNumber: 0) == nil)
        #expect(Value(wireNumber: UInt32(Value.allCases.count) + 1) == nil)
    }

    @Test("Every enumeration has the numbers of its .proto file")
    func enumerations() {
        check(ObservationRecorded.Status.self, health__v1__observation_status__descriptor)
        check(MedicationRecorded.Status.self, health__v1__medication_status__descriptor)
        check(MedicationRecorded.Intent.self, health__v1__medication_intent__descriptor)
        check(ConditionRecorded.ClinicalStatus.self, health__v1__condition_clinical_status__descriptor)
        check(ConditionRecorded.VerificationStatus.self, health__v1__condition_verification_status__descriptor)
        check(PatientRegistered.AdministrativeGender.self, health__v1__administrative_gender__descriptor)
        check(MedicationRecorded.Kind.self, health__v1__medication_kind__descriptor)
        check(AllergyRecorded.Kind.self, health__v1__allergy_kind__descriptor)
        check(AllergyRecorded.Criticality.self, health__v1__allergy_criticality__descriptor)
        check(AllergyRecorded.ClinicalStatus.self, health__v1__allergy_clinical_status__descriptor)
        check(AllergyRecorded.VerificationStatus.self, health__v1__allergy_verification_status__descriptor)
        check(EncounterRecorded.Status.self, health__v1__encounter_status__descriptor)
        check(ProcedureRecorded.Status.self, health__v1__procedure_status__descriptor)
        check(ImmunizationRecorded.Status.self, health__v1__immunization_status__descriptor)
        check(ReportRecorded.Status.self, health__v1__report_status__descriptor)
        check(ConsentRecorded.Status.self, health__v1__consent_status__descriptor)
        check(GenotypesRecorded.Format.self, health__v1__genotype_format__descriptor)
        check(ExpressionMeasured.GeneSystem.self, health__v1__gene_system__descriptor)
        check(VariantWeight.Model.self, health__v1__weight_model__descriptor)
        check(PhenotypeDetermined.CallStatus.self, health__v1__phenotype_call_status__descriptor)
        check(RecommendationMade.Status.self, health__v1__recommendation_status__descriptor)
        check(Alert.Severity.self, health__v1__alert_severity__descriptor)
        check(Alert.Transition.self, health__v1__alert_transition__descriptor)
    }

    // Google's own compiler is the independent implementation here.
    @Test("protoc reads what the codec writes, and the codec reads what protoc writes", arguments: Samples.kinds)
    func interoperation(kind: Samples.Kind) throws {
        guard let protoc = Repository.program("protoc") else {
            print("skipped: protoc is not installed (Debian: protobuf-compiler)")
            return
        }
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "proto/health/v1").path
        ).filter { $0.hasSuffix(".proto") }.map { "health/v1/\($0)" }
        let text = try Repository.run(
            protoc, ["--proto_path=proto", "--decode=health.v1.\(kind.name)"] + files, input: kind.sample.encoded())
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains(#"event_id: "01234567-89ab-8def-8fed-cba987654321""#))
        #expect(!lines.contains { $0.first?.isNumber == true }, "protoc knows every field")
        let bytes = try Repository.run(
            protoc, ["--proto_path=proto", "--encode=health.v1.\(kind.name)"] + files, input: text)
        #expect(bytes == kind.sample.encoded())
        #expect(try kind.decode(bytes).canonicalJSON == kind.sample.canonicalJSON)
    }
}
