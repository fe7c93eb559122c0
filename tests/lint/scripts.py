#!/usr/bin/env python3
"""Every script can be read by its own interpreter, and shell scripts by shellcheck where there is
one."""
import ast
import re
import shutil
import subprocess

import lint

PLACES = ("scripts", ".ci", "tests", "packaging")


def interpreter(path):
    try:
        first = path.open(encoding="utf-8").readline()
    except UnicodeDecodeError:
        return ""
    named = re.match(r"#!.*[/ ](python3?|bash|sh)\s*$", first)
    if named:
        return "python" if named[1].startswith("python") else "sh"
    return "python" if path.suffix == ".py" else "sh" if path.suffix == ".sh" else ""


def check_shell(path):
    commands = [["bash", "-n", str(path)]]
    if shutil.which("shellcheck"):
        commands.append(["shellcheck", "-S", "warning", "-s", "bash", str(path)])
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            yield (done.stdout + done.stderr).strip()


def check_python(path):
    try:
        ast.parse(path.read_text(), str(path))
    except SyntaxError as error:
        yield str(error)


def check(root):
    findings = []
    for place in PLACES:
        for path in sorted((root / place).rglob("*")):
            if not path.is_file():
                continue
            kind = interpreter(path)
            said = {"sh": check_shell, "python": check_python}.get(kind, lambda _: [])(path)
            findings += [f"{path.relative_to(root)}: {line}" for line in said]
    return findings


MUTANTS = [
    ("scripts/planted", "#!/usr/bin/env bash\nif true; then echo\n"),
    ("scripts/planted.sh", "case x in\n"),
    ("tests/lint/planted.py", "def f(:\n"),
    ("scripts/planted2", "#!/usr/bin/env python3\nprint('a'\n"),
]

if __name__ == "__main__":
    lint.run(check, MUTANTS)
