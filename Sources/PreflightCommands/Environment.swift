import SystemCalls

/// The variables of the environment that people use to say what they want.
enum Environment {
  /// - Parameter isEmptyUnset: an empty value counts as none (no-color.org).
  static func value(_ name: String, isEmptyUnset: Bool) -> String? {
    guard let value = Process.environment(name), !(isEmptyUnset && value.isEmpty) else {
      return nil
    }
    return value
  }
}
