/* Whatever keys come down, and however fast: a line at the top or the foot of the field keeps its
 * size and its place from the first frame in which it is seen to the last, and no two lines that
 * are seen in one frame overlap or leave the safe area.  Checked on the real layout of what a
 * session shows, sixty frames a second, of fields and words of several sizes. */
#include "layout.h"

#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#include <math.h>
#include <string.h>

#define FRAME_NS    (SECONDS(1) / 60)
#define SESSION_NS  SECONDS(18)
#define ASCENT      0.74F /* of the size: capitals and what rises above them */
#define DESCENT     0.24F
#define EDGES_MAX   8
#define ADVANCE_EMS 0.5F /* of every character */

static uint32_t seed;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % sides;
}

static const int32_t keys[] = {'1',      '2',       '3',     '4',      '5',       '6',       '7',
                               '8',      '9',       '0',     KEY_LEFT, 'p',       KEY_SPACE, KEY_UP,
                               KEY_DOWN, KEY_TAB,   'm',     'n',      't',       'v',       '-',
                               '=',      'l',       KEY_F2,  'x',      'g',       KEY_F3,    'c',
                               'h',      KEY_RIGHT, KEY_ESC, KEY_ESC,  KEY_ENTER, KEY_RIGHT};

/* What is said at the top is as short or as long as there are names of files. */
static const char *const notices[] = {
    "Put on your shelf.", "libSDL2_mixer-2.0.so.0 cannot be opened",
    "The song \"Sans titre.flac\" cannot be read; the next one is played.",
    "/home/someone/music/heard a long time ago/of rain and of other things/the second of two"
    "/a name that is far too long for one line and nearly too long for two of them.flac: it is"
    " not a file that can be played, or it has been taken away"};

static float measure(void *user, const char *text, size_t length)
{
    (void)user;
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0U) != 0x80U ? 1 : 0;
    return ADVANCE_EMS * (float)count;
}

/* A language that needs half as much room again. */
static const char *translate(const char *words)
{
    static char longer[2 * SCENE_TEXT_BYTES];
    size_t half = strlen(words) / 2;
    char first[SCENE_TEXT_BYTES];
    (void)text_copy(first, sizeof first, words);
    first[half] = '\0';
    (void)text_copy(longer, sizeof longer, words);
    (void)text_append(longer, sizeof longer, " ");
    (void)text_append(longer, sizeof longer, strstr(first, "%s") == NULL ? first : "und noch mehr");
    return longer;
}

struct extent {
    float left, top, right, bottom;
};

static struct extent box_of(const struct layout *layout, const struct layout_piece *piece)
{
    float px = (float)piece->size_px;
    float width = px * measure(NULL, layout->texts + piece->at, piece->length);
    float left = piece->x;
    left -= piece->align == LAYOUT_CENTRE  ? width / 2.0F
            : piece->align == LAYOUT_RIGHT ? width
                                           : 0.0F;
    return (struct extent){left, piece->base - ASCENT * px, left + width,
                           piece->base + DESCENT * px};
}

struct field {
    int width, height;
    int32_t percent; /* of the words' size */
};

/* A line at an edge, as it was in the frame before. */
struct edge {
    enum scene_slot slot;
    char text[SCENE_TEXT_BYTES], arg[SCENE_ARG_BYTES];
    int size_px;
    float base;
};

struct watched {
    struct field field;
    struct layout_help help;
    size_t edge_count;
    struct edge edges[EDGES_MAX];
};

static bool seen(const struct layout *layout, const struct scene *scene, size_t piece)
{
    return scene->lines[layout->pieces[piece].line].alpha > 0.0F;
}

static const char *words_of(const struct layout *layout, size_t piece)
{
    return layout->texts + layout->pieces[piece].at;
}

static void check_apart(const struct watched *watched, const struct layout *layout,
                        const struct scene *scene)
{
    const struct field *field = &watched->field;
    for (size_t i = 0; i < layout->piece_count; i++) {
        if (!seen(layout, scene, i))
            continue;
        struct extent a = box_of(layout, &layout->pieces[i]);
        float safe_x = (float)LAYOUT_SAFE * (float)field->width - 1.0F;
        float safe_y = (float)LAYOUT_SAFE * (float)field->height - 1.0F;
        if (a.left < safe_x || a.top < safe_y || a.right > (float)field->width - safe_x ||
            a.bottom > (float)field->height - safe_y)
            fail_msg("%dx%d, %d %%: \"%s\" leaves the safe area", field->width, field->height,
                     (int)field->percent, words_of(layout, i));
        for (size_t j = i + 1; j < layout->piece_count; j++) {
            struct extent b = box_of(layout, &layout->pieces[j]);
            if (seen(layout, scene, j) && a.left < b.right && b.left < a.right &&
                a.top < b.bottom && b.top < a.bottom)
                fail_msg("%dx%d, %d %%: \"%s\" and \"%s\" overlap", field->width, field->height,
                         (int)field->percent, words_of(layout, i), words_of(layout, j));
        }
    }
}

