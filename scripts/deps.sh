# What Lacrima needs of Debian, in one place; sourced by the other scripts.
# shellcheck shell=bash disable=SC2034

DEPS_BUILD=(
    gcc libc6-dev cmake ninja-build pkgconf python3
    libsdl2-dev libsdl2-ttf-dev libsdl2-mixer-dev libsdl2-image-dev
    libsndfile1-dev libsamplerate0-dev
    libepoxy-dev libfontconfig-dev libinih-dev libjansson-dev libdbus-1-dev
    libunistring-dev libicu-dev libexif-dev libsqlite3-dev libsodium-dev libxkbcommon-dev
    libxcb1-dev libwayland-dev libwayland-bin wayland-protocols
)

# libepoxy and SDL load OpenGL when the program runs; the text needs a serif,
# the desktop opens a link by xdg-open, and under GNOME libdecor draws a window's title bar by a plugin.
DEPS_RUN=(
    libgl1 libegl1 libgles2 libgl1-mesa-dri libglx-mesa0 libegl-mesa0 fonts-dejavu-core xdg-utils
    libdecor-0-plugin-1-cairo
)

# What the tests are built with, and what they run.
DEPS_TEST_BUILD=(libcmocka-dev libx11-dev libmpv-dev libspeechd-dev)
DEPS_TEST=(
    clang-format shellcheck
    locales xvfb openbox xdotool x11-xkb-utils x11-utils x11-xserver-utils imagemagick
    sway grim xclip wl-clipboard swayidle swaylock suckless-tools i3lock
    xwayland xserver-xorg-core xserver-xorg-video-dummy pulseaudio
    ffmpeg graphviz strace procps file fontconfig fonts-noto-core git dbus-daemon fcitx5 fcitx5-hangul
    speech-dispatcher fluidsynth fluid-soundfont-gm
)

# Everything these scripts have to say goes to standard error: standard output belongs to the
# program, which may be writing frames to it.
say() {
    printf 'lacrima: %s\n' "$*" >&2
}

# Which of the packages given are not installed, one a line.
deps_missing() {
    local package
    for package in "$@"; do
        case "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" in
        ii* | hi*) ;;
        *) printf '%s\n' "$package" ;;
        esac
    done
}

# Installs those of the packages given that are missing; silent if there are none.
deps_install() {
    local missing as_root=() log
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        # Another system than Debian: CMake will name what it does not find.
        return 0
    fi
    # shellcheck disable=SC2207 # package names hold no blanks
    missing=($(deps_missing "$@"))
    if [ "${#missing[@]}" -eq 0 ]; then
        return 0
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "not installed: ${missing[*]}"
            say "as root: apt-get install --no-install-recommends ${missing[*]}"
            return 1
        fi
        # Where nobody can type a password, do not wait for one.
        if [ -t 0 ]; then as_root=(sudo); else as_root=(sudo -n); fi
    fi
    say "installing ${missing[*]}"
    log=$(mktemp)
    if ! {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
                -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
    } </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "apt-get could not install them"
        return 1
    fi
    rm -f "$log"
}

# build_preset ROOT PRESET [TARGET...]: configures if needed and builds ROOT/build/PRESET.  One at a time, for
# two copies of a script may be started at once: the other waits until it is there.  Silent unless something
# goes wrong.
build_preset() {
    local root=$1 preset=$2
    local build=$root/build/$preset fresh=() targets=() log
    shift 2
    if [ "$#" -gt 0 ]; then targets=(--target "$@"); fi
    mkdir -p "$root/build"
    log=$root/build/$preset.log
    (
        flock 9
        # A tree that was copied or moved brings a build folder that points to the old place.
        if [ -f "$build/CMakeCache.txt" ] &&
            ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
            fresh=(--fresh)
        fi
        : >"$log"
        if [ ! -f "$build/build.ninja" ] || [ "${#fresh[@]}" -gt 0 ]; then
            say "building ($preset); this takes a minute"
            (cd "$root" && cmake --preset "$preset" "${fresh[@]}") >>"$log" 2>&1 || exit 1
        fi
        cmake --build "$build" "${targets[@]}" >>"$log" 2>&1
    ) 9>"$build.lock" </dev/null && return 0
    cat "$log" >&2
    say "the build went wrong; what it said is above and in $log"
    return 1
}
