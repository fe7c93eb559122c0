"""Whether the screen may blank: not in a visit, but at home, in a pause and after a crash.
The desktop here blanks after a second without a key.
What a Case brings: blanked(), whether the screen is blank now.
"""

from desk import poll_until

LOOK_S = 0.1
BLANK_BOUND_S = 90  # after one second; this machine may stand still


class Awake:
    """Mixed into a Case whose desktop can blank its screen."""

    def poll(self, visit, what, blanked):
        def look():
            visit.listen(LOOK_S)
            return self.blanked() == blanked
        poll_until(what, look, BLANK_BOUND_S)

    def blanks(self, visit):
        self.poll(visit, "the screen blanks", True)

    def is_on(self, visit):
        self.poll(visit, "the screen is on", False)

    def stays_on(self, visit, *states):
        """Through these, which take longer than the desktop waits."""
        for state in states:
            visit.state("yawn", state)
            self.assertFalse(self.blanked(), state)

    def test_on_in_a_visit_and_not_in_a_pause_or_after_a_crash(self):
        visit = self.at_home()
        self.blanks(visit)
        self.desktop.key("0")
        visit.screen("technique")
        self.desktop.key("space")
        visit.state("yawn", "in")
        self.is_on(visit)
        self.stays_on(visit, "wide")
        self.desktop.key("p")
        visit.screen("paused")
        self.blanks(visit)
        self.desktop.key("p")
        visit.screen("technique")
        self.is_on(visit)
        self.stays_on(visit, "out", "between")
        visit.process.kill()
        visit.process.wait()
        self.blanks(visit)
