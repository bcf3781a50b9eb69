import HostModel
import Reporting
import TestSupport
import Testing

@testable import OwnershipAnalysis

/// Answers after an operation that is not certain.
@Suite("Worlds")
struct WorldsTests {
  private let new = KernelVersion(6, 12, 107)

  private func answers(_ host: HostValues, _ lines: String...) throws -> [Answer] {
    var worlds = Worlds(host.state)
    return try host.script(lines).steps.map { worlds.apply($0.operation) }
  }

  @Test("what follows an open that cannot be known depends on it")
  func undeterminedOpen() throws {
    var host = HostValues(new, nil)
    host.vfio.hasIOMMUFD = .value(true)
    let answers = try answers(
      host, "override D1 vfio-pci", "bind D1 vfio-pci", "open-cdev D1 as h1", "unbind D1",
      "close h1", "unbind D1")
    #expect(answers[2].verdict == .undetermined([.cdevConfiguration]))
    #expect(answers[3].verdict.word == "undetermined")
    #expect(answers[3].restsOn == [3])
    #expect(
      answers[3].possibilities.map(\.text) == [
        "blocks at unbind if operation 3 was accepted: 0000:01:01.0 is in use by h1: the unbind waits "
          + "until it is released",
        "accepted if operation 3 was refused with ENOENT",
      ])
    // The device is unbound and not open either way.
    #expect(answers[4].verdict == .accepted)
    #expect(answers[5].verdict == .refused(.noSuchDevice))
    #expect(answers[5].restsOn.isEmpty)
  }

  @Test("an assumption marks what rests on it, and only that")
  func assumption() throws {
    let answers = try answers(
      HostValues(new, "e1000e", "vfio-pci"), "unbind D1", "bind D1 e1000e", "open D2 as h1",
      "unbind D1", "override D1 vfio-pci", "bind D1 vfio-pci")
    #expect(answers[1].verdict == .accepted)
    #expect(answers[2].verdict == .refused(.operationNotPermitted))
    #expect(answers[2].restsOn == [2])
    #expect(answers[2].possibilities.map(\.verdict) == [.accepted])
    #expect(answers[3].verdict == .accepted)
    #expect(answers[3].restsOn == [2])
    #expect(answers[4].restsOn.isEmpty)
    #expect(answers[5].verdict == .accepted)
    #expect(answers[5].restsOn.isEmpty)
  }

  @Test("refused whether or not the group is claimed")
  func claimUnseen() throws {
    var host = HostValues(new, "e1000e", "vfio-pci")
    host.assumptions[1] = .unknown
    let answers = try answers(host, "open D2")
    #expect(answers[0].verdict == .refusedWithOneOf([.busy, .operationNotPermitted]))
    #expect(
      answers[0].possibilities.map(\.text) == [
        "refused with EBUSY at open if user space owns group 1: group 1 is in use",
        "refused with EPERM at SET_CONTAINER if user space does not own group 1: group 1 is not "
          + "viable: 0000:01:01.0 is bound to e1000e",
      ])
  }

  @Test("a bound device whose ids cannot be read refuses a bind in either case")
  func idsUnread() throws {
    var host = HostValues(new, "e1000e")
    host[1].identity = .unread(.timedOut)
    let answers = try answers(host, "bind D1 snd_hda_intel")
    #expect(answers[0].verdict == .refusedWithOneOf([.busy, .noSuchDevice]))
  }

  @Test("drivers that a module took along are asked for one by one")
  func modules() throws {
    let host = HostValues(new, "e1000e", "e1000e", "vfio-pci")
    let answers = try answers(
      host, "rmmod e1000e", "modprobe e1000e", "unbind D1", "bind D1 e1000e")
    #expect(answers[1].verdict == .accepted)
    #expect(answers[2].verdict == .accepted)
    #expect(answers[2].restsOn.contains(2), "\(answers[2].restsOn)")
  }

  @Test("an id of which more is not followed leaves every free device open")
  func moreFieldsOfID() throws {
    var host = HostValues(new, nil)
    host.add("e1000e", group: 2)
    let answers = try answers(
      host, "write /sys/bus/pci/drivers/e1000e/new_id 8086 1c20 1234 5678", "unbind D1", "unbind D2"
    )
    #expect(answers[0].verdict.word == "undetermined")
    #expect(answers[1].restsOn == [1])
    #expect(answers[2].verdict == .accepted)
    #expect(answers[2].restsOn.isEmpty)
  }

  @Test("more worlds than are followed are given up, never guessed")
  func bound() throws {
    var host = HostValues(new)
    for group in 1...9 { host.add("e1000e", group: GroupNumber(UInt32(group % 2 + 1))) }
    var lines: [String] = []
    for device in 1...9 { lines += ["unbind D\(device)", "bind D\(device) e1000e"] }
    let answers = try host.script(lines + ["unbind D1"]).steps.reduce(
      into: (Worlds(host.state), [Answer]())
    ) { $0.1.append($0.0.apply($1.operation)) }.1
    #expect(answers.last?.restsOn.isEmpty == false)
  }
}

