#!/usr/bin/env python3
"""The man page and the program name the same options and the same ways.

Usage: manual.py ROOT PROGRAM [--self-test]
"""
import pathlib
import re
import subprocess
import sys


def ask(program, option):
    return subprocess.run([program, option], check=True, capture_output=True, text=True).stdout


def facts(program):
    """(options with what follows them, ids, keys) as the program prints them."""
    options = {}
    for match in re.finditer(r"^  (--[a-z-]+)(?: (\S+))?  ", ask(program, "--help"), re.MULTILINE):
        options[match[1]] = match[2] or ""
    ways = [line.split("\t") for line in ask(program, "--list").splitlines()]
    return options, {way[1] for way in ways}, {way[0] for way in ways}


def check(page, options, ids, keys):
    plain = page.replace("\\-", "-")
    documented = {}
    for match in re.finditer(r'^\.TP\n\.BI? (--[a-z-]+)(?: " ([^"]+)")?$', plain, re.MULTILINE):
        documented[match[1]] = match[2] or ""
    findings = [f"{name} is not in the man page" for name in sorted(options.keys() - documented)]
    findings += [f"{name} is not an option" for name in sorted(documented.keys() - options)]
    findings += [f"{name} takes {options[name] or 'nothing'}, not {documented[name] or 'nothing'}"
                 for name in sorted(options.keys() & documented)
                 if options[name] != documented[name]]
    named = set(re.findall(r'([a-z]+) " \(" ([0-9])', plain))
    if {name for name, _ in named} != ids or {key for _, key in named} != keys:
        findings.append(f"the ways are {sorted(ids)}, the man page names {sorted(named)}")
    return findings


def self_test(page, known):
    mutants = [page.replace("\\-\\-mute", "\\-\\-quiet"), page.replace('" PATH"', '" FILE"', 1),
               page.replace('yawn " (" 0', 'yawn " (" 9'),
               page.replace(".TP\n.B \\-\\-list\n", "", 1)]
    missed = sum(1 for mutant in mutants if mutant == page or not check(mutant, *known))
    print(f"{len(mutants)} planted faults, {missed} of them unnoticed")
    return missed


def main():
    root, program = [a for a in sys.argv[1:] if a != "--self-test"]
    page = (pathlib.Path(root) / "packaging/lacrima.1").read_text()
    known = facts(program)
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test(page, known) else 0)
    findings = check(page, *known)
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
