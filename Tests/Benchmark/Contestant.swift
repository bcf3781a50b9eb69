import TestSupport

/// A command that is timed, and how it is called on a tree.
struct Contestant: Sendable {
  enum Side: Sendable {
    /// Must answer in time, or misses the aims.
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
  static func predict(
    _ script: String, named name: String, _ options: String..., binary: String, tree: String
  ) -> Contestant {
    Contestant(
      name: (["vfio-preflight predict,", name] + options).joined(separator: " "), side: .ours,
      command: [binary, "predict"] + options + ["--file", script, "--sysroot", tree], answers: 0...3
    )
  }

  /// Writes what the tree shows into a file.
  static func snapshot(of tree: String, into file: String, binary: String) -> Contestant {
    Contestant(
      name: "vfio-preflight snapshot", side: .ours,
      command: [binary, "snapshot", "--sysroot", tree, "--force", "--output", file], answers: 0...3)
  }

  static func diff(_ old: String, _ new: String, binary: String) -> Contestant {
    Contestant(
      name: "vfio-preflight diff", side: .ours, command: [binary, "diff", old, new], answers: 0...2)
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

  /// Reads what an audit reads of groups and functions, in C.
  static func floor(threads: Int, directory: String, tree: String) -> Contestant {
    Contestant(
      name: threads == 1 ? "C floor" : "C floor on \(threads)", side: .peer,
      command: [directory + "/Floor", tree] + (threads == 1 ? [] : [String(threads)]),
      answers: 0...0)
  }

  /// The same under another name: a path of a temporary directory says nothing.
  func named(_ name: String) -> Contestant {
    Contestant(name: name, side: side, command: command, answers: answers)
  }

  /// The same as one to compare with.
  var asPeer: Contestant {
    Contestant(name: name, side: .peer, command: command, answers: answers)
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
