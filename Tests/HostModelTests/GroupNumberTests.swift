import HostModel
import Testing

@Suite("Group numbers")
struct GroupNumberTests {
  @Test(
    "a group number is a plain decimal number",
    arguments: [("0", 0), ("13", 13), ("461", 461), ("4294967295", .max)] as [(String, UInt32)])
  func parsed(text: String, value: UInt32) {
    #expect(GroupNumber(text) == GroupNumber(value))
    #expect(GroupNumber(value).description == text)
  }

  @Test(
    "any other spelling is refused",
    arguments: ["", "01", "+1", "-1", " 1", "1 ", "0x1", "4294967296", "one", "1.0"])
  func malformed(text: String) {
    #expect(GroupNumber(text) == nil)
  }

  @Test("group numbers are ordered by value")
  func order() {
    let numbers: [GroupNumber] = [10, 9, 100]
    #expect(numbers.sorted() == [9, 10, 100])
  }
}

@Suite("Group nodes")
struct VFIOGroupNodeTests {
  @Test(
    "the name of a node shows whether its group has an IOMMU",
    arguments: [("13", 13, false), ("noiommu-0", 0, true)] as [(String, UInt32, Bool)])
  func parsed(name: String, group: UInt32, isNoIOMMU: Bool) {
    let node = VFIOGroupNode(name: name)
    #expect(node == VFIOGroupNode(group: GroupNumber(group), isNoIOMMU: isNoIOMMU))
    #expect(node?.name == name)
  }

  @Test(
    "other names in the directory are not group nodes",
    arguments: ["vfio", "devices", "", "noiommu-", "noiommu-x", "NOIOMMU-1", "noiommu-01", "13x"])
  func others(name: String) {
    #expect(VFIOGroupNode(name: name) == nil)
  }
}
