import Domain
import Testing

@testable import IngestionCore

/// Forms and meanings: FHIR R4, datatypes, "dateTime", and search, "date" (a partial date is the interval that it names).
@Suite("A FHIR date names an interval, with the precision of its text")
struct FHIRDateTimeTests {
    @Test(
        "Known answers",
        arguments: [
            ("2019", "2019-01-01T00:00:00Z", "2019-12-31T23:59:59.999999Z", FHIRDateTime.Precision.year),
            ("0001", "0001-01-01T00:00:00Z", "0001-12-31T23:59:59.999999Z", .year),
            ("9999", "9999-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", .year),
            ("2019-03", "2019-03-01T00:00:00Z", "2019-03-31T23:59:59.999999Z", .month),
            ("2019-04", "2019-04-01T00:00:00Z", "2019-04-30T23:59:59.999999Z", .month),
            ("2019-02", "2019-02-01T00:00:00Z", "2019-02-28T23:59:59.999999Z", .month),
            ("2020-02", "2020-02-01T00:00:00Z", "2020-02-29T23:59:59.999999Z", .month),
            ("1900-02", "1900-02-01T00:00:00Z", "1900-02-28T23:59:59.999999Z", .month),
            ("2000-02", "2000-02-01T00:00:00Z", "2000-02-29T23:59:59.999999Z", .month),
            ("2019-12", "2019-12-01T00:00:00Z", "2019-12-31T23:59:59.999999Z", .month),
            ("2019-03-07", "2019-03-07T00:00:00Z", "2019-03-07T23:59:59.999999Z", .day),
            ("2020-02-29", "2020-02-29T00:00:00Z", "2020-02-29T23:59:59.999999Z", .day),
            ("2019-03-07T23:30:00Z", "2019-03-07T23:30:00Z", "2019-03-07T23:30:00Z", .second(digits: 0)),
            ("2019-03-07T23:30:00-05:00", "2019-03-08T04:30:00Z", "2019-03-08T04:30:00Z", .second(digits: 0)),
            ("2019-03-07T23:30:00.1+14:00", "2019-03-07T09:30:00.1Z", "2019-03-07T09:30:00.1Z", .second(digits: 1)),
            (
                "2015-02-07T13:28:17.239+02:00", "2015-02-07T11:28:17.239Z", "2015-02-07T11:28:17.239Z",
                .second(digits: 3)
            ),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "2017-01-01T00:00:00Z", .second(digits: 0)),
        ])
    func intervals(text: String, start: String, end: String, precision: FHIRDateTime.Precision) throws {
        let time = try #require(FHIRDateTime(text))
        #expect(time.start == Timestamp(iso8601: start))
        #expect(time.end == Timestamp(iso8601: end))
        #expect(time.precision == precision)
        if case .second = precision { #expect(time.endOfPeriod == nil) } else { #expect(time.endOfPeriod == time.end) }
    }

    @Test(
        "What is no FHIR date names nothing",
        arguments: [
            "", "0000", "19", "2019-1", "2019-13", "2019-00", "2019-02-29", "2019-04-31", "2019-3-7", "2019-03-07T",
            "2019-03-07T10:00", "2019-03-07T10:00Z", "2019-03-07T10:00:00", "2019-03-07 10:00:00Z",
            "2019-03-07T24:00:00Z", "2019-03-07T10:60:00Z", "2019-03-07T10:00:00+0200", "2019-03-07T10:00:00.Z",
            "2019-03-07T10:00:00+15:00", "20190307", "last year",
        ])
    func refused(text: String) { #expect(FHIRDateTime(text) == nil) }

    @Test("Each interval ends where the next one of its precision begins")
    func partition() throws {
        for month in 1...11 {
            let this = try #require(FHIRDateTime("2023-\(month < 10 ? "0" : "")\(month)"))
            let next = try #require(FHIRDateTime("2023-\(month + 1 < 10 ? "0" : "")\(month + 1)"))
            #expect(this.end.advanced(by: .microseconds(1)) == next.start)
        }
        for year in 1995...2005 {
            let this = try #require(FHIRDateTime("\(year)"))
            let next = try #require(FHIRDateTime("\(year + 1)"))
            #expect(this.end.advanced(by: .microseconds(1)) == next.start)
        }
    }

    @Test("A span of a whole day, month or year is a partial date, another is none")
    func partialDates() throws {
        func span(_ start: String, _ end: String?) throws -> FHIRTimeSpan {
            FHIRTimeSpan(
                start: try #require(Timestamp(iso8601: start)), end: end.flatMap { Timestamp(iso8601: $0) })
        }
        for text in ["2019", "2020-02", "2019-12-31"] {
            #expect(FHIRTimeSpan(try #require(FHIRDateTime(text))).isPartialDate)
        }
        #expect(!FHIRTimeSpan(try #require(FHIRDateTime("2019-01-01T00:00:00Z"))).isPartialDate)
        #expect(try !span("2019-01-01T00:00:00Z", "2019-01-02T23:59:59.999999Z").isPartialDate)
        #expect(try !span("2019-01-01T00:00:01Z", "2019-01-01T23:59:59.999999Z").isPartialDate)
        #expect(try !span("2019-01-01T00:00:00Z", "2019-01-01T23:59:59Z").isPartialDate)
    }
}
