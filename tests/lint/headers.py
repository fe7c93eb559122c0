#!/usr/bin/env python3
"""Every public header compiles alone, and twice in one file, with every warning an error.

Usage: headers.py ROOT CC [--self-test]
"""
import pathlib
import subprocess
import sys
import tempfile

FLAGS = ["-std=c17", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
         "-Wshadow", "-Wmissing-prototypes", "-Wstrict-prototypes", "-Wvla", "-Wundef",
         "-Wformat=2", "-Wswitch-enum", "-Werror", "-fsyntax-only", "-x", "c"]


def check(include, cc):
    findings = []
    headers = sorted(include.rglob("*.h"))
    if not headers:
        findings.append(f"{include}: no headers")
    for header in headers:
        name = header.relative_to(include)
        # The declaration keeps a header of macros from being an empty file.
        text = f'#include "{name}"\n' * 2 + "extern int one_declaration;\n"
        done = subprocess.run([cc, *FLAGS, f"-I{include}", "-"], input=text, text=True,
                              capture_output=True, check=False)
        if done.returncode != 0:
            findings.append(f"{name}: does not compile alone:\n{done.stderr}")
    return findings


def self_test(cc):
    mutants = [
        "#ifndef PLANTED_H\n#define PLANTED_H\nbool f(void);\n#endif\n",
        "struct planted {\n    int a;\n};\n",
        "#ifndef PLANTED_H\n#define PLANTED_H\nint f();\n#endif\n",
    ]
    missed = []
    for text in mutants:
        with tempfile.TemporaryDirectory() as name:
            (pathlib.Path(name) / "planted.h").write_text(text)
            if not check(pathlib.Path(name), cc):
                missed.append(f"not noticed: {text!r}")
    print(f"{len(mutants)} planted faults, {len(missed)} of them unnoticed")
    return missed


def main():
    root, cc = [a for a in sys.argv[1:] if a != "--self-test"]
    findings = (self_test(cc) if "--self-test" in sys.argv
                else check(pathlib.Path(root) / "include", cc))
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
