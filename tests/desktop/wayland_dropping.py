"""What is dragged onto the window from another program (wayland_drag.py) under Wayland.  Text alone is
refused while it hangs over the window."""

import unittest

import wayland
from desk import Case
from dropping_both import FILES, SLOW_S, Dropping
from wayland_drag import ASIDE, Source

TEXT = "text/plain"
LATE = "What was dropped did not come whole, and was left where it is."


class WaylandDropping(Dropping, Case):
    takes_text = False
    late = (LATE,)

    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def drop(self, data, kind=FILES, how=None):
        return self.drop_parts([] if how == "never" else [data], kind,
                               rest_s=SLOW_S if how == "slow" else 0, ends=how != "never",
                               away=how == "away")

    def drop_parts(self, parts, kind=FILES, away=False, **how):
        source = Source(self.desktop.socket, [kind, TEXT] if kind == FILES else [kind], parts, **how)
        self.addCleanup(source.close)
        taken = source.drag(self.desktop, [size // 2 for size in self.desktop.size])
        if away:
            self.desktop.point(*ASIDE)
        source.let_go(self.desktop)
        return "dropped" if taken else "refused"

    def test_what_comes_in_parts_is_waited_for(self):
        visit = self.at_home()
        data = self.addresses(self.path("of a r\u00eever.txt"), self.path("of rain.txt"))
        taken = self.drop_parts([data[:10], data[10:-20], data[-20:]], rest_s=SLOW_S)
        self.assertEqual(taken, "dropped")
        self.said(visit,
                  "On your shelf: of a r\u00eever.txt, and what came with it. K takes it off again.")
        self.assertEqual(self.sections(), "\n[text]\npath = ~/of a r\u00eever.txt\n\n[text]\n"
                         "path = ~/of rain.txt\n")
        visit.state("read", "settle")
        self.leave(visit)

    def test_half_of_it_is_none(self):
        visit = self.at_home()
        data = self.addresses(self.path("a.txt"), self.path("b.txt"), self.path("b"))
        self.drop_parts([data[:-6]], ends=False)
        self.said(visit, LATE)
        self.assertEqual(self.sections(), "")
        self.drop_parts([data])
        self.said(visit, "On your shelf: a.txt, and what came with it. K takes it off again.")
        self.leave(visit)


if __name__ == "__main__":
    unittest.main()
