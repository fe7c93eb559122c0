"""The display server ends under a visit: the program says why it ends, and keeps what is kept."""

import glob
import os


class Losing:
    """Mixed into a Case with a desktop that says which process its server is."""

    def end_server(self):
        self.server().kill()
        self.server().wait()

    def kept(self, visit):
        """The letter that it leaves at the end of the server."""
        self.assertEqual(visit.leave(), 1)
        self.assertEqual(
            visit.said(), ["lacrima: The connection to the desktop is lost; the visit ends here."])
        paths = glob.glob(os.path.join(self.home, "letter-*.txt"))
        self.assertEqual(len(paths), 1)
        with open(paths[0], encoding="utf-8") as file:
            return file.read()


class Lost(Losing):
    def test_the_server_ends_under_a_letter(self):
        visit = self.at_home()
        self.to_letter(visit)
        self.desktop.keys(list("kept"))
        self.desktop.key("F2")  # the word has been typed before this is heard
        visit.expect(screen="people")
        self.end_server()
        self.assertEqual(self.kept(visit), "kept")
