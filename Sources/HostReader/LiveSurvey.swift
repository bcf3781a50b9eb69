import HostModel
import Udev

/// What is asked of a live host in a child process, since an answer may never come.
///
/// A child that hangs is given up, and another goes on behind the device that stopped it; after a
/// few, the rest is left unread.
struct LiveSurvey {
  /// How long to wait, in milliseconds, and how often to start again.
  struct Patience {
    var enumeration = 5000
    var attribute = 1000
    var children = 4
  }

  /// The devices that libudev lists; `nil` when it gave no list.
  private(set) var listed: Set<HostPath>?
  /// The `driver_override` of each device that was asked; `nil` when it has none.
  private(set) var overrides: [HostPath: Result<[UInt8]?, ReadFailure>] = [:]

  private let patience: Patience

  init(subsystems: [String], devices: [HostPath], patience: Patience = Patience()) {
    self.patience = patience
    var subsystems = subsystems
    var rest = devices[...]
    for _ in 0..<patience.children {
      // The path as the kernel knows it; its description is for people.
      let paths = rest.map { "/" + $0.relative }
      guard var child = SurveyChild(subsystems: subsystems, paths: paths) else { break }
      if take(from: &child, isEnumerating: !subsystems.isEmpty, rest: &rest) { return }
      subsystems = []
    }
    for device in rest { overrides[device] = .failure(.avoided) }
  }

  /// Takes the answers of one child; `false` when it hangs or died.
  private mutating func take(
    from child: inout SurveyChild, isEnumerating: Bool, rest: inout ArraySlice<HostPath>
  ) -> Bool {
    var devices: Set<HostPath>? = isEnumerating ? [] : nil
    var asked: HostPath?
    while true {
      let isListing = isEnumerating && asked == nil
      switch child.next(within: isListing ? patience.enumeration : patience.attribute) {
      case .listed(let path):
        if let path = HostPath(path) { devices?.insert(path) }
      case .endOfSubsystem:
        break
      case .noList:
        devices = nil
      case .asking:
        if isListing { listed = devices }
        asked = rest.popFirst()
      case .driverOverride(let text):
        if let asked { overrides[asked] = .success(text) }
      case .refused(let error):
        if let asked { overrides[asked] = .failure(.refused(ErrorNumber(error))) }
      case .finished:
        if isListing { listed = devices }
        return true
      case .stalled:
        if let asked { overrides[asked] = .failure(.timedOut) }
        return false
      case .died:
        if let asked { overrides[asked] = .failure(.avoided) }
        return false
      }
    }
  }
}
