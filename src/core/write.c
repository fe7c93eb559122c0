/* 9 write: a letter that need not be sent.  What becomes of it is known before its first word.
 *
 * The words themselves are the keeper's (app); this machine knows where one is, and what is asked
 * for (core/letter.h). */
#include "write.h"
#include "techniques.h"

#include "lacrima/base/text.h"
#include "mark.h"
#include "view.h"

#define BACK_NS SECONDS(10)
/* After a fade in, before the first line leaves. */
#define STAND_NS SECONDS(2)
/* And after the last one left. */
#define BARE_NS       SECONDS(1)
#define LEAVES_MS_MAX (int32_t)(LETTER_LEAVES_NS_MAX / NS_PER_MS)

const struct phase write_phases[WRITE_PHASES] = {
    [WRITE_SETTLE] = {.name = "settle",
                      .words = {N_("A letter to somebody, or to nobody. It need not be sent."),
                                N_("Spelling does not matter, and nobody need read it.")},
                      .caution = N_("If something is more than you can carry today, write about "
                                    "something else: F4. Feeling low for some hours afterwards is "
                                    "common."),
                      .hint = N_("Space begins"),
                      .length_ns = PHASE_LENGTH_OWN,
                      .flags = PHASE_IS_SETTLE},
    [WRITE_FATE] = {.name = "fate",
                    .words = {N_("What becomes of this letter?")},
                    .hint = N_("Up and Down choose, Space goes on"),
                    .length_ns = PHASE_WAITS,
                    .previous = WRITE_SETTLE,
                    .flags = PHASE_LIST},
    [WRITE_NEW] = {.name = "new",
                   .words = {N_("A passphrase for the letters you fold away.")},
                   .caution = N_("Any words will do that you will know again. There is no other "
                                 "way to open them: forgotten means gone."),
                   .hint = N_("Enter goes on, Esc goes back"),
                   .length_ns = PHASE_WAITS,
                   .previous = WRITE_FATE,
                   .flags = PHASE_ASKS},
    [WRITE_AGAIN] = {.name = "again",
                     .words = {N_("The same once more.")},
                     .hint = N_("Enter goes on, Esc goes back"),
                     .length_ns = PHASE_WAITS,
                     .previous = WRITE_FATE,
                     .flags = PHASE_ASKS},
    [WRITE_OLD] = {.name = "old",
                   .words = {N_("The passphrase of your folded letters.")},
                   .hint = N_("Enter goes on, Esc goes back"),
                   .length_ns = PHASE_WAITS,
                   .previous = WRITE_FATE,
                   .flags = PHASE_ASKS},
    [WRITE_PLACE] = {.name = "place",
                     .words = {N_("Where is the file to be kept?")},
                     .caution = N_("A new file. What is there already stays as it is."),
                     .hint = N_("Enter goes on, Esc goes back"),
                     .length_ns = PHASE_WAITS,
                     .previous = WRITE_FATE,
                     .flags = PHASE_ASKS},
    [WRITE_PAGE] = {.name = "page",
                    .hint = N_("F4: write about something else. Esc: be done, or rest"),
                    .length_ns = PHASE_WAITS,
                    .previous = WRITE_FATE,
                    .flags = PHASE_BARE},
    [WRITE_LEAVING] = {.name = "leaving",
                       .hint = N_("Space goes on. Esc rests: the letter stays"),
                       .length_ns = PHASE_WAITS,
                       .previous = WRITE_PAGE,
                       .flags = PHASE_LIST},
    [WRITE_GO] = {.name = "go",
                  .hint = N_("Space takes it back"),
                  .length_ns = PHASE_LENGTH_OWN,
                  .previous = WRITE_LEAVING},
    [WRITE_BACK] = {.name = "back",
                    .words = {N_("It has left. For ten seconds, Space takes it back.")},
                    .hint = N_("Space takes it back"),
                    .length_ns = BACK_NS,
                    .cue = CUE_MARK,
                    .previous = WRITE_LEAVING},
    [WRITE_CLOSE] = {.name = "close",
                     .hint = N_("Space goes on"),
                     .length_ns = CLOSE_NS,
                     .cue = CUE_MARK,
                     .previous = WRITE_FATE},
    [WRITE_LETTERS] = {.name = "letters",
                       .hint = N_("Space opens, Delete removes, Esc goes back"),
                       .length_ns = PHASE_WAITS,
                       .previous = WRITE_FATE,
                       .flags = PHASE_LIST},
    [WRITE_READING] = {.name = "reading",
                       .hint = N_("Esc goes back"),
                       .length_ns = PHASE_WAITS,
                       .previous = WRITE_LETTERS},
    [WRITE_REMOVE] = {.name = "remove",
                      .words = {N_("Remove this letter? Nothing brings it back.")},
                      .hint = N_("Up and Down choose, Space goes on, Esc goes back"),
                      .length_ns = PHASE_WAITS,
                      .previous = WRITE_LETTERS,
                      .flags = PHASE_LIST | PHASE_ASKS},
    [WRITE_REMOVED] = {.name = "removed",
                       .hint = N_("Esc goes back"),
                       .length_ns = PHASE_WAITS,
                       .previous = WRITE_LETTERS},
};

