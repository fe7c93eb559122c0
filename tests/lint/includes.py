#!/usr/bin/env python3
"""The arrows between the modules (docs/architecture.md), read from the #include lines.

SDL and GL lie on the compiler's default path, so that it compiles proves nothing.
"""
import re

import lint

LANGUAGE = {"stdbool.h", "stddef.h", "stdint.h", "stdarg.h", "limits.h", "float.h", "inttypes.h",
            "stdatomic.h", "stdalign.h", "stdnoreturn.h", "iso646.h"}
LIBC = LANGUAGE | {
    "assert.h", "ctype.h", "dirent.h", "errno.h", "fcntl.h", "locale.h", "math.h", "poll.h",
    "pthread.h", "pwd.h", "semaphore.h", "signal.h", "spawn.h", "stdio.h", "stdlib.h", "string.h", "strings.h", "time.h",
    "unistd.h", "wchar.h", "sys/mman.h", "sys/stat.h", "sys/types.h", "sys/wait.h"}

# module -> (headers of ours by prefix, headers of the system; "x/*" is a whole folder)
BASE = ("lacrima/base/",)
SCENE = ("lacrima/core/scene.h",)
PERSON = ("lacrima/core/person.h",)
ALLOWED = {
    "base": (BASE, LIBC | {"dlfcn.h", "unigbrk.h"}),
    "core": (BASE + ("lacrima/core/",), LANGUAGE | {"math.h", "string.h"}),
    "render": (BASE + SCENE + ("lacrima/core/page.h", "lacrima/render.h"),
               LIBC | {"SDL.h", "SDL_ttf.h", "epoxy/*", "fontconfig/*", "libintl.h", "unicode/*"}),
    "audio": (BASE + ("lacrima/core/cue.h", "lacrima/audio.h"),
              LIBC | {"SDL.h", "SDL_mixer.h", "samplerate.h", "sndfile.h"}),
    "platform": (BASE + ("lacrima/core/key.h", "lacrima/platform.h"),
                 LIBC | {"SDL.h", "SDL_syswm.h", "dbus/*", "sys/eventfd.h", "xkbcommon/*", "xcb/*",
                         "wayland-client.h", "idle-inhibit-unstable-v1-client-protocol.h",
                         "viewporter-client-protocol.h", "xdg-shell-client-protocol.h"}),
    "config": (BASE + SCENE + PERSON + ("lacrima/core/settings.h", "lacrima/config.h",
                                        "lacrima/shelf.h"),
               LIBC | {"ini.h", "sys/file.h"}),
    "reading": (BASE + ("lacrima/reading.h",), LIBC | {"unicode/*"}),
    "photos": (BASE + ("lacrima/photos.h",), LIBC | {"SDL.h", "SDL_image.h", "libexif/*"}),
    "film": (BASE + ("lacrima/film.h",), LIBC | {"mpv/*"}),
    "speech": (BASE + ("lacrima/speech.h",), LIBC | {"libspeechd.h"}),
    "editor": (BASE + ("lacrima/editor.h",),
               LANGUAGE | {"string.h", "unictype.h", "unistr.h"}),
    "journal": (BASE + ("lacrima/journal.h",),
                LIBC | {"libintl.h", "sodium.h", "sqlite3.h", "sys/file.h"}),
    "helplines": (BASE + ("lacrima/core/people.h", "lacrima/helplines.h"),
                  LIBC | {"jansson.h"}),
    "app": (("lacrima/",), None),  # the only room that sees every other
}
# The headers the modules show each other.  Five of core's are seen by modules that see nothing
# else of core, so they see base only.
PUBLIC = {
    "lacrima/base/": BASE,
    "lacrima/core/scene.h": BASE,
    "lacrima/core/cue.h": BASE,
    "lacrima/core/page.h": BASE,
    "lacrima/core/key.h": BASE,
    "lacrima/core/person.h": BASE,
    "lacrima/core/settings.h": BASE + SCENE + PERSON,
    "lacrima/core/": BASE + ("lacrima/core/",),
    "lacrima/render.h": BASE + SCENE + ("lacrima/core/page.h",),
    "lacrima/audio.h": BASE + ("lacrima/core/cue.h",),
    "lacrima/platform.h": BASE + ("lacrima/core/key.h",),
    "lacrima/reading.h": BASE,
    "lacrima/photos.h": BASE,
    "lacrima/film.h": BASE,
    "lacrima/speech.h": BASE,
    "lacrima/helplines.h": BASE + ("lacrima/core/people.h",),
    "lacrima/config.h": BASE + ("lacrima/core/settings.h",),
    "lacrima/shelf.h": BASE + ("lacrima/config.h",),
    "lacrima/editor.h": BASE,
    "lacrima/journal.h": BASE,
}

DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(include|include_next|import)\b[ \t]*(.*)$", re.MULTILINE)


