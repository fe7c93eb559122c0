/* What keys and an input method do while text is taken. */
#include "letter_inner.h"

#include "lacrima/base/text.h"

#include <libintl.h>
#include <sodium.h>
#include <string.h>

#define PASTE_BYTES_MAX JOURNAL_TEXT_BYTES_MAX

static bool is_text(const struct letter *letter)
{
    return letter_shows(letter) == LETTER_SHOWS_TEXT;
}

/* The editor that keys go to, or NULL. */
static struct editor *edited(const struct letter *letter)
{
    enum letter_shown shown = letter_shows(letter);
    if (shown == LETTER_SHOWS_TEXT)
        return letter->text;
    return shown == LETTER_SHOWS_ENTRY || shown == LETTER_SHOWS_SECRET ? letter->entry : NULL;
}

static void full(struct letter *letter, enum editor_answer answer)
{
    if (answer == EDITOR_FULL)
        letter_say(letter, gettext("There is no more room on this page; nothing was changed."));
}

/* What was let go of is in no clipboard; a passphrase is in none either. */
static bool may_copy(struct letter *letter)
{
    enum letter_shown shown = letter_shows(letter);
    if (shown == LETTER_SHOWS_ENTRY || (is_text(letter) && letter->fate != LETTER_LET_GO))
        return true;
    letter_say(letter, shown == LETTER_SHOWS_SECRET
                           ? gettext("A passphrase is not copied.")
                           : gettext("A letter that is let go is not copied: other programs could "
                                     "read it."));
    return false;
}

static bool copy(struct letter *letter)
{
    size_t length = 0;
    struct error error;
    const struct editor *editor = edited(letter);
    const char *text = editor_text(editor, &length);
    struct editor_range range = editor_selection(editor);
    if (range.from == range.to || !may_copy(letter))
        return false;
    size_t size = range.to - range.from;
    char *copied = sodium_malloc(size + 1);
    if (copied == NULL)
        return false;
    memcpy(copied, text + range.from, size);
    copied[size] = '\0';
    bool fine = platform_clipboard_set(letter->params.platform, copied, &error);
    sodium_free(copied);
    if (!fine)
        letter_say(letter, error.text);
    return fine;
}

static void paste(struct letter *letter)
{
    char *text = platform_clipboard_get(letter->params.platform, PASTE_BYTES_MAX);
    if (text != NULL)
        full(letter, editor_insert(edited(letter), text, strlen(text), false));
    platform_clipboard_drop(text);
}

/* The letter that a shortcut is named by, on any layout. */
static int32_t named(const struct key *key)
{
    return key->typed >= 'a' && key->typed <= 'z' ? key->typed : key->position;
}

static bool shortcut(struct letter *letter, struct editor *editor, const struct key *key)
{
    bool shift = (key->modifiers & KEY_SHIFT) != 0;
    switch (named(key)) {
    case 'a':
        editor_select_all(editor);
        return true;
    case 'c':
        (void)copy(letter);
        return true;
    case 'x':
        if (copy(letter))
            (void)editor_erase(editor, EDITOR_RIGHT);
        return true;
    case 'v':
        paste(letter);
        return true;
    case 'z':
        (void)(shift ? editor_redo(editor) : editor_undo(editor));
        return true;
    case 'y':
        (void)editor_redo(editor);
        return true;
    default:
        return false;
    }
}

/* Up and Down by so many lines, keeping to the column where they began. */
static void move_lines(struct letter *letter, int lines, bool extend)
{
    size_t start = letter_line_at_cursor(letter);
    int x = letter->goal_x >= 0 ? letter->goal_x : letter_cursor_x(letter);
    int step = lines < 0 ? -1 : 1;
    size_t to = start;
    for (int i = 0; i != lines; i += step)
        to = letter_line_step(letter, to, step);
    if (to == start)
        editor_move(letter->text, step < 0 ? EDITOR_TEXT_START : EDITOR_TEXT_END, extend);
    else
        letter_stand(letter, letter_at_x(letter, to, x), extend);
    letter->goal_x = x;
}

static void move_in_line(struct letter *letter, bool to_end, bool extend)
{
    struct letter_spot spot = {.at = letter_line_at_cursor(letter)};
    letter_stand(letter, to_end ? letter_end_of(letter, spot.at) : spot, extend);
}

/* Keys that need to know where lines are. */
static bool line_key(struct letter *letter, int32_t key, bool extend)
{
    int page = letter->room.lines > 1 ? letter->room.lines - 1 : 1;
    switch (key) {
    case KEY_UP:
        move_lines(letter, -1, extend);
        return true;
    case KEY_DOWN:
        move_lines(letter, +1, extend);
        return true;
    case KEY_PAGE_UP:
        move_lines(letter, -page, extend);
        return true;
    case KEY_PAGE_DOWN:
        move_lines(letter, page, extend);
        return true;
    case KEY_HOME:
    case KEY_END:
        move_in_line(letter, key == KEY_END, extend);
        return true;
    default:
        return false;
    }
}

