import HashTreeCollections
import HostModel

extension KernelState {
  /// A parameter of a module now.
  func parameter(_ parameter: ModuleParameter) -> Reading<Bool> {
    difference.parameters[parameter].map(Reading.value) ?? parameter.reading(on: host)
  }

  mutating func setParameter(_ parameter: ModuleParameter, to isOn: Bool) {
    note(.parameter(parameter))
    difference.parameters[parameter] = isOn
  }

  /// `drivers_autoprobe` of a bus now.
  func autoprobe(on bus: BusName) -> Reading<Bool> {
    difference.autoprobe[bus].map(Reading.value) ?? host.autoprobe[bus] ?? .absent
  }

  mutating func setAutoprobe(on bus: BusName, to isOn: Bool) {
    note(.bus(bus))
    difference.autoprobe[bus] = isOn
  }

  /// `sriov_drivers_autoprobe` of a physical function now.
  func vfAutoprobe(of path: HostPath, _ function: PhysicalFunction) -> Reading<Bool> {
    difference.vfAutoprobe[path].map(Reading.value) ?? function.driversAutoprobe
  }

  mutating func setVFAutoprobe(of path: HostPath, to isOn: Bool) {
    note(.device(path))
    difference.vfAutoprobe[path] = isOn
  }
}
