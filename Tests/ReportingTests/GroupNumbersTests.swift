import HostModel
import Testing

@testable import Reporting

struct GroupNumbersTests {
  @Test(arguments: [
    ([1], "group 1"),
    ([1, 2], "groups 1, 2"),
    ([7, 1, 2, 3, 4, 9, 10], "groups 1-4, 7, 9, 10"),
    ([2, 4, 6, 8, 9, 10, 11], "groups 2, 4, 6 and 4 more"),
  ])
  func numbersAreShownAsRangesUpToALimit(numbers: [UInt32], text: String) {
    #expect(GroupNumbers.phrase(numbers.map { GroupNumber($0) }, limit: 3) == text)
  }
}
