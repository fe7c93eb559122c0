#include "lacrima/core/keymap.h"

#include "mark.h"

#include <stdbool.h>

enum shift { SHIFT_ANY, SHIFT_UP, SHIFT_DOWN };

struct binding {
    int32_t key;
    enum shift shift;
    enum action action;
};

static const struct binding bindings[] = {
    {KEY_SPACE, SHIFT_ANY, ACTION_SPACE},
    {KEY_ENTER, SHIFT_ANY, ACTION_LET_GO},
    {KEY_ESC, SHIFT_ANY, ACTION_LEAVE},
    {KEY_RIGHT, SHIFT_ANY, ACTION_NEXT_STATE},
    {KEY_LEFT, SHIFT_ANY, ACTION_PREVIOUS_STATE},
    {KEY_PAGE_DOWN, SHIFT_ANY, ACTION_NEXT_STATE},
    {KEY_PAGE_UP, SHIFT_ANY, ACTION_PREVIOUS_STATE},
    {KEY_UP, SHIFT_ANY, ACTION_UP},
    {KEY_DOWN, SHIFT_ANY, ACTION_DOWN},
    {KEY_TAB, SHIFT_UP, ACTION_NEXT_TECHNIQUE},
    {KEY_TAB, SHIFT_DOWN, ACTION_PREVIOUS_TECHNIQUE},
    {KEY_F1, SHIFT_ANY, ACTION_KEYS},
    {KEY_F2, SHIFT_ANY, ACTION_PEOPLE},
    {KEY_F3, SHIFT_ANY, ACTION_ABOUT},
    {KEY_F4, SHIFT_ANY, ACTION_ASIDE},
    {KEY_F12, SHIFT_ANY, ACTION_CURTAIN},
    {KEY_DELETE, SHIFT_ANY, ACTION_REMOVE},
    {KEY_F11, SHIFT_ANY, ACTION_FULLSCREEN},
    {'p', SHIFT_ANY, ACTION_PAUSE},
    {'m', SHIFT_ANY, ACTION_MUSIC},
    {'n', SHIFT_UP, ACTION_NEXT_TRACK},
    {'n', SHIFT_DOWN, ACTION_PREVIOUS_TRACK},
    {'k', SHIFT_UP, ACTION_NOT_TODAY},
    {'k', SHIFT_DOWN, ACTION_TODAY},
    {'-', SHIFT_ANY, ACTION_QUIETER},
    {'=', SHIFT_ANY, ACTION_LOUDER},
    {'+', SHIFT_ANY, ACTION_LOUDER},
    {'t', SHIFT_ANY, ACTION_WORDS},
    {'v', SHIFT_ANY, ACTION_CUES},
    {'l', SHIFT_UP, ACTION_NEXT_PALETTE},
    {'l', SHIFT_DOWN, ACTION_PREVIOUS_PALETTE},
    {'[', SHIFT_ANY, ACTION_DIMMER},
    {']', SHIFT_ANY, ACTION_BRIGHTER},
    {'x', SHIFT_ANY, ACTION_FIXATION},
    {'g', SHIFT_ANY, ACTION_GROUND},
    {'c', SHIFT_ANY, ACTION_CURTAIN},
    {'h', SHIFT_ANY, ACTION_KEYS},
    {'?', SHIFT_ANY, ACTION_KEYS},
    {'/', SHIFT_DOWN, ACTION_KEYS},
    {'f', SHIFT_ANY, ACTION_FULLSCREEN},
    {'d', SHIFT_ANY, ACTION_DISPLAY},
    {'o', SHIFT_ANY, ACTION_OPEN},
};