/* What is asked of the keeper as a state is entered. */
static const enum letter_ask asks[WRITE_PHASES] = {
    [WRITE_FATE] = LETTER_ASK_LOOK,      [WRITE_NEW] = LETTER_ASK_NEW,
    [WRITE_AGAIN] = LETTER_ASK_AGAIN,    [WRITE_OLD] = LETTER_ASK_OLD,
    [WRITE_PLACE] = LETTER_ASK_PLACE,    [WRITE_PAGE] = LETTER_ASK_PAGE,
    [WRITE_LEAVING] = LETTER_ASK_LINES,  [WRITE_CLOSE] = LETTER_ASK_END,
    [WRITE_LETTERS] = LETTER_ASK_LIST,   [WRITE_READING] = LETTER_ASK_READ,
    [WRITE_REMOVED] = LETTER_ASK_REMOVE,
};

#define GUARD(name, condition)                                                                     \
    static bool name(const struct visit *visit, const struct settings *settings, time_ns at)       \
    {                                                                                              \
        const struct letter_state *letter = &visit->letter;                                        \
        (void)settings;                                                                            \
        (void)at;                                                                                  \
        return (condition);                                                                        \
    }

GUARD(is_open, letter->open)
GUARD(lets_go, letter->row == LETTER_LET_GO)
GUARD(keeps_file, letter->row == LETTER_FILE)
GUARD(folds_first, letter->row == LETTER_FOLD && letter->journal == LETTER_JOURNAL_NONE)
GUARD(folds_locked, letter->row == LETTER_FOLD && letter->journal == LETTER_JOURNAL_LOCKED)
GUARD(folds, letter->row == LETTER_FOLD && letter->journal == LETTER_JOURNAL_UNLOCKED)
GUARD(reads_locked, letter->row == FATE_ROW_READ && letter->journal == LETTER_JOURNAL_LOCKED)
GUARD(reads, letter->row == FATE_ROW_READ && letter->journal == LETTER_JOURNAL_UNLOCKED)
GUARD(changing, letter->purpose == LETTER_TO_CHANGE)
GUARD(to_read, letter->purpose == LETTER_TO_READ)
GUARD(changing_other,
      letter->purpose == LETTER_TO_CHANGE && letter->trouble == LETTER_TROUBLE_OTHER)
GUARD(is_written, letter->written)
GUARD(writes_on, letter->row + 1 == write_rows(visit))
GUARD(goes, letter->fate == LETTER_LET_GO)
GUARD(on_letter, letter->letter < letter->letters)
GUARD(on_passphrase, letter->letter == letter->letters)
GUARD(removes, letter->row == REMOVE_ROW_REMOVE)

