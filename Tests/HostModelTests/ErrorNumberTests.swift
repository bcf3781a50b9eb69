import HostModel
import Testing

@Suite("Error numbers")
struct ErrorNumberTests {
  @Test(
    "a known error has the kernel's number, symbol and sentence",
    arguments: [
      (ErrorNumber.operationNotPermitted, 1, "EPERM", "operation not permitted"),
      (.noSuchFile, 2, "ENOENT", "no such file or directory"),
      (.tryAgain, 11, "EAGAIN", "resource temporarily unavailable"),
      (.permissionDenied, 13, "EACCES", "permission denied"),
      (.busy, 16, "EBUSY", "device or resource busy"),
      (.noSuchDevice, 19, "ENODEV", "no such device"),
      (.invalid, 22, "EINVAL", "invalid argument"),
      (.outOfRange, 34, "ERANGE", "numerical result out of range"),
      (.linkLoop, 40, "ELOOP", "too many levels of symbolic links"),
    ] as [(ErrorNumber, Int32, String, String)])
  func named(number: ErrorNumber, code: Int32, name: String, meaning: String) {
    #expect(number.code == code)
    #expect(number.name == name)
    #expect(number.meaning == meaning)
    #expect(ErrorNumber(name: name) == number)
  }

  @Test("an error without a symbol keeps its number")
  func unnamed() {
    let number = ErrorNumber(code: 517)
    #expect(number.name == "errno517")
    #expect(ErrorNumber(name: "errno517") == number)
  }

  @Test("an unknown name is refused", arguments: ["", "ebusy", "EBUSYX", "errno", "errno-1"])
  func malformed(name: String) {
    #expect(ErrorNumber(name: name) == nil)
  }
}
