"""A keyboard and a pointer for a headless Wayland compositor.

Speaks the Wayland wire protocol itself, so that the keyboard has a whole, named keymap of any
layout and stays plugged in, as a real one does.  (wtype makes a new keyboard with a keymap of
single keys for each call; SDL 2.26.5 crashes in libxkbcommon when such a keyboard appears with
a key already pressed.)
"""

import os
import select
import socket
import struct
import threading

KEYMAP = """xkb_keymap {
xkb_keycodes { include "evdev+aliases(qwerty)" };
xkb_types { include "complete" };
xkb_compat { include "complete" };
xkb_symbols { include "pc+LAYOUT+inet(evdev)" };
};
"""

# What the kernel calls the keys of a US keyboard (linux/input-event-codes.h).
CODES = {
    "Escape": 1, "minus": 12, "equal": 13, "BackSpace": 14, "Tab": 15, "bracketleft": 26,
    "bracketright": 27, "Return": 28, "semicolon": 39, "apostrophe": 40, "comma": 51,
    "period": 52, "slash": 53, "space": 57, "F1": 59, "F2": 60, "F3": 61, "F4": 62, "F11": 87,
    "KP_1": 79, "Home": 102, "Up": 103, "Left": 105, "Right": 106, "End": 107, "Down": 108,
    "Delete": 111,
}
CODES.update({c: 2 + i for i, c in enumerate("1234567890")})
CODES.update({c: 16 + i for i, c in enumerate("qwertyuiop")})
CODES.update({c: 30 + i for i, c in enumerate("asdfghjkl")})
CODES.update({c: 44 + i for i, c in enumerate("zxcvbnm")})

MODIFIERS = {"shift": (42, 1), "ctrl": (29, 4), "alt": (56, 8), "altgr": (100, 128)}
FILES_MAX = 16  # that come at once
BUTTONS = {"left": 0x110, "right": 0x111}


