import Domain
import Testing

@Suite("Protected health information is never printed")
struct PHITests {
    struct Record {
        let name: PHI<String>
        let numbers: [PHI<Int>]
        let optional: PHI<String>?
    }

    let record = Record(name: PHI("Testperson"), numbers: [PHI(424_242)], optional: PHI("Testperson"))

    @Test("Interpolation, reflection, debugging and dump show nothing of it")
    func redaction() {
        var dumped = ""
        dump(record, to: &dumped)
        var printed = ""
        print(record, record.name, record.numbers, to: &printed)
        debugPrint(record, record.name, record.numbers, to: &printed)
        let texts = [
            "\(record.name)", "\(record)", String(describing: record.name), String(reflecting: record.name),
            String(reflecting: record), "\(record.numbers)", "\([1: record.name])", "\(record.name as Any)", dumped,
            printed,
        ]
        for text in texts {
            #expect(!text.contains("Testperson") && !text.contains("424242"), "\(text.count) characters")
        }
        #expect("\(record.name)" == "<redacted>")
        #expect(Mirror(reflecting: record.name).children.isEmpty)
    }

    @Test("Revealing gives the value; equality is the value's")
    func reveal() {
        #expect(record.name.reveal() == "Testperson")
        #expect(PHI(1) == PHI(1) && PHI(1) != PHI(2))
        #expect(Set([PHI(1), PHI(1)]).count == 1)
    }
}
