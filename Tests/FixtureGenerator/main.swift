import TestSupport

/// Writes `Fixtures`, or another directory for comparison.
let arguments = CommandLine.arguments.dropFirst()
if arguments.count > 1 || arguments.first?.hasPrefix("-") == true {
  print("usage: FixtureGenerator [DIRECTORY]")
} else {
  let source = Fixture.directory + "/sources/real-hosts.json"
  guard let bytes = TreeFiles.readFile(source) else {
    throw RecipeFailure("cannot read \(source)")
  }
  let fixtures = try FixtureSet(from: RealHosts.read(bytes))
  try fixtures.write(to: arguments.first ?? Fixture.directory)
}
