/// What the program may ask of the kernel: a closed list, so that a new call is looked at before it
/// is added here.
struct SystemCallPolicy {
  /// The output that a command was given; the file, its temporary neighbour, and nothing else.
  var output: String?
  /// How many processes may be started: the child that asks a live host what could hang
  /// (Sources/CUdev/survey.c), and none where a capture is read.
  var children = 0

  /// Calls that change nothing outside of the process, whatever their arguments.
  private static let harmless: Set<String> = [
    // Memory.
    "brk", "madvise", "mprotect", "mremap", "munmap",
    // Reading.
    "access", "close", "close_range", "dup", "dup2", "dup3", "faccessat", "faccessat2", "fstat",
    "fstatfs", "getcwd", "getdents64", "lseek", "lstat", "newfstatat", "pipe", "pipe2", "poll",
    "ppoll", "pread64", "read", "readlink", "readlinkat", "stat", "statfs", "statx",
    // Itself, its threads and its children.
    "arch_prctl", "clock_gettime", "clock_nanosleep", "exit", "exit_group", "futex", "getegid",
    "geteuid", "getgid", "getpid", "getppid", "getrandom", "gettid", "getuid",
    "rseq", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn", "sched_getaffinity",
    "sched_yield",
    "set_robust_list", "set_tid_address", "sigaltstack", "sysinfo", "uname", "wait4",
  ]

  /// Calls that change files, and may change those of the output.
  private static let forOutput: Set<String> = [
    "fallocate", "fchmod", "fdatasync", "fsync", "ftruncate", "link", "linkat", "mkdir", "mkdirat",
    "rename", "renameat", "renameat2", "rmdir", "symlink", "symlinkat", "unlink", "unlinkat",
  ]

  private static let writing: Set<Substring> = [
    "O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE",
  ]

  /// What is wrong with the calls of a program and its children; the processes come in any order.
  func violations(in processes: [[SystemCall]]) -> [String] {
    let calls = processes.flatMap(\.self)
    var violations = calls.filter { !allows($0) }.map(\.description)
    let started = calls.filter { SystemCallPolicy.startsProcess($0) && $0.succeeded }.count
    if started > children { violations.append("\(started) processes are started") }
    // strace itself starts the program.
    let executed = calls.count { $0.name.hasPrefix("execve") }
    if executed != 1 { violations.append("\(executed) programs are executed") }
    return violations
  }

  func allows(_ call: SystemCall) -> Bool {
    switch call.name {
    case let name where SystemCallPolicy.harmless.contains(name): true
    case let name where SystemCallPolicy.forOutput.contains(name): concernsOutput(call)
    case "open", "openat":
      call.flags.isDisjoint(with: SystemCallPolicy.writing) || concernsOutput(call)
    case "write": isAnswer(call) || concernsOutput(call)
    case "mmap": !call.flags.isSuperset(of: ["MAP_SHARED", "PROT_WRITE"])
    case "ioctl": !call.flags.isDisjoint(with: ["TCGETS", "TCGETS2", "TIOCGWINSZ"])
    case "fcntl":
      !call.flags.isDisjoint(with: ["F_GETFL", "F_GETFD", "F_SETFD", "F_DUPFD_CLOEXEC"])
    // A thread's table of descriptors, and no namespace.
    case "unshare": call.flags == ["CLONE_FILES"]
    // Asked, never set.
    case "prlimit64": call.arguments.hasPrefix("0, ") && call.arguments.contains(", NULL, ")
    // A child that hangs is given up.
    case "kill": children > 0 && call.arguments.hasSuffix("SIGKILL")
    // Counted.
    case "execve", "clone", "clone3", "fork", "vfork": true
    default: false
    }
  }

  private static func startsProcess(_ call: SystemCall) -> Bool {
    ["clone", "clone3", "fork", "vfork"].contains(call.name) && !call.flags.contains("CLONE_THREAD")
  }

  /// Standard output and error, and a child's answers to its parent.
  private func isAnswer(_ call: SystemCall) -> Bool {
    if let descriptor = call.descriptor, 1...2 ~= descriptor { return true }
    return call.descriptorTarget?.hasPrefix("pipe:") == true
  }

  private func concernsOutput(_ call: SystemCall) -> Bool {
    guard let output else { return false }
    let slash = output.lastIndex(of: "/") ?? output.startIndex
    let directory = output[..<slash]
    let named = call.paths.isEmpty ? [String(call.descriptorTarget ?? "")] : call.paths
    return named.allSatisfy { path in
      // A file without a name gets one by way of its descriptor. One in /proc is of this process.
      path == directory || path.hasPrefix(directory + "/") || path.hasPrefix("/proc/self/fd/")
    }
  }
}
