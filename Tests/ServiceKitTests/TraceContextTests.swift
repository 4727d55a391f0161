import Domain
import TestSupport
import Testing

@Suite("Trace context follows the W3C recommendation of 23 November 2021")
struct TraceContextTests {
    static let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("the example of section 3.2 is read and written back")
    func example() throws {
        let context = try #require(TraceContext(traceparent: Self.example))
        #expect(context.traceID == TraceID(high: 0x4bf9_2f35_77b3_4da6, low: 0xa3ce_929d_0e0e_4736))
        #expect(context.spanID == SpanID(0x00f0_67aa_0ba9_02b7))
        #expect(context.isSampled)
        #expect(context.traceparent == Self.example)
        #expect(TraceContext(traceparent: Array(Self.example.utf8)) == context)
    }

    // The rules are those that the W3C's own harness (trace-context/test/test.py) checks one by one.
    @Test(
        "what breaks the grammar is refused",
        arguments: [
            "", "00", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0G",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
            " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what-the-future-will-be-like",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b\u{e9}-01",
        ])
    func refused(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test(
        "a later version is read by its first four fields",
        arguments: [
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-will-be-like",
        ])
    func laterVersion(text: String) throws {
        #expect(try #require(TraceContext(traceparent: text)).traceparent == Self.example)
    }

    @Test(
        "only the sampled bit of the flags is known and sent on",
        arguments: [("00", false), ("01", true), ("fe", false), ("ff", true)])
    func flags(text: String, isSampled: Bool) throws {
        let context = try #require(TraceContext(traceparent: Self.example.dropLast(2) + text))
        #expect(context.isSampled == isSampled)
        #expect(context.traceparent.hasSuffix(isSampled ? "-01" : "-00"))
    }

    @Test("a child stays in the trace under a new span, from the given source of randomness")
    func child() throws {
        let parent = try #require(TraceContext(traceparent: Self.example, tracestate: "a=1"))
        var generator = SeededGenerator(seed: 42)
        let child = parent.child(using: &generator)
        #expect(child.traceID == parent.traceID && child.spanID != parent.spanID)
        #expect(child.isSampled && child.tracestate == "a=1")
        var again = SeededGenerator(seed: 42)
        #expect(parent.child(using: &again) == child)
    }

    @Test("roots are valid, and sampled in the asked proportion")
    func roots() {
        var generator = SeededGenerator.announced()
        var sampled = 0
        for _ in 0..<10_000 {
            let root = TraceContext.root(sampleRatio: 0.25, using: &generator)
            #expect(TraceContext(traceparent: root.traceparent) == root)
            sampled += root.isSampled ? 1 : 0
        }
        // Binomial(10000, 0.25): six standard deviations are 260, which a right sampler leaves once in 5e8 runs.
        #expect(abs(sampled - 2500) < 260)
        #expect(!TraceContext.root(sampleRatio: 0, using: &generator).isSampled)
        #expect(TraceContext.root(sampleRatio: 1, using: &generator).isSampled)
    }

    // Vectors after section 3.3.1 and the W3C's harness (TestTraceState).
    @Test(
        "a tracestate that keeps the grammar is kept in order",
        arguments: [
            ("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"),
            ("foo=1 \t , \t bar=2, \t baz=3", "foo=1,bar=2,baz=3"), ("foo=1,", "foo=1"),
            (",foo=1,,bar=2", "foo=1,bar=2"),
            ("fw529a3039@dt=FfYyMTJh,t/e-n_a*t@s-y=1", "fw529a3039@dt=FfYyMTJh,t/e-n_a*t@s-y=1"),
            ("0tenant@vendor=1", "0tenant@vendor=1"), ("foo= spaced  x", "foo= spaced  x"), ("a=!~|\\\"", "a=!~|\\\""),
        ])
    func stateKept(text: String, normal: String) {
        #expect(TraceContext(traceparent: Self.example, tracestate: text)?.tracestate == normal)
    }

    @Test(
        "a broken tracestate is dropped and leaves the parent valid",
        arguments: [
            "foo", "=1", "foo=", "foo=1=2", "Foo=1", "foo =1", "foo=1,foo=2", "foo@=1,bar=2", "@foo=1", "foo@@bar=1",
            "foo@bar@baz=1",
            "0foo=1", "foo@0bar=1", "foo=b\u{e4}r", "foo=\u{1}", "tenant@fifteen-letters=1",
            String(repeating: "k", count: 257) + "=1", "foo=" + String(repeating: "v", count: 257),
            (0..<33).map { "k\($0)=1" }.joined(separator: ","),
        ])
    func stateDropped(text: String) throws {
        let context = try #require(TraceContext(traceparent: Self.example, tracestate: text))
        #expect(context.tracestate == nil)
    }
}
