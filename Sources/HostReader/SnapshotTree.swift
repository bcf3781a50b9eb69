import HostModel

/// The form of a snapshot in directories: a plain tree, and one file of notes at its root.
///
/// A plain tree cannot hold that something was denied, did not answer, was asked for and not there,
/// or was there and not read; nor that a directory was listed whole. The notes do, in the grammar
/// of a snapshot; the tree has the rest, for every tool that takes one.
package enum SnapshotTree {
  /// The name of the notes.
  package static let notesName = "vfio-preflight.snapshot"

  /// Everything that can lie at the root of such a tree.
  package static let topNames: Set<String> = [
    notesName, "boot", "dev", "lib", "proc", "sys", "usr",
  ]

  /// The snapshot as directories, files and links alone, the notes among the files.
  package static func plain(_ entries: SnapshotEntries) -> SnapshotEntries {
    var plain: SnapshotEntries = [:]
    var notes: SnapshotEntries = [:]
    for (path, entry) in entries {
      switch entry {
      case .attribute, .link:
        plain[path] = entry
      // What it is was not asked; an empty directory hides nothing from whoever asks below it.
      case .directory, .present:
        plain[path] = .directory
        notes[path] = entry
      case .absent, .failed:
        notes[path] = entry
      }
    }
    for path in Array(plain.keys) {
      var next = path.parent
      while let directory = next, plain[directory] == nil {
        plain[directory] = .directory
        next = directory.parent
      }
    }
    plain[.root] = .directory
    plain[HostPath.root / notesName] = .attribute(SnapshotFile.write(notes))
    return plain
  }
}