/* The first of its pieces that are seen, in whichever layer. */
static void find_edges(const struct layout *layout, const struct scene *scene,
                       struct watched *watched)
{
    watched->edge_count = 0;
    size_t last = SCENE_LINES_MAX;
    for (size_t i = 0; i < layout->piece_count; i++) {
        const struct layout_piece *piece = &layout->pieces[i];
        const struct scene_line *line = &scene->lines[piece->line];
        if (!seen(layout, scene, i) || piece->line == last ||
            (line->slot != SCENE_SLOT_TOP && line->slot != SCENE_SLOT_FOOT))
            continue;
        last = piece->line;
        assert_true(watched->edge_count < EDGES_MAX);
        struct edge *edge = &watched->edges[watched->edge_count++];
        *edge = (struct edge){.slot = line->slot, .size_px = piece->size_px, .base = piece->base};
        (void)text_copy(edge->text, sizeof edge->text, line->text);
        (void)text_copy(edge->arg, sizeof edge->arg, line->arg);
    }
}

/* Returns how many lines it could compare. */
static int check_steady(const struct watched *before, const struct watched *now)
{
    int compared = 0;
    for (size_t i = 0; i < now->edge_count; i++) {
        const struct edge *a = &now->edges[i];
        for (size_t j = 0; j < before->edge_count; j++) {
            const struct edge *b = &before->edges[j];
            if (a->slot != b->slot || !text_equal(a->text, b->text) || !text_equal(a->arg, b->arg))
                continue;
            compared++;
            if (a->size_px != b->size_px || a->base != b->base)
                fail_msg("%dx%d, %d %%: \"%s\" was of %d px at %.1f and is of %d px at %.1f",
                         now->field.width, now->field.height, (int)now->field.percent, a->text,
                         b->size_px, (double)b->base, a->size_px, (double)a->base);
        }
    }
    return compared;
}

static void one_event(struct driver *driver, time_ns now)
{
    struct event event = {.kind = EVENT_KEY_DOWN, .at = now};
    switch (dice(12)) {
    case 0:
        event.kind = EVENT_NOTICE;
        event.shelf = dice(2) == 0;
        (void)text_copy(event.text, sizeof event.text,
                        notices[dice(sizeof notices / sizeof notices[0])]);
        driver_event(driver, &event);
        break;
    case 1:
        event.kind = EVENT_MUSIC_STARTED;
        (void)text_copy(event.text, sizeof event.text, "A song of which nobody knows any more");
        driver_event(driver, &event);
        break;
    default:
        driver_press(driver, keys[dice(sizeof keys / sizeof keys[0])],
                     dice(10) == 0 ? KEY_SHIFT : 0, now);
        break;
    }
}

static int one_session(const struct field *field, bool longer)
{
    static const int pauses_ms[] = {30, 50, 100, 200, 450, 600, 1100, 2500};
    static struct layout layout;
    static struct watched before;
    static struct watched now;
    struct driver driver = {.out = NULL};
    struct settings settings;
    settings_init(&settings);
    settings.text_scale_percent = field->percent;
    settings.motion = dice(2) == 0 ? MOTION_FULL : MOTION_REDUCED;
    settings.care_dry_eyes = dice(2) == 0;
    settings.care_jaw = dice(2) == 0;
    driver_begin(&driver, &settings, (enum technique_id)dice((uint32_t)TECHNIQUE_COUNT + 1));
    now = (struct watched){.field = *field, .help = {longer ? translate : NULL, measure, NULL}};
    int compared = 0;
    time_ns due = MILLISECONDS(300);
    for (time_ns at = 0; at < SESSION_NS && !driver.quit; at += FRAME_NS) {
        if (at >= due) {
            one_event(&driver, at);
            due = at + MILLISECONDS(pauses_ms[dice(sizeof pauses_ms / sizeof pauses_ms[0])]);
        }
        driver_run_until(&driver, at);
        struct scene scene;
        (void)session_view(&driver.session, at, &scene);
        layout_update(&layout, &scene, field->width, field->height, &now.help);
        before = now;
        find_edges(&layout, &scene, &now);
        compared += check_steady(&before, &now);
        check_apart(&now, &layout, &scene);
    }
    return compared;
}

static void edges_stand_still(void **state)
{
    (void)state;
    static const int sizes[][2] = {{640, 480}, {1280, 800}, {1920, 1080}, {1080, 1920}, {320, 180}};
    static const int32_t percents[] = {100, 150, 250};
    int compared = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (size_t k = 0; k < sizeof percents / sizeof percents[0]; k++) {
            const struct field field = {sizes[i][0], sizes[i][1], percents[k]};
            for (uint32_t n = 0; n < 4; n++) {
                seed = 20261126U + n + 100U * (uint32_t)k + 1000U * (uint32_t)i;
                compared += one_session(&field, n % 2 != 0);
            }
        }
    }
    assert_true(compared > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(edges_stand_still)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
