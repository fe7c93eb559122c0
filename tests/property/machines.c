/* The tables: every state can be reached and left, every row is taken by somebody, and the DOT
 * of --describe says exactly what runs. */
#include "../support/cm.h"

#include "../../src/app/describe.h"
#include "driver.h"
#include "lacrima/base/text.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 64

static const enum technique_id built[] = {
    TECHNIQUE_STARE, TECHNIQUE_BREATHE, TECHNIQUE_WALK, TECHNIQUE_MUSIC, TECHNIQUE_MOVE,
    TECHNIQUE_READ,  TECHNIQUE_SHOWER,  TECHNIQUE_TALK, TECHNIQUE_WRITE, TECHNIQUE_YAWN};
#define BUILT_COUNT (sizeof built / sizeof built[0])

static const struct technique *machine(size_t i)
{
    return i < BUILT_COUNT ? technique_get(built[i]) : technique_landing();
}

static void every_state_can_be_reached_and_left(void **state)
{
    (void)state;
    for (size_t i = 0; i <= BUILT_COUNT; i++) {
        const struct technique *t = machine(i);
        bool reached[ROWS_MAX] = {true};
        bool left[ROWS_MAX] = {false};
        bool done = false;
        for (uint8_t round = 0; round < t->phase_count; round++) {
            for (uint8_t r = 0; r < t->transition_count; r++) {
                const struct transition *row = &t->transitions[r];
                if (!reached[row->from])
                    continue;
                left[row->from] = true;
                done = done || row->to == PHASE_DONE;
                if (row->to != PHASE_DONE)
                    reached[row->to] = true;
            }
        }
        assert_true(done);
        for (uint8_t p = 0; p < t->phase_count; p++) {
            assert_true(reached[p] && left[p]);
            assert_true(t->phases[p].previous < t->phase_count);
        }
    }
}

/* A timed phase whose time is over must have somewhere to go whatever its guards say: the last
 * of its time rows has none. */
static void time_always_leads_on(void **state)
{
    (void)state;
    for (size_t i = 0; i <= BUILT_COUNT; i++) {
        const struct technique *t = machine(i);
        for (uint8_t p = 0; p < t->phase_count; p++) {
            const struct transition *last = NULL;
            for (uint8_t r = 0; r < t->transition_count; r++) {
                if (t->transitions[r].from == p && t->transitions[r].cause == CAUSE_TIME)
                    last = &t->transitions[r];
            }
            if (t->phases[p].length_ns != PHASE_WAITS)
                assert_true(last != NULL && last->guard == NULL);
        }
    }
}

struct walk {
    const struct technique *technique;
    char from[16];
    char edges[16384]; /* "from -> to (cause)\n", each once */
};

static void note_edge(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    struct walk *walk = user;
    char edge[96];
    const char *to = effect->state;
    if (text_equal(walk->from, "landing"))
        return;
    if (effect->kind == EFFECT_SCREEN && text_equal(effect->name, "landing"))
        to = "landing";
    else if (effect->kind != EFFECT_STATE || !text_equal(effect->name, walk->technique->id))
        return;
    const char *cause = effect->kind == EFFECT_STATE ? effect->cause : "end";
    (void)snprintf(edge, sizeof edge, "|%s>%s(%s)|", walk->from, to, cause);
    if (strstr(walk->edges, edge) == NULL)
        (void)text_append(walk->edges, sizeof walk->edges, edge);
    (void)text_copy(walk->from, sizeof walk->from, to);
}

static uint32_t seed = 99;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % sides;
}

/* Many short visits of one technique with the keys that move it. */
static void walk_much(struct walk *walk, enum technique_id id)
{
    static const int32_t keys[] = {KEY_SPACE, KEY_SPACE, KEY_RIGHT, KEY_RIGHT,
                                   KEY_LEFT,  KEY_UP,    KEY_DOWN,  'n'};
    static const int32_t writing[] = {KEY_SPACE, KEY_SPACE, KEY_ENTER, KEY_ENTER, KEY_DELETE,
                                      KEY_UP,    KEY_DOWN,  KEY_ESC,   KEY_LEFT,  KEY_RIGHT};
    int visits = id == TECHNIQUE_WRITE ? 40000 : 400;
    for (int visit = 0; visit < visits; visit++) {
        struct settings settings;
        settings_init(&settings);
        settings.pattern = (uint8_t)dice((uint32_t)pattern_count(&settings));
        settings.breathe_min = 1;
        settings.stare_rounds = 1 + (int32_t)dice(2);
        settings.yawn_waves = 3;
        settings.moving = (enum moving)dice(MOVING_KINDS);
        settings.move_rounds = 1 + (int32_t)dice(2);
        settings.care_back = dice(3) == 0;
        settings.walk_min = 1; /* below what may be set, so that sixty keys see the end of it */
        settings.shower_min = 1;
        settings.read_pace = (enum pace)dice(PACES);
        settings.read_slide_s = 5;
        struct driver driver = {.effect = note_edge, .user = walk};
        driver.journal = LETTER_JOURNAL_NONE + (int32_t)dice(3);
        driver.letters_asked = dice(3);
        (void)text_copy(walk->from, sizeof walk->from, "home");
        driver_begin(&driver, &settings, id);
        time_ns now = SECONDS(1);
        for (int i = 0; i < 60 && driver.session.screen == SCREEN_TECHNIQUE; i++) {
            struct event event = {.kind = dice(3) == 0 ? EVENT_KEY_UP : EVENT_KEY_DOWN};
            event.key.typed = event.key.position =
                event.kind == EVENT_KEY_UP ? KEY_SPACE : keys[dice(sizeof keys / sizeof keys[0])];
            if (id == TECHNIQUE_WRITE && event.kind == EVENT_KEY_DOWN)
                event.key.typed = event.key.position =
                    writing[dice(sizeof writing / sizeof writing[0])];
            event.key.modifiers = event.key.typed == 'n' && dice(2) == 0 ? KEY_SHIFT : 0;
            now += MILLISECONDS(450) + (time_ns)dice(16) * SECONDS(1) * (time_ns)dice(2);
            event.at = now;
            if (id == TECHNIQUE_WRITE && event.key.typed == KEY_ENTER && dice(4) == 0)
                event.key.modifiers = KEY_SHIFT;
            if (id == TECHNIQUE_WRITE && dice(12) == 0)
                event = (struct event){.kind = EVENT_LETTER,
                                       .at = now,
                                       .letter = LETTER_NEWS_TROUBLE,
                                       .value = 1 + (int32_t)dice(5)};
            if (dice(12) == 0)
                event.kind = EVENT_MUSIC_ENDED;
            driver_event(&driver, &event);
            if (driver.session.held != 0)
                driver_press(&driver, 'p', 0, now + MILLISECONDS(420));
        }
    }
}

