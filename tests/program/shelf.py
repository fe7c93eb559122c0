"""The shelf from the command line: what is put on it, how it is listed, and what is wrong in it."""

import os
import subprocess
import unittest

from run import BOUND_S, PROGRAM, Case

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
                    "78da63646060f80f00010401005fe5c34b0000000049454e44ae426082")
ADDS = 12


class Shelf(Case):
    def setUp(self):
        super().setUp()
        self.data = os.path.join(self.folder.name, "data")
        self.shelf = os.path.join(self.data, "shelf.ini")

    def add(self, *arguments, **named):
        return self.lacrima("--data-dir", self.data, "--shelf-add", *arguments, **named)

    def list(self):
        return self.lacrima("--data-dir", self.data, "--shelf").stdout.decode()

    def test_an_empty_shelf_says_how_to_fill_it(self):
        self.assertEqual(self.list(),
                         "Nothing is on the shelf. lacrima --shelf-add PATH puts it there.\n")
        self.assertFalse(os.path.exists(self.data))

    def test_what_is_put_there_is_listed(self):
        song = self.song("song.wav")
        text = self.path("poem.txt", "The boat came in late.\n")
        photos = self.path("lake")
        os.mkdir(photos)
        with open(os.path.join(photos, "1.png"), "wb") as file:
            file.write(PNG)
        self.add(song, "--from", "2:14", "--to", "3:05", "--word", "the drive home")
        self.add("poem.txt")
        self.add(photos + "/")
        self.assertEqual(self.list(),
                         f"song         {song}\n             from 2:14 to 3:05\n"
                         f"             the drive home\ntext         {text}\n"
                         f"photographs  {photos}\n")
        with open(self.shelf, encoding="utf-8") as file:
            content = file.read()
        self.assertIn(f"\n[song]\npath = {song}\nfrom = 2:14\nto = 3:05\nword = the drive home\n",
                      content)
        self.assertEqual(os.stat(self.shelf).st_mode & 0o777, 0o600)
        os.remove(song)
        self.assertIn("not there now; it stays on the shelf\n", self.list())
        self.assertIn("not there now", self.list())

    def test_the_usual_place_and_the_home_folder(self):
        os.mkdir(os.path.join(self.home, "a ; b"))
        song = self.song(os.path.join("home", "a ; b", "x.wav"))
        self.lacrima("--shelf-add", song)
        plain = self.song(os.path.join("home", "y.wav"))
        self.lacrima("--shelf-add", plain)
        self.assertEqual(self.lacrima("--shelf").stdout.decode(),
                         f"song         {song}\nsong         {plain}\n")
        with open(os.path.join(self.home, ".local/share/lacrima/shelf.ini"),
                  encoding="utf-8") as file:
            content = file.read()
        self.assertIn("path = ~/y.wav\n", content)
        self.assertIn("a%20%3B%20b/x.wav\n", content)

    def test_what_cannot_be_put_there(self):
        self.song("song.wav")
        self.path("odd.bin", bytes(range(256)) * 4)
        self.path("poem.txt", "Late.\n")
        for status, arguments, what in (
            (1, ["none.wav"], "none.wav: No such file or directory"),
            (1, ["odd.bin"], "odd.bin: "),
            (1, ["poem.txt", "--from", "0:10"], "--from and --to are for songs and films"),
            (1, ["song.wav", "--word", "a ; b"], "a ; b: the shelf's file cannot hold this word"),
            (1, ["song.wav", "--word", "x" * 200], "the word is too long"),
            (2, ["song.wav", "--from", "soon"], "--from soon: not understood, a time like 2:14"),
            (2, ["song.wav", "--from", "3:05", "--to", "2:14"], "--to: this is not at least 3 s"),
            (2, [], "--shelf-add: PATH is missing"),
        ):
            with self.subTest(arguments):
                lines = self.lines(self.add(*arguments, status=status))
                self.assertEqual(len(lines), 1)
                self.assertIn(what, lines[0])
        for arguments in (["--from", "1:00"], ["--to", "1:00"], ["--word", "x"]):
            lines = self.lines(self.lacrima(*arguments, status=2))
            self.assertEqual(lines, ["--from, --to and --word: only with --shelf-add PATH"])
        self.assertFalse(os.path.exists(self.shelf))

    def test_faults_are_said_and_nothing_is_lost(self):
        os.mkdir(self.data)
        mine = "# mine\n[song]\npath = /a.ogg\nfrom = later\n[song]\npath = /b.ogg\nmood = x\n"
        with open(self.shelf, "w", encoding="utf-8") as file:
            file.write(mine)
        faults = [f"{self.shelf}:4: from: later is no time like 2:14; the entry is set aside",
                  f"{self.shelf}:7: song.mood: there is no such key; it stays, and changes nothing"]
        done = self.lacrima("--data-dir", self.data, "--check-config", status=1)
        self.assertEqual(done.stdout.decode().splitlines(), faults)
        done = self.lacrima("--data-dir", self.data, "--shelf")
        self.assertEqual(self.lines(done), faults)
        self.assertEqual(done.stdout.decode(), "song         /b.ogg\n             not there now; it "
                         "stays on the shelf\n")
        self.add(self.song("c.wav"))
        with open(self.shelf, encoding="utf-8") as file:
            self.assertTrue(file.read().startswith(mine + "\n[song]\n"))

    def test_the_same_twice_is_one_entry(self):
        song = self.song("song.wav")
        self.add(song)
        self.assertEqual(self.lines(self.add("./song.wav")),
                         [f"{song}: it is on the shelf already"])
        self.assertEqual(self.list(), f"song         {song}\n")
        self.add(song, "--from", "0:05")
        self.add(song, "--word", "hers")
        self.assertEqual(self.list().count(song), 3)

    def test_copies_that_add_at_once_lose_nothing(self):
        songs = [self.song(f"{i}.wav") for i in range(ADDS)]
        running = [subprocess.Popen([PROGRAM, "--data-dir", self.data, "--shelf-add", song],
                                    env=self.environment(), stdin=subprocess.DEVNULL)
                   for song in songs]
        self.assertEqual([one.wait(BOUND_S) for one in running], [0] * ADDS)
        self.assertEqual(sorted(self.list().split()[1::2]), sorted(songs))

    def test_a_link_to_the_file_stays_one(self):
        os.mkdir(self.data)
        kept = self.path("dotfiles.ini", "# kept elsewhere\n")
        os.symlink(kept, self.shelf)
        self.add(self.song("a.wav"))
        self.assertTrue(os.path.islink(self.shelf))
        with open(kept, encoding="utf-8") as file:
            self.assertTrue(file.read().startswith("# kept elsewhere\n\n[song]\n"))


if __name__ == "__main__":
    unittest.main()
