"""The shelf in the ways: its songs and texts come first, and what is left out today comes back."""

import datetime
import json
import os
import unittest

from live import Visit
from run import BOUND_S, SMALL, Case

TIMES = 5


class Ways(Case):
    def setUp(self):
        super().setUp()
        self.data = os.path.join(self.folder.name, "data")
        os.mkdir(self.data)
        self.shelf = os.path.join(self.data, "shelf.ini")

    def keep(self, text):
        with open(self.shelf, "w", encoding="utf-8") as file:
            file.write(text)
        return text

    def content(self):
        with open(self.shelf, encoding="utf-8") as file:
            return file.read()

    def record(self, way, script, seconds):
        events = self.path("events.jsonl")
        done = self.lacrima(way, "--data-dir", self.data, "--render", "-", "--fps", 1, "--seconds",
                            seconds, "--events", events, "--script",
                            self.path("script.txt", script), *SMALL)
        with open(events, encoding="utf-8") as file:
            return [json.loads(line) for line in file], self.lines(done)

    def tracks(self, events):
        return [(e["t"], e["track"]) for e in events if "track" in e]

    def test_songs_play_their_parts_in_order(self):
        mine = self.keep(f"[song]\npath = {self.song('a.wav')}\nfrom = 0:05\nto = 0:12\n"
                         f"[song]\npath = {self.song('b.wav')}\n"
                         f"[song]\npath = {self.song('c.wav')}\nto = 4\n")
        events, said = self.record("music", "1 key Space\n", 40)
        self.assertEqual(said, [])
        # Each comes three seconds before the one before it is over.
        self.assertEqual(self.tracks(events), [(1, "a"), (5, "b"), (22, "c")])
        self.assertIn(26, [e["t"] for e in events if e.get("state") == "close"])
        self.assertEqual(self.content(), mine)

    def test_what_is_not_there_is_said_and_stays(self):
        gone = self.path("gone.md")
        mine = self.keep(f"[text]\npath = {gone}\nword = hers\n[song]\npath = {gone}.ogg\n"
                         f"[song]\npath = {self.song('b.wav')}\n")
        _, said = self.record("read", "1 key Space\n", 4)
        self.assertEqual(said, [f"{gone}: it is not there now; it stays on your shelf"])
        events, said = self.record("music", "1 key Space\n", 4)
        self.assertEqual(len(said), 1)
        self.assertTrue(said[0].startswith(f"{gone}.ogg: "), said)
        self.assertEqual([track for _, track in self.tracks(events)], ["b"])
        self.assertEqual(self.content(), mine)

    def test_not_today_in_a_recording_is_for_it_alone(self):
        mine = self.keep(f"[song]\npath = {self.song('a.wav')}\nnot_today = "
                         f"{datetime.date.today()}\n[song]\npath = {self.song('b.wav')}\n")
        events, _ = self.record("music", "1 key Space\n4 key K\n10 key Shift+K\n12 key Shift+N\n",
                                20)
        self.assertEqual([track for _, track in self.tracks(events)], ["a", "b", "a"])
        self.assertEqual([(e["t"], e["shelf"], e["value"]) for e in events if "shelf" in e],
                         [(4, "music", "not-today"), (10, "music", "all")])
        self.assertEqual(self.content(), mine)

    def visit(self, key=None):
        """The first that plays; the key is pressed meanwhile.  Where the program was kept waiting for so
        long that nothing played by then, it is begun again."""
        for _ in range(TIMES):
            visit = Visit(self, ["1 key Space", f"4 key {key or 'T'}", "7 key Ctrl+Q"], "music",
                          "--data-dir", self.data)
            visit.wait("its end", lambda: visit.find(screen="quit") is not None)
            status = visit.process.wait(BOUND_S)
            visit.close()
            self.assertEqual(status, 0, visit.said)
            self.assertEqual(visit.said, [])
            order = [name for event in visit.events for name in ("track", "shelf", "setting")
                     if name in event]
            if order[:1] == ["track"] and len(order) > 1:
                return self.tracks(visit.events)[0][1]
        self.fail(f"nothing played: {visit.events}")

    def test_not_today_is_kept_until_it_is_taken_back(self):
        mine = self.keep(f"; mine\n[song]\npath = {self.song('a.wav')}\nmood = x\n\n"
                         f"[song]\npath = {self.song('b.wav')}\n").replace("mood = x\n", "")
        self.keep(mine)
        before = datetime.date.today()
        self.assertEqual(self.visit("K"), "a")
        days = (before, datetime.date.today())
        self.assertIn(self.content(), [mine.replace("a.wav\n", f"a.wav\nnot_today = {day}\n")
                                       for day in days])
        if days[0] != days[1]:
            self.skipTest("it is midnight")
        first = self.visit("Shift+K")
        if before == datetime.date.today():
            self.assertEqual(first, "b")
            self.assertEqual(self.content(), mine)
        self.keep(mine.replace("a.wav\n", "a.wav\nnot_today = 2020-02-02\n"))
        self.assertEqual(self.visit(), "a")


if __name__ == "__main__":
    unittest.main()