static const struct transition transitions[] = {
    {WRITE_SETTLE, CAUSE_TIME, is_open, "a letter is open", WRITE_PAGE},
    {WRITE_SETTLE, CAUSE_TIME, NULL, NULL, WRITE_FATE},
    {WRITE_SETTLE, CAUSE_SPACE, is_open, "a letter is open", WRITE_PAGE},
    {WRITE_SETTLE, CAUSE_SPACE, NULL, NULL, WRITE_FATE},
    {WRITE_FATE, CAUSE_SPACE, lets_go, "let it go", WRITE_PAGE},
    {WRITE_FATE, CAUSE_SPACE, folds_first, "fold it away, the first", WRITE_NEW},
    {WRITE_FATE, CAUSE_SPACE, folds_locked, "fold it away", WRITE_OLD},
    {WRITE_FATE, CAUSE_SPACE, folds, "fold it away, open", WRITE_PAGE},
    {WRITE_FATE, CAUSE_SPACE, keeps_file, "keep a file", WRITE_PLACE},
    {WRITE_FATE, CAUSE_SPACE, reads_locked, "read", WRITE_OLD},
    {WRITE_FATE, CAUSE_SPACE, reads, "read, open", WRITE_LETTERS},
    {WRITE_NEW, CAUSE_LETTER, NULL, NULL, WRITE_AGAIN},
    {WRITE_NEW, CAUSE_LEAVE, changing, "changing it", WRITE_LETTERS},
    {WRITE_NEW, CAUSE_LEAVE, NULL, NULL, WRITE_FATE},
    {WRITE_AGAIN, CAUSE_LETTER, changing, "changing it", WRITE_LETTERS},
    {WRITE_AGAIN, CAUSE_LETTER, NULL, NULL, WRITE_PAGE},
    {WRITE_AGAIN, CAUSE_REFUSED, changing_other, "the old one is another", WRITE_OLD},
    {WRITE_AGAIN, CAUSE_REFUSED, NULL, NULL, WRITE_NEW},
    {WRITE_AGAIN, CAUSE_LEAVE, changing, "changing it", WRITE_LETTERS},
    {WRITE_AGAIN, CAUSE_LEAVE, NULL, NULL, WRITE_FATE},
    {WRITE_OLD, CAUSE_LETTER, changing, "changing it", WRITE_NEW},
    {WRITE_OLD, CAUSE_LETTER, to_read, "to read", WRITE_LETTERS},
    {WRITE_OLD, CAUSE_LETTER, NULL, NULL, WRITE_PAGE},
    {WRITE_OLD, CAUSE_LEAVE, changing, "changing it", WRITE_LETTERS},
    {WRITE_OLD, CAUSE_LEAVE, NULL, NULL, WRITE_FATE},
    {WRITE_PLACE, CAUSE_LETTER, NULL, NULL, WRITE_PAGE},
    {WRITE_PLACE, CAUSE_LEAVE, NULL, NULL, WRITE_FATE},
    {WRITE_PAGE, CAUSE_REFUSED, NULL, NULL, WRITE_FATE},
    {WRITE_PAGE, CAUSE_LEAVE, is_written, "something is written", WRITE_LEAVING},
    {WRITE_PAGE, CAUSE_LEAVE, NULL, NULL, WRITE_CLOSE},
    {WRITE_LEAVING, CAUSE_SPACE, writes_on, "write on", WRITE_PAGE},
    {WRITE_LEAVING, CAUSE_SPACE, goes, "let it go", WRITE_GO},
    {WRITE_LEAVING, CAUSE_SPACE, NULL, NULL, WRITE_CLOSE},
    {WRITE_GO, CAUSE_TIME, NULL, NULL, WRITE_BACK},
    {WRITE_GO, CAUSE_SPACE, NULL, NULL, WRITE_PAGE},
    {WRITE_GO, CAUSE_LEAVE, NULL, NULL, WRITE_LEAVING},
    /* Right never shortens the ten seconds: it begins them anew. */
    {WRITE_BACK, CAUSE_RIGHT, NULL, NULL, WRITE_BACK},
    {WRITE_BACK, CAUSE_TIME, NULL, NULL, WRITE_CLOSE},
    {WRITE_BACK, CAUSE_SPACE, NULL, NULL, WRITE_PAGE},
    {WRITE_BACK, CAUSE_LEAVE, NULL, NULL, WRITE_LEAVING},
    {WRITE_CLOSE, CAUSE_REFUSED, NULL, NULL, WRITE_PAGE},
    {WRITE_CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {WRITE_CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
    {WRITE_LETTERS, CAUSE_SPACE, on_letter, "a letter", WRITE_READING},
    {WRITE_LETTERS, CAUSE_SPACE, on_passphrase, "another passphrase", WRITE_OLD},
    {WRITE_LETTERS, CAUSE_REMOVE, on_letter, "a letter", WRITE_REMOVE},
    {WRITE_LETTERS, CAUSE_REFUSED, NULL, NULL, WRITE_FATE},
    {WRITE_LETTERS, CAUSE_LEAVE, NULL, NULL, WRITE_FATE},
    {WRITE_READING, CAUSE_LETTER, NULL, NULL, WRITE_PAGE},
    {WRITE_READING, CAUSE_REFUSED, NULL, NULL, WRITE_LETTERS},
    {WRITE_READING, CAUSE_LEAVE, NULL, NULL, WRITE_LETTERS},
    {WRITE_REMOVE, CAUSE_SPACE, removes, "remove it", WRITE_REMOVED},
    {WRITE_REMOVE, CAUSE_SPACE, NULL, NULL, WRITE_LETTERS},
    {WRITE_REMOVE, CAUSE_LEAVE, NULL, NULL, WRITE_LETTERS},
    {WRITE_REMOVED, CAUSE_LETTER, NULL, NULL, WRITE_LETTERS},
    {WRITE_REMOVED, CAUSE_REFUSED, NULL, NULL, WRITE_LETTERS},
    {WRITE_REMOVED, CAUSE_LEAVE, NULL, NULL, WRITE_LETTERS},
};

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    if (visit->phase == WRITE_SETTLE)
        return settle_length(visit, settings);
    return STAND_NS + MILLISECONDS(visit->letter.leaves_ms) + BARE_NS;
}

time_ns letter_leaves_at(const struct visit *visit)
{
    return visit->entered + STAND_NS;
}

/* The soft bell, so long after the letter was begun. */
static bool mark(const struct visit *visit, const struct settings *settings, uint8_t n,
                 struct mark *mark)
{
    int32_t minutes = settings->write_bell_min;
    if (minutes > 0 && minutes < WRITE_BELL_MIN_LEAST)
        minutes = WRITE_BELL_MIN_LEAST;
    *mark = (struct mark){.after = visit->letter.began + MINUTES(minutes) - visit->entered,
                          .cue = CUE_BELL};
    return visit->phase == WRITE_PAGE && n == 0 && minutes > 0 && mark->after > 0;
}

/* What was chosen in FATE is what the letter will be. */
static void settle_fate(struct letter_state *letter)
{
    letter->purpose = letter->row == FATE_ROW_READ ? LETTER_TO_READ : LETTER_TO_WRITE;
    letter->fate = letter->row < LETTER_FATES ? (enum letter_fate)letter->row : LETTER_FOLD;
}

static void enter_page(struct visit *visit, uint8_t from)
{
    struct letter_state *letter = &visit->letter;
    if (from != WRITE_LEAVING && from != WRITE_GO && from != WRITE_BACK)
        letter->began = visit->entered;
    letter->busy = false;
    letter->trouble = LETTER_TROUBLE_NONE;
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    struct letter_state *letter = &visit->letter;
    (void)settings;
    letter->busy = false;
    letter->waits_to_fold = false;
    if (from == WRITE_FATE)
        settle_fate(letter);
    switch ((enum write_phase)visit->phase) {
    case WRITE_FATE:
        /* What was said of a passphrase or a name goes with it. */
        if (from >= WRITE_NEW && from <= WRITE_PLACE)
            letter->trouble = LETTER_TROUBLE_NONE;
        letter->row = letter->purpose == LETTER_TO_READ ? FATE_ROW_READ : (uint8_t)letter->fate;
        break;
    case WRITE_NEW:
        if (from != WRITE_AGAIN)
            letter->trouble = LETTER_TROUBLE_NONE;
        break;
    case WRITE_OLD:
        if (from == WRITE_LETTERS)
            letter->purpose = LETTER_TO_CHANGE;
        if (from != WRITE_AGAIN)
            letter->trouble = LETTER_TROUBLE_NONE;
        break;
    case WRITE_PAGE:
        enter_page(visit, from);
        break;
    case WRITE_LEAVING:
        letter->row = letter->fate == LETTER_LET_GO ? (uint8_t)letter->way : 0;
        break;
    case WRITE_GO:
        letter->way = (enum letter_way)(letter->row < LETTER_WAYS ? letter->row : letter->way);
        break;
    case WRITE_LETTERS:
        if (from != WRITE_READING && from != WRITE_REMOVED)
            letter->trouble = LETTER_TROUBLE_NONE;
        letter->purpose = LETTER_TO_READ;
        letter->fate = LETTER_FOLD;
        break;
    case WRITE_REMOVE:
        letter->row = REMOVE_ROW_KEEP;
        break;
    case WRITE_SETTLE:
    case WRITE_AGAIN:
    case WRITE_PLACE:
        letter->trouble = LETTER_TROUBLE_NONE;
        break;
    case WRITE_BACK:
    case WRITE_CLOSE:
    case WRITE_READING:
    case WRITE_REMOVED:
    case WRITE_PHASES:
        break;
    }
}

uint8_t write_rows(const struct visit *visit)
{
    const struct letter_state *letter = &visit->letter;
    if (visit->phase == WRITE_FATE) {
        bool letters =
            letter->journal == LETTER_JOURNAL_LOCKED || letter->journal == LETTER_JOURNAL_UNLOCKED;
        return letters ? FATE_ROWS : LETTER_FATES;
    }
    if (visit->phase == WRITE_LEAVING)
        return letter->fate == LETTER_LET_GO ? LETTER_WAYS + 1 : 2;
    return visit->phase == WRITE_REMOVE ? REMOVE_ROWS : 0;
}

static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    struct letter_state *letter = &visit->letter;
    (void)settings;
    uint8_t rows = write_rows(visit);
    if (visit->phase == WRITE_SETTLE && !letter->open)
        letter->opening =
            (uint8_t)view_row_step(letter->opening % WRITE_OPENINGS, step, WRITE_OPENINGS);
    else if (visit->phase == WRITE_LETTERS)
        letter->letter = view_row_step(letter->letter, step, letter->letters + 1);
    else if (rows > 0)
        letter->row = (uint8_t)view_row_step(letter->row < rows ? letter->row : 0, step, rows);
    letter->trouble = LETTER_TROUBLE_NONE;
    letter->waits_to_fold = false;
    return (struct choice){0};
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)settings;
    (void)arg;
    (void)arg_size;
    return visit->letter.open ? N_("Your letter is still here.")
                              : write_opening_choice(&visit->letter);
}

