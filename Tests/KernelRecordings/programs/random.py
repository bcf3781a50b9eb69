"""Seeded random programs: plausible operations that collide inside groups.

The generator tracks roughly what its operations have done, so that the next ones are plausible; it
does not predict answers. The same seed gives the same program with every version of Python.

It never binds a device to a kernel driver that was not made for it (the probe of foreign hardware
has crashed kernels) and, before 5.19, never binds a kernel driver in a live group (a BUG, which
costs a reboot; live-group-bugs.program has those).
"""

from program import Sequence

STUBS = ("pci-stub", "pci-pf-stub", "uio_pci_generic")
ALLOWED_IN_LIVE_GROUP = ("vfio-pci", "pci-stub")
MODULES = {"e1000": "e1000", "e1000e": "e1000e", "vfio-pci": "vfio-pci",
           "uio_pci_generic": "uio_pci_generic"}
BRIDGE = "0x0604"

# Which kernels a sequence is for: those that BUG, those that refuse, and the one with cdevs.
FLAVOURS = {"notifier": ["5.10-bullseye"],
            "ownership": ["6.1-bookworm", "6.12-trixie", "7.2-sid"],
            "iommufd": ["7.2-iommufd"]}


def generate(topology_name, devices, seed, steps):
    """Sequences of 8 to 14 operations, about `steps` in all for each kernel."""
    endpoints = [device for device in devices if device.place]
    if not endpoints:
        return []
    sequences = []
    for flavour, kernels in FLAVOURS.items():
        numbers = Numbers(f"{topology_name} {seed} {flavour}")
        done = 0
        while done < steps:
            length = 8 + numbers.below(7)
            walk = Walk(endpoints, numbers, flavour)
            walk.set_up()
            while len(walk.operations) < length:
                walk.step()
            sequences.append(Sequence(
                name=f"{flavour}-{sum(s.kernels == kernels for s in sequences) + 1}",
                operations=walk.operations, prepare=walk.prepare, kernels=kernels))
            done += len(walk.operations)
    return sequences


class Numbers:
    """A small random number generator (xorshift64*), since that of the library may change."""

    def __init__(self, text):
        self.state = 0x9E3779B97F4A7C15
        for byte in text.encode():
            self.state = (self.state ^ byte) * 0x100000001B3 % 2**64
        for _ in range(8):
            self.next()

    def next(self):
        state = self.state
        state ^= state >> 12
        state = (state ^ (state << 25)) % 2**64
        state ^= state >> 27
        self.state = state
        return (state * 0x2545F4914F6CDD1D % 2**64) >> 32

    def below(self, limit):
        return self.next() % limit

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, weights):
        """A key of the dictionary, as often as its weight says."""
        number = self.below(sum(weights.values()))
        for key, weight in weights.items():
            number -= weight
            if number < 0:
                return key
        raise AssertionError("the weights do not add up")


