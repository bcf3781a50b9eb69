import TestSupport

/// The target that this run is for, by the variable that `run` sets.
private let target: FuzzTarget = {
  let name = TreeFiles.environment("FUZZ_TARGET") ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    preconditionFailure("FUZZ_TARGET is '\(name)', none of \(FuzzTarget.allCases)")
  }
  return target
}()

/// What libFuzzer calls with each input; it keeps the input that ends the process.
///
/// The bytes are libFuzzer's, and are copied before anything looks at them.
@_cdecl("LLVMFuzzerTestOneInput")
package func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  do {
    try target.check(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    preconditionFailure("\(error)")
  }
  return 0
}
