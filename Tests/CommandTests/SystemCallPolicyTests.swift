import Testing

/// What the closed list says of single calls, in strace's words.
struct SystemCallPolicyTests {
  private static let output = SystemCallPolicy(output: "/tmp/out/host.snapshot")

  @Test(arguments: [
    #"openat(AT_FDCWD</root>, "/sys/bus", O_RDONLY|O_CLOEXEC) = 3</sys/bus>"#,
    #"openat(5</tmp>, "gone", O_RDONLY|O_NOFOLLOW) = -1 ENOENT (No such file or directory)"#,
    #"write(1<pipe:[77]>, "group (1) = viable\n"..., 19) = 19"#,
    #"write(3<pipe:[78]>, "z\0", 2) = 2"#,
    #"ioctl(1<pipe:[77]>, TCGETS, 0x7ffd) = -1 ENOTTY (Inappropriate ioctl for device)"#,
    #"prlimit64(0, RLIMIT_STACK, NULL, {rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}) = 0"#,
    #"mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f"#,
    #"openat(AT_FDCWD</root>, "/tmp/out/host.snapshot.7.tmp", O_WRONLY|O_CREAT|O_EXCL, 0666) = 3"#,
    #"write(3</tmp/out/host.snapshot.7.tmp>, "vfio-preflight-"..., 700) = 700"#,
    #"rename("/tmp/out/host.snapshot.7.tmp", "/tmp/out/host.snapshot") = 0"#,
    #"unshare(CLONE_FILES) = 0"#,
    #"fsync(3</tmp/out/host.snapshot.7.tmp>) = 0"#,
  ])
  func readingAndTheOutputAreAllowed(line: String) throws {
    #expect(Self.output.allows(try #require(SystemCall(line: line))))
  }

  @Test(arguments: [
    #"openat(AT_FDCWD</root>, "/sys/bus/pci/drivers_probe", O_WRONLY|O_TRUNC) = 3"#,
    #"openat(5</sys/bus/pci>, "drivers_probe", O_RDWR) = -1 EACCES (Permission denied)"#,
    #"openat(AT_FDCWD</root>, "/tmp/outside", O_WRONLY|O_CREAT, 0666) = 3"#,
    #"openat2(AT_FDCWD</root>, "/tmp/x", {flags=O_RDWR}, 24) = 3"#,
    #"creat("/tmp/x", 0644) = 3"#,
    #"write(7</sys/bus/pci/drivers_probe>, "0000:01:00.0", 12) = 12"#,
    #"rename("/tmp/out/a", "/etc/passwd") = 0"#,
    #"unlink("/tmp/outer") = 0"#,
    #"ftruncate(4</etc/passwd>, 0) = 0"#,
    #"fchmodat(AT_FDCWD</root>, "/tmp/x", 0777) = 0"#,
    #"mount("none", "/mnt", "tmpfs", 0, NULL) = 0"#,
    #"socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3"#,
    #"connect(3<socket:[9]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0"#,
    #"ioctl(4</dev/vfio/vfio>, VFIO_SET_IOMMU, 1) = 0"#,
    #"mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 4</tmp/x>, 0) = 0x7f"#,
    #"prlimit64(0, RLIMIT_CORE, {rlim_cur=0, rlim_max=0}, NULL) = 0"#,
    #"unshare(CLONE_FILES|CLONE_NEWNS) = 0"#,
    #"kill(1, SIGKILL) = 0"#,
    #"a_call_of_tomorrow(1) = 0"#,
  ])
  func everythingElseIsRefused(line: String) throws {
    #expect(!Self.output.allows(try #require(SystemCall(line: line))))
  }

  @Test func aThreadIsNotCountedAsAProcess() throws {
    let start = #"execve("/bin/x", ["x"], 0x7f /* 3 vars */) = 0"#
    let thread = #"clone3({flags=CLONE_VM|CLONE_THREAD|CLONE_FILES}, 88) = 7"#
    let process = "clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 8"
    let failure = "fork() = -1 EAGAIN (Resource temporarily unavailable)"
    let calls = try [start, thread, failure].map { try #require(SystemCall(line: $0)) }
    #expect(SystemCallPolicy().violations(in: [calls]) == [])
    let more = [try #require(SystemCall(line: process))]
    #expect(SystemCallPolicy().violations(in: [calls, more]) == ["1 processes are started"])
    #expect(SystemCallPolicy(children: 1).violations(in: [calls, more]) == [])
  }
}
