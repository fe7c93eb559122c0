"""A real lock screen, whose colour is red: for the program a window that is hidden.  Its clock and its
sounds go on, and what is typed at the lock is not heard.

What a Case brings: lock(), which puts it up, and unlock(), which takes it away.
"""

from desk import poll_until

LOCK_BOUND_S = 90  # this machine may stand still
LOOK_S = 0.1
RED = (255, 0, 0)
RED_ARGUMENT = "ff0000"
YAWN_S = (("wide", 2.5), ("out", 3.5), ("between", 6))


class Locks:
    """Mixed into a Case with a desktop."""

    def red(self):
        return self.desktop.picture().field() == RED

    def locked(self, visit, wanted):
        def look():
            visit.listen(LOOK_S)
            return self.red() == wanted
        poll_until("locked" if wanted else "unlocked", look, LOCK_BOUND_S)

    def test_a_locked_screen_stops_nothing_and_hears_nothing(self):
        visit = self.at_home()
        self.desktop.key("0")
        visit.screen("technique")
        self.desktop.key("space")
        began = visit.state("yawn", "in")["t"]
        self.lock()
        self.locked(visit, True)
        self.desktop.keys(["p", "1", "Escape"])
        for state, after in YAWN_S:
            self.assertAlmostEqual(visit.state("yawn", state)["t"], began + after, delta=0.002)
        before = len(visit.events)
        self.unlock()
        self.locked(visit, False)
        self.keyboard(visit)
        self.desktop.key("p")
        visit.screen("paused")
        screens = [event["screen"] for event in visit.events if "screen" in event]
        self.assertEqual(screens, ["home", "technique", "paused"])
        self.assertFalse([e for e in visit.events[:before] if "setting" in e])
        self.quit(visit)
