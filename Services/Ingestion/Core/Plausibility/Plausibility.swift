import Contracts
import Domain

/// Whether a fact can be true: its value that of a living person, its times those of a clock that goes right.
///
/// A fact that cannot is held back for a person to look at, never mended: nothing is guessed. The windows are the same for all ages and say
/// nothing on health. What is quarantined names the window, not the value.
enum Plausibility {
    /// Why `fact`, received at `receivedAt`, cannot be true, or nil. The place names the field of the event.
    ///
    /// Codes: `time-implausible`, `period-reversed`, `duration-implausible`, `value-implausible`, `unit-mismatch`.
    static func check(_ fact: Fact, receivedAt: Timestamp) -> FeedRejection? {
        switch fact {
        case .observation(let event): observation(event, receivedAt)
        case .medication(let event): medication(event, receivedAt)
        case .condition(let event): condition(event, receivedAt)
        case .patient(let event): patient(event, receivedAt)
        case .allergy(let event):
            past(event.onsetAt, receivedAt, "onsetAt") ?? past(event.recordedAt, receivedAt, "recordedAt")
        case .encounter(let event):
            planned(event.startedAt, receivedAt, "startedAt") ?? planned(event.endedAt, receivedAt, "endedAt")
                ?? PlausibleTime.periodDoubt(event.startedAt, event.endedAt, longest: lifetime, place: "endedAt")
        case .procedure(let event):
            planned(event.startedAt, receivedAt, "startedAt") ?? planned(event.endedAt, receivedAt, "endedAt")
                ?? PlausibleTime.periodDoubt(event.startedAt, event.endedAt, longest: lifetime, place: "endedAt")
        case .immunization(let event):
            past(event.occurredAt, receivedAt, "occurredAt") ?? dose(event.doseQuantity)
        case .report(let event):
            past(event.effectiveAt, receivedAt, "effectiveAt") ?? past(event.issuedAt, receivedAt, "issuedAt")
        // A consent may reach as far ahead as the person likes.
        case .consent(let event):
            past(event.recordedAt, receivedAt, "recordedAt")
                ?? PlausibleTime.periodDoubt(event.startsAt, event.endsAt, place: "endsAt")
        case .genotypes(let event): past(event.collectedAt, receivedAt, "collectedAt")
        case .expression(let event): past(event.measuredAt, receivedAt, "measuredAt")
        case .score: nil
        }
    }

    /// A mark for a measurement of a device that is possible and yet, as a rule, noise; nil for all others. It goes out with the mark's code,
    /// `value-noisy`, among the outcome's notes: the fact is published as it was measured.
    static func noise(_ fact: Fact) -> FeedRejection? {
        guard case .observation(let event) = fact, isFromDevice(event), case .quantity(let value) = event.value,
            event.codeSystem == LOINC.system, let window = ValueWindow.of(loinc: event.code),
            event.unit == window.unit, window.hard.contains(value), !window.usual.contains(value)
        else { return nil }
        return FeedRejection(
            code: "value-noisy", place: "value",
            detail: "outside of \(text(window.usual, window.unit)), where devices seldom measure rightly")
    }

    // MARK: - Events

    /// The longest time that anything lasts.
    private static let lifetime = Duration.seconds(130 * 366 * 86_400)
    /// The longest time that one measurement of a vital sign stands for: a month's mean.
    private static let summary = Duration.seconds(32 * 86_400)

    private static func isFromDevice(_ event: ObservationRecorded) -> Bool {
        !event.deviceID.isEmpty || event.source == Topic.wearableFeed
    }

    private static func observation(_ event: ObservationRecorded, _ receivedAt: Timestamp) -> FeedRejection? {
        // A date without a time names a day, a month or a year: something happened in it, and the rest of it may lie ahead.
        if FHIRTimeSpan(start: event.effectiveAt, end: event.effectiveEndAt).isPartialDate {
            return past(event.effectiveAt, receivedAt, "effectiveAt") ?? value(event)
        }
        return past(event.effectiveAt, receivedAt, "effectiveAt")
            ?? past(event.effectiveEndAt, receivedAt, "effectiveEndAt")
            ?? PlausibleTime.epochDoubt(event.effectiveAt, isFromDevice: isFromDevice(event), place: "effectiveAt")
            ?? PlausibleTime.periodDoubt(
                event.effectiveAt, event.effectiveEndAt,
                longest: event.codeSystem == LOINC.system && VitalSign(rawValue: event.code) != nil
                    ? summary : lifetime, place: "effectiveEndAt")
            ?? value(event)
    }

