/// The word in a group's `type`: the type of its default domain (kernel-rules §8.1).
package enum DomainType: Sendable, Hashable {
  case dma
  case dmaFlushQueue
  case identity
  case blocked
  case unmanaged
  /// The kernel's own word for "no default domain".
  case unknown
  /// A word that no kernel read so far writes.
  case other(String)

  package init(word: String) {
    self =
      switch word {
      case "DMA": .dma
      case "DMA-FQ": .dmaFlushQueue
      case "identity": .identity
      case "blocked": .blocked
      case "unmanaged": .unmanaged
      case "unknown": .unknown
      default: .other(word)
      }
  }

  package var word: String {
    switch self {
    case .dma: "DMA"
    case .dmaFlushQueue: "DMA-FQ"
    case .identity: "identity"
    case .blocked: "blocked"
    case .unmanaged: "unmanaged"
    case .unknown: "unknown"
    case .other(let word): word
    }
  }
}