class Walk:
    """One sequence, and its expected effect on the machine so far."""

    WEIGHTS = {"set_override": 16, "bind": 24, "unbind": 14, "probe": 12, "open": 14, "close": 11,
               "open_node": 3, "new_id": 3, "remove_id": 2, "group_type": 3, "reload": 3}

    def __init__(self, devices, numbers, flavour):
        self.devices = {device.alias: device for device in devices}
        self.numbers = numbers
        self.flavour = flavour
        self.weights = dict(self.WEIGHTS)
        if flavour == "iommufd":
            self.weights["open_cdev"] = 12
        self.driver = {device.alias: device.driver for device in devices}
        self.overrides = {}
        self.ids = []
        self.holders = {}
        """Name -> aliases of the devices it may hold; those of `prepare` are never closed."""
        self.closable = []
        self.waiting = set()
        """Devices whose unbind waits; other operations on them wait as well."""
        self.prepare = []
        self.operations = []
        self.focus = self.choose_focus()

    def choose_focus(self):
        """The group that most operations concern, preferably a large one."""
        groups = {}
        for device in self.devices.values():
            if device.group and not self.is_bridge(device.alias):
                groups.setdefault(device.group, []).append(device.alias)
        if not groups:
            return list(self.devices)
        focus = max((self.numbers.pick(sorted(groups.values())) for _ in range(4)), key=len)
        return focus + [alias for alias in self.devices
                        if self.is_bridge(alias) and set(self.devices[alias].siblings) & set(focus)]

    # What is known

    def is_bridge(self, alias):
        return self.devices[alias].class_code.startswith(BRIDGE)

    def native(self, alias):
        return self.devices[alias].driver

    def group(self, alias):
        """The aliases of the device's group; only the device if it has none."""
        return [alias, *self.devices[alias].siblings]

    def is_live(self, alias):
        held = {other for aliases in self.holders.values() for other in aliases}
        return bool(held & set(self.group(alias)))

    def would_crash(self, alias, driver):
        return (self.flavour == "notifier" and driver not in ALLOWED_IN_LIVE_GROUP
                and not self.is_bridge(alias) and self.is_live(alias))

    def matching(self, alias):
        """The driver that takes the device: the override, an id, or its own."""
        if alias in self.overrides:
            return self.overrides[alias]
        return self.native(alias)

    def has_id(self, alias):
        return any(identity == self.devices[alias].identity for _, identity in self.ids)

    def unbound(self):
        return [alias for alias, driver in self.driver.items()
                if not driver and alias not in self.waiting]

    # Operations

    def do(self, operation):
        self.operations.append(operation)

    def alias(self):
        """A device for an operation, preferably of the focus and preferably not a bridge."""
        among = self.focus if self.numbers.chance(75) else list(self.devices)
        bridges = self.numbers.chance(25)
        among = [alias for alias in among
                 if alias not in self.waiting and (bridges or not self.is_bridge(alias))]
        return self.numbers.pick(among) if among else None

    def set_up(self):
        """Most sequences begin with a device that is already bound to vfio-pci."""
        endpoints = [alias for alias in self.focus if not self.is_bridge(alias)]
        if not self.devices[endpoints[0]].group or self.numbers.chance(15):
            return
        first = self.numbers.pick(endpoints)
        self.prepare_driver(first, "vfio-pci")
        for alias in endpoints:
            if alias == first:
                continue
            self.prepare_driver(alias, self.numbers.weighted(
                {"": 55, "as it is": 20, "vfio-pci": 15, "pci-stub": 10}))
        members = self.group(first)
        if self.numbers.chance(25) and all(
                self.driver[alias] in ("", "vfio-pci", "pci-stub", "pcieport")
                for alias in members):
            self.prepare.append(f"open {{{first}}} as seen")
            self.holders["seen"] = [first]

    def prepare_driver(self, alias, driver):
        if driver == "as it is":
            return
        if self.driver[alias]:
            self.prepare.append(f"unbind {{{alias}}}")
        self.driver[alias] = driver
        if driver:
            self.prepare.append(f"override {{{alias}}} {driver}")
            self.prepare.append(f"bind {{{alias}}} {driver}")
            self.overrides[alias] = driver

    def step(self):
        getattr(self, self.numbers.weighted(self.weights))()

    # Each method adds one operation, or none if it finds no plausible one.

    def override_choice(self, alias):
        choices = {"vfio-pci": 40, "-": 25, "pci-stub": 12, "uio_pci_generic": 9,
                   "pci-pf-stub": 9}
        if self.native(alias):
            choices[self.native(alias)] = 8
        return self.numbers.weighted(choices)

    def set_override(self):
        alias = self.alias()
        if alias is not None:
            self.do_override(alias, self.override_choice(alias))

    def do_override(self, alias, driver):
        self.do(f"override {{{alias}}} {driver}")
        if driver == "-":
            self.overrides.pop(alias, None)
        else:
            self.overrides[alias] = driver

    def bind(self):
        among = [alias for alias in self.unbound()
                 if alias in self.focus and not self.is_bridge(alias)] or self.unbound()
        alias = self.numbers.pick(among) if among and self.numbers.chance(75) else self.alias()
        if alias is None:
            return
        driver = self.matching(alias)
        if not driver or self.numbers.chance(15):
            wanted = self.override_choice(alias)
            if wanted != "-":
                self.do_override(alias, wanted)
                driver = wanted
        if alias in self.overrides and self.native(alias) and self.numbers.chance(8):
            driver = self.native(alias)
        if not driver or self.would_crash(alias, driver):
            return
        self.do(f"bind {{{alias}}} {driver}")
        if not self.driver[alias] and self.matching(alias) == driver and self.may_bind(
                alias, driver):
            self.driver[alias] = driver

    def may_bind(self, alias, driver):
        if driver not in ALLOWED_IN_LIVE_GROUP and driver != "pcieport" and self.is_live(alias):
            return False
        return driver != "vfio-pci" or (
            bool(self.devices[alias].group) and not self.is_bridge(alias))

    def unbind(self):
        alias = self.alias()
        if alias is None or (not self.driver[alias] and self.numbers.chance(85)):
            return
        held = any(alias in aliases for aliases in self.holders.values())
        if held and (self.waiting or self.numbers.chance(50)):
            return
        self.do(f"unbind {{{alias}}}")
        if held:
            self.waiting.add(alias)
        self.driver[alias] = ""

    def probe(self):
        alias = self.alias()
        if alias is None or (self.driver[alias] and self.numbers.chance(80)):
            return
        driver = self.matching(alias)
        # Which of two matching drivers is tried first is not tested here.
        if not self.driver[alias] and alias not in self.overrides and (
                not driver or self.has_id(alias)):
            return
        if driver and self.would_crash(alias, driver):
            return
        self.do(f"probe {{{alias}}}")
        if driver and not self.driver[alias] and self.may_bind(alias, driver):
            self.driver[alias] = driver

    def candidates_to_open(self):
        on_vfio = [alias for alias, driver in self.driver.items()
                   if driver == "vfio-pci" and alias not in self.waiting]
        if on_vfio and self.numbers.chance(90):
            return on_vfio
        alias = self.alias()
        return [alias] if alias and self.devices[alias].group else []

    def hold(self, verb):
        among = self.candidates_to_open()
        name = f"vm{len(self.closable) + 1}"
        if not among or name in self.holders:
            return
        chosen = [self.numbers.pick(among)]
        other = self.numbers.pick(among)
        if other not in chosen and self.numbers.chance(40):
            chosen.append(other)
        taken = any(self.is_live(alias) for alias in chosen)
        if taken and self.numbers.chance(60):
            return
        self.do(f"{verb} {' '.join(f'{{{alias}}}' for alias in chosen)} as {name}")
        self.holders[name] = [] if taken else chosen
        self.closable.append(name)

    def open(self):
        self.hold("open")

    def open_cdev(self):
        self.hold("open-cdev")

    def open_node(self):
        alias = self.alias()
        name = f"vm{len(self.closable) + 1}"
        if alias is None or not self.devices[alias].group or name in self.holders:
            return
        self.do(f"open-node {{{alias}.group}} as {name}")
        self.holders[name] = []
        self.closable.append(name)

    def close(self):
        among = [name for name in self.closable if name in self.holders]
        if not among:
            return
        name = self.numbers.pick(among)
        self.do(f"close {name}")
        self.waiting -= set(self.holders.pop(name))

    def new_id(self):
        alias = self.alias()
        if alias is None or self.waiting:
            return
        driver = self.numbers.pick(("vfio-pci", *STUBS))
        identity = self.devices[alias].identity
        taken = [other for other in self.unbound()
                 if self.devices[other].identity == identity
                 and self.overrides.get(other, driver) == driver]
        if self.has_id(alias) or any(self.would_crash(other, driver) for other in taken):
            return
        self.do(f"new-id {driver} {{{alias}.id}}")
        self.ids.append((driver, identity))
        for other in taken:
            if self.may_bind(other, driver):
                self.driver[other] = driver

    def remove_id(self):
        if not self.ids:
            return
        driver, identity = self.ids.pop()
        self.do(f"remove-id {driver} {identity}")

    def group_type(self):
        alias = self.alias()
        if alias is None or not self.devices[alias].group or self.waiting:
            return
        self.do(f"group-type {{{alias}.group}} {self.numbers.pick(('identity', 'DMA'))}")
        self.do(f"group-type {{{alias}.group}} auto")

    def reload(self):
        """Unloads a module and loads it again at once."""
        drivers = sorted({driver for driver in [*self.driver.values(), "uio_pci_generic"]
                          if driver in MODULES})
        driver = self.numbers.pick(drivers)
        users = [alias for alias, bound in self.driver.items() if bound == driver]
        takers = [alias for alias in self.devices
                  if self.matching(alias) == driver and (alias in users or not self.driver[alias])]
        if self.waiting or self.ids or any(self.would_crash(alias, driver) for alias in takers):
            return
        self.do(f"rmmod {MODULES[driver]}")
        self.do(f"modprobe {MODULES[driver]}")
        for alias in takers:
            self.driver[alias] = driver if self.may_bind(alias, driver) else ""
