"""What the lints share: finding files, reading C without its comments, and proving that a lint can
fail.

Every lint is a function check(root) that returns its findings as lines; run(check, mutants) is its
main program.  `lint.py-using-script ROOT` prints the findings and exits 1 if there are any.  With
--self-test it plants each mutant in a copy of the tree and exits 1 if one of them goes unnoticed.
"""
import functools
import pathlib
import re
import shutil
import sys
import tempfile

SOURCE_FOLDERS = ("include", "src", "tests", "scripts", "shaders")


def c_files(root, *folders):
    """Every .c and .h below the folders, in order."""
    found = []
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".c", ".h") and path.is_file():
                found.append(path)
    return found


TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def _blank(text):
    """The same number of lines, and nothing else."""
    return "\n" * text.count("\n") or " "


# Kept, because a self-test reads the whole tree once for each planted fault.
@functools.cache
def without_comments(text):
    return TOKEN.sub(lambda m: _blank(m[0]) if m[0].startswith("/") else m[0], text)


@functools.cache
def without_comments_and_strings(text):
    return TOKEN.sub(lambda m: _blank(m[0]) if m[0].startswith("/") else '""', text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def copy_tree(root, folder):
    for name in SOURCE_FOLDERS:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name,
                            ignore=shutil.ignore_patterns("__pycache__"))


def _self_test(root, check, mutants):
    missed = []
    with tempfile.TemporaryDirectory() as name:
        copy = pathlib.Path(name)
        copy_tree(root, copy)
        for path, text in mutants:
            target = copy / path
            folder_was_there = target.parent.is_dir()
            before = target.read_bytes() if target.is_file() else None
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            if not any(path in finding for finding in check(copy)):
                missed.append(f"not noticed in {path}: {text!r}")
            if before is not None:
                target.write_bytes(before)
            elif folder_was_there:
                target.unlink()
            else:
                shutil.rmtree(target.parent)
    print(f"{len(mutants)} planted faults, {len(missed)} of them unnoticed")
    return missed


def run(check, mutants):
    arguments = [a for a in sys.argv[1:] if a != "--self-test"]
    root = pathlib.Path(arguments[0]).resolve()
    findings = _self_test(root, check, mutants) if "--self-test" in sys.argv else check(root)
    for finding in findings:
        print(finding)
    if not mutants:
        sys.exit("a lint without a mutant proves nothing")
    sys.exit(1 if findings else 0)
