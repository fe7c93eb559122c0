/* What is seen of `write` beside the page itself, which the keeper lays out. */
#include "lacrima/core/letter.h"
#include "mark.h"
#include "view.h"
#include "write.h"

static const struct {
    const char *text, *choice;
} openings[] = {
    {N_("Dear \xE2\x80\xA6"), N_("Up and Down: it begins with \xE2\x80\x9C"
                                 "Dear \xE2\x80\xA6\xE2\x80\x9D")},
    {N_("What I never said:"),
     N_("Up and Down: it begins with \xE2\x80\x9CWhat I never said:\xE2\x80\x9D")},
    {N_("I miss \xE2\x80\xA6"), N_("Up and Down: it begins with \xE2\x80\x9C"
                                   "I miss \xE2\x80\xA6\xE2\x80\x9D")},
    {N_("If you were here now,"),
     N_("Up and Down: it begins with \xE2\x80\x9CIf you were here now,\xE2\x80\x9D")},
    {N_("Today"), N_("Up and Down: it begins with \xE2\x80\x9CToday\xE2\x80\x9D")},
};

/* After F4: something lighter to hold. */
static const char *const asides[] = {
    N_("Outside the window there is"),
    N_("Somebody who was kind to me:"),
    N_("A place where I like to be:"),
    N_("What my hands did today:"),
};

#define ASIDES (sizeof asides / sizeof asides[0])

const char *letter_opening(const struct letter_state *letter)
{
    return letter->opening < WRITE_OPENINGS ? openings[letter->opening].text
                                            : asides[(letter->opening - WRITE_OPENINGS) % ASIDES];
}

const char *write_opening_choice(const struct letter_state *letter)
{
    return openings[letter->opening % WRITE_OPENINGS].choice;
}

/* Rows and what they mean are shown even where words are not wanted: a choice is made here. */
static void add_rows(const struct visit *visit, struct view *view, const char *const *texts)
{
    for (uint8_t i = 0; i < write_rows(visit); i++)
        view_row(scene_add_line(view->scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY, texts[i]),
                 i == visit->letter.row);
}

static void add_meaning(struct view *view, const char *text)
{
    if (text != NULL)
        (void)scene_add_line(view->scene, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, text);
}

static const char *const recording = N_("Nothing is kept here: Lacrima was started with --render.");

static const char *fold_meaning(enum letter_journal journal)
{
    switch (journal) {
    case LETTER_JOURNAL_UNSEEN:
        return N_("A moment.");
    case LETTER_JOURNAL_REFUSED:
        return N_("Not now: the folded letters cannot be opened. They are left as they are.");
    case LETTER_JOURNAL_NOWHERE:
        return N_("Not now: nothing says where they would lie, neither HOME nor --data-dir.");
    case LETTER_JOURNAL_RECORDING:
        return recording;
    case LETTER_JOURNAL_NONE:
    case LETTER_JOURNAL_LOCKED:
    case LETTER_JOURNAL_UNLOCKED:
        break;
    }
    return N_("It is kept on this computer, encrypted, and opens with a passphrase that only you "
              "know. Whoever takes the computer while it is off cannot read it; whoever sees the "
              "screen while it is open can.");
}

static void view_fate(const struct visit *visit, struct view *view)
{
    static const char *const rows[] = {
        [LETTER_LET_GO] = N_("Let it go"),
        [LETTER_FOLD] = N_("Fold it away"),
        [LETTER_FILE] = N_("Keep a file"),
        [FATE_ROW_READ] = N_("Read what is folded away"),
    };
    const struct letter_state *letter = &visit->letter;
    add_rows(visit, view, rows);
    switch (letter->row) {
    case LETTER_LET_GO:
        add_meaning(view, N_("It is never stored. At the end it leaves the screen and is gone; it "
                             "is gone too if Lacrima is closed before."));
        if (letter->memory_refused)
            add_meaning(view, N_("This system does not lock memory: a part of it may reach the "
                                 "swap file."));
        break;
    case LETTER_FOLD:
        add_meaning(view, fold_meaning(letter->journal));
        break;
    case LETTER_FILE:
        add_meaning(view, letter->journal == LETTER_JOURNAL_RECORDING
                              ? recording
                              : N_("It is kept as plain text where you say. Whoever opens the "
                                   "file can read it."));
        break;
    default:
        add_meaning(view, N_("A list of their dates. It opens with your passphrase."));
        break;
    }
}

