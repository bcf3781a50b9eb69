import HostModel
package import OwnershipAnalysis

extension MentionedGroup {
  /// One line: `group 13 is not viable: 0000:01:00.1 is bound to snd_hda_intel`.
  package var sentence: String {
    let place = device.map { "\($0) is in group \(number); " } ?? ""
    return switch viability {
    case .viable: "\(place)group \(number) is viable"
    case .notViable(let obstacles):
      "\(place)group \(number) is not viable: "
        + obstacles.map(\.text).joined(separator: "; ")
    case .undetermined(let doubts):
      "\(place)whether group \(number) is viable is not known: "
        + doubts.map(\.text).joined(separator: "; ")
    }
  }
}
