#include "options.h"

#include "lacrima/base/text.h"
#include "lacrima/shelf.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_MIN      64
#define SIZE_MAX_PX   16384
#define FPS_MILLI_MIN 1
#define FPS_MILLI_MAX 240000
#define FPS_DEFAULT   60000
#define YEARS_10_S    (INT64_C(10) * 366 * 86400)

enum option_id {
    OPTION_WINDOWED,
    OPTION_SIZE,
    OPTION_DISPLAY,
    OPTION_BREATH,
    OPTION_MINUTES,
    OPTION_ROUNDS,
    OPTION_READ,
    OPTION_PHOTOS,
    OPTION_WATCH,
    OPTION_MUSIC,
    OPTION_MUTE,
    OPTION_VOICE,
    OPTION_PALETTE,
    OPTION_TEXT_SCALE,
    OPTION_REDUCED_MOTION,
    OPTION_CONFIG,
    OPTION_DATA_DIR,
    OPTION_CHECK_CONFIG,
    OPTION_EXPORT_LETTERS,
    OPTION_SHELF,
    OPTION_SHELF_ADD,
    OPTION_FROM,
    OPTION_TO,
    OPTION_WORD,
    OPTION_PEOPLE,
    OPTION_LIST,
    OPTION_DESCRIBE,
    OPTION_EVENTS,
    OPTION_RENDER,
    OPTION_FPS,
    OPTION_SECONDS,
    OPTION_SCRIPT,
    OPTION_LOG_LEVEL,
    OPTION_VERSION,
    OPTION_HELP
};

struct option {
    enum option_id id;
    const char *name;
    const char *value; /* what --help calls it; NULL: takes none */
    const char *words;
};

static const struct option table[] = {
    {OPTION_WINDOWED, "--windowed", NULL, "a window instead of the full screen"},
    {OPTION_SIZE, "--size", "WxH", "size of the window or of the rendered frames"},
    {OPTION_DISPLAY, "--display", "N|NAME|pointer", "which display"},
    {OPTION_BREATH, "--breath", "PATTERN",
     "breath pattern: a name, or seconds in-hold-out-hold (5.5-0-5.5-0)"},
    {OPTION_MINUTES, "--minutes", "N",
     "breathing, 1 to 30 (rendered: to 1440); walk, 5 to 90; shower, 2 to 5"},
    {OPTION_ROUNDS, "--rounds", "N", "stare, boxing: rounds, 1 to 5; yawn: waves, 3 to 8"},
    {OPTION_READ, "--read", "FILE", "a text of your own to read: UTF-8, plain or Markdown"},
    {OPTION_PHOTOS, "--photos", "DIR", "a folder of your own photographs, for read"},
    {OPTION_WATCH, "--watch", "FILE", "a film of your own, for read"},
    {OPTION_MUSIC, "--music", "PATH", "a music file or folder; may be given again"},
    {OPTION_MUTE, "--mute", NULL, "no sound at all"},
    {OPTION_VOICE, "--voice", NULL, "what is shown is spoken as well, by Speech Dispatcher"},
    {OPTION_PALETTE, "--palette", "NAME",
     "night, dusk, sea, ember, high-contrast, paper, or your own"},
    {OPTION_TEXT_SCALE, "--text-scale", "X", "0.75 to 2.5"},
    {OPTION_REDUCED_MOTION, "--reduced-motion", NULL, "a slow bar and words instead of shapes"},
    {OPTION_CONFIG, "--config", "FILE", "this config file instead of the usual one"},
    {OPTION_DATA_DIR, "--data-dir", "DIR", "the folded letters and the shelf lie in this folder"},
    {OPTION_CHECK_CONFIG, "--check-config", NULL,
     "print each fault of config and shelf as file:line: what; 1 if any"},
    {OPTION_EXPORT_LETTERS, "--export-letters", "DIR",
     "write the folded letters into this folder as plain text"},
    {OPTION_SHELF, "--shelf", NULL, "print what is on your shelf"},
    {OPTION_SHELF_ADD, "--shelf-add", "PATH",
     "put a song, a text, photographs or a film on it, or a folder"},
    {OPTION_FROM, "--from", "TIME", "with --shelf-add: the song or film begins there"},
    {OPTION_TO, "--to", "TIME", "with --shelf-add: and ends there"},
    {OPTION_WORD, "--word", "TEXT", "with --shelf-add: a word of your own"},
    {OPTION_PEOPLE, "--people", "[CC]",
     "print whom to call in this country (DE, US), or in the chosen one"},
    {OPTION_LIST, "--list", NULL, "print the ways: key, id, title"},
    {OPTION_DESCRIBE, "--describe", "TECHNIQUE", "print its state machine as Graphviz DOT"},
    {OPTION_EVENTS, "--events", "FILE|-", "write what happens as JSON lines"},
    {OPTION_RENDER, "--render", "DIR|-",
     "no window: numbered PNG files, or raw RGB24 frames on stdout"},
    {OPTION_FPS, "--fps", "N", "frames per second of --render, 0.001 to 240 (60)"},
    {OPTION_SECONDS, "--seconds", "S", "how much to render, or when to leave"},
    {OPTION_SCRIPT, "--script", "FILE", "keys at their times: lines of SECONDS ACTION"},
    {OPTION_LOG_LEVEL, "--log-level", "L", "error, warn (default), info or debug"},
    {OPTION_VERSION, "--version", NULL, "print the version"},
    {OPTION_HELP, "--help", NULL, "print this"},
};