    private static func value(_ event: ObservationRecorded) -> FeedRejection? {
        // What the sender has withdrawn is no measurement.
        guard case .quantity(let value) = event.value, event.status != .enteredInError, event.status != .cancelled,
            event.codeSystem == LOINC.system, let window = ValueWindow.of(loinc: event.code)
        else { return nil }
        guard event.unit == window.unit else {
            // A unit that is none of UCUM's is unknown, not wrong; and none at all leaves nothing to judge.
            guard UCUM.isValid(event.unit), !UCUM.isCommensurable(event.unit, window.unit) else { return nil }
            return FeedRejection(
                code: "unit-mismatch", place: "unit",
                detail: "measures something else than \(window.unit), which it must")
        }
        guard !window.hard.contains(value) else { return nil }
        return FeedRejection(
            code: "value-implausible", place: "value",
            detail: "outside of \(text(window.hard, window.unit)), where a living person's lies")
    }

    private static func medication(_ event: MedicationRecorded, _ receivedAt: Timestamp) -> FeedRejection? {
        past(event.authoredAt, receivedAt, "authoredAt")
            ?? planned(event.effectiveStartAt, receivedAt, "effectiveStartAt")
            ?? PlausibleTime.periodDoubt(event.effectiveStartAt, event.effectiveEndAt, place: "effectiveEndAt")
            ?? dose(event.doseQuantity)
    }

    private static func condition(_ event: ConditionRecorded, _ receivedAt: Timestamp) -> FeedRejection? {
        past(event.onsetAt, receivedAt, "onsetAt") ?? past(event.abatedAt, receivedAt, "abatedAt")
            ?? past(event.recordedAt, receivedAt, "recordedAt")
            ?? PlausibleTime.periodDoubt(event.onsetAt, event.abatedAt, longest: lifetime, place: "abatedAt")
    }

    private static func patient(_ event: PatientRegistered, _ receivedAt: Timestamp) -> FeedRejection? {
        // 0 is a year that is not known. The oldest person lived 122 years.
        guard event.birthYear != 0 else { return nil }
        let latest = Int32(clamping: receivedAt.advanced(by: PlausibleTime.tolerance).iso8601.prefix(4).asYear)
        guard event.birthYear > latest || event.birthYear < latest - 130 else { return nil }
        return FeedRejection(
            code: "time-implausible", place: "birthYear", detail: "not within the 130 years before receipt")
    }

    // MARK: - Parts

    private static func past(_ time: Timestamp?, _ receivedAt: Timestamp, _ place: String) -> FeedRejection? {
        time.flatMap { PlausibleTime.doubt($0, receivedAt: receivedAt, place: place) }
    }

    private static func planned(_ time: Timestamp?, _ receivedAt: Timestamp, _ place: String) -> FeedRejection? {
        time.flatMap {
            PlausibleTime.doubt($0, receivedAt: receivedAt, tolerance: PlausibleTime.planning, place: place)
        }
    }

    private static func dose(_ quantity: Double?) -> FeedRejection? {
        guard let quantity, quantity < 0 else { return nil }
        return FeedRejection(code: "value-implausible", place: "doseQuantity", detail: "below zero")
    }

    private static func text(_ range: ClosedRange<Double>, _ unit: String) -> String {
        "\(DecimalBound(range.lowerBound)) to \(DecimalBound(range.upperBound)) \(unit)"
    }

    /// A bound without `.0`.
    private struct DecimalBound: CustomStringConvertible {
        let description: String

        init(_ bound: Double) {
            let text = "\(bound)"
            description = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
    }
}

extension Substring {
    /// The year that four digits write; 0 when they do not.
    fileprivate var asYear: Int { Int(self) ?? 0 }
}
