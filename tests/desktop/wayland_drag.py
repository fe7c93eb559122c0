"""Another program under Wayland, from whose window something is dragged (wl_data_device)."""

import os
import struct
import threading

from wayland_input import Client, give_parts, text

SIDE = 120  # px: its window, in the corner of the display
ASIDE = (60, 60)  # in it
BOUND_S = 120
MANAGER_VERSION = 3  # with actions
OVERLAY = 3  # of layers: over every window, full-screen or not
TOP_LEFT = 1 | 4
COPY_OR_MOVE = 1 | 2


class Source(Client):
    """Its window takes no keyboard, stands over all others, and moves none of them.

    Asked for what is dragged it is as slow as it is told to be: gives it in parts, with a rest
    before each.  ends: after the last it says that this was all."""

    def __init__(self, path, types, parts, rest_s=0.0, ends=True):
        super().__init__(path)
        self.connection.socket.settimeout(BOUND_S)
        self.types, self.parts, self.rest_s, self.ends = types, parts, rest_s, ends
        self.given = []  # ends of pipes that are kept open
        self.configured = self.there = False  # its window; the pointer in it
        self.taken_as = None  # by whom it hangs over: a type, or "": nobody takes it
        self.action = 0
        self.asked = self.refused = False
        self.serial = None  # of the last press
        self.layer = self.source = None
        # Before the window: whose pointer is in a window before it is asked for is never told so.
        seat = self.bind("wl_seat")
        self.pointer = self.ask(seat, 0)
        self.manager = self.bind("wl_data_device_manager", MANAGER_VERSION)
        self.device = self.ask(self.manager, 1, struct.pack("=I", seat))
        self.show_window()

    def ask(self, target, opcode, payload=b"", fds=()):
        """A request that makes an object."""
        made = self.connection.new_id()
        self.connection.send(target, opcode, struct.pack("=I", made) + payload, fds)
        return made

    def show_window(self):
        compositor, memory = self.bind("wl_compositor"), self.bind("wl_shm")
        layers = self.bind("zwlr_layer_shell_v1")
        self.surface = self.ask(compositor, 0)
        self.layer = self.ask(layers, 0, struct.pack("=III", self.surface, 0, OVERLAY) +
                              text("drag"))
        self.connection.send(self.layer, 0, struct.pack("=II", SIDE, SIDE))
        self.connection.send(self.layer, 1, struct.pack("=I", TOP_LEFT))
        self.connection.send(self.surface, 6)
        self.until(lambda: self.configured)
        size = SIDE * SIDE * 4
        file = os.memfd_create("window")
        os.write(file, b"\xff" * size)
        pool = self.ask(memory, 0, struct.pack("=i", size), [file])
        os.close(file)
        buffer = self.ask(pool, 0, struct.pack("=iiiiI", 0, SIDE, SIDE, SIDE * 4, 1))
        self.connection.send(self.surface, 1, struct.pack("=Iii", buffer, 0, 0))
        self.connection.send(self.surface, 2, struct.pack("=iiii", 0, 0, SIDE, SIDE))
        self.connection.send(self.surface, 6)
        self.connection.round_trip(self.hear)

    def hear(self, target, opcode, payload):
        if target == self.layer and opcode == 0:
            self.connection.send(self.layer, 6, payload[:4])
            self.configured = True
        elif target == self.pointer:
            self.hear_pointer(opcode, payload)
        elif target == self.source:
            self.hear_source(opcode, payload)

    def hear_pointer(self, opcode, payload):
        if opcode in (0, 1):
            self.there = opcode == 0
        elif opcode == 3:
            serial, _, _, pressed = struct.unpack("=IIII", payload)
            self.serial = serial if pressed else None

    def hear_source(self, opcode, payload):
        if opcode == 0:
            self.taken_as = payload[4:].split(b"\0")[0].decode()
        elif opcode == 1:
            self.asked = True
            self.give(self.connection.files.pop(0))
        elif opcode == 2:
            self.refused = True
        elif opcode == 5:
            self.action = struct.unpack("=I", payload)[0]

    def until(self, look):
        while not look():
            self.hear(*self.connection.read())

    def give(self, file):
        give_parts(file, self.parts, lambda: threading.Event().wait(self.rest_s))
        if self.ends:
            os.close(file)
        else:
            self.given.append(file)

    def drag(self, desktop, place):
        """From its window to a place; whether it is taken there."""
        desktop.point(*ASIDE)
        self.until(lambda: self.there)
        desktop.button("left", True)
        self.until(lambda: self.serial is not None)
        self.source = self.ask(self.manager, 0)
        for kind in self.types:
            self.connection.send(self.source, 0, text(kind))
        self.connection.send(self.source, 2, struct.pack("=I", COPY_OR_MOVE))
        # Only the press that is still held begins one; the pointer leaves as it does.
        self.connection.send(self.device, 0, struct.pack("=IIII", self.source, self.surface, 0,
                                                         self.serial))
        self.until(lambda: not self.there)
        desktop.point(*place)
        # Let go before whoever it hangs over has answered, it would be taken back.
        self.until(lambda: self.taken_as is not None and (self.taken_as == "" or self.action))
        return self.taken_as != ""

    def let_go(self, desktop):
        """Until it was given, or taken back.  (SDL 2.26 does not say when it has it.)"""
        desktop.button("left", False)
        self.until(lambda: self.asked or self.refused)
        self.connection.send(self.layer, 7)
        self.connection.send(self.surface, 0)
        self.connection.round_trip(self.hear)

    def close(self):
        super().close()
        for file in self.given:
            os.close(file)
