"""What an input method composes, the same under X11 and Wayland: it is shown in place on a letter's
page, and is no part of the letter before it is written down."""

import subprocess

from desk import end
from letters import Letters


def start_bus(case):
    """A session bus for one test; its place in the environment."""
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"],
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL)
    case.addCleanup(bus.stdout.close)
    case.addCleanup(end, bus)
    return {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().decode().strip()}


class Composing(Letters):
    """Mixed into a Case with a desktop; compose(letters) makes what is composed longer, write_down()
    puts it into the text in capitals, and drop_it() does not."""

    def composing_page(self):
        visit = self.file_page(**self.composer())
        self.desktop.keys(["1"])
        self.keeps(visit, "1")
        return visit

    def test_it_is_shown_and_is_no_part_of_the_letter(self):
        visit = self.composing_page()
        self.seen(lambda: self.compose("ab"))
        self.seen(lambda: self.compose("c"))
        self.seen(self.drop_it)
        self.desktop.keys(["2"])
        self.keeps(visit, "12")
        self.quit(visit)

    def test_what_was_written_down_is_taken_back_at_once(self):
        visit = self.composing_page()
        self.compose("ab")
        self.write_down()
        self.compose("c")
        self.write_down()
        self.keeps(visit, "1ABC")
        self.desktop.key("ctrl+z")
        self.keeps(visit, "1AB")
        self.desktop.key("ctrl+z")
        self.keeps(visit, "1")
        self.quit(visit)

    def test_it_takes_the_place_of_a_selection_only_when_written_down(self):
        visit = self.composing_page()
        self.desktop.keys(["2", "Return", "3"])
        self.keeps(visit, "12\n3")
        self.desktop.keys(["ctrl+a"])
        self.compose("a")
        self.drop_it()
        self.desktop.keys(["Right", "4"])
        self.keeps(visit, "12\n34")
        self.desktop.keys(["ctrl+a"])
        self.compose("ab")
        self.write_down()
        self.keeps(visit, "AB")
        self.desktop.key("ctrl+z")
        self.keeps(visit, "12\n34")
        self.quit(visit)