static void view_leaving(const struct visit *visit, struct view *view)
{
    static const char *const go[] = {
        [LETTER_FIRE] = N_("Let it go, as fire"),
        [LETTER_WATER] = N_("Let it go, as water"),
        [LETTER_LEAVES] = N_("Let it go, as leaves"),
        [LETTER_WAYS] = N_("Write on"),
    };
    static const char *const fold[] = {N_("Fold it away"), N_("Write on")};
    static const char *const file[] = {N_("Close the file"), N_("Write on")};
    const struct letter_state *letter = &visit->letter;
    add_rows(visit, view,
             letter->fate == LETTER_LET_GO ? go
             : letter->fate == LETTER_FOLD ? fold
                                           : file);
    bool goes = letter->fate == LETTER_LET_GO && letter->row < LETTER_WAYS;
    if (goes)
        add_meaning(view, N_("Ten seconds at the end to take it back."));
}

static void view_remove(const struct visit *visit, struct view *view)
{
    static const char *const rows[] = {
        [REMOVE_ROW_KEEP] = N_("Keep it"), [REMOVE_ROW_REMOVE] = N_("Remove it")};
    add_rows(visit, view, rows);
}

static const char *trouble_words(enum letter_trouble trouble)
{
    switch (trouble) {
    case LETTER_TROUBLE_NONE:
        break;
    case LETTER_TROUBLE_EMPTY:
        return N_("Nothing is written there yet.");
    case LETTER_TROUBLE_DIFFERENT:
        return N_("The two were not the same. Once more, from the first.");
    case LETTER_TROUBLE_OTHER:
        return N_("This passphrase does not open them. Nothing was changed.");
    case LETTER_TROUBLE_THERE:
        return N_("There is a file of that name. It stays as it is; another name will do.");
    case LETTER_TROUBLE_RECORDING:
        return recording;
    case LETTER_TROUBLE_IMPOSSIBLE:
        return N_("That is not possible now. Nothing was changed.");
    }
    return NULL;
}

static const char *state_of_asking(const struct letter_state *letter)
{
    return letter->busy ? N_("A moment.") : trouble_words(letter->trouble);
}

/* The dates fill the field but for its edges. */
static void view_letters(const struct letter_state *letter, struct view *view)
{
    const char *text = state_of_asking(letter);
    if (text != NULL)
        (void)scene_add_line(view->scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, text);
}

static void view_close(const struct visit *visit, struct view *view)
{
    static const char *const words[] = {
        [LETTER_LET_GO] = N_("It is gone from here."),
        [LETTER_FOLD] = N_("It is folded away."),
        [LETTER_FILE] = N_("It is kept where you said."),
    };
    const struct letter_state *letter = &visit->letter;
    if (letter->written)
        (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, words[letter->fate], 1.0);
    (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                    N_("Written or not, you were with it for a while."), 1.0);
    (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                    N_("Look at something far away, and let your hands rest."), 1.0);
}

void write_view(const struct visit *visit, struct view *view)
{
    const struct phase *phase = &write_phases[visit->phase];
    enum scene_slot slot = SCENE_SLOT_UPPER;
    switch ((enum write_phase)visit->phase) {
    case WRITE_SETTLE:
    case WRITE_BACK:
        slot = SCENE_SLOT_CENTRE;
        break;
    case WRITE_FATE:
        view_fate(visit, view);
        add_meaning(view, state_of_asking(&visit->letter));
        break;
    case WRITE_NEW:
    case WRITE_AGAIN:
    case WRITE_OLD:
    case WRITE_PLACE:
        add_meaning(view, state_of_asking(&visit->letter));
        break;
    case WRITE_LETTERS:
        view_letters(&visit->letter, view);
        break;
    case WRITE_READING:
    case WRITE_REMOVED:
        /* Answered at once, unless the disk is slow. */
        add_meaning(view, N_("A moment."));
        break;
    case WRITE_LEAVING:
        view_leaving(visit, view);
        break;
    case WRITE_REMOVE:
        view_remove(visit, view);
        break;
    case WRITE_CLOSE:
        view_close(visit, view);
        break;
    case WRITE_PAGE:
    case WRITE_GO:
    case WRITE_PHASES:
        break;
    }
    enum letter_shown shown = letter_shown(visit);
    if (shown != LETTER_SHOWS_NOTHING)
        view->scene->page = 1.0F;
    view->scene->entry = shown == LETTER_SHOWS_ENTRY || shown == LETTER_SHOWS_SECRET;
    view_words(view, phase, slot, SCENE_SLOT_LOWER);
}