/* F4: a topic that is too much is set aside, above the page, with another beginning.  And a choice
 * that is made while the disk is still looked at is kept until that is done. */
static bool answer(struct visit *visit, struct settings *settings, enum action action, time_ns at,
                   struct effects *effects)
{
    (void)settings;
    bool goes_on = action == ACTION_SPACE || action == ACTION_NEXT_STATE;
    if (goes_on && visit->phase == WRITE_FATE && visit->letter.row == LETTER_FOLD &&
        visit->letter.journal == LETTER_JOURNAL_UNSEEN) {
        visit->letter.waits_to_fold = true;
        return true;
    }
    if (visit->phase != WRITE_PAGE || action != ACTION_ASIDE)
        return false;
    if (!visit->letter.written)
        return true;
    uint8_t opening = visit->letter.opening;
    visit->letter.opening = opening < UINT8_MAX ? opening + 1 : WRITE_OPENINGS;
    if (visit->letter.opening < WRITE_OPENINGS)
        visit->letter.opening = WRITE_OPENINGS;
    effects_add(effects, EFFECT_LETTER, at)->letter = LETTER_ASK_ASIDE;
    return true;
}

static void ask(const struct visit *visit, enum cause cause, time_ns at, struct effects *effects)
{
    (void)cause;
    if (asks[visit->phase] != LETTER_ASK_NOTHING)
        effects_add(effects, EFFECT_LETTER, at)->letter = asks[visit->phase];
}

