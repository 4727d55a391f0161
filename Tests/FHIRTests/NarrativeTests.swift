import FHIR
import Testing

@Suite("A narrative is safe to show: formatting alone, well-formed, in its namespace")
struct NarrativeTests {
    private static let start = #"<div xmlns="http://www.w3.org/1999/xhtml">"#

    @Test(
        "What a narrative may be",
        arguments: [
            "a", "<p>a</p>", "<p class='b' style=\"color: red\">a<br/></p>", "<!-- a -->b", "<![CDATA[a < b]]>",
            "&lt;&#160;&#xA0;&amp;",
            "<a name='x'/><a href='#x'>y</a>", "<img src='data:image/png;base64,AA==' alt='a'/>",
            "<img src='http://a.b/c.png'/>",
            "<table border='1'><tbody><tr><td colspan='2'>a</td></tr></tbody></table>", "<b xml:lang='de'>ä</b>",
            "<p xmlns=\"http://www.w3.org/1999/xhtml\">a</p>",
        ])
    func accepted(content: String) {
        #expect(Fixture.errors(Fixture.narrative(Self.start + content + "</div>")) == [])
    }

    @Test(
        "What a narrative may not be",
        arguments: [
            "<script>a</script>", "<p onclick='a'>b</p>", "<a href='javascript:a'>b</a>",
            "<a href=' JavaScript:a'>b</a>",
            "<a href='java&#115;cript:a'>b</a>", "<a href='data:text/html,a'>b</a>",
            "<img src='data:image/svg+xml,a'/>", "<iframe/>a",
            "<object/>a", "<form/>a", "<p>a", "<p>a</b></p>", "<p a=b>c</p>", "<p class='a' class='b'>c</p>", "&nbsp;",
            "&reg;", "a & b",
            "a&#0;", "<?php a ?>", "<svg xmlns='http://www.w3.org/2000/svg'>a</svg>", "<p xmlns='http://a.b'>c</p>",
            "<p class='<'>a</p>",
            "<font color='red'>a</font>", "<blink>a</blink>", "<P>a</P>", "<a href='x\ty'>b</a>", "</div><div>a",
            "<p class=\"a\"id=\"b\">c</p>",
        ])
    func refused(content: String) {
        #expect(
            Fixture.errors(Fixture.narrative(Self.start + content + "</div>")) == ["invariant Patient.text.div txt-1"])
    }

    @Test("There has to be something to see")
    func empty() {
        for content in ["", " \n", "<p> </p>", "<!-- a -->"] {
            #expect(
                Fixture.errors(Fixture.narrative(Self.start + content + "</div>")) == [
                    "invariant Patient.text.div txt-2"
                ])
        }
    }

    @Test("The root is one div of XHTML, without a document type before it")
    func root() {
        for text in [
            "<div>a</div>", "<p xmlns='http://www.w3.org/1999/xhtml'>a</p>", "a", Self.start + "a</div>b",
            "<div xmlns='http://www.w3.org/1999/XHTML'>a</div>",
            "<!DOCTYPE div [<!ENTITY a 'b'>]>" + Self.start + "&a;</div>", Self.start,
            "<?xml version='1.0'?>" + Self.start + "a</div>",
        ] {
            #expect(Fixture.errors(Fixture.narrative(text)) == ["invariant Patient.text.div txt-1"], "\(text)")
        }
    }

    @Test("Deep nesting is refused, not followed")
    func deep() {
        let text = Self.start + String(repeating: "<b>", count: 100_000)
        #expect(Fixture.errors(Fixture.narrative(text)) == ["invariant Patient.text.div txt-1"])
    }
}
