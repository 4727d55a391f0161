import Testing
import VitalctlCore

@Suite("Numbers, bars and colours are written for people")
struct TextTests {
    @Test("Counts, durations and bytes")
    func numbers() {
        #expect(
            [0, 999, 1000, 1_234_567, -12_345].map { HumanText.count($0) } == [
                "0", "999", "1,000", "1,234,567", "-12,345",
            ])
        let durations: [Duration] = [
            .milliseconds(350), .milliseconds(4_230), .seconds(185), .seconds(26_400), .seconds(187_200), .seconds(-90),
        ]
        #expect(
            durations.map(HumanText.duration) == [
                "350 ms", "4.2 s", "3 min 5 s", "7 h 20 min", "2 d 4 h", "-1 min 30 s",
            ])
        #expect([12, 1_500, 3_210_000].map(HumanText.bytes) == ["12 B", "1.5 kB", "3.2 MB"])
    }

    @Test("A bar shows its part and fits the terminal", arguments: [40, 60, 80, 200])
    func bar(width: Int) {
        for part in [0, 0.004, 0.5, 1, 7, .nan] {
            let line = ProgressBar.line(
                label: "publish", part: part, note: "1,000 records", elapsed: .seconds(9), width: width)
            #expect(line.count <= width)
        }
    }

    @Test("Half the work in ten seconds leaves ten seconds")
    func timeLeft() {
        let line = ProgressBar.line(label: "publish", part: 0.5, note: "5 records", elapsed: .seconds(10), width: 200)
        #expect(line == "publish [===================>                    ]  50%  5 records  10.0 s left")
        let open = ProgressBar.line(label: "generate", part: nil, note: "5 records", elapsed: .seconds(10), width: 80)
        #expect(open == "generate  5 records  10.0 s")
    }

    @Test("Colours are written to a terminal only, and never when NO_COLOR is set")
    func colours() {
        #expect(Paint(isTerminal: true, environment: [:])(.red, "x") == "\u{1B}[31mx\u{1B}[0m")
        #expect(Paint(isTerminal: false, environment: [:])(.red, "x") == "x")
        #expect(Paint(isTerminal: true, environment: ["NO_COLOR": "1"])(.red, "x") == "x")
        #expect(Paint(isTerminal: true, environment: ["NO_COLOR": ""]).isOn)
        #expect(!Paint(isTerminal: true, environment: ["TERM": "dumb"]).isOn)
    }

    @Test("A table sets numbers to the right")
    func table() {
        let lines = HumanText.table(["topic", "lag"], [["a.long.name", "7"], ["b", "1,000"]])
        #expect(lines == ["topic          lag", "a.long.name      7", "b            1,000"])
    }
}