static bool walked(const struct walk *walk, const char *from, const char *to, const char *cause)
{
    char edge[96];
    (void)snprintf(edge, sizeof edge, "|%s>%s(%s)|", from, to, cause);
    return strstr(walk->edges, edge) != NULL;
}

/* Whether an arrow goes from one to the other, and has a line that begins with this cause ("": any;
 * "left": it may be the dotted one, or none where it leads nowhere). */
static bool in_dot(const char *dot, const char *from, const char *to, const char *cause)
{
    char arrow[96];
    bool left = text_equal(cause, "left");
    (void)snprintf(arrow, sizeof arrow, "\"%s\" -> \"%s\" [%s", from, to,
                   left ? "style=dotted" : "label=\"");
    const char *at = strstr(dot, arrow);
    if (at == NULL || left)
        return at != NULL || (left && text_equal(from, to));
    const char *line = at + strlen(arrow);
    const char *end = strchr(line, '"');
    while (line != NULL && line < end && strncmp(line, cause, strlen(cause)) != 0) {
        line = strstr(line, "\\n");
        line = line == NULL ? NULL : line + 2;
    }
    return line != NULL && line < end;
}

/* Every row of the table was taken by itself or by Right, and is in the DOT. */
static void check_rows(const struct walk *walk, const char *dot)
{
    const struct technique *t = walk->technique;
    for (uint8_t r = 0; r < t->transition_count; r++) {
        const struct transition *row = &t->transitions[r];
        const char *from = t->phases[row->from].name;
        const char *to = row->to == PHASE_DONE ? "landing" : t->phases[row->to].name;
        assert_true(in_dot(dot, from, to, cause_name(row->cause)));
        if (row->to == PHASE_DONE)
            assert_true(walked(walk, from, to, "end"));
        else if (!walked(walk, from, to, cause_name(row->cause)) &&
                 !walked(walk, from, to, "right"))
            fail_msg("%s: nobody went from %s to %s by %s", t->id, from, to,
                     cause_name(row->cause));
    }
}

/* Every step that was walked is in the DOT (Right: as whatever row it took). */
static void check_walk(const struct walk *walk, const char *dot)
{
    for (const char *edge = walk->edges; *edge == '|'; edge = strchr(edge + 1, '|') + 1) {
        char from[16];
        char to[16];
        char cause[16];
        assert_int_equal(sscanf(edge, "|%15[^>]>%15[^(](%15[^)])|", from, to, cause), 3);
        bool there = text_equal(cause, "end") || text_equal(cause, "right")
                         ? in_dot(dot, from, to, "")
                         : in_dot(dot, from, to, cause);
        /* Esc, which only `write` is walked with, lands from everywhere else. */
        bool lands = text_equal(to, "landing") && walk->technique == technique_get(TECHNIQUE_WRITE);
        if (!there && !lands)
            fail_msg("%s -> %s (%s) is not in the DOT", from, to, cause);
    }
}

static void the_dot_is_what_runs(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILT_COUNT; i++) {
        struct walk walk = {.technique = technique_get(built[i])};
        char *dot = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&dot, &size);
        describe(walk.technique, out);
        (void)fclose(out);
        walk_much(&walk, built[i]);
        check_rows(&walk, dot);
        check_walk(&walk, dot);
        free(dot);
    }
}

static void ids_and_keys_find_their_rows(void **state)
{
    (void)state;
    assert_int_equal(technique_find("stare"), TECHNIQUE_STARE);
    assert_int_equal(technique_find("0"), TECHNIQUE_YAWN);
    assert_int_equal(technique_find("4"), TECHNIQUE_MUSIC);
    assert_int_equal(technique_find("landing"), TECHNIQUE_COUNT);
    assert_int_equal(technique_find(""), TECHNIQUE_COUNT);
    assert_int_equal(technique_step(TECHNIQUE_YAWN, +1), TECHNIQUE_STARE);
    assert_int_equal(technique_step(TECHNIQUE_STARE, -1), TECHNIQUE_YAWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_can_be_reached_and_left),
        cmocka_unit_test(time_always_leads_on),
        cmocka_unit_test(the_dot_is_what_runs),
        cmocka_unit_test(ids_and_keys_find_their_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
