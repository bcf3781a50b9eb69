/// Which test covers each of the 56 cases of kernel-rules §13.
enum EdgeCaseIndex {
  enum Place {
    /// A test of this target, named after its number.
    case here
    /// Also, or only, a test of another target: its file below Tests, and its function.
    case elsewhere(String, String)
    /// No test can show it.
    case nowhere(String)
  }

  static let places: [Int: [Place]] = held.merging(others) { $0 + $1 }

  private static let held: [Int: [Place]] = Dictionary(
    uniqueKeysWithValues: Array(1...55)
      .map { ($0, [Place.here]) })

  private static let others: [Int: [Place]] = [
    19: [
      .elsewhere("HostReaderTests/InquiryTests.swift", "aMemberIsIdentifiedByTheTargetOfItsLink")
    ],
    21: [.elsewhere("HostModelTests/DriverOverrideTests.swift", "parsed")],
    22: [
      .elsewhere("HostReaderTests/LiveHostTests.swift", "anOverrideThatNeverAnswersIsGivenUp"),
      .elsewhere("HostReaderTests/InquiryTests.swift", "virtualFunctionsAreCountedByTheirLinks"),
    ],
    23: [.elsewhere("TestSupport/RuleScenarios/RuleScenario+Use.swift", "unbindInProgress")],
    27: [.elsewhere("HostModelTests/ReservedRegionTests.swift", "kinds")],
    36: [.elsewhere("HostModelTests/OpenVFIOFileTests.swift", "targets")],
    51: [.elsewhere("HostReaderTests/ExcerptTests.swift", "interrupts")],
    56: [
      .nowhere(
        "that nothing is opened or written cannot be seen in a result; the store has no call that "
          + "opens a device or writes"),
      .elsewhere("HostReaderTests/DirectoryStoreTests.swift", "aFIFOIsNotOpened"),
    ],
  ]
}
