import HostModel
import HostReader
import TestSupport

/// Everything that the generator writes, before it is written.
struct FixtureSet {
  /// Content by path below `Fixtures`.
  private(set) var files: [String: [UInt8]] = [:]
  /// Plain trees by name.
  private(set) var trees: [String: SnapshotEntries] = [:]
  private var index = FixtureIndex()

  init(from real: RealHosts) throws(RecipeFailure) {
    for recipe in HostRecipe.all {
      let listing = real.hosts.first { $0.id == recipe.source }
      let host = try recipe.tree(listing)
      files["hosts/\(recipe.name).snapshot"] = HostTree.snapshot(of: host.entries)
      index.add(recipe, from: listing, host: host)
    }
    for scenario in RuleScenario.all {
      files["rules/\(scenario).snapshot"] = HostTree.snapshot(of: scenario.host.entries)
      index.add(scenario)
    }
    for scenario in UseScenario.all {
      files["use/\(scenario).snapshot"] = HostTree.snapshot(of: scenario.host.entries)
      index.add(scenario)
    }
    for scenario in DiffScenario.all {
      files["diffs/\(scenario)/old.snapshot"] = HostTree.snapshot(of: scenario.old)
      files["diffs/\(scenario)/new.snapshot"] = HostTree.snapshot(of: scenario.new)
      index.add(scenario)
    }
    for tree in ExampleTree.all {
      trees[tree.name] = FixtureSet.keptByGit(tree.host.entries)
      index.add(tree)
    }
    files["README.md"] = Array(index.text.utf8)
  }

  /// Writes all below a directory; other files there stay, except snapshots that are no longer generated.
  func write(to directory: String) throws(TreeFiles.Failure) {
    for folder in ["hosts", "rules", "trees", "use"] {
      try TreeFiles.makeDirectories(directory + "/" + folder)
      for name in TreeFiles.names(in: directory + "/" + folder)
      where name.hasSuffix(".snapshot") && files["\(folder)/\(name)"] == nil {
        TreeFiles.removeTree(directory + "/\(folder)/\(name)")
      }
    }
    let folders = Set(DiffScenario.all.map(\.name))
    for name in TreeFiles.names(in: directory + "/diffs") where !folders.contains(name) {
      TreeFiles.removeTree(directory + "/diffs/" + name)
    }
    for name in folders { try TreeFiles.makeDirectories(directory + "/diffs/" + name) }
    for (path, content) in files { try TreeFiles.writeFile(directory + "/" + path, content) }
    for (name, entries) in trees {
      let root = directory + "/trees/" + name
      for part in Set(entries.keys.compactMap(\.components.first)) {
        TreeFiles.removeTree(root + "/" + part)
      }
      try TreeFiles.makeDirectories(root)
      try TreeFiles.write(entries, to: root, modeOfUnreadable: 0o644)
    }
  }

  /// Git keeps no empty directory: a tree that has one would differ once it is cloned.
  private static func keptByGit(_ entries: SnapshotEntries) -> SnapshotEntries {
    var holders: Set<HostPath> = []
    for (path, entry) in entries where entry != .directory {
      var next = path.parent
      while let directory = next, holders.insert(directory).inserted { next = directory.parent }
    }
    return entries.filter { $0.value != .directory || holders.contains($0.key) }
  }
}