def system_allowed(name, allowed):
    return allowed is None or name in allowed or name.split("/")[0] + "/*" in allowed


def complaint(path, name, quoted, ours, system):
    """Why this include may not stand there, or None."""
    if not quoted:
        return None if system_allowed(name, system) else f"<{name}> is not for this module"
    if name.startswith("lacrima/"):
        return None if name.startswith(ours) else f'"{name}" is not for this module'
    if "/" in name:
        return f'"{name}" leaves the folder'
    generated = name == "shader_sources.h"
    if not generated and not (path.parent / name).is_file():
        return f'"{name}" is not in this folder'
    return None


def check_file(root, path, ours, system):
    text = lint.without_comments(path.read_text())
    findings = []
    for match in DIRECTIVE.finditer(text):
        where = f"{path.relative_to(root)}:{lint.line_of(text, match.start())}"
        named = re.fullmatch(r'(?:"([^"]+)"|<([^>]+)>)\s*', match[2])
        if match[1] != "include" or named is None:
            findings.append(f"{where}: an include that cannot be read here")
            continue
        why = complaint(path, named[1] or named[2], named[1] is not None, ours, system)
        if why:
            findings.append(f"{where}: {why}")
    return findings


def check(root):
    findings = []
    for path in lint.c_files(root, "src"):
        module = path.relative_to(root / "src").parts[0]
        if module not in ALLOWED:
            findings.append(f"{path.relative_to(root)}: there is no module {module}")
            continue
        findings += check_file(root, path, *ALLOWED[module])
    for path in lint.c_files(root, "include"):
        name = str(path.relative_to(root / "include"))
        rule = next((PUBLIC[p] for p in PUBLIC if name.startswith(p)), None)
        if rule is None:
            findings.append(f"{path.relative_to(root)}: no module shows this header")
            continue
        findings += check_file(root, path, rule, LANGUAGE)
    return findings


MUTANTS = [
    ("src/base/planted.c", '#include "lacrima/core/cue.h"\n'),
    ("src/base/planted.c", "#include <SDL.h>\n"),
    ("src/core/planted.c", "#include <SDL.h>\n"),
    ("src/core/planted.c", "#include <stdio.h>\n"),
    ("src/core/planted.c", "#include <time.h>\n"),
    ("src/core/planted.c", "/* only */ # include <stdlib.h>\n"),
    ("src/core/planted.c", '#include "lacrima/render.h"\n'),
    ("src/core/planted.h", '#include "lacrima/config.h"\n'),
    ("src/render/planted.c", '#include "lacrima/audio.h"\n'),
    ("src/render/planted.c", '#include "lacrima/core/settings.h"\n'),
    ("src/render/planted.c", '#include "../core/view.h"\n'),
    ("src/render/planted.c", "#include <SDL_mixer.h>\n"),
    ("src/audio/planted.c", '#include "lacrima/core/scene.h"\n'),
    ("src/audio/planted.c", "#include <epoxy/gl.h>\n"),
    ("src/platform/planted.c", '#include "lacrima/core/session.h"\n'),
    ("src/platform/planted.c", "#include <SDL_ttf.h>\n"),
    ("src/config/planted.c", "#include <SDL.h>\n"),
    ("src/config/planted.c", '#include "lacrima/platform.h"\n'),
    ("src/config/planted.c", '#define SIBLING "lacrima/audio.h"\n#include SIBLING\n'),
    ("src/config/planted.c", '#include "render.h"\n'),
    ("src/reading/planted.c", '#include "lacrima/core/scene.h"\n'),
    ("src/reading/planted.c", "#include <SDL.h>\n"),
    ("src/speech/planted.c", '#include "lacrima/core/spoken.h"\n'),
    ("src/speech/planted.c", "#include <SDL.h>\n"),
    ("src/editor/planted.c", '#include "lacrima/core/key.h"\n'),
    ("src/editor/planted.c", "#include <stdlib.h>\n"),
    ("src/config/planted.c", "#include <sqlite3.h>\n"),
    ("src/journal/planted.c", "#include <SDL.h>\n"),
    ("src/journal/planted.c", '#include "lacrima/core/session.h"\n'),
    ("src/journal/planted.c", '#include "lacrima/config.h"\n'),
    ("src/helplines/planted.c", "#include <ini.h>\n"),
    ("src/helplines/planted.c", '#include "lacrima/config.h"\n'),
    ("src/fifth/planted.c", "\n"),
    ("include/lacrima/core/cue.h", '#include "lacrima/core/session.h"\n'),
    ("include/lacrima/core/planted.h", "#include <stdio.h>\n"),
    ("include/lacrima/render.h", "#include <SDL.h>\n"),
    ("include/lacrima/planted.h", "\n"),
]

if __name__ == "__main__":
    lint.run(check, MUTANTS)
