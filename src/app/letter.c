#include "letter_inner.h"

#include "lacrima/base/hash.h"
#include "lacrima/base/text.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

/* A page leaves, then another one comes. */
#define TURN_NS SECONDS(2)

struct letter *letter_create(const struct letter_params *params)
{
    struct letter *letter = calloc(1, sizeof *letter);
    if (letter == NULL)
        return NULL;
    letter->params = *params;
    letter_rows_forget(letter);
    letter->goal_x = -1;
    letter->handed = TIME_NEVER;
    letter->turn = (struct turn){.takes = TURN_NS, .at = TIME_NEVER};
    return letter;
}

void letter_budget(struct letter *letter, size_t lines)
{
    letter->lines_a_frame = lines;
}

void letter_say(struct letter *letter, const char *line)
{
    if (letter->params.say != NULL)
        letter->params.say(letter->params.say_user, line);
}

void letter_news(struct letter *letter, enum letter_news news, int32_t value)
{
    if (letter->news_count == LETTER_NEWS_MAX)
        return;
    letter->news[letter->news_count].news = news;
    letter->news[letter->news_count++].value = value;
}

static void open_page(struct letter *letter)
{
    if (!letter_memory(letter)) {
        letter_news(letter, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_IMPOSSIBLE);
        return;
    }
    letter->follow = true;
    letter->seen = 0;
    if (letter->open)
        return;
    editor_clear(letter->text);
    (void)editor_take_change(letter->text);
    letter->open = true;
    letter->written = false;
    letter->dirty = false;
    letter->handed = TIME_NEVER;
    letter->save_failed = false;
    letter->top = 0;
    letter->aside = 0;
    /* A key may come before the first frame. */
    render_page_room(letter->params.render, letter->params.text_scale, &letter->room);
    letter->fate = letter->params.session->visit.letter.fate;
    if (letter->fate == LETTER_FOLD)
        letter->id = journal_new(letter->journal);
    letter_news(letter, LETTER_NEWS_OPEN, 1);
    letter_news(letter, LETTER_NEWS_WRITTEN, 0);
}

/* What was written stays above the page; a new beginning stands at its head. */
static void set_aside(struct letter *letter, time_ns at)
{
    size_t length = 0;
    if (letter->text == NULL || editor_append(letter->text, "\n\n", 2) != EDITOR_DONE)
        return;
    editor_move(letter->text, EDITOR_TEXT_END, false);
    letter_changed(letter, at);
    (void)editor_text(letter->text, &length);
    letter->top = length;
    letter->aside = length;
    letter->follow = true;
    letter->seen = 0;
}

static void ask_of_list(struct letter *letter, enum letter_ask ask)
{
    int32_t row = letter->params.session->visit.letter.letter;
    bool there = row >= 0 && (size_t)row < letter->letter_count;
    letter->awaits = letter->journal != NULL && (ask == LETTER_ASK_LIST || there);
    if (!letter->awaits) {
        letter_news(letter, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_IMPOSSIBLE);
        return;
    }
    if (ask == LETTER_ASK_LIST)
        journal_list(letter->journal);
    else if (ask == LETTER_ASK_READ)
        journal_read(letter->journal, letter->ids[row]);
    else
        journal_remove(letter->journal, letter->ids[row]);
}

void letter_ask(struct letter *letter, enum letter_ask ask, time_ns at)
{
    letter->asked = ask;
    letter->awaits = false;
    letter_release(letter);
    letter_compose(letter, "", 0);
    if (letter->entry != NULL)
        editor_clear(letter->entry);
    if (letter->entry_shown)
        letter->page = (struct page){0};
    letter->entry_shown = false;
    switch (ask) {
    case LETTER_ASK_NOTHING:
        break;
    case LETTER_ASK_LOOK:
        letter_look(letter);
        break;
    case LETTER_ASK_NEW:
    case LETTER_ASK_AGAIN:
    case LETTER_ASK_OLD:
        if (!letter_memory(letter))
            letter_news(letter, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_IMPOSSIBLE);
        break;
    case LETTER_ASK_PLACE:
        (void)letter_memory(letter);
        letter_place(letter);
        break;
    case LETTER_ASK_PAGE:
        open_page(letter);
        break;
    case LETTER_ASK_ASIDE:
        set_aside(letter, at);
        break;
    case LETTER_ASK_LINES:
        letter_plan(letter);
        break;
    case LETTER_ASK_LIST:
    case LETTER_ASK_READ:
    case LETTER_ASK_REMOVE:
        ask_of_list(letter, ask);
        break;
    case LETTER_ASK_END:
        letter_end(letter, at);
        break;
    }
}

