"""The pictures in docs/machines are of the machines that run: the text beside each is what
--describe prints, and the SVG has exactly its states and arrows, whichever Graphviz drew it."""

import html
import os
import re
import unittest

from run import Case

FOLDER = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "machines")
AGAIN = "scripts/machines draws it again"


def said(dot):
    """The states and arrows of a text of ours."""
    ends = re.findall(r'^  "([^"]*)"(?: -> "([^"]*)")? \[', dot, re.M)
    return {a + "->" + b if b else a for a, b in ends}


def drawn(svg):
    """The same of a picture, as Graphviz titles them."""
    groups = re.findall(r'class="(?:node|edge)">\s*<title>(.*?)</title>', svg, re.S)
    return {html.unescape(title) for title in groups}


class Machines(Case):
    def read(self, name):
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            return file.read()

    def test_every_way_is_drawn_as_it_runs(self):
        ids = [line.split("\t")[1] for line in
               self.lacrima("--list").stdout.decode().splitlines()]
        for end in (".dot", ".svg"):
            self.assertEqual(sorted(set(ids) - {name[:-len(end)] for name in os.listdir(FOLDER)
                                                if name.endswith(end)}), [], AGAIN)
        for name in ids:
            dot = self.read(name + ".dot")
            self.assertEqual(dot, self.lacrima("--describe", name).stdout.decode(), AGAIN)
            self.assertEqual(drawn(self.read(name + ".svg")), said(dot), AGAIN)
            self.assertGreater(len(said(dot)), 4)


if __name__ == "__main__":
    unittest.main()
