"""The pointer and the clipboard on a letter's page under Wayland."""

import unittest

import wayland
from desk import Case
from page_both import PATIENT, Page

REST_S = 0.3  # a program that is slow to give what it has; SDL by itself waits for 0.014 s


class WaylandPage(Page, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def test_whoever_is_slow_to_give_it_is_waited_for(self):
        visit = self.file_page(**PATIENT)
        self.desktop.own_clipboard([b"it was ", b"\xc3", b"\xa9t\xc3\xa9"], rest_s=REST_S)
        self.desktop.key("ctrl+v")
        self.keeps(visit, "it was \u00e9t\u00e9")
        self.desktop.keys(["ctrl+a", "k", "ctrl+a", "ctrl+c", "Right", "ctrl+v"])
        self.keeps(visit, "kk")
        self.quit(visit)

    def test_half_of_it_is_none(self):
        visit = self.file_page(**PATIENT)
        self.desktop.own_clipboard([b"it was"], ends=False)
        self.desktop.keys(["ctrl+v", "k"])
        self.keeps(visit, "k")
        self.desktop.hold_clipboard("all of it")
        self.desktop.keys(["ctrl+a", "ctrl+v"])
        self.keeps(visit, "all of it")
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()
