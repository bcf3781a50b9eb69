"""Back to the state after boot, without booting."""

import operations
from session import SETTLES_IN, changes


def restore(session):
    """Undoes what was done; returns what still differs from the boot state, "" for nothing."""
    if session.done or session.running or session.state.holders:
        for holder in session.state.holders:
            session.guest.call(f"close {holder}")
        session.endings(session.guest.settle(SETTLES_IN, released=True))
        if session.running:
            return "still blocked: " + ", ".join(text for text, _ in session.running.values())
        remove_functions_and_ids(session)
        restore_modules(session)
        restore_devices(session)
        session.done.clear()
        session.holders.clear()
        session.refresh()
    return difference(session.boot, session.state)


def remove_functions_and_ids(session):
    """An id that was added twice is removed twice: before 5.11 both are kept."""
    for verb, subject, *rest in session.done:
        if verb == "numvfs":
            session.guest.call(operations.virtual_functions(subject, 0))
        if verb == "new-id":
            session.guest.call(operations.dynamic_id("remove_id", subject, rest[0]))


def restore_modules(session):
    """Unloads modules that were added, loads those that were removed; the newest comes first."""
    state = session.refresh()
    for name in state.modules:
        if name not in session.boot.modules:
            session.guest.call(f"unload {name}")
    for name in reversed(session.boot.modules):
        if name not in state.modules:
            session.load(name)


def restore_devices(session):
    """Clears overrides, restores drivers and group types; a type needs devices without drivers."""
    guest, boot = session.guest, session.boot
    for address in sorted({words[1] for words in session.done if words[0] == "override"}):
        guest.call(operations.override(address))
    state = session.refresh()
    types = {group: kind for group, kind in boot.groups.items()
             if state.groups.get(group, kind) != kind}
    moved = []
    for device in boot.devices.values():
        now = state.devices.get(device.address)
        if now and (now.driver != device.driver or now.group in types):
            moved.append(device)
            if now.driver:
                guest.call(operations.unbind(now.driver, now.address))
    for group, kind in sorted(types.items()):
        guest.call(operations.group_type(group, kind))
    for device in moved:
        if device.driver:
            guest.call(operations.bind(device.driver, device.address))
    guest.settle(SETTLES_IN)


def difference(boot, now):
    """Modules are compared by name only; the order of loading has no effect."""
    found = changes(boot, now)
    found += [f"group {group}" for group in now.groups.keys() ^ boot.groups.keys()]
    found += [f"group {group} {kind}" for group, kind in now.groups.items()
              if boot.groups.get(group, kind) != kind]
    found += [f"module {name}" for name in set(now.modules) ^ set(boot.modules)]
    found += [f"device {address} moved" for address, device in now.devices.items()
              if address in boot.devices and device.group != boot.devices[address].group]
    found += [f"holder {name}" for name in now.holders]
    return ", ".join(sorted(found))
