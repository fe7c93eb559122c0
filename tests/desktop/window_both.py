"""What happens to the window and the process, the same under X11 and Wayland."""

import glob
import os
import signal
import time

from desk import poll_until

BURST = 300
STOP_S = 3        # a stop shorter than 2 s is a hiccup
LATE_S = 4         # how much later than its time an event may be heard on a busy machine


def drawing_threads(visit):
    """Of Mesa, which draws in software."""
    names = []
    for path in glob.glob(f"/proc/{visit.process.pid}/task/*/comm"):
        with open(path, encoding="utf-8") as file:
            names.append(file.read())
    return sum(name.startswith("llvmpipe") for name in names)


class Windows:
    """Mixed into a Case with a desktop."""

    def test_one_thread_draws_what_is_not_large(self):
        several = os.cpu_count() > 1
        for more, size, wanted in ((False, "640x400", {}), (several, "2560x1600", {}),
                                   (True, "640x400", {"LP_NUM_THREADS": "2"})):
            visit = self.start("--windowed", "--size", size, LIBGL_ALWAYS_SOFTWARE="1", **wanted)
            self.assertEqual(drawing_threads(visit) > 1, more)
            visit.process.send_signal(signal.SIGTERM)
            self.assertEqual(visit.leave(), 0)

    def test_signals_leave_softly(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            visit = self.at_home()
            visit.process.send_signal(number)
            visit.expect(screen="quit")
            self.assertEqual(visit.leave(), 0)
            self.assertEqual(visit.said(), [])

    def test_the_window_is_closed(self):
        visit = self.at_home()
        self.desktop.close_window()
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)

    def test_a_stopped_process_pauses(self):
        visit = self.at_home()
        self.desktop.key("1")
        visit.screen("technique")
        self.desktop.key("space")
        visit.state("stare", "hold")
        visit.process.send_signal(signal.SIGSTOP)
        visit.listen(STOP_S)
        visit.process.send_signal(signal.SIGCONT)
        visit.screen("paused")
        self.desktop.key("p")
        visit.screen("technique")
        # What was left of the hold is still to come: nothing of the stop was counted.
        self.assertFalse([e for e in visit.events if e.get("state") == "rest"])
        self.quit(visit)

    def test_a_stop_amid_keys_pauses(self):
        visit = self.at_home()
        self.desktop.key("1")
        visit.screen("technique")
        self.desktop.key("space")
        visit.state("stare", "hold")
        # So many that the stop comes while some are heard and others wait.
        self.desktop.keys(["x"] * BURST)
        visit.expect(setting="fixation")
        visit.process.send_signal(signal.SIGSTOP)
        visit.listen(STOP_S)
        visit.process.send_signal(signal.SIGCONT)
        visit.screen("paused")
        self.quit(visit)

    def test_a_hidden_window_stops_nothing(self):
        visit = self.at_home()
        self.desktop.key("0")
        visit.screen("technique")
        self.desktop.key("space")
        began = visit.state("yawn", "in")["t"]
        heard = time.monotonic()
        self.desktop.hide()
        for state, after in (("wide", 2.5), ("out", 3.5), ("between", 6)):
            self.assertAlmostEqual(visit.state("yawn", state)["t"], began + after, delta=0.002)
            self.assertAlmostEqual(time.monotonic(), heard + after, delta=LATE_S)
        self.desktop.unhide()
        self.keyboard(visit)
        self.quit(visit)

    def test_a_display_that_is_not_there_is_one_line(self):
        visit = self.start("--display", "nosuch")
        self.assertEqual(len(visit.said()), 1)
        self.assertIn("no display \"nosuch\"", visit.said()[0])
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)

    def test_the_display_by_number_is_no_line(self):
        visit = self.start("--display", "0")
        self.quit(visit)

    def test_no_opengl_says_what_to_install(self):
        visit = self.start(shown=False, MESA_GL_VERSION_OVERRIDE="2.1",
                           MESA_GLES_VERSION_OVERRIDE="2.0")
        self.assertEqual(visit.leave(), 1)
        self.assertEqual(visit.events, [])
        self.assertEqual(len(visit.said()), 1, visit.said())
        self.assertIn("libgl1-mesa-dri", visit.said()[0])

    def test_opengl_es_where_there_is_no_other(self):
        visit = self.start(MESA_GL_VERSION_OVERRIDE="2.1")
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))
        self.quit(visit)

    def bare_field(self):
        visit = self.at_home()
        self.desktop.key("Return")
        visit.screen("let-go")
        poll_until("a bare field", lambda: self.desktop.picture().plain())
        return visit

    def stirred(self):
        """Whether the pointer is seen just after it has moved; it is gone two seconds later."""
        self.desktop.point(200, 200)
        self.desktop.point(240, 200)
        return self.desktop.pointer_seen()

    def test_the_pointer_rests(self):
        visit = self.bare_field()
        poll_until("no pointer", lambda: not self.desktop.pointer_seen())
        poll_until("the pointer", self.stirred)
        poll_until("its rest", lambda: not self.desktop.pointer_seen())
        self.quit(visit)

    def test_the_pointer_is_there_on_the_curtain(self):
        visit = self.bare_field()
        poll_until("the pointer", self.stirred)
        poll_until("its rest", lambda: not self.desktop.pointer_seen())
        self.desktop.key("c")
        visit.screen("curtain")
        poll_until("the pointer", self.desktop.pointer_seen)
        self.assertTrue(self.desktop.picture().plain(pointer=True))
        self.quit(visit)

    def test_a_window_of_its_size(self):
        visit = self.start("--windowed", "--size", "640x400")
        poll_until("a window", lambda: not self.covered())
        self.quit(visit)
