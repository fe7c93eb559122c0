#include "driver.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <inttypes.h>
#include <string.h>

static void print_time(FILE *out, time_ns t)
{
    int64_t us = t / 1000;
    (void)fprintf(out, "%" PRId64 ".%06" PRId64, us / 1000000, us % 1000000);
}

static void print_setting(FILE *out, const struct effect *e)
{
    if (e->kind == EFFECT_SHELF) {
        (void)fprintf(out, " shelf %s %s\n", e->name, e->on ? "not today" : "all");
        return;
    }
    if (e->state != NULL)
        (void)fprintf(out, " setting %s %s\n", e->name, e->state);
    else
        (void)fprintf(out, " setting %s %" PRId32 "\n", e->name, e->value);
}

static const char *asked_of_letter(enum letter_ask ask)
{
    static const char *const names[] = {"nothing", "look",   "new",   "again", "old",
                                        "place",   "page",   "aside", "lines", "list",
                                        "read",    "remove", "end"};
    return names[ask];
}

static void print_sentence(FILE *out, const struct effect *e)
{
    (void)fputs(e->kind == EFFECT_LINK ? " link " : " clipboard ", out);
    if (e->link != NULL)
        (void)fprintf(out, "%s:%s ", link_scheme_name(e->link->scheme), e->link->address);
    (void)fprintf(out, "\"%s\" [%s]%s\n", e->name, e->state != NULL ? e->state : "",
                  e->on ? " literal" : "");
}

static void print_effect(FILE *out, const struct effect *e)
{
    static const char *const music[] = {"play", "pause", "stop", "next", "previous", "bed", "rise"};
    static const char *const read[] = {"tell",    "next", "previous", "open",
                                       "forward", "back", "play",     "hold"};
    print_time(out, e->at);
    switch (e->kind) {
    case EFFECT_STATE:
        (void)fprintf(out, " state %s %s (%s)\n", e->name, e->state, e->cause);
        break;
    case EFFECT_SCREEN:
        (void)fprintf(out, " screen %s\n", e->name);
        break;
    case EFFECT_CUE:
        (void)fprintf(out, " cue %s %.3f\n", cue_name(e->cue), time_seconds(e->length_ns));
        break;
    case EFFECT_CUES_STOP:
        (void)fputs(" cues stop\n", out);
        break;
    case EFFECT_AMBIENCE:
        (void)fprintf(out, " ambience %s\n", ambience_name(e->ambience));
        break;
    case EFFECT_MUSIC:
        (void)fprintf(out, " music %s\n", music[e->music]);
        break;
    case EFFECT_SETTING:
    case EFFECT_SHELF:
        print_setting(out, e);
        break;
    case EFFECT_TITLE:
        (void)fprintf(out, " title %s\n", e->on ? "own" : "neutral");
        break;
    case EFFECT_AWAKE:
        (void)fprintf(out, " awake %s\n", e->on ? "on" : "off");
        break;
    case EFFECT_SILENCE:
        (void)fprintf(out, " silence %s\n", e->on ? "on" : "off");
        break;
    case EFFECT_FULLSCREEN:
        (void)fputs(" fullscreen\n", out);
        break;
    case EFFECT_DISPLAY:
        (void)fputs(" display\n", out);
        break;
    case EFFECT_CLIPBOARD:
    case EFFECT_LINK:
        print_sentence(out, e);
        break;
    case EFFECT_READ:
        (void)fprintf(out, " read %s\n", read[e->read]);
        break;
    case EFFECT_LETTER:
        (void)fprintf(out, " letter %s\n", asked_of_letter(e->letter));
        break;
    case EFFECT_QUIT:
        (void)fputs(" quit\n", out);
        break;
    }
}

