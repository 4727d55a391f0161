import Contracts
import Domain
import Testing

@Suite("The JSON mirror is flat ProtoJSON with .proto names")
struct CanonicalJSONTests {
    @Test("An observation")
    func observation() {
        #expect(
            Samples.observation.canonicalJSON == """
                {"code":"8867-4","code_system":"http://loinc.org","device_id":"watch-7","display":"Heart rate",\
                "effective_at_us":1714545000000000,"effective_end_at_us":1714545060123456,\
                "event_id":"01234567-89ab-8def-8fed-cba987654321","model_version":"ingestion 1.0",\
                "original_code":"364075005","original_code_system":"http://snomed.info/sct","original_unit":"Hz","original_value":"1.208","patient":"p1.sOBr01A_ARkzieg2dncV3hu2",\
                "produced_at_us":1714545060123456,"quantity":72.5,"received_at_us":1714545060123456,\
                "resource_id":"h1.abc","source":"feed.wearable.v1","status":"OBSERVATION_STATUS_FINAL","unit":"/min"}
                """)
    }

    @Test("Enumerations have their .proto names, bytes are Base64, controls are escaped")
    func forms() {
        let medication = Samples.medication.canonicalJSON
        #expect(medication.contains(#""dosage_text":"1 tablet \"daily\"\n""#))
        #expect(medication.contains(#""status":"MEDICATION_STATUS_ON_HOLD""#))
        #expect(medication.contains(#""intent":"MEDICATION_INTENT_ORDER""#))
        #expect(Samples.deadLetter.canonicalJSON.contains(#""payload_ciphertext":"AQD/Bw==""#))
        #expect(Samples.alert.canonicalJSON.contains(#""score":7,"#))
        #expect(Samples.alert.canonicalJSON.contains(#""severity":"ALERT_SEVERITY_LOW_MEDIUM""#))
        #expect(Samples.alert.canonicalJSON.contains(#""evidence":"[{\"code\":\"9279-1\"}]""#))
        #expect(Samples.condition.canonicalJSON.contains(#""onset_at_us":0,"#))
        #expect(!Samples.condition.canonicalJSON.contains("abated_at_us"))
        #expect(Samples.registration.canonicalJSON.contains(#""deceased":true,"#))
    }

    @Test(
        "Each kind of value has its own member",
        arguments: [
            (.text(""), #""text":"""#), (.text("tab\tbell\u{7}"), #""text":"tab\tbell\u0007""#),
            (.coded(code: "A", system: "urn:x"), #""value_code_system":"urn:x""#),
            (.boolean(false), #""boolean":false"#),
            (.absent(reason: "unknown"), #""absent_reason":"unknown""#), (.quantity(0), #""quantity":0,"#),
            (.quantity(1e300), #""quantity":1e+300,"#), (.quantity(-0.001), #""quantity":-0.001,"#),
            (.quantity(.nan), #""quantity":"NaN""#), (.quantity(-.infinity), #""quantity":"-Infinity""#),
        ] as [(ObservationRecorded.Value, String)])
    func values(value: ObservationRecorded.Value, member: String) {
        var observation = Samples.observation
        observation.value = value
        observation.unit = ""
        #expect(observation.canonicalJSON.contains(member))
    }
}
