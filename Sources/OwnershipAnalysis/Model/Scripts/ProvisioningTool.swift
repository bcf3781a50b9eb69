import HostModel

/// What the tools that set devices up write, in their order.
struct ProvisioningTool {
  let host: ObservedHost

  typealias Malformed = OperationReader.Malformed
  typealias Write = OperationScript.Write

  init(_ host: ObservedHost) { self.host = host }
}

extension ProvisioningTool {
  func driverctl(_ operands: [String]) throws(Malformed) -> [Write] {
    throw Malformed(text: "not yet")
  }
  func virsh(_ operands: [String]) throws(Malformed) -> [Write] {
    throw Malformed(text: "not yet")
  }
  func devbind(_ operands: [String]) throws(Malformed) -> [Write] {
    throw Malformed(text: "not yet")
  }
}
