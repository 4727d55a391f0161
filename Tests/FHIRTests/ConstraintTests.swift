import FHIR
import Testing

@Suite("The constraints of R4 hold, or the issue names the key and the place")
struct ConstraintTests {
    @Test(
        "A constraint that does not hold",
        arguments: [
            (Fixture.observation(#""valueString":"a","dataAbsentReason":{"text":"b"}"#), "invariant Observation obs-6"),
            (
                #"{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"s","code":"c"}]},"valueString":"a","component":[{"code":{"coding":[{"code":"c","system":"s"}]}}]}"#,
                "invariant Observation obs-7"
            ),
            (
                Fixture.observation(#""referenceRange":[{"age":{"low":{"value":1}}}]"#),
                "invariant Observation.referenceRange[0] obs-3"
            ),
            (
                Fixture.observation(#""component":[{"code":{"text":"a"},"referenceRange":[{"type":{"text":"b"}}]}]"#),
                "invariant Observation.component[0].referenceRange[0] obs-3"
            ),
            (
                Fixture.observation(#""valueQuantity":{"value":1,"code":"kg"}"#),
                "invariant Observation.valueQuantity qty-3"
            ),
            (
                Fixture.observation(#""referenceRange":[{"low":{"value":1,"comparator":"<"}}]"#),
                "invariant Observation.referenceRange[0].low sqty-1"
            ),
            (
                Fixture.observation(#""effectivePeriod":{"start":"2024-02","end":"2024-01"}"#),
                "invariant Observation.effectivePeriod per-1"
            ),
            (
                Fixture.observation(
                    #""effectivePeriod":{"start":"2024-01-01T00:30:00+01:00","end":"2023-12-31T23:00:00Z"}"#),
                "invariant Observation.effectivePeriod per-1"
            ),
            (
                Fixture.observation(#""valueRange":{"low":{"value":2},"high":{"value":1}}"#),
                "invariant Observation.valueRange rng-2"
            ),
            (Fixture.observation(#""valueRatio":{"numerator":{"value":2}}"#), "invariant Observation.valueRatio rat-1"),
            (Fixture.patient(#""telecom":[{"value":"1"}]"#), "invariant Patient.telecom[0] cpt-2"),
            (Fixture.patient(#""contact":[{"gender":"male"}]"#), "invariant Patient.contact[0] pat-1"),
            (Fixture.patient(#""photo":[{"data":"YQ=="}]"#), "invariant Patient.photo[0] att-1"),
            (
                Fixture.patient(#""photo":[{"contentType":"a/b","data":"YQ==","size":2}]"#),
                "structure Patient.photo[0].size"
            ),
            (#"{"resourceType":"Organization","active":true}"#, "invariant Organization org-1"),
            (
                #"{"resourceType":"Organization","name":"a","telecom":[{"system":"phone","use":"home","value":"1"}]}"#,
                "invariant Organization.telecom[0] org-3"
            ),
            (
                #"{"resourceType":"Condition","subject":{"display":"a"},"abatementString":"b"}"#,
                "invariant Condition con-4"
            ),
            (
                #"{"resourceType":"Consent","status":"active","scope":{"text":"a"},"category":[{"text":"b"}]}"#,
                "invariant Consent ppc-1"
            ),
            (#"{"resourceType":"AllergyIntolerance","patient":{"display":"a"}}"#, "invariant AllergyIntolerance ait-1"),
            (
                #"{"resourceType":"QuestionnaireResponse","status":"completed","item":[{"linkId":"a","item":[{"linkId":"b"}],"answer":[{"valueInteger":1}]}]}"#,
                "invariant QuestionnaireResponse.item[0] qrs-1"
            ),
            (
                #"{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"a","type":"integer"},{"linkId":"a","type":"integer"}]}"#,
                "invariant Questionnaire que-2"
            ),
            (
                #"{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"a","type":"group"}]}"#,
                "invariant Questionnaire.item[0] que-1"
            ),
            (#"{"resourceType":"MolecularSequence","coordinateSystem":2}"#, "invariant MolecularSequence msq-3"),
            (
                #"{"resourceType":"RiskAssessment","status":"final","subject":{"display":"a"},"prediction":[{"probabilityDecimal":101}]}"#,
                "invariant RiskAssessment.prediction[0] ras-2"
            ),
            (
                #"{"resourceType":"RiskAssessment","status":"final","subject":{"display":"a"},"prediction":[{"probabilityRange":{"low":{"value":1,"system":"http://unitsofmeasure.org","code":"g"}}}]}"#,
                "invariant RiskAssessment.prediction[0].probabilityRange ras-1"
            ),
            (#"{"resourceType":"Parameters","parameter":[{"name":"a"}]}"#, "invariant Parameters.parameter[0] inv-1"),
            (
                #"{"resourceType":"List","status":"current","mode":"working","emptyReason":{"text":"a"},"entry":[{"item":{"display":"b"}}]}"#,
                "invariant List lst-1"
            ),
            (
                #"{"resourceType":"Group","type":"person","actual":false,"member":[{"entity":{"display":"a"}}]}"#,
                "invariant Group grp-1"
            ),
            (
                #"{"resourceType":"MedicationAdministration","status":"completed","medicationCodeableConcept":{"text":"a"},"subject":{"display":"b"},"effectiveDateTime":"2024","dosage":{"text":"c"}}"#,
                "invariant MedicationAdministration.dosage mad-1"
            ),
            (
                #"{"resourceType":"Appointment","status":"booked","participant":[{"actor":{"display":"a"},"status":"accepted"}]}"#,
                "invariant Appointment app-3"
            ),
            (
                #"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Patient"}}]}"#,
                "invariant Bundle bdl-3"
            ),
            (#"{"resourceType":"Bundle","type":"collection","total":1}"#, "invariant Bundle bdl-1"),
            (
                #"{"resourceType":"Bundle","type":"collection","entry":[{"id":"a","link":[{"relation":"a","url":"b"}]}]}"#,
                "invariant Bundle.entry[0] bdl-5"
            ),
        ])
    func broken(text: String, expected: String) {
        #expect(Fixture.errors(text) == [expected])
    }

    @Test(
        "A constraint that holds, or cannot be decided",
        arguments: [
            Fixture.observation(#""effectivePeriod":{"start":"2024-02","end":"2024-02-01"}"#),
            Fixture.observation(
                #""effectivePeriod":{"start":"2024-02-01T10:00:00+02:00","end":"2024-02-01T08:00:00Z"}"#),
            Fixture.observation(
                #""effectivePeriod":{"start":"2023-12-31T23:30:00-02:00","end":"2024-01-01T01:45:00Z"}"#),
            Fixture.observation(#""valueRange":{"low":{"value":2,"unit":"kg"},"high":{"value":1,"unit":"t"}}"#),
            Fixture.observation(#""valueRange":{"low":{"value":1.0},"high":{"value":1}}"#),
            Fixture.patient(#""telecom":[{"system":"phone","value":"1"}]"#),
            Fixture.patient(#""photo":[{"contentType":"a/b","data":"YQ==","size":1}]"#),
            #"{"resourceType":"RiskAssessment","status":"final","subject":{"display":"a"},"prediction":[{"probabilityDecimal":99.5},{"outcome":{"text":"b"}}]}"#,
            #"{"resourceType":"AllergyIntolerance","patient":{"display":"a"},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"entered-in-error"}]}}"#,
        ])
    func kept(text: String) {
        #expect(Fixture.errors(text) == [])
    }

    @Test("What is only advised is a warning")
    func warnings() throws {
        let library =
            #"{"resourceType":"Library","status":"draft","type":{"text":"a"},"name":"a b","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>"}}"#
        let issues = FHIRValidator().validate(try Fixture.json(library))
        #expect(issues.map(Fixture.line) == ["invariant Library lib-0"])
        #expect(issues.map(\.severity) == [.warning])
    }
}