bool letter_poll(struct letter *letter, time_ns now, struct event *event)
{
    letter_journal_poll(letter);
    letter_save_poll(letter, now);
    letter_drag_poll(letter, now);
    if (letter->news_count == 0)
        return false;
    *event = (struct event){.kind = EVENT_LETTER,
                            .at = now,
                            .letter = letter->news[0].news,
                            .value = letter->news[0].value};
    letter->news_count--;
    memmove(&letter->news[0], &letter->news[1], letter->news_count * sizeof letter->news[0]);
    return true;
}

time_ns letter_deadline(const struct letter *letter)
{
    bool kept = letter->open && letter->fate != LETTER_LET_GO;
    /* While a text is on its way the next one waits, and its end wakes the loop. */
    time_ns due = kept && letter->dirty && letter->filing == NULL ? letter->due : TIME_NEVER;
    return letter->drag.lines != 0 ? time_min(due, letter->drag.due) : due;
}

/* As many dates as there is room for, around the marked one. */
static void show_list(const struct letter *letter, struct page *page)
{
    struct render_room room;
    size_t marked = (size_t)letter->params.session->visit.letter.letter;
    size_t rows = letter->dates != NULL ? letter->letter_count + 1 : 0;
    render_page_room(letter->params.render, letter->params.text_scale, &room);
    size_t shown = rows < (size_t)room.lines ? rows : (size_t)room.lines;
    size_t first = marked > shown / 2 ? marked - shown / 2 : 0;
    if (first + shown > rows)
        first = rows - shown;
    *page = (struct page){.alpha = 1.0F, .centred = true, .in_middle = true};
    for (size_t i = first; i < first + shown; i++) {
        const char *text = letter->dates[i] + (i == marked ? 0 : LETTER_MARK_BYTES);
        page->lines[page->line_count++] =
            (struct page_line){.text = text,
                               .length = (uint32_t)strlen(text),
                               .faint = i != marked,
                               .whole = true,
                               .shift_em = i == marked ? -LETTER_MARK_EM : 0.0F,
                               .alpha = 1.0F};
    }
}

/* Everything that the page is made of, as one number: equal ones look the same. */
static uint64_t seen_now(const struct letter *letter, enum letter_shown shown)
{
    const struct letter_state *state = &letter->params.session->visit.letter;
    const uint64_t parts[] = {
        (uint64_t)shown,
        letter->text != NULL ? editor_version(letter->text) : 0,
        letter->entry != NULL ? editor_version(letter->entry) : 0,
        letter->composed_version,
        letter->top,
        (uint64_t)state->letter,
        state->opening,
        letter->letter_count,
    };
    return hash_bytes(HASH_START, parts, sizeof parts) | 1;
}

static void show(struct letter *letter, enum letter_shown shown)
{
    uint64_t seen = seen_now(letter, shown);
    if (seen == letter->seen || shown == LETTER_SHOWS_NOTHING)
        return;
    letter->version++;
    if (shown == LETTER_SHOWS_TEXT)
        letter_lay_out(letter, &letter->page);
    else if (shown == LETTER_SHOWS_LIST)
        show_list(letter, &letter->page);
    else
        letter_show_entry(letter, shown == LETTER_SHOWS_SECRET, &letter->page);
    letter->entry_shown = shown == LETTER_SHOWS_ENTRY;
    letter->seen = seen_now(letter, shown);
}

void letter_settle(struct letter *letter)
{
    if (letter_shows(letter) != LETTER_SHOWS_LEAVING)
        show(letter, letter_shows(letter));
}

static bool is_letter(enum letter_shown shown)
{
    return shown == LETTER_SHOWS_TEXT || shown == LETTER_SHOWS_LEAVING;
}

/* What the page shows of the letter.  When its lines begin to leave, and when they are taken back,
 * other words stand in other places: what was seen leaves first, as it was.  Returns how much is
 * seen of it. */
