/// What one kernel does, folded from `KernelHistory`.
package struct KernelBehavior: Sendable, Equatable {
  package init() {}
}