#define TABLE_COUNT (sizeof table / sizeof table[0])

void options_help(FILE *out)
{
    (void)fputs("Usage: lacrima [TECHNIQUE] [options]\n\n"
                "A dim, blank field for those who want to cry. Nothing has to happen.\n"
                "TECHNIQUE is an id or its key:\n  ",
                out);
    const char *comma = "";
    for (enum technique_id id = TECHNIQUE_STARE; id < TECHNIQUE_COUNT; id++) {
        const struct technique *technique = technique_get(id);
        if (technique == NULL)
            continue;
        (void)fprintf(out, "%s%s (%c)", comma, technique->id, technique_key(id));
        comma = id == TECHNIQUE_MOVE ? ",\n  " : ", ";
    }
    (void)fputs(".\nWithout one it opens at home.\n\n", out);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        char left[48];
        (void)snprintf(left, sizeof left, "%s %s", table[i].name,
                       table[i].value != NULL ? table[i].value : "");
        (void)fprintf(out, "  %-26s %s\n", left, table[i].words);
    }
    (void)fputs("\nExit status: 0 fine, 1 could not run, 2 wrong usage.\n"
                "Keys: H in the program shows them. Ctrl+Q leaves at once.\n",
                out);
}

/* Reads digits and decimals as a whole number of 10^-decimals; finer decimals are dropped. */
static bool read_decimal(const char *text, int decimals, int64_t most, int64_t *value)
{
    int64_t read = 0;
    int digits = 0;
    int after = -1;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (*c < '0' || *c > '9')
            return false;
        if (after >= decimals)
            continue;
        if (read > most / 10)
            return false;
        read = read * 10 + (*c - '0');
        digits++;
        after += after >= 0 ? 1 : 0;
    }
    for (int i = after < 0 ? 0 : after; i < decimals; i++) {
        if (read > most / 10)
            return false;
        read *= 10;
    }
    *value = read;
    return digits > 0 && read <= most;
}

bool options_seconds(const char *text, time_ns *ns)
{
    return read_decimal(text, 9, YEARS_10_S * NS_PER_S, ns);
}

bool options_size(const char *text, int *width, int *height)
{
    const char *x = strpbrk(text, "xX");
    char left[8];
    if (x == NULL || (size_t)(x - text) >= sizeof left)
        return false;
    memcpy(left, text, (size_t)(x - text));
    left[x - text] = '\0';
    int64_t w = 0;
    int64_t h = 0;
    if (!read_decimal(left, 0, SIZE_MAX_PX, &w) || !read_decimal(x + 1, 0, SIZE_MAX_PX, &h) ||
        w < SIZE_MIN || h < SIZE_MIN)
        return false;
    *width = (int)w;
    *height = (int)h;
    return true;
}

