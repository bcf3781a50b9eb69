import TestSupport

/// A command that is timed, and how it is called on a tree.
struct Contestant: Sendable {
  enum Side: Sendable {
    /// Must answer: a failure is the benchmark's.
    case ours
    /// Left out, with the reason, where the machine lacks or refuses it.
    case peer
  }

  let name: String
  let side: Side
  let command: [String]
  /// The exit statuses of an answer.
  let answers: ClosedRange<Int>

  /// The program under test, on a tree or on this host; 0 to 2 are verdicts.
  static func preflight(_ arguments: String..., binary: String, tree: String?) -> Contestant {
    Contestant(
      name: (["vfio-preflight"] + arguments + note(tree)).joined(separator: " "), side: .ours,
      command: [binary] + arguments + (tree.map { ["--sysroot", $0] } ?? []),
      // Of this host the answer may be "cannot tell".
      answers: 0...(tree == nil ? 3 : 2))
  }

  /// Asks for one device; of a tree without processes the answer is "cannot tell".
  static func check(_ device: String, binary: String, tree: String) -> Contestant {
    Contestant(
      name: "vfio-preflight check", side: .ours,
      command: [binary, "check", device, "--sysroot", tree], answers: 0...3)
  }

  /// Predicts a list of operations; the answer may be "cannot tell".
  static func predict(_ script: String, binary: String, tree: String) -> Contestant {
    Contestant(
      name: "vfio-preflight predict, \(OperationList.count) operations", side: .ours,
      command: [binary, "predict", "--file", script, "--sysroot", tree], answers: 0...3)
  }

  static func version(binary: String) -> Contestant {
    Contestant(
      name: "vfio-preflight --version", side: .ours, command: [binary, "--version"],
      answers: 0...0)
  }

  static func lspci(_ options: String, tree: String?) -> Contestant {
    let place = tree.map { ["-A", "linux-sysfs", "-O", "sysfs.path=\($0)/sys/bus/pci"] } ?? []
    return Contestant(
      name: (["lspci", options] + note(tree)).joined(separator: " "), side: .peer,
      command: ["lspci", options] + place, answers: 0...0)
  }

  /// driverctl knows /sys only, so the tree is bound there in a mount namespace; that is part of
  /// its time, some milliseconds.
  static func driverctl(tree: String) -> Contestant {
    let script = """
      PATH=$PATH:/usr/sbin:/sbin; mount --bind "$0/sys" /sys && exec driverctl list-devices
      """
    return Contestant(
      name: "driverctl list-devices", side: .peer,
      command: ["unshare"] + Privilege.unshareArguments + ["sh", "-c", script, tree],
      answers: 0...0)
  }

  private static func note(_ tree: String?) -> [String] {
    tree == nil ? ["(this host)"] : []
  }
}