static const struct keymap_row rows[] = {
    {"Space", N_("go on, pause, rest: the hint says which")},
    {"Enter", N_("let go: it is here")},
    {"Esc", N_("leave softly")},
    {"P", N_("pause, go on")},
    {"Right  Left", N_("next, previous part")},
    {"Up  Down", N_("this way’s own choice")},
    {"Tab", N_("next way (Shift: previous)")},
    {"M", N_("music on, off")},
    {"N", N_("next track or text (Shift: previous)")},
    {"K", N_("not today: left out (Shift: all back)")},
    {"-  =", N_("quieter, louder")},
    {"T", N_("words on, off")},
    {"V", N_("voice and cue sounds, cue sounds, quiet")},
    {"L", N_("next palette (Shift: previous)")},
    {"[  ]", N_("dimmer, brighter")},
    {"X", N_("what to look at: nothing, a dot, a bull’s-eye")},
    {"G", N_("ground: back to where you are")},
    {"F2", N_("people to call")},
    {"F3", N_("about you: what to take care of")},
    {"C  F12", N_("curtain; Space twice opens it")},
    {"H  F1", N_("these keys")},
    {"F11", N_("full screen, window")},
    {"D", N_("next display")},
    {"F4", N_("write about something else, in writing")},
    {"Ctrl", N_("with Enter, G or a digit, while you write")},
    {"Ctrl+C", N_("copy the sentence, in talking")},
    {"O", N_("open the call or the message, in talking")},
    {"Ctrl+Q", N_("quit at once")},
};

const struct keymap_row *keymap_rows(size_t *count)
{
    *count = sizeof rows / sizeof rows[0];
    return rows;
}

static bool is_digit(int32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_latin(int32_t c)
{
    return c >= 'a' && c <= 'z';
}

static enum action technique_action(int32_t digit)
{
    int32_t number = digit == '0' ? 10 : digit - '0';
    return (enum action)(ACTION_TECHNIQUE_1 + number - 1);
}

static enum action find_binding(int32_t typed, bool shift)
{
    for (size_t i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
        const struct binding *b = &bindings[i];
        if (b->key == typed && (b->shift == SHIFT_ANY || (b->shift == SHIFT_DOWN) == shift))
            return b->action;
    }
    return ACTION_NONE;
}

static enum action with_ctrl(int32_t letter)
{
    return letter == 'q' ? ACTION_QUIT : letter == 'c' ? ACTION_COPY : ACTION_NONE;
}

enum action keymap_find(const struct key *key)
{
    /* A layout's own Latin letter is what the person means.  Where a key types none (Cyrillic,
     * a dead accent, punctuation of another layout) its place on the keyboard counts, so every
     * action has a key on every layout. */
    bool by_place = !is_latin(key->typed);
    if (key->modifiers & KEY_SUPER)
        return ACTION_NONE;
    if (key->modifiers & KEY_CTRL)
        return (key->modifiers & KEY_ALT) == 0 ? with_ctrl(by_place ? key->position : key->typed)
                                               : ACTION_NONE;
    if (key->modifiers & KEY_ALT)
        return key->typed == KEY_ENTER ? ACTION_FULLSCREEN : ACTION_NONE;
    if (is_digit(key->typed))
        return technique_action(key->typed);
    if (is_digit(key->position))
        return technique_action(key->position);
    bool shift = (key->modifiers & KEY_SHIFT) != 0;
    enum action action = find_binding(key->typed, shift);
    if (action == ACTION_NONE && by_place)
        action = find_binding(key->position, shift);
    return action;
}

enum action keymap_find_in_text(const struct key *key)
{
    bool ctrl = (key->modifiers & KEY_CTRL) != 0;
    bool alt = (key->modifiers & KEY_ALT) != 0;
    struct key plain = *key;
    plain.modifiers &= KEY_SHIFT;
    if ((key->modifiers & KEY_SUPER) != 0 || (ctrl && alt))
        return ACTION_NONE;
    bool g = key->typed == 'g' || (!is_latin(key->typed) && key->position == 'g');
    if (ctrl && (is_digit(key->typed) || is_digit(key->position) || key->typed == KEY_ENTER || g))
        return keymap_find(&plain);
    if (ctrl) {
        enum action action = keymap_find(key);
        return action == ACTION_QUIT ? action : ACTION_NONE;
    }
    if (alt)
        return keymap_find(key);
    bool function = key->typed >= KEY_F1 && key->typed <= KEY_F12;
    return function || key->typed == KEY_ESC ? keymap_find(key) : ACTION_NONE;
}

bool keymap_repeats(enum action action)
{
    return action == ACTION_UP || action == ACTION_DOWN || action == ACTION_QUIETER ||
           action == ACTION_LOUDER || action == ACTION_DIMMER || action == ACTION_BRIGHTER;
}
