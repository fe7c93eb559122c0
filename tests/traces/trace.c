/* Plays a script into a session and compares what happens with a checked-in trace.
 *
 *     trace FILE.script FILE.trace [--bless]
 *
 * The script's first lines say what to set up: "#! technique=stare length=120 sample=5" and
 * settings "breathe.pattern=box care.heart=1 …".  A missing trace fails; --bless rewrites it. */
#include "driver.h"

#include "../../src/app/script.h"
#include "lacrima/base/text.h"

#include <stdlib.h>
#include <string.h>

struct setup {
    enum technique_id technique;
    struct settings settings;
    double length_s, sample_s;
};

static bool set_field(struct settings *settings, const char *name, const char *value)
{
#define INT(section, key, field, min, max, def, by_key)                                            \
    if (text_equal(name, #section "." #key)) {                                                     \
        settings->field = atoi(value);                                                             \
        return true;                                                                               \
    }
    SETTINGS_INTS(INT)
#undef INT
#define BOOL(section, key, field, def, by_key)                                                     \
    if (text_equal(name, #section "." #key)) {                                                     \
        settings->field = atoi(value) != 0;                                                        \
        return true;                                                                               \
    }
    SETTINGS_BOOLS(BOOL)
#undef BOOL
    return false;
}

static bool set_pattern(struct settings *settings, const char *value)
{
    int index = pattern_find(settings, value);
    if (index < 0 && pattern_parse(value, &settings->patterns_own[0], NULL)) {
        (void)text_copy(settings->patterns_own[0].name, PATTERN_NAME_BYTES, "own");
        settings->pattern_own_count = 1;
        index = (int)pattern_count(settings) - 1;
    }
    settings->pattern = (uint8_t)index;
    return index >= 0;
}

/* "Ana,tel:11,mailto:a@b": a name, and links behind it. */
static bool add_person(struct people_own *people, char *value)
{
    char *save = NULL;
    struct person *person = &people->people[people->count++];
    (void)text_copy(person->name, sizeof person->name, strtok_r(value, ",", &save));
    for (char *link = strtok_r(NULL, ",", &save); link != NULL; link = strtok_r(NULL, ",", &save)) {
        if (person_link_read(link, &person->links[person->link_count++]) != NULL)
            return false;
    }
    return true;
}

static bool set_up(struct setup *setup, const char *name, char *value)
{
    if (text_equal(name, "technique"))
        setup->technique = technique_find(value);
    else if (text_equal(name, "length"))
        setup->length_s = atof(value);
    else if (text_equal(name, "sample"))
        setup->sample_s = atof(value);
    else if (text_equal(name, "pattern"))
        return set_pattern(&setup->settings, value);
    else if (text_equal(name, "person"))
        return add_person(&setup->settings.people, value);
    else if (text_equal(name, "about"))
        setup->settings.about_due = true;
    else if (text_equal(name, "moving"))
        setup->settings.moving = (enum moving)atoi(value);
    else if (text_equal(name, "walk.bells"))
        setup->settings.walk_bells_min = atoi(value);
    else if (text_equal(name, "pace"))
        setup->settings.read_pace = (enum pace)atoi(value);
    else if (text_equal(name, "reduced"))
        setup->settings.motion = MOTION_REDUCED;
    else
        return set_field(&setup->settings, name, value);
    return true;
}

static bool read_setup(struct setup *setup, const char *path)
{
    char line[512];
    FILE *file = fopen(path, "r");
    *setup = (struct setup){.technique = TECHNIQUE_COUNT, .length_s = 60, .sample_s = 10};
    settings_init(&setup->settings);
    if (file == NULL)
        return false;
    while (fgets(line, sizeof line, file) != NULL && strncmp(line, "#!", 2) == 0) {
        char *save = NULL;
        for (char *word = strtok_r(line + 2, " \n", &save); word != NULL;
             word = strtok_r(NULL, " \n", &save)) {
            char *equals = strchr(word, '=');
            if (equals == NULL)
                equals = word + strlen(word) - 1;
            else
                *equals = '\0';
            if (!set_up(setup, word, equals + 1)) {
                (void)fprintf(stderr, "%s: unknown set-up %s\n", path, word);
                (void)fclose(file);
                return false;
            }
        }
    }
    (void)fclose(file);
    return true;
}

static void play(struct driver *driver, const struct script_line *line, time_ns *suspended)
{
    struct event event = {.kind = EVENT_KEY_DOWN, .at = line->at + *suspended};
    event.key = line->key;
    if (line->action == SCRIPT_SUSPEND) {
        event.kind = EVENT_GAP;
        event.gap_ns = line->suspend_ns;
        event.at += line->suspend_ns;
        *suspended += line->suspend_ns;
        driver_event(driver, &event);
    } else if (line->action == SCRIPT_QUIT) {
        event.kind = EVENT_QUIT;
        driver_event(driver, &event);
    } else if (line->action == SCRIPT_TEXT) {
        /* In a trace, text stands for a track that begins to sound. */
        event.kind = EVENT_MUSIC_STARTED;
        (void)text_copy(event.text, sizeof event.text, "A piece");
        /* One that stands on the shelf has the person's own word. */
        event.shelf = strncmp(line->text, "kept: ", 6) == 0;
        (void)text_copy(event.about, sizeof event.about, event.shelf ? line->text + 6 : "");
        driver_event(driver, &event);
    } else {
        if (line->action != SCRIPT_UP)
            driver_event(driver, &event);
        event.kind = EVENT_KEY_UP;
        if (line->action != SCRIPT_DOWN)
            driver_event(driver, &event);
    }
}

/* The picture at this time, or "=" where it is the last one again. */
static void sample(struct driver *driver, time_ns at, struct scene *last)
{
    struct scene scene;
    driver_run_until(driver, at);
    if (driver->quit || at < driver->session.now)
        return;
    (void)session_view(&driver->session, at, &scene);
    driver_check_scene(&scene);
    bool same = scene_equal(&scene, last);
    (void)fprintf(driver->out, "  @%.3f%s\n", time_seconds(at), same ? " =" : "");
    if (!same)
        driver_print_scene(driver->out, &scene);
    *last = scene;
}

static void run(const struct setup *setup, struct script *script, FILE *out)
{
    struct driver driver = {.out = out};
    time_ns suspended = 0;
    time_ns step = (time_ns)(setup->sample_s * 1e9);
    time_ns end = (time_ns)(setup->length_s * 1e9);
    struct scene last;
    scene_init(&last);
    driver_begin(&driver, &setup->settings, setup->technique);
    for (time_ns at = step; at <= end && !driver.quit; at += step) {
        while (script_due(script) <= at && !driver.quit)
            play(&driver, &script->lines[script->next++], &suspended);
        sample(&driver, at + suspended, &last);
    }
}

static bool same_as_file(const char *text, size_t size, const char *path)
{
    FILE *file = fopen(path, "r");
    char *wanted = malloc(size + 2);
    if (file == NULL || wanted == NULL) {
        (void)fprintf(stderr, "%s: missing; look at the output and run with --bless\n", path);
        free(wanted);
        return false;
    }
    size_t read = fread(wanted, 1, size + 1, file);
    (void)fclose(file);
    bool same = read == size && memcmp(wanted, text, size) == 0;
    if (!same) {
        size_t line = 1;
        size_t i = 0;
        for (; i < size && i < read && wanted[i] == text[i]; i++)
            line += text[i] == '\n';
        (void)fprintf(stderr, "%s:%zu: differs; what happened:\n%.400s\n", path, line, text + i);
    }
    free(wanted);
    return same;
}

int main(int argc, char **argv)
{
    struct setup setup;
    struct script script;
    struct error error;
    if (argc < 3 || !read_setup(&setup, argv[1]))
        return 2;
    if (!script_read(&script, argv[1], &error)) {
        (void)fprintf(stderr, "%s\n", error.text);
        return 2;
    }
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    run(&setup, &script, out);
    (void)fclose(out);
    script_finish(&script);
    bool fine = true;
    if (argc > 3 && text_equal(argv[3], "--bless")) {
        FILE *file = fopen(argv[2], "w");
        fine = file != NULL && fwrite(text, 1, size, file) == size;
        fine = file != NULL && fclose(file) == 0 && fine;
    } else {
        fine = size > 0 && same_as_file(text, size, argv[2]);
    }
    free(text);
    return fine ? 0 : 1;
}