void driver_people(struct people *people)
{
    *people = (struct people){.proposed = "XB", .country_count = 3};
    static const char *const names[] = {"Asland", "Bsland", "Csland"};
    static const char *const numbers[] = {"112", "999, 112", "110"};
    for (int i = 0; i < people->country_count; i++) {
        struct people_country *country = &people->countries[i];
        country->code[0] = 'X';
        country->code[1] = (char)('A' + i);
        (void)text_copy(country->name, sizeof country->name, names[i]);
        (void)text_copy(country->emergency, sizeof country->emergency, numbers[i]);
        country->contact_count = i == 0 ? 0 : i == 1 ? 2 : 7;
        for (int k = 0; k < country->contact_count; k++) {
            struct people_contact *contact = &country->contacts[k];
            *contact = (struct people_contact){
                .methods = k == 0 ? PEOPLE_CALL : PEOPLE_TEXT, .name = "A line", .note = "24/7"};
            (void)snprintf(contact->number, sizeof contact->number, "0800 00 %d", k);
        }
        if (i > 0)
            (void)text_copy(country->checked, sizeof country->checked, "2026-06-02");
        (void)text_copy(country->source, sizeof country->source, "a list");
        country->old = i == 2;
    }
}

static void tell_people(struct driver *driver)
{
    static struct people people;
    driver_people(&people);
    session_people(&driver->session, &people);
}

/* Two texts, of three pages and of one, a film that ends after two leaps on, three photographs; the
 * first and the last stand on a shelf. */
static const struct {
    const char *title, *about;
    int32_t pages;
    enum read_kind kind;
    bool shelf;
} library[] = {
    {"A long piece", "About somebody.", 3, READ_KIND_TEXT, true},
    {"A short piece", "", 1, READ_KIND_TEXT, false},
    {"A film", "", 2, READ_KIND_FILM, false},
    {"Photographs", "", 3, READ_KIND_PHOTOS, true},
};

#define LIBRARY_COUNT ((int32_t)(sizeof library / sizeof library[0]))

static void take(struct driver *driver, struct effects *effects);

/* What the app would say to what a technique asks of it; false: nothing. */
static bool read_reply(struct driver *driver, const struct effect *effect, struct event *event)
{
    *event = (struct event){.kind = EVENT_READ, .at = effect->at};
    int32_t *chosen = &driver->text_chosen;
    int32_t *page = &driver->text_page;
    int32_t step = 0;
    switch (effect->read) {
    case READ_TELL:
    case READ_NEXT:
    case READ_PREVIOUS:
        step = effect->read == READ_NEXT       ? 1
               : effect->read == READ_PREVIOUS ? LIBRARY_COUNT - 1
                                               : 0;
        *chosen = (*chosen + step) % LIBRARY_COUNT;
        while ((driver->texts_out & 1U << *chosen) != 0)
            *chosen = (*chosen + (step == 0 ? 1 : step)) % LIBRARY_COUNT;
        *page = 0;
        event->read = READ_CHOSEN;
        event->value = library[*chosen].kind;
        event->shelf = library[*chosen].shelf;
        (void)text_copy(event->text, sizeof event->text, library[*chosen].title);
        (void)text_copy(event->about, sizeof event->about, library[*chosen].about);
        return true;
    case READ_OPEN:
        break;
    case READ_FORWARD:
        ++*page;
        break;
    case READ_BACK:
        --*page;
        break;
    case READ_PLAY:
    case READ_HOLD:
        return false;
    }
    enum read_kind kind = library[*chosen].kind;
    bool within = *page >= 0 && *page < library[*chosen].pages;
    event->read = *page < 0 ? READ_BEGIN : READ_END;
    if (within)
        event->read = kind == READ_KIND_PHOTOS ? READ_PHOTO
                      : kind == READ_KIND_FILM ? READ_FILM
                                               : READ_PAGE;
    event->value = kind == READ_KIND_PHOTOS ? *page % SCENE_PICTURES
                   : kind == READ_KIND_FILM ? 0
                                            : 60 + *page;
    bool before = *page < 0;
    *page = before ? 0 : *page;
    return kind != READ_KIND_FILM || effect->read == READ_OPEN || (!before && !within);
}

static void say_letter(struct driver *driver, enum letter_news news, int32_t value, time_ns at)
{
    struct effects effects = {0};
    const struct event event = {.kind = EVENT_LETTER, .at = at, .letter = news, .value = value};
    session_event(&driver->session, &event, &effects);
    take(driver, &effects);
}