static bool bad(struct error *error, const struct option *option, const char *value)
{
    return error_set(error, "%s %s: not understood, %s was expected", option->name, value,
                     option->value);
}

static bool take_count(struct error *error, const struct option *option, const char *value,
                       int *into)
{
    int64_t number = 0;
    if (!read_decimal(value, 0, 1000000, &number) || number < 1)
        return bad(error, option, value);
    *into = (int)number;
    return true;
}

static bool take_log_level(struct options *options, const char *value)
{
    static const char *const names[] = {"error", "warn", "info", "debug"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_equal(value, names[i])) {
            options->log_level = (enum log_level)i;
            return true;
        }
    }
    return false;
}

static bool take_technique(enum technique_id *into, const char *value, struct error *error)
{
    *into = technique_find(value);
    return *into != TECHNIQUE_COUNT ||
           error_set(error, "%s: there is no such way; lacrima --list names them", value);
}

static bool take_flag(struct options *options, enum option_id id)
{
    bool *const flags[] = {
        [OPTION_WINDOWED] = &options->windowed,
        [OPTION_MUTE] = &options->mute,
        [OPTION_VOICE] = &options->voice,
        [OPTION_REDUCED_MOTION] = &options->reduced_motion,
        [OPTION_CHECK_CONFIG] = &options->check_config,
        [OPTION_LIST] = &options->list,
        [OPTION_SHELF] = &options->shelf,
        [OPTION_VERSION] = &options->version,
        [OPTION_HELP] = &options->help,
    };
    *flags[id] = true;
    return true;
}

static bool take_string(struct options *options, enum option_id id, const char *value)
{
    const char **const strings[OPTION_HELP + 1] = {
        [OPTION_DISPLAY] = &options->display,
        [OPTION_BREATH] = &options->breath,
        [OPTION_PALETTE] = &options->palette,
        [OPTION_CONFIG] = &options->config,
        [OPTION_DESCRIBE] = &options->describe,
        [OPTION_EVENTS] = &options->events,
        [OPTION_RENDER] = &options->render,
        [OPTION_SCRIPT] = &options->script,
        [OPTION_READ] = &options->read,
        [OPTION_PHOTOS] = &options->photos,
        [OPTION_WATCH] = &options->watch,
        [OPTION_DATA_DIR] = &options->data_dir,
        [OPTION_EXPORT_LETTERS] = &options->export_letters,
        [OPTION_SHELF_ADD] = &options->shelf_add,
        [OPTION_WORD] = &options->word,
    };
    if (strings[id] == NULL)
        return false;
    *strings[id] = value;
    return true;
}

static bool take_music(struct options *options, const char *value, struct error *error)
{
    if (options->music_count == OPTIONS_MUSIC_MAX)
        return error_set(error, "--music %s: at most %d are taken", value, OPTIONS_MUSIC_MAX);
    options->music[options->music_count++] = value;
    return true;
}

/* Two letters; the chosen country where they are left out. */
static bool take_country(struct options *options, const char *value, struct error *error)
{
    options->people = options->people_country;
    return settings_country(options->people_country, value) ||
           error_set(error, "--people %s: a country has two letters, as DE or US", value);
}

/* A place in a song or a film. */
static bool take_place(struct options *options, const struct option *option, const char *value,
                       struct error *error)
{
    return shelf_time(value,
                      option->id == OPTION_FROM ? &options->shelf_from : &options->shelf_to) ||
           error_set(error, "%s %s: not understood, a time like 2:14 was expected", option->name,
                     value);
}

/* What belongs to --shelf-add alone. */
static bool check_part(const struct options *options, struct error *error)
{
    bool given =
        options->shelf_from > 0 || options->shelf_to != TIME_NEVER || options->word != NULL;
    if (given && options->shelf_add == NULL)
        return error_set(error, "--from, --to and --word: only with --shelf-add PATH");
    return options->shelf_to == TIME_NEVER ||
           options->shelf_to - options->shelf_from >= SHELF_PART_NS ||
           error_set(error, "--to: this is not at least %d seconds after --from",
                     (int)(SHELF_PART_NS / NS_PER_S));
}