class Connection:
    """Requests out, events in; objects are numbers."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(20)
        self.socket.connect(path)
        self.last_id = 1
        self.buffer = b""
        self.files = []  # that came with events, the first to come first

    def new_id(self):
        self.last_id += 1
        return self.last_id

    def send(self, target, opcode, payload=b"", fds=()):
        message = struct.pack("=II", target, (8 + len(payload)) << 16 | opcode) + payload
        if fds:
            socket.send_fds(self.socket, [message], list(fds))
        else:
            self.socket.sendall(message)

    def read(self):
        """One event: object, opcode, payload."""
        while True:
            if len(self.buffer) >= 8:
                target, word = struct.unpack("=II", self.buffer[:8])
                size = word >> 16
                if len(self.buffer) >= size:
                    payload, self.buffer = self.buffer[8:size], self.buffer[size:]
                    if target == 1 and word & 0xFFFF == 0:
                        raise RuntimeError("the compositor says: %r" % payload)
                    return target, word & 0xFFFF, payload
            more, files, _, _ = socket.recv_fds(self.socket, 65536, FILES_MAX)
            self.files += files
            if not more:
                raise RuntimeError("the compositor hung up")
            self.buffer += more

    def round_trip(self, handler=None):
        """Until the compositor has done everything asked so far."""
        callback = self.new_id()
        self.send(1, 0, struct.pack("=I", callback))
        while True:
            target, opcode, payload = self.read()
            if target == callback:
                return
            if handler:
                handler(target, opcode, payload)


def text(value):
    raw = value.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + b"\0" * (-len(raw) % 4)


def fixed(value):
    return struct.pack("=i", int(value * 256))


class Client:
    """A connection with what the compositor offers."""

    def __init__(self, path):
        self.connection = Connection(path)
        self.globals = {}
        self.registry = self.connection.new_id()
        self.connection.send(1, 1, struct.pack("=I", self.registry))
        self.connection.round_trip(self.hear_global)

    def hear_global(self, _target, opcode, payload):
        if opcode == 0:
            name, length = struct.unpack("=II", payload[:8])
            self.globals[payload[8:8 + length - 1].decode()] = name

    def bind(self, interface, version=1):
        made = self.connection.new_id()
        self.connection.send(self.registry, 0, struct.pack("=I", self.globals[interface]) +
                             text(interface) + struct.pack("=II", version, made))
        return made

    def close(self):
        self.connection.socket.close()


class InputMethod(Client):
    """The seat's input method (input-method-unstable-v2), which takes no keys: what it composes is
    what the test says."""

    def __init__(self, path):
        super().__init__(path)
        manager = self.bind("zwp_input_method_manager_v2")
        seat = self.bind("wl_seat")
        self.method = self.connection.new_id()
        self.active = False
        self.done = 0
        self.connection.send(manager, 0, struct.pack("=II", seat, self.method))
        self.look()

    def look(self):
        """Whether somebody takes text now."""
        self.connection.round_trip(self.hear)
        return self.active

    def hear(self, target, opcode, _payload):
        if target != self.method:
            return
        if opcode in (0, 1):
            self.active = opcode == 0
        if opcode == 5:
            self.done += 1
        if opcode == 6:
            raise RuntimeError("there is another input method")

    def give(self, composed, written=""):
        """What is composed now, in place of what was; and before it, what is written down."""
        if written:
            self.connection.send(self.method, 0, text(written))
        end = len(composed.encode())
        self.connection.send(self.method, 1, text(composed) + struct.pack("=ii", end, end))
        self.connection.send(self.method, 3, struct.pack("=I", self.done))
        self.connection.round_trip(self.hear)


def give_parts(file, parts, rest):
    """Writes them into a pipe, with a rest before each: its slowness is what is looked at."""
    for part in parts:
        rest()
        while part:  # the pipe is its reader's, and may take no more than a part at once
            select.select([], [file], [])
            part = part[os.write(file, part):]


class Owner(Client):
    """Another program that has a text on the clipboard (wlr-data-control-unstable-v1) and is slow to
    give it: in parts, with a rest before each.  ends: after the last it says that this was all."""

    TYPE = "text/plain;charset=utf-8"

    def __init__(self, path, parts, rest_s=0.0, ends=True):
        super().__init__(path)
        self.parts, self.rest_s, self.ends = parts, rest_s, ends
        self.closing = threading.Event()
        self.given = []  # ends of pipes that are kept open
        manager = self.bind("zwlr_data_control_manager_v1")
        seat = self.bind("wl_seat")
        self.source = self.connection.new_id()
        self.connection.send(manager, 0, struct.pack("=I", self.source))
        self.connection.send(self.source, 0, text(self.TYPE))
        device = self.connection.new_id()
        self.connection.send(manager, 1, struct.pack("=II", device, seat))
        self.connection.send(device, 0, struct.pack("=I", self.source))
        self.connection.round_trip()
        self.connection.socket.settimeout(None)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        try:
            while True:
                target, opcode, _ = self.connection.read()
                if target == self.source and opcode == 0:
                    self.give(self.connection.files.pop(0))
        except (OSError, RuntimeError):
            return  # closed

    def give(self, file):
        give_parts(file, self.parts, lambda: self.closing.wait(self.rest_s))
        if self.ends:
            os.close(file)
        else:
            self.given.append(file)

    def close(self):
        self.closing.set()
        self.connection.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        super().close()
        for file in self.given:
            os.close(file)


class Seat(Client):
    """One keyboard and one pointer, plugged in until close()."""

    def __init__(self, path, layout="us"):
        super().__init__(path)
        self.time = 0
        seat = self.bind("wl_seat")
        keyboards = self.bind("zwp_virtual_keyboard_manager_v1")
        pointers = self.bind("zwlr_virtual_pointer_manager_v1")
        self.keyboard = self.connection.new_id()
        self.connection.send(keyboards, 0, struct.pack("=II", seat, self.keyboard))
        self.pointer = self.connection.new_id()
        self.connection.send(pointers, 0, struct.pack("=II", seat, self.pointer))
        self.set_layout(layout)

    def stamp(self):
        self.time += 10
        return struct.pack("=I", self.time)

    def set_layout(self, layout):
        keymap = KEYMAP.replace("LAYOUT", layout).encode() + b"\0"
        memory = os.memfd_create("keymap")
        os.write(memory, keymap)
        self.connection.send(self.keyboard, 0, struct.pack("=II", 1, len(keymap)), [memory])
        os.close(memory)
        self.modify(0)
        self.connection.round_trip()

    def modify(self, mask):
        self.connection.send(self.keyboard, 2, struct.pack("=IIII", mask, 0, 0, 0))

    def code(self, code, down):
        self.connection.send(self.keyboard, 1,
                             self.stamp() + struct.pack("=II", code, 1 if down else 0))

    def key(self, name):
        """Presses and releases one key, by its name on a US keyboard: "q", "ctrl+q", "F11"."""
        self.keys([name])

    def keys(self, names):
        """One after the other, as fast as the compositor takes them."""
        for name in names:
            self.press(name)
        self.connection.round_trip()

    def hold(self, name, down):
        """One key goes down, or up again."""
        code, bit = MODIFIERS.get(name) or (CODES[name], 0)
        self.code(code, down)
        if bit:
            self.modify(bit if down else 0)
        self.connection.round_trip()

    def press(self, name):
        *held, last = name.split("+")
        mask = 0
        for modifier in held:
            code, bit = MODIFIERS[modifier]
            self.code(code, True)
            mask |= bit
            self.modify(mask)
        self.code(CODES[last], True)
        self.code(CODES[last], False)
        for modifier in reversed(held):
            code, bit = MODIFIERS[modifier]
            self.code(code, False)
            mask &= ~bit
            self.modify(mask)

    def move(self, x, y, width, height):
        self.connection.send(self.pointer, 1,
                             self.stamp() + struct.pack("=IIII", x, y, width, height))
        self.connection.send(self.pointer, 4)
        self.connection.round_trip()

    def button(self, name, down):
        self.connection.send(self.pointer, 2,
                             self.stamp() + struct.pack("=II", BUTTONS[name], 1 if down else 0))
        self.connection.send(self.pointer, 4)
        self.connection.round_trip()

    def click(self, button):
        self.button(button, True)
        self.button(button, False)

    def wheel(self, steps):
        """Steps down (positive) or up."""
        self.connection.send(self.pointer, 5, struct.pack("=I", 0))
        self.connection.send(self.pointer, 7, self.stamp() + struct.pack("=I", 0) +
                             fixed(15 * steps) + struct.pack("=i", steps))
        self.connection.send(self.pointer, 4)
        self.connection.round_trip()
