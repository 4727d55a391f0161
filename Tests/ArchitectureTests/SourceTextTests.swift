import Testing

@Suite("Only code is searched")
struct SourceTextTests {
    @Test(
        "comments and literals are blanked, interpolated code and line numbers stay",
        arguments: [
            ("a // b", "a     "),
            ("a /* b /* c */ d */ e", "a                   e"),
            ("f(\"x\")", "f(   )"),
            ("f(\"\\\"x\")", "f(     )"),
            ("f(\"\\(g(1))\")", "f(  (g(1)) )"),
            ("f(\"\\(g(\"y\"))\") h", "f(  (g(   )) ) h"),
            ("f(#\"a\"b\\(c)\"#) d", "f(           ) d"),
            ("f(#\"\\#(g)\"#)", "f(    (g)  )"),
            ("\"\"\"\n  a \"b\" // c\n\"\"\" d", "   \n            \n    d"),
            ("let r = \"//\" // x", "let r =          "),
            ("#if os(Linux)", "#if os(Linux)"),
            ("let a = \"open\nfatalError(", "let a =      \nfatalError("),
        ])
    func blanks(source: String, code: String) {
        #expect(SourceText(source).code.joined(separator: "\n") == code)
    }
}
