"""What leaves the program in talk: only at its key, only the person's own links, and no log says
to whom or what."""

import json
import os
import time
import unittest

from run import BOUND_S, SMALL, Case

LIVE = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
CONFIG = """[people]
Ana = mailto:ana@example.org, tel:+49 30 12-34
\u0622\u0646\u0627 = sms:+98 21 5
Eve = https://example.org/, file:///etc/passwd
[talk]
opener = A & B; "C" $HOME `id` 100 % \u00e4?
"""
WORDS = ("Ana", "ana@", "\u0622\u0646\u0627", "twenty", "advice", "4930", "friend")


def script(whom=(), need=(), how=(), then=()):
    """Every key a tenth of a second after the one before it; settle, whom, need and how are left by
    Space."""
    keys = ["Space", *whom, "Space", *need, "Space", *how, "Space", *then, "Ctrl+Q"]
    return "".join(f"{0.5 + 0.1 * i:.1f} key {key}\n" for i, key in enumerate(keys))


class Asking(Case):
    def setUp(self):
        super().setUp()
        self.tools = self.path("tools")
        os.mkdir(self.tools)
        self.opened = self.path("opened.txt")
        self.opener('printf "%s\\n" "$#" "$@" >>"' + self.opened + '"')

    def opener(self, does):
        """The desktop's own opener, which may outlive the program."""
        path = os.path.join(self.tools, "xdg-open")
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n" + does + "\n")
        os.chmod(path, 0o755)

    def visit(self, text, *arguments, path=None):
        log = self.path("events.jsonl")
        done = self.lacrima("talk", "--config", self.path("people.ini", CONFIG), "--script",
                            self.path("script.txt", text), "--events", log, "--seconds", 20,
                            *SMALL, *arguments, env={
                                **LIVE, "PATH": path or self.tools + ":" + os.environ["PATH"]})
        with open(log, encoding="utf-8") as file:
            text = file.read()
        for word in WORDS:
            self.assertNotIn(word, text)
        events = [json.loads(line) for line in text.splitlines()]
        self.assertIn("ask", [event.get("state") for event in events])
        lines = [line for line in self.lines(done) if "people.Eve" not in line]
        return lines, [event for event in events if "link" in event or "clipboard" in event]

    def links(self, count=0):
        """What was opened, once it is so many links."""
        limit = time.monotonic() + BOUND_S
        lines = []
        while True:
            if os.path.exists(self.opened):
                with open(self.opened, encoding="utf-8") as file:
                    lines = file.read().splitlines()
            if len(lines) >= 2 * count:
                break
            self.assertLess(time.monotonic(), limit, lines)
            os.sched_yield()
        self.assertTrue(all(number == "1" for number in lines[::2]), lines)
        return lines[1::2]

    def test_nothing_is_opened_without_the_key(self):
        then = ("Ctrl+C", "Return", "K", "Escape", "Escape")
        for how in ((), ("Down",), ("Up",)):
            lines, left = self.visit(script(how=how, then=then))
            self.assertEqual(lines, [])
            self.assertEqual([sorted(event)[0] for event in left], ["clipboard"])
            self.assertEqual(self.links(), [])

    def test_a_message_carries_the_sentence(self):
        lines, left = self.visit(script(how=["Down"], then=["O"]))
        self.assertEqual(lines, [])
        self.assertEqual([event["link"] for event in left], ["mailto"])
        self.assertEqual(self.links(1), [
            "mailto:ana@example.org?body=Ana%2C%20have%20you%20twenty%20minutes%20for%20me%20"
            "today%3F%20I%20don%E2%80%99t%20need%20advice%2C%20only%20an%20ear."])

    def test_a_call_carries_none(self):
        _, left = self.visit(script(how=["Up"], then=["O"]))
        self.assertEqual([event["link"] for event in left], ["tel"])
        self.assertEqual(self.links(1), ["tel:+49301234"])

    def test_an_opener_of_ones_own_goes_as_it_is(self):
        _, left = self.visit(script(whom=["Down"], need=["Up"], how=["Down"], then=["O"]))
        self.assertEqual([event["link"] for event in left], ["sms"])
        self.assertEqual(self.links(1), [
            "sms:+98215?body=A%20%26%20B%3B%20%22C%22%20%24HOME%20%60id%60%20100%20%25%20%C3%A4"
            "%3F"])

    def test_whoever_has_no_such_link_is_only_spoken_to(self):
        for whom, how in ((("Down",), ("Up",)), (("Down", "Down"), ("Down",)),
                          (("Down", "Down", "Down"), ("Up",))):
            lines, left = self.visit(script(whom=whom, how=how, then=["O"]))
            self.assertEqual((lines, left, self.links()), ([], [], []))

    def test_a_desktop_without_an_opener(self):
        lines, left = self.visit(script(how=["Up"], then=["O"]), path=self.path("nothing"))
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("xdg-utils", lines[0])
        self.assertEqual([event["link"] for event in left], ["tel"])

    def test_an_opener_that_finds_no_program(self):
        self.opener("echo nobody opens $1; echo nobody opens $1 >&2; exit 3")
        text = script(how=["Up"], then=["O"]).replace("Ctrl+Q", "P") + "6 key Ctrl+Q\n"
        lines, _ = self.visit(text)
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("no program for it", lines[0])

    def test_a_recording_opens_nothing(self):
        _, left = self.visit(script(how=["Up"], then=["O", "Ctrl+C"]), "--render",
                             self.path("out"), "--fps", 1)
        self.assertEqual(len(left), 2)
        self.assertEqual(self.links(), [])

    def test_nothing_of_it_is_kept(self):
        self.visit(script(whom=["Down"], how=["Down"], then=["Ctrl+C"]))
        self.assertEqual(os.listdir(self.home), [])


if __name__ == "__main__":
    unittest.main()