static double turn_page(struct letter *letter, enum letter_shown *shown, float visible, time_ns now,
                        time_ns *until)
{
    struct turn *turn = &letter->turn;
    bool seen = letter->visible > 0.0F && is_letter(letter->front);
    letter->visible = visible;
    if (is_letter(*shown) && *shown != letter->front) {
        if (turn_begin(turn, seen, now)) {
            letter->behind = letter->front;
            letter->behind_since = letter->plan.since;
        }
        letter->front = *shown;
    } else if (*shown != LETTER_SHOWS_NOTHING) {
        letter->front = *shown;
    }
    if (!is_letter(letter->front) || letter->text == NULL)
        return 1.0;
    if (turn_goes_on(turn, now)) {
        letter->version++;
        *until = time_min(*until, now);
    }
    *shown = turn_leaves(turn, now) ? letter->behind : letter->front;
    return turn_shown(turn, now);
}

/* Those that were taken back leave as they were. */
static void show_leaving(struct letter *letter, time_ns now, time_ns *until)
{
    const struct session *session = letter->params.session;
    time_ns since = letter->plan.since;
    if (turn_leaves(&letter->turn, now)) {
        since = letter->behind_since;
    } else if (letter_shows(letter) == LETTER_SHOWS_LEAVING) {
        since = session_technique_time(session, now) - letter_leaves_at(&session->visit);
        *until = time_min(*until, now);
    }
    letter_lay_leaving(letter, since, &letter->page);
    letter->seen = 0;
    letter->version++;
}

/* Returns whether half of it is yet to come or to leave.  Between other words in other places there
 * is a frame of none, for to take away and to draw all of a page is more than a frame's work. */
static bool fade_page(struct letter *letter, enum letter_shown shown, float alpha, time_ns now)
{
    struct page *page = &letter->page;
    float before[PAGE_HALVES + 1] = {page->alpha, page->half_alpha[0], page->half_alpha[1]};
    bool behind = false;
    if (shown != letter->shown && turn_goes_on(&letter->turn, now))
        alpha = 0.0F;
    letter->shown = shown;
    if (is_letter(shown)) {
        behind = halves_fade(&letter->halves, page, alpha);
    } else {
        page->alpha = alpha;
        halves_forget(&letter->halves);
    }
    if (before[0] != page->alpha || before[1] != page->half_alpha[0] ||
        before[2] != page->half_alpha[1])
        letter->version++;
    return behind;
}

const struct page *letter_page(struct letter *letter, float visible, time_ns now, time_ns *until)
{
    enum letter_shown shown = letter_shows(letter);
    bool words = shown != LETTER_SHOWS_LIST && shown != LETTER_SHOWS_NOTHING;
    if (letter_plan_on(letter))
        *until = time_min(*until, now);
    if (visible <= 0.0F || (words && letter->text == NULL)) {
        letter->visible = 0.0F;
        halves_forget(&letter->halves);
        return NULL;
    }
    float alpha = visible * (float)turn_page(letter, &shown, visible, now, until);
    if (letter_holds(letter, alpha))
        return &letter->held;
    letter_hold_end(letter);
    halves_turn(&letter->halves, now);
    if (shown == LETTER_SHOWS_LEAVING)
        show_leaving(letter, now, until);
    else
        show(letter, shown);
    if (letter->page.line_count == 0)
        return NULL;
    if (fade_page(letter, shown, alpha, now))
        *until = time_min(*until, now);
    letter->page.version = letter->version;
    return &letter->page;
}

void letter_resize(struct letter *letter)
{
    letter_rows_forget(letter);
    letter->seen = 0;
    letter->plan.stale = true;
    render_page_room(letter->params.render, letter->params.text_scale, &letter->room);
    if (letter->text != NULL)
        letter->top = letter_line_of(letter, letter->top);
    letter->page = (struct page){0};
    letter_hold_end(letter);
}

void letter_keep(struct letter *letter, time_ns now)
{
    (void)letter_save(letter, true, now);
}

void letter_destroy(struct letter **handle)
{
    struct letter *letter = handle != NULL ? *handle : NULL;
    if (letter == NULL)
        return;
    /* Of a folded letter the journal says the same. */
    if (!letter_save(letter, true, 0) && letter->fate == LETTER_FILE)
        letter_say(letter, gettext("What was written last could not be saved."));
    if (letter->open)
        letter_file_drop(&letter->file);
    letter_forget(letter);
    journal_destroy(&letter->journal);
    free(letter->ids);
    free(letter->dates);
    free(letter);
    *handle = NULL;
}
