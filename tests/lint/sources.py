#!/usr/bin/env python3
"""Size and habits of the sources: short files and functions, no sleeping test, no microphone,
nothing left for later."""
import re

import lint

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 59

SLEEPS = re.compile(r"\b(?:sleep|usleep|nanosleep|clock_nanosleep|thrd_sleep|SDL_Delay|"
                    r"SDL_WaitEventTimeout|g_usleep)\s*\(")
SCRIPT_SLEEPS = re.compile(r"\btime\.sleep\s*\(|\bsleep[ \t]+[0-9.$\"]")
CAPTURE = re.compile(
    r"\bSDL_OpenAudio\s*\("
    r"|\bSDL_OpenAudioDevice\s*\((?:[^,]*),\s*(?!0\s*,|SDL_FALSE\s*,)"
    r"|\bSDL_GetNumAudioDevices\s*\(\s*(?!0\s*\)|SDL_FALSE\s*\))"
    r"|\b(?:snd_pcm_open|pa_stream_connect_record|pa_simple_new|alcCaptureOpenDevice)\b"
    r"|/dev/(?:video|snd)")
# The desktop's own mode is the only one; another would move every window of the person's.
MODE_SWITCH = re.compile(r"\bSDL_WINDOW_FULLSCREEN\b(?!\s*\)\s*[!=]=)|\bSDL_SetWindowDisplayMode\s*\("
                         r"|\bXRRSetCrtcConfig\b")
# What other players listen to; they play on, whatever sounds here, but where music asks for room.
OTHER_PLAYERS = re.compile(r"org\.mpris|\bpa_context_set_sink_input|\bpa_context_(?:kill|set_sink)"
                           r"|media\.role")
PLAYERS_FILE = "src/platform/players.c"
LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|\bnot (?:yet )?implemented\b", re.IGNORECASE)
TEXT_SUFFIXES = {".c", ".h", ".py", ".sh", ".txt", ".glsl", ".cmake", ".md", ""}


def functions(text):
    """(first line, length) of every function: by the project's format a body begins with a brace
    alone in the first column and ends with one."""
    begin = None
    for number, line in enumerate(text.split("\n"), 1):
        if line == "{":
            begin = number
        elif line == "}" and begin is not None:
            yield begin, number - begin + 1
            begin = None


def check_sizes(name, text):
    bodies = list(functions(text))
    lines = text.count("\n")
    # A file of tables alone may be as long as its table.
    if bodies and lines > FILE_LINES_MAX:
        yield f"{name}: {lines} lines, more than {FILE_LINES_MAX}"
    for begin, length in bodies:
        if length > FUNCTION_LINES_MAX:
            yield f"{name}:{begin}: a function of {length} lines"


def is_test(name):
    """The benchmark waits for a program to settle, and is no test."""
    return name.startswith("tests/") and not name.startswith("tests/bench/")


def check_calls(name, text):
    code = lint.without_comments(text)
    for match in CAPTURE.finditer(code):
        yield f"{name}:{lint.line_of(code, match.start())}: opens what listens or looks"
    if name.startswith("src/"):
        for match in MODE_SWITCH.finditer(code):
            yield f"{name}:{lint.line_of(code, match.start())}: switches the video mode"
        for match in () if name == PLAYERS_FILE else OTHER_PLAYERS.finditer(code):
            yield f"{name}:{lint.line_of(code, match.start())}: speaks to other players"
    if is_test(name):
        for match in SLEEPS.finditer(lint.without_comments_and_strings(text)):
            yield f"{name}:{lint.line_of(code, match.start())}: a test that sleeps"


def text_files(root):
    for folder in lint.SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in TEXT_SUFFIXES and "lint" not in path.parts:
                yield path


def check(root):
    findings = []
    for path in lint.c_files(root, "include", "src", "tests"):
        name = str(path.relative_to(root))
        text = path.read_text()
        findings += check_sizes(name, text)
        findings += check_calls(name, text)
    for path in text_files(root):
        text = path.read_text(errors="replace")
        for match in LATER.finditer(text):
            findings.append(f"{path.relative_to(root)}:{lint.line_of(text, match.start())}: "
                            f"left for later: {match[0]}")
        if path.suffix not in (".c", ".h", ".md") and is_test(str(path.relative_to(root))):
            for match in SCRIPT_SLEEPS.finditer(text):
                findings.append(f"{path.relative_to(root)}:{lint.line_of(text, match.start())}: "
                                f"a test that sleeps")
    return findings


MUTANTS = [
    ("src/core/planted.c", "void f(void)\n{\n" + "    g();\n" * 58 + "}\n"),
    ("src/core/planted.c", "/* */\n" * 500 + "void f(void)\n{\n}\n"),
    ("tests/unit/planted.c", "void f(void)\n{\n    usleep (10);\n}\n"),
    ("tests/unit/planted.c", "void f(void)\n{\n    SDL_Delay(10);\n}\n"),
    ("tests/desktop/planted.py", "import time\ntime.sleep(1)\n"),
    ("tests/desktop/planted", "while ! ready; do sleep 0.1; done\n"),
    ("tests/desktop/planted.sh", "  sleep 1\n"),
    ("src/audio/planted.c", "int d = SDL_OpenAudioDevice(NULL, 1, &w, &g, 0);\n"),
    ("src/audio/planted.c", "int d = SDL_OpenAudioDevice(name,\n    SDL_TRUE, &w, &g, 0);\n"),
    ("src/audio/planted.c", "int d = SDL_OpenAudio(&w, &g);\n"),
    ("src/audio/planted.c", "int d = SDL_GetNumAudioDevices(1);\n"),
    ("src/platform/planted.c", "SDL_SetWindowFullscreen(w, SDL_WINDOW_FULLSCREEN);\n"),
    ("src/platform/planted.c", "SDL_SetWindowDisplayMode(w, &mode);\n"),
    ("src/audio/planted.c", 'ask("org.mpris.MediaPlayer2.Player", "Pause");\n'),
    ("src/app/planted.c", "/* to" + "do: later */\n"),
]

if __name__ == "__main__":
    lint.run(check, MUTANTS)
