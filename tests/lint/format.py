#!/usr/bin/env python3
"""The C sources are as clang-format writes them.  Exits 77 (skipped) where there is none."""
import shutil
import subprocess
import sys

import lint


def check(root):
    files = [str(path) for path in lint.c_files(root, "include", "src", "tests")]
    done = subprocess.run(["clang-format", "--dry-run", "--style=file:" + STYLE, *files],
                          capture_output=True, text=True, check=False, cwd=root)
    return [line for line in done.stderr.splitlines() if ": warning:" in line or "rror" in line]


MUTANTS = [
    ("src/core/planted.c", "int  f( void ){return 1;}\n"),
    ("include/lacrima/planted.h", "  int a;\n"),
]

if __name__ == "__main__":
    if shutil.which("clang-format") is None:
        print("no clang-format here")
        sys.exit(77)
    STYLE = sys.argv[1] + "/.clang-format"
    lint.run(check, MUTANTS)
