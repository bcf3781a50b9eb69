/// The kernel as a pure state machine: state and operation in, answer and next state out.
///
/// Total: every operation on every state has an answer, and nothing here reads or writes anything.
/// kernel-rules §11 is the procedure; each operation has its own file.
package enum KernelModel {
  package static func apply(_ operation: Operation, to state: KernelState) -> Transition {
    let step = Step(operation: operation, before: state)
    guard !state.difference.isCrashed else {
      return step.undetermined(operation.call, .kernelCrashed)
    }
    if let answer = step.answerOfStuckHolder { return answer }
    switch operation {
    case .bind(let device, let driver): return step.bind(device, driver)
    case .unbind(let device): return step.unbind(device)
    case .override(let device, let driver): return step.override(device, driver)
    case .probe(let device): return step.probe(device)
    case .newID(let driver, let id): return step.newID(driver, id)
    case .removeID(let driver, let id): return step.removeID(driver, id)
    case .open(let devices, let holder): return step.open(devices, holder)
    case .openNode(let group, let holder): return step.openNode(group, holder)
    case .openCdev(let devices, let holder): return step.openCdev(devices, holder)
    case .close(let holder): return step.close(holder)
    case .numVFs(let device, let count): return step.numVFs(device, count)
    case .groupType(let group, let word): return step.groupType(group, word)
    case .modprobe(let module, let ids): return step.modprobe(module, ids)
    case .rmmod(let module): return step.rmmod(module)
    case .write(let file, let text): return step.write(file, text)
    }
  }
}

extension Operation {
  /// The first call it makes.
  var call: KernelCall {
    switch self {
    case .bind: .bind
    case .unbind: .unbind
    case .override: .driverOverride
    case .probe: .driversProbe
    case .newID: .newID
    case .removeID: .removeID
    case .open, .openNode, .openCdev: .open
    case .close: .close
    case .numVFs: .sriovNumVFs
    case .groupType: .groupType
    case .modprobe: .initModule
    case .rmmod: .deleteModule
    case .write: .open
    }
  }
}
