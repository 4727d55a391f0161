import Domain
import Foundation
import IngestionCore
import JSONDocument
import Testing

@Suite("Data points of IEEE 1752.1 are read like Open mHealth's")
struct IEEE1752Tests {
    private func outcome(_ schema: String, _ body: String, header: String = "", subject: String? = "u1") throws
        -> FactOutcome?
    {
        let point = """
            {"header":{"uuid":"ac1e4e2c-0c1e-4d0b-9f6b-5d6d1c1f7a01","source_creation_date_time":"2024-05-01T06:30:01Z",\
            "modality":"sensed","external_datasheets":[{"datasheet_type":"manufacturer","datasheet_reference":"https://w.example/x"}],\
            \(header)"schema_id":{"namespace":"ieee","name":"\(schema)","version":"1.0"}},"body":\(body)}
            """
        let decoder = FeedDecoder(context: Wearable.context(subject: subject), names: PlainNames())
        return decoder.openMHealth(Array(point.utf8)).first
    }

    private static let night =
        #""effective_time_frame":{"time_interval":{"start_date_time":"2024-05-01T00:00:00+02:00","end_date_time":"2024-05-01T07:00:00+02:00"}}"#

    @Test("A sleep episode with its stages")
    func sleep() throws {
        let body =
            #"{"total_sleep_time":{"value":6.5,"unit":"h"},"deep_sleep_duration":{"value":90,"unit":"min"},\#(Self.night)}"#
        let outcome = try outcome("sleep-episode", body)
        #expect(
            outcome?.told == ["93832-4 390.0 min @ 2024-04-30T22:00:00", "93831-6 90.0 min @ 2024-04-30T22:00:00"])
        #expect(outcome?.type == "ieee/sleep-episode-1.0")
    }

    @Test("Physical activity, sound, and time in bed")
    func others() throws {
        let activity =
            #"{"activity_name":"walk","distance":{"value":2,"unit":"km"},"duration":{"value":30,"unit":"min"},\#(Self.night)}"#
        #expect(
            try outcome("physical-activity", activity)?.told == [
                "physical-activity-distance 2000.0 m @ 2024-04-30T22:00:00", "55411-3 30.0 min @ 2024-04-30T22:00:00",
            ])
        let sound =
            #"{"ambient_sound":{"value":75,"unit":"deciB"},"effective_time_frame":{"date_time":"2019-02-05T06:00:00Z"}}"#
        #expect(try outcome("ambient-sound", sound)?.reason?.code == "value-not-allowed")
        #expect(try outcome("ambient-sound", sound.replacing("deciB", with: "dBA"))?.told.count == 1)
    }

    @Test("The person is the submission's; without one the data point is refused; an incomplete header too")
    func header() throws {
        let body = #"{"time_in_bed":{"value":7,"unit":"h"},\#(Self.night)}"#
        #expect(try outcome("time-in-bed", body, subject: nil)?.reason?.code == "subject-missing")
        #expect(try outcome("time-in-bed", body, header: #""user_id":"u9","#, subject: nil)?.facts.count == 1)
        let point =
            #"{"header":{"uuid":"x","schema_id":{"namespace":"ieee","name":"time-in-bed","version":"1.0"}},"body":\#(body)}"#
        let decoder = FeedDecoder(context: Wearable.context(), names: PlainNames())
        #expect(decoder.openMHealth(Array(point.utf8)).first?.reason?.code == "missing-member")
    }
}
