"""What is shown, spoken by a Speech Dispatcher of the test's own, which writes it down."""

import json
import os
import select
import signal
import subprocess
import sys
import time
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "no_speechd"

from live import PATIENCE_S, Visit  # noqa: E402
from run import SMALL, Case  # noqa: E402

SERVER = """LogLevel 5
LogDir "{log}"
Timeout 0
AudioOutputMethod "alsa"
AddModule "paper" "sd_generic" "paper.conf"
DefaultModule paper
"""
# A whole prompt is one call, which "speaks" until it is broken off.
MODULE = """GenericExecuteSynth "exec {speak} '$VOICE' '$DATA'"
AddVoice "en" "MALE1" "english"
GenericLanguage "en" "en" "utf-8"
GenericMaxChunkLength 10000
GenericDelimiters "@"
"""
SPEAK = """#!/bin/sh
printf '%s\\t%s\\t%s\\n' "$$" "$1" "$2" >> {said}
exec tail -f /dev/null
"""
ALL_ON = ("0.6 key V", "1.2 key V")
SECRET = "Zebrafink"


class Voice(Case):
    def setUp(self):
        super().setUp()
        self.said_path = self.path("said")
        speak = self.path("speak", SPEAK.format(said=self.said_path))
        os.chmod(speak, 0o700)
        self.config = os.path.join(self.home, ".config", "speech-dispatcher")
        os.makedirs(os.path.join(self.config, "modules"))
        self.log = self.path("log")
        os.mkdir(self.log)
        self.configure(SERVER)
        with open(os.path.join(self.config, "modules", "paper.conf"), "w", encoding="utf-8") as file:
            file.write(MODULE.format(speak=speak))
        with open(os.path.join(self.home, ".asoundrc"), "w", encoding="utf-8") as file:
            file.write("pcm.!default { type null }\nctl.!default { type null }\n")
        self.addCleanup(self.end_speakers)

    def configure(self, text):
        with open(os.path.join(self.config, "speechd.conf"), "w", encoding="utf-8") as file:
            file.write(text.format(log=self.log))

    def until(self, what, found):
        """Waits for something that no event tells."""
        end = time.monotonic() + PATIENCE_S
        while not found():
            self.assertLess(time.monotonic(), end, f"waited in vain for {what}")
            select.select([], [], [], 0.02)

    def serve(self):
        socket = os.path.join(self.folder.name, "speech-dispatcher", "speechd.sock")
        os.makedirs(os.path.dirname(socket), exist_ok=True)
        if os.path.exists(socket):
            os.unlink(socket)
        server = subprocess.Popen(
            ["speech-dispatcher", "--run-single", "--config-dir", self.config,
             "--communication-method", "unix_socket", "--socket-path", socket, "--timeout", "0",
             "--pid-file", self.path("pid")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=self.environment())
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.until("the server", lambda: os.path.exists(socket))
        return server

    def spoken(self):
        """What was begun to be said: (process, voice, words)."""
        try:
            with open(self.said_path, encoding="utf-8") as file:
                lines = [line for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []
        return [tuple(line.rstrip("\n").split("\t")) for line in lines]

    def words(self):
        return [words for _, _, words in self.spoken()]

    def end_speakers(self):
        for process, _, _ in self.spoken():
            if self.speaks(process):
                os.kill(int(process), signal.SIGKILL)

    def speaks(self, process):
        try:
            with open(f"/proc/{process}/cmdline", "rb") as file:
                return file.read() == b"tail\x00-f\x00/dev/null\x00"
        except FileNotFoundError:
            return False

    def visit(self, lines, *arguments, **named):
        visit = Visit(self, lines, *arguments, **named)
        self.addCleanup(visit.close)
        return visit

    def hear(self, visit, *wanted):
        """Waits until all of these have been begun, in this order."""
        def heard():
            visit.read(0.02)
            rest = iter(self.words())
            return all(any(words == one for words in rest) for one in wanted)
        self.until(f"{wanted}; said: {self.words()}; {visit.events} {visit.said}", heard)

    def leave(self, visit, said=()):
        visit.process.send_signal(signal.SIGTERM)
        while visit.read(PATIENCE_S):
            continue
        self.assertEqual(visit.process.wait(PATIENCE_S), 0, visit.said)
        self.assertEqual(len(visit.said), len(said), visit.said)
        for line, part in zip(visit.said, said):
            self.assertIn(part, line)

    def follows_events(self, visit):
        """Nothing is said that --events has not announced, and in its order."""
        announced = iter([event["say"] for event in visit.events if "say" in event])
        for words in self.words():
            self.assertTrue(any(one == words for one in announced), (words, visit.events))

    def test_a_breath_is_said_as_it_turns(self):
        self.serve()
        visit = self.visit(["0.6 key Space", "1.2 key Right"], "breathe", "--voice", "--breath",
                           "1.5-0-1.5-0")
        self.hear(visit, "In", "Out", "In", "Out")
        voices = {voice for _, voice, _ in self.spoken()}
        self.assertEqual(voices, {"english"})
        last = self.spoken()[-1][0]
        self.leave(visit)
        self.follows_events(visit)
        self.until("silence after the visit", lambda: not self.speaks(last))

    def test_eyes_closed(self):
        """Each waits for its turn: a prompt that another has replaced is said in the next round."""
        self.serve()
        steps = ["key 3", "key Space", "key Escape", "key G", "key Space", "key Escape", "key P", "key 0",
                 "key Space", "key Escape", "key Escape"]
        lines = list(ALL_ON)
        for i in range(10 * len(steps)):
            lines.append(f"{2 + i * 1.5:.1f} {steps[i % len(steps)]}")
        visit = self.visit(lines)
        for wanted in ("In ten seconds it is dark here, and the walk begins. Two bells half way, "
                       "three at the end. There is no hurry back.",
                       "Coming back, slowly. Let each breath out be a little longer than the breath in.",
                       "Five things you can see. Say what they are, aloud or to yourself.",
                       "In, wide open"):
            self.hear(visit, wanted)
        self.leave(visit)
        self.follows_events(visit)

    def test_off_and_behind_the_curtain_nothing_is_said(self):
        self.serve()
        visit = self.visit(["0.6 key Escape", "2 key C", "3 key Space", "3.5 key Space", "5 key Return",
                            "6 key Down", "6.6 key Escape", "8 key V", "9 key P", "10 key L"], "--voice")
        visit.wait("the end", lambda: visit.find(setting="palette") is not None)
        self.leave(visit)
        for wanted in ({"screen": "curtain"}, {"screen": "let-go"}, {"setting": "voice"}):
            at = visit.events.index(visit.find(**wanted))
            says = [event["say"] for event in visit.events[at:] if "say" in event]
            self.assertEqual(says[0], "", (wanted, visit.events))
        self.assertEqual(says, [""], "after V nothing more is said")
        self.assertIsNotNone(visit.find(say="Space: stay. Esc: come back slowly"))
        for process, _, _ in self.spoken():
            self.until("silence", lambda: not self.speaks(process))

    def test_the_curtain_breaks_off_what_is_being_said(self):
        self.serve()
        visit = self.visit(["4 key C"], "--voice")
        visit.wait("the curtain", lambda: visit.find(screen="curtain") is not None)
        self.until("silence behind it", lambda: visit.read(0.02) and
                   not any(self.speaks(process) for process, _, _ in self.spoken()))
        self.leave(visit)

    def test_a_letter_is_never_said(self):
        self.serve()
        keys = ["1 key Space", "2.5 key Space", f'4 text "{SECRET} {SECRET}"', "5 key Return",
                f'5.2 text "{SECRET}"', "6 key Escape", "7 key G"]
        visit = self.visit(keys, "write", "--voice")
        self.until("the ground", lambda: visit.read(0.02) and
                   any(words.startswith("Eyes open.") for words in self.words()))
        self.leave(visit)
        # Something of it was said, and the log of the server holds all that it was told.
        log = b""
        for name in os.listdir(self.log):
            with open(os.path.join(self.log, name), "rb") as file:
                log += file.read()
        self.assertIn(b"Eyes open.", log)
        self.assertTrue(any("Let it go" in event.get("say", "") for event in visit.events))
        for text in (log.decode(errors="replace"), json.dumps(visit.events), str(self.words())):
            self.assertNotIn(SECRET.lower(), text.lower())

    def test_a_server_that_goes_is_said_once_and_comes_back(self):
        self.configure(SERVER + "DisableAutoSpawn\n")
        server = self.serve()
        lines = [*ALL_ON, *(f"{3 + i} key Down" for i in range(7)),
                 *(f"{11 + i} key V" for i in range(200))]
        visit = self.visit(lines)
        self.until("home", lambda: visit.read(0.02) and self.words())
        server.kill()
        server.wait()
        visit.wait("the line", lambda: visit.said)
        before = len(self.spoken())
        self.serve()
        self.until("the voice again", lambda: visit.read(0.02) and len(self.spoken()) > before)
        self.assertIn("the voice is gone", visit.said[0])
        # V may have come round before there was a server again.
        for line in visit.said[1:]:
            self.assertIn("Speech Dispatcher does not start", line)
        self.leave(visit, said=[""] * len(visit.said))

    def test_no_server(self):
        self.configure(SERVER + "DisableAutoSpawn\n")
        visit = self.visit(["0.6 key Space", "1.2 key Right"], "breathe", "--voice", "--breath",
                           "1.5-0-1.5-0")
        visit.wait("the line", lambda: visit.said)
        count = len(visit.events)
        visit.wait("breaths", lambda: sum(e.get("state") == "out" for e in visit.events[count:]) > 1)
        self.leave(visit, said=["Speech Dispatcher does not start"])

    def test_the_server_is_started_and_its_library_may_be_missing(self):
        self.configure(SERVER.replace("Timeout 0", "Timeout 1"))
        visit = self.visit([], "--voice")
        self.until("home", lambda: visit.read(0.02) and self.words())
        self.leave(visit)
        visit = self.visit([], "--voice", env={"LD_PRELOAD": SHIM}, name="none.txt")
        visit.wait("the line", lambda: visit.said)
        self.leave(visit, said=["Speech Dispatcher is not here"])

    def test_a_recording_is_silent_and_says_what_would_be_said(self):
        events = self.path("events")
        script = self.path("go.txt", "0.6 key Space\n1 key T\n")
        self.lacrima("yawn", "--voice", "--render", "-", "--fps", 2, "--seconds", 8, "--script",
                     script, "--events", events, *SMALL)
        with open(events, encoding="utf-8") as file:
            said = [(e["t"], e["say"]) for e in map(json.loads, file) if "say" in e]
        self.assertTrue(said[0][1].startswith("Yawning. Open your mouth"), said)
        self.assertEqual(said[1:], [(0.6, "In, wide open"), (1.0, "Words off"), (3.1, "wide"),
                                    (4.1, "and out"), (6.6, "")])
        self.lacrima("yawn", "--voice", "--mute", "--render", "-", "--fps", 2, "--seconds", 8,
                     "--script", script, "--events", events, *SMALL)
        with open(events, encoding="utf-8") as file:
            self.assertNotIn('"say"', file.read())


if __name__ == "__main__":
    unittest.main()
