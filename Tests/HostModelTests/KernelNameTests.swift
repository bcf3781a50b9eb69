import HostModel
import Testing

/// Names of the kernel are bytes, whatever characters they spell.
struct KernelNameTests {
  private static let composed = "\u{e9}dev"
  private static let decomposed = "e\u{301}dev"

  private func expectTwo<Name: KernelName>(_: Name.Type) {
    let names = [Name(Self.composed), Name(Self.decomposed)]
    #expect(names[0] != names[1])
    #expect(Set(names).count == 2)
    #expect(
      names.sorted().map { Array($0.text.utf8) } == [
        Array(Self.decomposed.utf8), Array(Self.composed.utf8),
      ])
    #expect(Set([Name("a"), Name("a"), names[0], Name(Self.composed)]).count == 2)
  }

  @Test func namesAreComparedByBytes() {
    expectTwo(EntryName.self)
    expectTwo(BusName.self)
    expectTwo(DeviceName.self)
    expectTwo(DriverName.self)
    expectTwo(ModuleName.self)
  }

  @Test func pathsAreComparedByBytes() {
    let paths: [HostPath] = ["sys" / Self.composed, "sys" / Self.decomposed]
    #expect(paths[0] != paths[1])
    #expect(Set(paths).count == 2)
    #expect(paths[1] < paths[0])
  }

  /// Else thousands of spellings of one name would all lie in one place of a table.
  @Test func equivalentSpellingsHaveDifferentHashes() {
    let names = (0..<64).map { bits in
      EntryName((0..<6).map { bits >> $0 & 1 == 0 ? "\u{e9}" : "e\u{301}" }.joined())
    }
    #expect(Set(names).count == 64)
    #expect(Set(names.map(\.hashValue)).count == 64)
  }

  @Test func dashesInAModuleNameBecomeUnderscores() {
    #expect(ModuleName(spelling: "vfio-pci").text == "vfio_pci")
  }
}