/* What the letter's keeper would say; now and then it cannot, or has not yet. */
static void letter_reply(struct driver *driver, enum letter_ask ask, time_ns at)
{
    uint32_t asked = driver->letters_asked;
    switch (ask) {
    case LETTER_ASK_LOOK:
        if (driver->session.visit.letter.journal == LETTER_JOURNAL_UNSEEN)
            say_letter(driver, LETTER_NEWS_JOURNAL,
                       driver->journal != 0 ? driver->journal : LETTER_JOURNAL_NONE, at);
        break;
    case LETTER_ASK_PAGE:
        if (!driver->session.visit.letter.open)
            say_letter(driver, LETTER_NEWS_WRITTEN, 0, at);
        say_letter(driver, LETTER_NEWS_OPEN, 1, at);
        break;
    case LETTER_ASK_LINES:
        say_letter(driver, LETTER_NEWS_LEAVES, 5400, at);
        break;
    case LETTER_ASK_LIST:
        say_letter(driver, LETTER_NEWS_LETTERS, 2, at);
        break;
    case LETTER_ASK_READ:
    case LETTER_ASK_REMOVE:
        driver->letters_asked++;
        if (asked % 3 == 0)
            say_letter(driver, LETTER_NEWS_DONE, 0, at);
        else if (asked % 3 == 1)
            say_letter(driver, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_IMPOSSIBLE, at);
        break;
    case LETTER_ASK_END:
        say_letter(driver, LETTER_NEWS_OPEN, 0, at);
        break;
    case LETTER_ASK_NOTHING:
    case LETTER_ASK_NEW:
    case LETTER_ASK_AGAIN:
    case LETTER_ASK_OLD:
    case LETTER_ASK_PLACE:
    case LETTER_ASK_ASIDE:
        break;
    }
}

/* Enter, where text is taken: a line was entered, or a word written. */
static void enter_text(struct driver *driver, const struct event *event)
{
    bool page = letter_shown(&driver->session.visit) == LETTER_SHOWS_TEXT;
    bool shift = (event->key.modifiers & KEY_SHIFT) != 0;
    if (page)
        say_letter(driver, LETTER_NEWS_WRITTEN, 1, event->at);
    else if (shift)
        say_letter(driver, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_OTHER, event->at);
    if (page || shift)
        return;
    if (letter_shown(&driver->session.visit) == LETTER_SHOWS_SECRET &&
        text_equal(driver->state, "again"))
        say_letter(driver, LETTER_NEWS_JOURNAL, LETTER_JOURNAL_LOCKED, event->at);
    say_letter(driver, LETTER_NEWS_DONE, 0, event->at);
}

static void take(struct driver *driver, struct effects *effects)
{
    struct event replies[EFFECTS_MAX];
    enum letter_ask asked = LETTER_ASK_NOTHING;
    time_ns asked_at = 0;
    size_t reply_count = 0;
    for (size_t i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        if (driver->out != NULL)
            print_effect(driver->out, effect);
        if (effect->kind == EFFECT_QUIT)
            driver->quit = true;
        if (effect->kind == EFFECT_SCREEN && text_equal(effect->name, "people") &&
            !driver->session.cards.people_told)
            tell_people(driver);
        if (driver->effect != NULL)
            driver->effect(driver->user, driver, effect);
        if (effect->kind == EFFECT_STATE)
            driver->state = effect->state;
        if (effect->kind == EFFECT_LETTER) {
            asked = effect->letter;
            asked_at = effect->at;
        }
        if (effect->kind == EFFECT_SHELF && text_equal(effect->name, "read"))
            driver->texts_out = effect->on ? driver->texts_out | 1U << driver->text_chosen : 0;
        if (effect->kind == EFFECT_READ)
            reply_count += read_reply(driver, effect, &replies[reply_count]) ? 1 : 0;
    }
    effects->count = 0;
    for (size_t i = 0; i < reply_count; i++) {
        session_event(&driver->session, &replies[i], effects);
        take(driver, effects);
    }
    letter_reply(driver, asked, asked_at);
}

void driver_begin(struct driver *driver, const struct settings *settings,
                  enum technique_id technique)
{
    struct effects effects = {0};
    session_init(&driver->session, settings);
    driver->quit = false;
    session_begin(&driver->session, technique, 0, &effects);
    take(driver, &effects);
}

void driver_run_until(struct driver *driver, time_ns now)
{
    struct effects effects = {0};
    while (!driver->quit && session_run_next(&driver->session, now, &effects))
        take(driver, &effects);
}

