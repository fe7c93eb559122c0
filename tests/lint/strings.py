#!/usr/bin/env python3
"""No pressure: no word of winning, losing, blame or counting in anything that can be shown.

The core holds every sentence of a visit, so the whole list holds there; the rest of the program
only speaks of files and devices, and may count them.
"""
import re

import lint

WINNING = [
    r"fail\w*", r"success\w*", r"succeed\w*", r"scor(?:e|es|ed|ing)", r"streaks?", r"goals?",
    r"should(?:n.t)?", r"try harder", r"well done", r"good (?:job|work)", r"great (?:job|work)",
    r"congrat\w*", r"achiev\w*", r"reward\w*", r"proud", r"personal best", r"you did it",
    r"keep it up", r"level up", r"give up", r"too (?:early|late|soon)", r"bravo", r"try again",
    r"nice(?:ly)? (?:done|work|try)", r"keep (?:going|trying|at it)", r"(?:almost|nearly) there",
]
BLAMING = [
    r"guilt\w*", r"shame\w*", r"asham\w*", r"blame\w*", r"lazy", r"laziness", r"disappoint\w*",
    r"your (?:own )?fault", r"not enough", r"still (?:no|not|nothing)", r"ought",
    r"(?<!don't )(?<!don’t )have to", r"you (?:have not|haven.t|did not|didn.t)",
]
COUNTING = [
    r"must\w*", r"progress\w*", r"record\w*", r"complet\w*", r"counts?(?! as\b)",
    r"count(?:ed|er|ers|ing)", r"targets?", r"times? in a row", r"finish\w*", r"best",
    r"better", r"worse", r"win(?:s|ner)?", r"los(?:e|t|er)", r"perfect\w*", r"exercises?",
    r"practi[cs]e\w*", r"improv\w*", r"perform\w*",
    r"wrong",
]
CORE = WINNING + BLAMING + COUNTING
FOLDERS = {"src/core": CORE, "include/lacrima/core": CORE}
OTHERS = ("app", "audio", "config", "editor", "film", "helplines", "journal", "photos",
          "platform", "reading", "render", "speech")
FOLDERS.update({f"src/{name}": WINNING for name in OTHERS})

LITERAL = re.compile(r'"((?:\\.|[^"\\\n])*)"')
ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]+|[0-7]{1,3}|.)")


def literals(text):
    """(offset, text) of every string, neighbours joined, include lines left out."""
    text = lint.without_comments(text)
    text = re.sub(r"^[ \t]*#[ \t]*include[^\n]*", "", text, flags=re.MULTILINE)
    text = re.sub(r"'(?:\\.|[^'\\\n])'", "0", text)
    joined, begin, end = "", None, None
    for match in LITERAL.finditer(text):
        if end is not None and text[end:match.start()].strip() == "":
            joined += match[1]
        else:
            if begin is not None:
                yield text, begin, joined
            joined, begin = match[1], match.start()
        end = match.end()
    if begin is not None:
        yield text, begin, joined


def check(root):
    findings = []
    for folder, words in FOLDERS.items():
        pattern = re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)
        for path in lint.c_files(root, folder):
            for text, offset, literal in literals(path.read_text()):
                plain = re.sub(r"\s+", " ", ESCAPE.sub(" ", literal))
                for match in pattern.finditer(plain):
                    findings.append(f"{path.relative_to(root)}:{lint.line_of(text, offset)}: "
                                    f'"{match[0]}" in "{plain}"')
    return findings


def planted(sentence, where="src/core/planted.c"):
    return where, f"static const char *const words[] = {{\n{sentence}\n}};\n"


MUTANTS = [
    planted('"You failed."'), planted('"A new record"'), planted('"3 days in your streak"'),
    planted('"You shou" /* cut */ "ld rest"'), planted('"Well\\ndone"'), planted('"WELL DONE"'),
    planted('"try\\n"\n"harder"'), planted('"Your progress"'), planted('"Breaths counted: %d"'),
    planted('"you must not blink"'), planted('"session complete"'), planted('"Congratulations"'),
    planted('"Reach your goal"'), planted('"Your score"'), planted('"Great job"'),
    planted("'\\\"', \"achieved\""), planted('"A success"', "src/app/planted.c"),
    planted('"the song failed"', "src/audio/planted.c"),
    planted('"You have to cry now"'), planted('"You haven’t cried yet"'),
    planted('"It is your own fault"'), planted('"Almost there, keep going"'),
    planted('"No need to feel guilty"'), planted('"Try again"', "src/app/planted.c"),
    ("include/lacrima/core/planted.h", '#define PLANTED "a streak"\n'),
]

if __name__ == "__main__":
    lint.run(check, MUTANTS)