/// The worlds against every state that is possible, written out.
@Suite("Worlds: laws")
struct WorldLawTests {
  private static let steps = 8

  /// All that is possible, without factors: of few enough.
  private struct Reference {
    static let limit = 400
    var worlds: [World]
    var applied = 0
    var isComplete = true
    var bulk = BulkAnswers()

    init(_ state: KernelState) { worlds = [World(state: state)] }

    mutating func apply(_ operation: OwnershipAnalysis.Operation) -> OutcomeList {
      applied += 1
      let before = worlds
      let list = OutcomeList(of: operation, in: before, &bulk)
      worlds = list.worlds(after: applied)
      if list.isOpen || operation.isBulk || worlds.count > Self.limit
        || list.outcomes.contains(where: { $0.answer.ended.contains { !$0.dependsOn.isEmpty } })
      {
        isComplete = false
      }
      return list
    }
  }

  @Test("a certain answer contradicts no world, and rests on none where it names none")
  func certain() {
    var compared = 0
    for seed in 0..<3000 {
      var run = RandomHost(seed: seed)
      var worlds = Worlds(run.state)
      var reference = Reference(run.state)
      var log: [String] = []
      for _ in 0..<Self.steps {
        let operation = run.operation().held(by: HolderName("someone"))
        log.append("\(operation)")
        let list = reference.apply(operation)
        guard reference.isComplete else { break }
        let answer = worlds.apply(operation)
        let expected = Set(list.outcomes.filter(\.isExpected).map(\.answer.result))
        let all = Set(list.outcomes.filter(\.isAsAssumed).map(\.answer.result))
        compared += 1
        switch answer.verdict {
        case .undetermined: break
        case .refusedWithOneOf(let errnos):
          #expect(
            expected.allSatisfy {
              $0.verdict.isRefusal
                && (errnos.isEmpty || Set(errnos).isSuperset(of: $0.verdict.errnos))
            }, "seed \(seed): \(log)")
        default:
          #expect(
            expected.allSatisfy { $0.verdict == answer.result.verdict },
            "seed \(seed): \(answer.verdict) \(expected)\n\(log.joined(separator: "\n"))")
          if answer.restsOn.isEmpty {
            #expect(
              all.allSatisfy { $0.verdict == answer.result.verdict },
              "seed \(seed): \(answer.verdict) \(all)\n\(log.joined(separator: "\n"))")
          }
        }
      }
    }
    #expect(compared > 8000)
  }

  @Test("what is undetermined has two answers in the worlds")
  func undetermined() {
    for seed in 0..<3000 {
      var run = RandomHost(seed: seed)
      var worlds = Worlds(run.state)
      var reference = Reference(run.state)
      for _ in 0..<Self.steps {
        let operation = run.operation().held(by: HolderName("someone"))
        let list = reference.apply(operation)
        guard reference.isComplete, reference.worlds.count <= 8 else { break }
        let answer = worlds.apply(operation)
        guard case .undetermined(let doubts) = answer.verdict, doubts != [.kernelCrashed] else {
          continue
        }
        let expected = Set(list.outcomes.filter(\.isExpected).map(\.answer.result))
        #expect(expected.count > 1, "seed \(seed): \(operation) \(doubts)")
      }
    }
  }

  @Test("evidence that is added never changes a certain answer")
  func evidence() {
    for seed in 0..<1500 {
      let run = RandomHost(seed: seed)
      guard let kernel = run.host.kernel else { continue }
      let unseen = run.host.assumptions.filter { $0.value == .unknown }.map(\.key).sorted()
      for group in unseen {
        for owner in [Ownership.somebody, .unclaimed] {
          var host = run.host
          // A kernel driver in the group proves that user space does not own it.
          let isProven =
            host.observed.group(group).map { run.state.kernelCount(of: $0) > 0 } ?? false
          guard owner == .unclaimed || kernel.isOld || !isProven else { continue }
          host.assumptions[group] = owner
          var draw = run
          var (less, more) = (Worlds(run.state), Worlds(host.state))
          var log: [String] = ["\(kernel) group \(group) \(owner)"]
          for _ in 0..<Self.steps {
            let operation = draw.operation()
            let (before, after) = (less.apply(operation), more.apply(operation))
            log.append("\(operation): \(before.verdict) or \(after.verdict)")
            guard before.restsOn.isEmpty, after.restsOn.isEmpty else { continue }
            switch before.verdict {
            case .undetermined: break
            case .refusedWithOneOf: #expect(after.verdict.isRefusal, "seed \(seed): \(operation)")
            default:
              #expect(
                before.verdict == after.verdict || after.verdict.word == "undetermined",
                "seed \(seed): \(log.joined(separator: "\n"))")
            }
          }
        }
      }
    }
  }
}