static bool keeps_space(const struct visit *visit)
{
    (void)visit;
    return true;
}

static bool takes_text(const struct visit *visit)
{
    return visit->phase >= WRITE_NEW && visit->phase <= WRITE_PAGE;
}

void letter_hear(struct letter_state *letter, enum letter_news news, int32_t value)
{
    switch (news) {
    case LETTER_NEWS_DONE:
        letter->busy = false;
        letter->trouble = LETTER_TROUBLE_NONE;
        break;
    case LETTER_NEWS_TROUBLE:
        letter->busy = false;
        letter->trouble = (enum letter_trouble)value;
        break;
    case LETTER_NEWS_BUSY:
        letter->busy = true;
        letter->trouble = LETTER_TROUBLE_NONE;
        break;
    case LETTER_NEWS_UNLOCKED:
        letter->memory_refused = value != 0;
        break;
    case LETTER_NEWS_JOURNAL:
        letter->journal = (enum letter_journal)value;
        break;
    case LETTER_NEWS_OPEN:
        letter->open = value != 0;
        break;
    case LETTER_NEWS_WRITTEN:
        letter->written = value != 0;
        break;
    case LETTER_NEWS_LEAVES:
        letter->leaves_ms = value < 0 ? 0 : value < LEAVES_MS_MAX ? value : LEAVES_MS_MAX;
        break;
    case LETTER_NEWS_LETTERS:
        letter->letters = value;
        letter->letter = letter->letter > value ? value : letter->letter;
        break;
    }
}

