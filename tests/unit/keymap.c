#include "../support/cm.h"

#include "lacrima/core/keymap.h"

static enum action find(int32_t typed, int32_t position, uint8_t modifiers)
{
    return keymap_find(&(struct key){.typed = typed, .position = position, .modifiers = modifiers});
}

/* The plain key of every action, on a US layout. */
static const struct {
    int32_t key;
    uint8_t modifiers;
    enum action action;
} us[] = {
    {'1', 0, ACTION_TECHNIQUE_1},
    {'9', 0, ACTION_TECHNIQUE_1 + 8},
    {'0', 0, ACTION_TECHNIQUE_10},
    {KEY_SPACE, 0, ACTION_SPACE},
    {KEY_ENTER, 0, ACTION_LET_GO},
    {KEY_ESC, 0, ACTION_LEAVE},
    {'p', 0, ACTION_PAUSE},
    {KEY_RIGHT, 0, ACTION_NEXT_STATE},
    {KEY_LEFT, 0, ACTION_PREVIOUS_STATE},
    {KEY_UP, 0, ACTION_UP},
    {KEY_DOWN, 0, ACTION_DOWN},
    {KEY_TAB, 0, ACTION_NEXT_TECHNIQUE},
    {KEY_TAB, KEY_SHIFT, ACTION_PREVIOUS_TECHNIQUE},
    {'m', 0, ACTION_MUSIC},
    {'n', 0, ACTION_NEXT_TRACK},
    {'n', KEY_SHIFT, ACTION_PREVIOUS_TRACK},
    {'k', 0, ACTION_NOT_TODAY},
    {'k', KEY_SHIFT, ACTION_TODAY},
    {'-', 0, ACTION_QUIETER},
    {'=', 0, ACTION_LOUDER},
    {'t', 0, ACTION_WORDS},
    {'v', 0, ACTION_CUES},
    {'l', 0, ACTION_NEXT_PALETTE},
    {'l', KEY_SHIFT, ACTION_PREVIOUS_PALETTE},
    {'[', 0, ACTION_DIMMER},
    {']', 0, ACTION_BRIGHTER},
    {'x', 0, ACTION_FIXATION},
    {'g', 0, ACTION_GROUND},
    {KEY_F2, 0, ACTION_PEOPLE},
    {KEY_F3, 0, ACTION_ABOUT},
    {'c', 0, ACTION_CURTAIN},
    {'h', 0, ACTION_KEYS},
    {KEY_F1, 0, ACTION_KEYS},
    {'/', KEY_SHIFT, ACTION_KEYS},
    {'f', 0, ACTION_FULLSCREEN},
    {KEY_F11, 0, ACTION_FULLSCREEN},
    {KEY_ENTER, KEY_ALT, ACTION_FULLSCREEN},
    {'d', 0, ACTION_DISPLAY},
    {'o', 0, ACTION_OPEN},
    {KEY_F4, 0, ACTION_ASIDE},
    {KEY_F12, 0, ACTION_CURTAIN},
    {KEY_DELETE, 0, ACTION_REMOVE},
    {'c', KEY_CTRL, ACTION_COPY},
    {'q', KEY_CTRL, ACTION_QUIT},
};

#define US_COUNT (sizeof us / sizeof us[0])

static void us_reaches_every_action(void **state)
{
    (void)state;
    bool reached[ACTION_QUIT + 1] = {false};
    for (size_t i = 0; i < US_COUNT; i++) {
        assert_int_equal(find(us[i].key, us[i].key, us[i].modifiers), us[i].action);
        reached[us[i].action] = true;
    }
    for (int32_t digit = '2'; digit < '9'; digit++)
        reached[find(digit, digit, 0)] = true;
    for (int action = ACTION_NONE + 1; action <= ACTION_QUIT; action++)
        assert_true(reached[action]);
}

/* On a Cyrillic layout every letter key types a Cyrillic letter; the place counts. */
static void cyrillic_reaches_every_action(void **state)
{
    (void)state;
    const int32_t cyrillic = 0x44F;
    for (size_t i = 0; i < US_COUNT; i++) {
        bool letter = us[i].key >= 'a' && us[i].key <= 'z';
        int32_t typed = letter || us[i].key == '[' || us[i].key == ']' ? cyrillic : us[i].key;
        assert_int_equal(find(typed, us[i].key, us[i].modifiers), us[i].action);
    }
}

/* French: digits need Shift, letters have moved, brackets need AltGr. */
static void azerty_reaches_every_action(void **state)
{
    (void)state;
    static const struct {
        int32_t typed, position;
        uint8_t modifiers;
        enum action action;
    } rows[] = {
        {'&', '1', 0, ACTION_TECHNIQUE_1},   {'-', '6', 0, ACTION_TECHNIQUE_1 + 5},
        {0xE0, '0', 0, ACTION_TECHNIQUE_10}, {'1', '1', KEY_SHIFT, ACTION_TECHNIQUE_1},
        {'m', ';', 0, ACTION_MUSIC},         {'a', 'q', 0, ACTION_NONE},
        {'q', 'a', KEY_CTRL, ACTION_QUIT},   {'a', 'q', KEY_CTRL, ACTION_NONE},
        {'c', 'c', KEY_CTRL, ACTION_COPY},   {'o', 'o', 0, ACTION_OPEN},
        {'z', 'w', 0, ACTION_NONE},          {')', '-', 0, ACTION_QUIETER},
        {'=', '=', 0, ACTION_LOUDER},        {'^', '[', 0, ACTION_DIMMER},
        {'$', ']', 0, ACTION_BRIGHTER},      {'x', 'x', 0, ACTION_FIXATION},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(find(rows[i].typed, rows[i].position, rows[i].modifiers), rows[i].action);
}

static void the_desktop_keeps_its_own_keys(void **state)
{
    (void)state;
    assert_int_equal(find('d', 'd', KEY_SUPER), ACTION_NONE);
    assert_int_equal(find('c', 'c', KEY_CTRL | KEY_ALT), ACTION_NONE);
    assert_int_equal(find('d', 'd', KEY_CTRL), ACTION_NONE);
    assert_int_equal(find(KEY_TAB, KEY_TAB, KEY_ALT), ACTION_NONE);
    assert_int_equal(find('q', 'q', 0), ACTION_NONE);
    assert_int_equal(find('q', 'q', KEY_CTRL | KEY_ALT), ACTION_NONE);
}

static void the_overlay_names_every_key(void **state)
{
    (void)state;
    size_t count = 0;
    const struct keymap_row *rows = keymap_rows(&count);
    assert_true(count >= 20);
    for (size_t i = 0; i < count; i++)
        assert_true(rows[i].key[0] != '\0' && rows[i].words[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(us_reaches_every_action),
        cmocka_unit_test(cyrillic_reaches_every_action),
        cmocka_unit_test(azerty_reaches_every_action),
        cmocka_unit_test(the_desktop_keeps_its_own_keys),
        cmocka_unit_test(the_overlay_names_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
