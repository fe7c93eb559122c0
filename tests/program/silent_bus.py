"""A message bus that is there and says nothing: the session's, the system's, and one that opens its
door to nobody.  The visit begins all the same, after some seconds and with one line."""

import os
import socket
import unittest

from live import Visit
from run import Case

LINE = "lacrima: The desktop's message bus (D-Bus) does not answer; going on without it."
SESSION, SYSTEM = "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"


class SilentBus(Case):
    def listen(self, name, room):
        """A socket whose connections nobody takes in; after so many there is no room for more."""
        path = self.path(name)
        listening = socket.socket(socket.AF_UNIX)
        self.addCleanup(listening.close)
        listening.bind(path)
        listening.listen(room)
        return path

    def knock(self, path):
        """False: there is no room."""
        caller = socket.socket(socket.AF_UNIX)
        self.addCleanup(caller.close)
        caller.setblocking(False)
        return caller.connect_ex(path) == 0

    def test_a_visit_begins_without_it(self):
        silent, full = self.listen("silent", 16), self.listen("full", 0)
        while self.knock(full):
            continue
        visits = []
        for number, (name, path) in enumerate(((SESSION, silent), (SESSION, full), (SYSTEM, silent))):
            visits.append(Visit(self, ["1 quit"], name=f"{number}.txt",
                                env={name: "unix:path=" + os.path.abspath(path)}))
            self.addCleanup(visits[-1].close)
        for visit in visits:
            visit.wait("its end", lambda visit=visit: visit.find(screen="quit") is not None)
            while visit.read(1):
                continue
            self.assertEqual((visit.process.wait(), visit.said.count(LINE)), (0, 1), visit.said)


if __name__ == "__main__":
    unittest.main()