/* Left goes to the left: in a paragraph that runs from right to left, on in the text. */
static enum editor_move sideways(const struct letter *letter, const struct editor *editor,
                                 bool left, bool word)
{
    bool turned = letter_shows(letter) != LETTER_SHOWS_SECRET &&
                  editor_right_to_left(editor, editor_cursor(editor));
    if (left != turned)
        return word ? EDITOR_WORD_LEFT : EDITOR_LEFT;
    return word ? EDITOR_WORD_RIGHT : EDITOR_RIGHT;
}

/* Keys that mean the same in a letter and in a line. */
static bool edit_key(struct letter *letter, struct editor *editor, const struct key *key)
{
    bool extend = (key->modifiers & KEY_SHIFT) != 0;
    bool ctrl = (key->modifiers & KEY_CTRL) != 0;
    switch (key->typed) {
    case KEY_LEFT:
    case KEY_RIGHT:
        editor_move(editor, sideways(letter, editor, key->typed == KEY_LEFT, ctrl), extend);
        return true;
    case KEY_HOME:
        editor_move(editor, EDITOR_TEXT_START, extend);
        return true;
    case KEY_END:
        editor_move(editor, EDITOR_TEXT_END, extend);
        return true;
    case KEY_BACKSPACE:
        (void)(ctrl ? editor_erase(editor, EDITOR_WORD_LEFT) : editor_backspace(editor));
        return true;
    case KEY_DELETE:
        if (extend && !copy(letter))
            return true;
        (void)editor_erase(editor, ctrl ? EDITOR_WORD_RIGHT : EDITOR_RIGHT);
        return true;
    case KEY_INSERT:
        if (ctrl)
            (void)copy(letter);
        else if (extend)
            paste(letter);
        return true;
    default:
        return false;
    }
}

static bool handle(struct letter *letter, struct editor *editor, const struct key *key)
{
    bool ctrl = (key->modifiers & KEY_CTRL) != 0;
    bool text = is_text(letter);
    if (key->typed == KEY_ENTER && !ctrl) {
        if (text)
            full(letter, editor_insert(editor, "\n", 1, true));
        else if (!key->repeat)
            letter_commit(letter);
        return true;
    }
    if (key->typed == KEY_TAB && !ctrl && text) {
        full(letter, editor_insert(editor, "\t", 1, true));
        return true;
    }
    if (text && !ctrl && line_key(letter, key->typed, (key->modifiers & KEY_SHIFT) != 0))
        return true;
    if (edit_key(letter, editor, key))
        return true;
    return ctrl && shortcut(letter, editor, key);
}

/* The page stays where it is: nobody looks for the end of what they take as a whole. */
static bool selects_all(const struct key *key)
{
    return (key->modifiers & KEY_CTRL) != 0 && named(key) == 'a';
}

bool letter_key(struct letter *letter, const struct key *key, time_ns at)
{
    struct editor *editor = edited(letter);
    bool vertical = key->typed == KEY_UP || key->typed == KEY_DOWN || key->typed == KEY_PAGE_UP ||
                    key->typed == KEY_PAGE_DOWN;
    if (editor == NULL || (key->modifiers & (KEY_ALT | KEY_SUPER)) != 0)
        return false;
    if (!vertical)
        letter->goal_x = -1;
    letter->commits = letter->composed > 0;
    if (!handle(letter, editor, key))
        return false;
    bool follows = !selects_all(key);
    /* A key that leaves the cursor where it is brings a page back that was scrolled away. */
    if (follows && !letter->follow)
        letter->seen = 0;
    letter->follow = follows;
    /* A line that was just entered may have ended the letter. */
    if (letter->text != NULL)
        letter_changed(letter, at);
    return true;
}

void letter_text(struct letter *letter, const char *utf8, time_ns at)
{
    struct editor *editor = edited(letter);
    bool typed = !letter->commits;
    if (editor == NULL)
        return;
    letter_compose(letter, "", 0);
    letter->commits = false;
    /* What was composed is taken back as it came: at once. */
    full(letter, editor_insert(editor, utf8, strlen(utf8), typed));
    letter->goal_x = -1;
    letter->follow = true;
    letter_changed(letter, at);
}

void letter_compose(struct letter *letter, const char *utf8, uint32_t to)
{
    if (letter->locked == NULL)
        return;
    size_t length = strlen(utf8);
    bool fits = is_text(letter) && length < sizeof letter->locked->composed;
    sodium_memzero(letter->locked->composed, sizeof letter->locked->composed);
    sodium_memzero(letter->locked->scratch, sizeof letter->locked->scratch);
    letter->composed = fits ? length : 0;
    letter->composed_to = to < letter->composed ? to : letter->composed;
    letter->composed_version++;
    letter->commits = letter->commits || letter->composed > 0;
    letter->follow = true;
    if (letter->composed > 0)
        memcpy(letter->locked->composed, utf8, length);
}
