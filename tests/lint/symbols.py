#!/usr/bin/env python3
"""What the built program asks of the system: no network, and of core, base and editor nothing that
reads a clock, a file or the heap.

Usage: symbols.py BUILD_FOLDER CC [--self-test]
"""
import pathlib
import re
import subprocess
import sys
import tempfile

NETWORK = re.compile(
    r"^(?:socket|socketpair|connect|bind|listen|accept4?|send|sendto|sendmsg|sendmmsg|recv|"
    r"recvfrom|recvmsg|recvmmsg|getaddrinfo|getnameinfo|gethostby\w+|getpeername|shutdown|"
    r"res_\w+|curl_\w+|SDLNet_\w+|SSL_\w+|g_socket_\w+|SDL_OpenURL)$")
# What pure modules may ask of libc: their own bytes, texts and numbers.
PURE = re.compile(
    r"^(?:mem\w+|str(?:n?len|n?cmp|n?cat|n?cpy|chr|rchr|str|spn|cspn|pbrk)|__(?:mem|str)\w+_chk|"
    r"__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|"
    r"(?:pow|exp|exp2|log|log2|log10|sin|cos|sincos|tan|acos|atan2?|sqrt|cbrt|fabs|floor|ceil|round|lround|"
    r"llround|lrint|llrint|trunc|fmod|fmin|fmax|hypot)f?|"
    r"__ubsan_\w+|__asan_\w+)$")
# base's check() and error_set() speak, libunistring knows what a character is, its loader opens
# libraries and its file part writes, though not for the two pure modules above it; nothing else in
# base asks for more.
BASE_ASKS = {"u8_grapheme_breaks", "uc_graphemeclusterbreak_property", "abort", "stderr", "fprintf",
             "__fprintf_chk", "vsnprintf", "__vsnprintf_chk", "fputs", "fwrite", "fflush", "dlopen",
             "dlsym", "pthread_mutex_lock", "pthread_mutex_unlock", "write", "__errno_location"}
NOT_PURE = {"loader_open", "file_write_all"}


def symbols(path, *options):
    out = subprocess.run(["nm", *options, str(path)], check=True, capture_output=True, text=True)
    names = []
    for line in out.stdout.splitlines():
        part = line.split()
        if len(part) >= 2 and not line.endswith(":"):
            names.append((part[-2], part[-1].split("@")[0]))
    return names


def undefined(path, *options):
    return {name for kind, name in symbols(path, *options) if kind in ("U", "w")}


def defined(path):
    return {name for kind, name in symbols(path) if kind in ("T", "D", "R", "B", "C")}


def check_network(paths):
    findings = []
    for path in paths:
        options = [] if path.suffix in (".a", ".o") else ["-D"]
        for name in sorted(undefined(path, *options)):
            if NETWORK.match(name):
                findings.append(f"{path.name}: asks for {name}")
    return findings


def check_pure(core, base, editor=None):
    findings = []
    own = (defined(core) | defined(base)) - NOT_PURE
    asks = [(core, own), (base, own | BASE_ASKS)]
    if editor:
        unicode = {n for n in undefined(editor) if re.match(r"u8_|uc_|_?UC_CATEGORY_", n)}
        asks.append((editor, own | defined(editor) | unicode))
    for path, known in asks:
        for name in sorted(undefined(path) - known):
            if not PURE.match(name):
                findings.append(f"{path.name}: asks for {name}")
    return findings


def compile_planted(cc, folder, text):
    source = folder / "planted.c"
    source.write_text(text)
    target = folder / "planted.o"
    subprocess.run([cc, "-c", "-O0", str(source), "-o", str(target)], check=True)
    return target


def self_test(cc, base):
    mutants = [
        (check_network, "int socket(int, int, int);\nint f(void) { return socket(1, 1, 0); }\n"),
        (check_network, "int getaddrinfo(void);\nint f(void) { return getaddrinfo(); }\n"),
        (check_network, "int curl_easy_init(void);\nint f(void) { return curl_easy_init(); }\n"),
        (check_pure, "void *malloc(unsigned long);\nvoid *f(void) { return malloc(1); }\n"),
        (check_pure, "long time(long *);\nlong f(void) { return time(0); }\n"),
        (check_pure, "int printf(const char *, ...);\nint f(void) { return printf(\"%d\", 1); }\n"),
        (check_pure, "int loader_open(void *);\nint f(void) { return loader_open(0); }\n"),
        (check_pure, "int SDL_Init(int);\nint f(void) { return SDL_Init(0); }\n"),
    ]
    missed = []
    for checked, text in mutants:
        with tempfile.TemporaryDirectory() as name:
            planted = compile_planted(cc, pathlib.Path(name), text)
            found = (check_network([planted]) if checked is check_network
                     else check_pure(planted, base))
            if not found:
                missed.append(f"not noticed: {text!r}")
    print(f"{len(mutants)} planted faults, {len(missed)} of them unnoticed")
    return missed


def main():
    arguments = [a for a in sys.argv[1:] if a != "--self-test"]
    build, cc = pathlib.Path(arguments[0]), arguments[1]
    libraries = sorted(build.glob("liblacrima_*.a"))
    program = build / "lacrima"
    base = build / "liblacrima_base.a"
    if not program.is_file() or len(libraries) < 10:
        sys.exit(f"{build}: the program and its libraries are not built")
    if "--self-test" in sys.argv:
        findings = self_test(cc, base)
    else:
        findings = check_network([*libraries, program])
        findings += check_pure(build / "liblacrima_core.a", base, build / "liblacrima_editor.a")
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
