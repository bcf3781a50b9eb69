import HostModel
import HostReader
import Testing

/// Whose open files a walk through `/proc` can see.
@Suite struct ProcessScanTests {
  @Test(
    "the first pid namespace is told by its number, or has none to tell it from",
    arguments: [
      (["proc/7/ns/pid": .link("pid:[4026531836]")] as SnapshotEntries, true),
      (["proc/7/ns/pid": .link("pid:[4026532801]")], false),
      (["proc/7/ns": .directory, "proc/7/ns/mnt": .link("mnt:[4026531841]")], true),
      (["proc/7/ns/pid": .failed(.refused(.permissionDenied))], false),
      (["proc/7": .directory], false),
      ([:], false),
    ])
  func firstNamespace(entries: SnapshotEntries, isFirst: Bool) {
    let store = SnapshotStore(entries: entries, unlisted: .absent)
    #expect(store.isInFirstNamespace(7) == isFirst)
  }
}
