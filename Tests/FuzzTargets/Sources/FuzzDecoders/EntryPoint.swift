#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The decoder that `VITALSTREAM_FUZZ_TARGET` names.
private let target: FuzzTarget = {
    guard let name = getenv("VITALSTREAM_FUZZ_TARGET").map({ String(cString: $0) }),
        let target = FuzzTarget(rawValue: name)
    else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
        print("VITALSTREAM_FUZZ_TARGET must be one of: \(names)")
        exit(2)
    }
    return target
}()

/// Called by libFuzzer with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    return 0
}

/// What the leak sanitizer overlooks (`lsan_interface.h`): whatever a global holds from its first use on. Swift tags the pointers of
/// indirect enumerations in their spare bits, so that the sanitizer does not see that they are still held.
@_cdecl("__lsan_default_suppressions")
public func leakSuppressions() -> UnsafePointer<CChar> { cString("leak:swift::threading_impl::once_slow\n") }

/// Stacks deep enough to show the global (`asan_interface.h`).
@_cdecl("__asan_default_options")
public func addressSanitizerOptions() -> UnsafePointer<CChar> { cString("malloc_context_size=64") }

private func cString(_ text: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// libFuzzer's loop (compiler-rt, `FuzzerInterface.h`).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// SwiftPM names the entry point after the module, so that libFuzzer's own `main` is never reached: the loop is started from here.
@main
enum FuzzDecoders {
    static func main() {
        if CommandLine.arguments.dropFirst().first == "--list" {
            for target in FuzzTarget.allCases { print(target.rawValue) }
            return
        }
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runDriver(&count, &arguments, fuzzOneInput))
    }
}