void driver_event(struct driver *driver, const struct event *event)
{
    struct effects effects = {0};
    driver_run_until(driver, event->at - event->gap_ns);
    if (event->kind == EVENT_KEY_DOWN && event->key.typed == KEY_ENTER &&
        (event->key.modifiers & KEY_CTRL) == 0 && session_takes_text(&driver->session)) {
        enter_text(driver, event);
        return;
    }
    session_event(&driver->session, event, &effects);
    take(driver, &effects);
}

void driver_press(struct driver *driver, int32_t typed, uint8_t modifiers, time_ns at)
{
    struct event event = {.kind = EVENT_KEY_DOWN, .at = at};
    event.key = (struct key){.typed = typed, .position = typed, .modifiers = modifiers};
    driver_event(driver, &event);
    event.kind = EVENT_KEY_UP;
    driver_event(driver, &event);
}

/* Which figure it is and where its head is: enough to see it move. */
static void print_figure(FILE *out, const struct scene_figure *figure)
{
    if (!(figure->alpha > 0.0F))
        return;
    (void)fprintf(out, "    figure %d alpha %.2f", figure->kind, (double)figure->alpha);
    for (size_t i = 0; i < figure->stroke_count; i++) {
        const struct scene_stroke *s = &figure->strokes[i];
        if (s->x0 == s->x1 && s->y0 == s->y1 && !s->clears)
            (void)fprintf(out, " head %.3f %.3f", (double)s->x0, (double)s->y0);
    }
    (void)fputc('\n', out);
}

void driver_print_scene(FILE *out, const struct scene *scene)
{
    static const char *const slots[] = {"top",  "upper", "centre", "lower",
                                        "list", "table", "foot",   "beside"};
    static const char *const shapes[] = {"none", "disc", "bar",      "eyelid", "jaw",
                                         "glow", "dot",  "bullseye", "ember",  "drain"};
    for (size_t i = 0; i < scene->shape_count; i++)
        (void)fprintf(out, "    %s%s %.3f alpha %.2f\n", scene->shapes[i].beside ? "small " : "",
                      shapes[scene->shapes[i].kind], (double)scene->shapes[i].amount,
                      (double)scene->shapes[i].alpha);
    print_figure(out, &scene->figure);
    if (scene->page > 0.0F)
        (void)fprintf(out, "    page %.2f\n", (double)scene->page);
    for (size_t i = 0; i < SCENE_PICTURES; i++) {
        if (scene->pictures[i] > 0.0F)
            (void)fprintf(out, "    picture %zu %.3f\n", i, (double)scene->pictures[i]);
    }
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct scene_line *line = &scene->lines[i];
        (void)fprintf(out, "    %s%s %.2f \"%s\"", slots[line->slot], line->marked ? "*" : "",
                      (double)line->alpha, line->text);
        if (line->arg[0] != '\0')
            (void)fprintf(out, " [%s]", line->arg);
        if (line->key[0] != '\0')
            (void)fprintf(out, " {%s}", line->key);
        (void)fputc('\n', out);
    }
}

static bool in_unit(float x)
{
    return x >= 0.0F && x <= 1.0F;
}

void driver_check_scene(const struct scene *scene)
{
    check(scene->line_count < SCENE_LINES_MAX && scene->shape_count < SCENE_SHAPES_MAX);
    for (size_t i = 0; i < scene->shape_count; i++)
        check(in_unit(scene->shapes[i].amount) && in_unit(scene->shapes[i].alpha) &&
              scene->shapes[i].kind != SCENE_SHAPE_NONE);
    double pictures = 0.0;
    for (size_t i = 0; i < SCENE_PICTURES; i++) {
        check(in_unit(scene->pictures[i]));
        pictures += (double)scene->pictures[i];
    }
    check(in_unit(scene->page) && pictures <= 1.0 + 1e-6);
    check(in_unit(scene->figure.alpha) && scene->figure.stroke_count <= SCENE_STROKES_MAX);
    for (size_t i = 0; i < scene->figure.stroke_count; i++)
        check(in_unit(scene->figure.strokes[i].part));
    for (size_t i = 0; i < scene->line_count; i++)
        check(in_unit(scene->lines[i].alpha) && scene->lines[i].text[0] != '\0');
    const struct colour *colours[] = {&scene->field, &scene->ink, &scene->ink_faint, &scene->accent,
                                      &scene->line};
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++)
        check(in_unit(colours[i]->r) && in_unit(colours[i]->g) && in_unit(colours[i]->b));
}