/* A letter that is let go is heard as it goes. */
static enum ambience ambience(const struct visit *visit, const struct settings *settings)
{
    static const enum ambience ways[LETTER_WAYS] = {[LETTER_FIRE] = AMBIENCE_EMBERS,
                                                    [LETTER_WATER] = AMBIENCE_WATER,
                                                    [LETTER_LEAVES] = AMBIENCE_LEAVES};
    (void)settings;
    return visit->phase == WRITE_GO ? ways[visit->letter.way] : AMBIENCE_NONE;
}

const struct technique technique_write = {
    .id = "write",
    .title = N_("Writing"),
    .phases = write_phases,
    .phase_count = COUNT_OF(write_phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .mark = mark,
    .ambience = ambience,
    .enter = enter,
    .choose = choose,
    .choice = choice,
    .answer = answer,
    .ask = ask,
    .keeps_space = keeps_space,
    .takes_text = takes_text,
    .view = write_view,
};

enum letter_shown letter_shown(const struct visit *visit)
{
    static const enum letter_shown shown[WRITE_PHASES] = {
        [WRITE_NEW] = LETTER_SHOWS_SECRET,   [WRITE_AGAIN] = LETTER_SHOWS_SECRET,
        [WRITE_OLD] = LETTER_SHOWS_SECRET,   [WRITE_PLACE] = LETTER_SHOWS_ENTRY,
        [WRITE_PAGE] = LETTER_SHOWS_TEXT,    [WRITE_GO] = LETTER_SHOWS_LEAVING,
        [WRITE_LETTERS] = LETTER_SHOWS_LIST,
    };
    return visit->technique == TECHNIQUE_WRITE ? shown[visit->phase] : LETTER_SHOWS_NOTHING;
}