static bool take_value(struct options *options, const struct option *option, const char *value,
                       struct error *error)
{
    int64_t number = 0;
    if (*value == '\0')
        return error_set(error, "%s: an empty value", option->name);
    if (take_string(options, option->id, value))
        return true;
    if (option->id == OPTION_PEOPLE)
        return take_country(options, value, error);
    if (option->id == OPTION_FROM || option->id == OPTION_TO)
        return take_place(options, option, value, error);
    if (option->id == OPTION_MUSIC)
        return take_music(options, value, error);
    if (option->id == OPTION_MINUTES)
        return take_count(error, option, value, &options->minutes);
    if (option->id == OPTION_ROUNDS)
        return take_count(error, option, value, &options->rounds);
    if (option->id == OPTION_SIZE)
        return options_size(value, &options->width, &options->height) ||
               error_set(error, "--size %s: not understood, WxH was expected, each %d to %d", value,
                         SIZE_MIN, SIZE_MAX_PX);
    if (option->id == OPTION_SECONDS)
        return options_seconds(value, &options->seconds_ns) || bad(error, option, value);
    if (option->id == OPTION_LOG_LEVEL)
        return take_log_level(options, value) || bad(error, option, value);
    if (option->id == OPTION_FPS) {
        if (!read_decimal(value, 3, FPS_MILLI_MAX, &number) || number < FPS_MILLI_MIN)
            return bad(error, option, value);
        options->fps_milli = number;
        return true;
    }
    if (!read_decimal(value, 2, 100000, &number))
        return bad(error, option, value);
    options->text_scale_percent = (int)number;
    return true;
}

static const struct option *find_option(const char *arg, size_t length)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (strlen(table[i].name) == length && memcmp(table[i].name, arg, length) == 0)
            return &table[i];
    }
    return NULL;
}

/* Takes argv[*i] and its value, in "--name value" or "--name=value". */
static bool take_option(struct options *options, int argc, char **argv, int *i, struct error *error)
{
    const char *arg = argv[*i];
    const char *equals = strchr(arg, '=');
    const struct option *option =
        find_option(arg, equals != NULL ? (size_t)(equals - arg) : strlen(arg));
    if (option == NULL)
        return error_set(error, "%s: there is no such option; lacrima --help lists them", arg);
    if (option->value == NULL)
        return equals == NULL ? take_flag(options, option->id)
                              : error_set(error, "%s: takes no value", option->name);
    if (equals != NULL)
        return take_value(options, option, equals + 1, error);
    if (option->id == OPTION_PEOPLE && equals == NULL) {
        bool given = *i + 1 < argc && argv[*i + 1][0] != '-' &&
                     technique_find(argv[*i + 1]) == TECHNIQUE_COUNT;
        options->people = options->people_country;
        return !given || take_country(options, argv[++*i], error);
    }
    if (*i + 1 >= argc)
        return error_set(error, "%s: %s is missing", option->name, option->value);
    *i += 1;
    return take_value(options, option, argv[*i], error);
}

bool options_read(struct options *options, int argc, char **argv, struct error *error)
{
    memset(options, 0, sizeof *options);
    options->technique = TECHNIQUE_COUNT;
    options->fps_milli = FPS_DEFAULT;
    options->text_scale_percent = TEXT_SCALE_ANY;
    options->seconds_ns = TIME_NEVER;
    options->shelf_to = TIME_NEVER;
    options->log_level = LOG_WARN;
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!take_option(options, argc, argv, &i, error))
                return false;
        } else if (options->technique != TECHNIQUE_COUNT) {
            return error_set(error, "%s: one way at a time", argv[i]);
        } else if (!take_technique(&options->technique, argv[i], error)) {
            return false;
        }
    }
    bool both = options->render != NULL && options->events != NULL &&
                text_equal(options->render, "-") && text_equal(options->events, "-");
    if (both)
        return error_set(error, "--render - and --events -: only one can have standard output");
    return check_part(options, error);
}
