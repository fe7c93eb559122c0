/* Keys: what SDL's symbols and a script's words become. */
#include "keys.h"

#include "lacrima/core/keymap.h"
#include "lacrima/platform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct key pressed(SDL_Scancode scancode, SDL_Keycode sym, int mod)
{
    SDL_Keysym keysym = {.scancode = scancode, .sym = sym, .mod = (Uint16)mod};
    return key_from_sdl(&keysym, false);
}

static void assert_key(struct key key, int32_t typed, int32_t position)
{
    assert_int_equal(key.typed, typed);
    assert_int_equal(key.position, position);
}

static enum action action_of(SDL_Scancode scancode, SDL_Keycode sym, int mod)
{
    struct key key = pressed(scancode, sym, mod);
    return keymap_find(&key);
}

static void us_keyboard(void **state)
{
    (void)state;
    assert_key(pressed(SDL_SCANCODE_A, SDLK_a, 0), 'a', 'a');
    assert_key(pressed(SDL_SCANCODE_1, SDLK_1, 0), '1', '1');
    assert_key(pressed(SDL_SCANCODE_0, SDLK_0, 0), '0', '0');
    assert_key(pressed(SDL_SCANCODE_LEFTBRACKET, SDLK_LEFTBRACKET, 0), '[', '[');
    assert_key(pressed(SDL_SCANCODE_SPACE, SDLK_SPACE, 0), KEY_SPACE, KEY_SPACE);
    assert_key(pressed(SDL_SCANCODE_RETURN, SDLK_RETURN, 0), KEY_ENTER, KEY_ENTER);
    assert_key(pressed(SDL_SCANCODE_ESCAPE, SDLK_ESCAPE, 0), KEY_ESC, KEY_ESC);
    assert_key(pressed(SDL_SCANCODE_DELETE, SDLK_DELETE, 0), KEY_DELETE, KEY_DELETE);
    assert_key(pressed(SDL_SCANCODE_F1, SDLK_F1, 0), KEY_F1, KEY_F1);
    assert_key(pressed(SDL_SCANCODE_F11, SDLK_F11, 0), KEY_F11, KEY_F11);
    assert_key(pressed(SDL_SCANCODE_F12, SDLK_F12, 0), KEY_F12, KEY_F12);
    assert_key(pressed(SDL_SCANCODE_PAGEUP, SDLK_PAGEUP, 0), KEY_PAGE_UP, KEY_PAGE_UP);
}

static void media_keys_are_those_of_music(void **state)
{
    (void)state;
    assert_int_equal(action_of(SDL_SCANCODE_AUDIOPLAY, SDLK_AUDIOPLAY, 0), ACTION_MUSIC);
    assert_int_equal(action_of(SDL_SCANCODE_AUDIONEXT, SDLK_AUDIONEXT, KMOD_CTRL),
                     ACTION_NEXT_TRACK);
    assert_int_equal(action_of(SDL_SCANCODE_AUDIOPREV, SDLK_AUDIOPREV, KMOD_NUM),
                     ACTION_PREVIOUS_TRACK);
}

static void keypad_digits_are_digits(void **state)
{
    (void)state;
    assert_key(pressed(SDL_SCANCODE_KP_1, SDLK_KP_1, 0), '1', '1');
    assert_key(pressed(SDL_SCANCODE_KP_9, SDLK_KP_9, KMOD_NUM), '9', '9');
    assert_key(pressed(SDL_SCANCODE_KP_0, SDLK_KP_0, 0), '0', '0');
    /* Some layouts give the keypad's characters as code points. */
    assert_key(pressed(SDL_SCANCODE_KP_4, '4', 0), '4', '4');
    assert_key(pressed(SDL_SCANCODE_KP_ENTER, SDLK_KP_ENTER, 0), KEY_ENTER, KEY_ENTER);
    assert_key(pressed(SDL_SCANCODE_KP_MINUS, SDLK_KP_MINUS, 0), '-', '-');
    assert_key(pressed(SDL_SCANCODE_KP_PLUS, SDLK_KP_PLUS, 0), '+', '+');
}

static void azerty(void **state)
{
    (void)state;
    /* The key that lies where US has Q types a; the row of digits types signs. */
    assert_key(pressed(SDL_SCANCODE_Q, SDLK_a, 0), 'a', 'q');
    assert_key(pressed(SDL_SCANCODE_1, SDLK_AMPERSAND, 0), '&', '1');
    assert_key(pressed(SDL_SCANCODE_SEMICOLON, SDLK_m, 0), 'm', ';');
    assert_int_equal(action_of(SDL_SCANCODE_1, SDLK_AMPERSAND, 0), ACTION_TECHNIQUE_1);
    assert_int_equal(action_of(SDL_SCANCODE_SEMICOLON, SDLK_m, 0), ACTION_MUSIC);
    assert_int_equal(action_of(SDL_SCANCODE_A, SDLK_q, KMOD_LCTRL), ACTION_QUIT);
    assert_int_equal(action_of(SDL_SCANCODE_Q, SDLK_a, KMOD_LCTRL), ACTION_NONE);
    /* The dead circumflex types nothing by itself. */
    assert_key(pressed(SDL_SCANCODE_LEFTBRACKET, 0, 0), KEY_NONE, '[');
    assert_int_equal(action_of(SDL_SCANCODE_LEFTBRACKET, 0, 0), ACTION_DIMMER);
}

static void cyrillic(void **state)
{
    (void)state;
    assert_key(pressed(SDL_SCANCODE_C, 0x441, 0), 0x441, 'c');
    assert_int_equal(action_of(SDL_SCANCODE_C, 0x441, 0), ACTION_CURTAIN);
    assert_int_equal(action_of(SDL_SCANCODE_Q, 0x439, KMOD_RCTRL), ACTION_QUIT);
    assert_int_equal(action_of(SDL_SCANCODE_LEFTBRACKET, 0x445, 0), ACTION_DIMMER);
}

static void dvorak(void **state)
{
    (void)state;
    assert_key(pressed(SDL_SCANCODE_C, SDLK_j, 0), 'j', 'c');
    assert_int_equal(action_of(SDL_SCANCODE_I, SDLK_c, 0), ACTION_CURTAIN);
    assert_int_not_equal(action_of(SDL_SCANCODE_C, SDLK_j, 0), ACTION_CURTAIN);
}

static void swapped_escape(void **state)
{
    (void)state;
    /* Caps Lock made into Escape by the desktop's own option. */
    assert_key(pressed(SDL_SCANCODE_CAPSLOCK, SDLK_ESCAPE, 0), KEY_ESC, KEY_NONE);
}

static void modifiers(void **state)
{
    (void)state;
    assert_int_equal(pressed(SDL_SCANCODE_N, SDLK_n, KMOD_RSHIFT).modifiers, KEY_SHIFT);
    assert_int_equal(pressed(SDL_SCANCODE_N, SDLK_n, KMOD_LCTRL | KMOD_LSHIFT).modifiers,
                     KEY_CTRL | KEY_SHIFT);
    assert_int_equal(pressed(SDL_SCANCODE_N, SDLK_n, KMOD_LGUI).modifiers, KEY_SUPER);
    /* AltGr: the character that was meant is not known. */
    assert_int_equal(pressed(SDL_SCANCODE_8, SDLK_8, KMOD_MODE).modifiers, KEY_ALT);
    assert_int_equal(action_of(SDL_SCANCODE_8, SDLK_8, KMOD_MODE), ACTION_NONE);
    /* The locks are no modifiers. */
    assert_int_equal(pressed(SDL_SCANCODE_N, SDLK_n, KMOD_NUM | KMOD_CAPS).modifiers, 0);
    assert_key(pressed(SDL_SCANCODE_N, 'N', KMOD_CAPS), 'n', 'n');
}

static void keys_that_type_nothing(void **state)
{
    (void)state;
    assert_key(pressed(SDL_SCANCODE_LSHIFT, SDLK_LSHIFT, KMOD_LSHIFT), KEY_NONE, KEY_NONE);
    assert_key(pressed(SDL_SCANCODE_VOLUMEUP, SDLK_VOLUMEUP, 0), KEY_NONE, KEY_NONE);
    assert_key(pressed(SDL_SCANCODE_F13, SDLK_F13, 0), KEY_NONE, KEY_NONE);
}

static void assert_name(const char *name, int32_t code, int modifiers_wanted)
{
    struct key key = {0};
    if (!platform_key_from_name(name, &key))
        fail_msg("\"%s\" is not known", name);
    assert_key(key, code, code);
    assert_int_equal(key.modifiers, modifiers_wanted);
    assert_false(key.repeat);
}

static void names(void **state)
{
    (void)state;
    assert_name("1", '1', 0);
    assert_name("a", 'a', 0);
    assert_name("N", 'n', 0);
    assert_name("Space", KEY_SPACE, 0);
    assert_name("space", KEY_SPACE, 0);
    assert_name("RETURN", KEY_ENTER, 0);
    assert_name("Enter", KEY_ENTER, 0);
    assert_name("Ctrl+Return", KEY_ENTER, KEY_CTRL);
    assert_name("Shift+N", 'n', KEY_SHIFT);
    assert_name("shift+n", 'n', KEY_SHIFT);
    assert_name("ctrl+alt+shift+super+x", 'x', KEY_CTRL | KEY_ALT | KEY_SHIFT | KEY_SUPER);
    assert_name("F11", KEY_F11, 0);
    assert_name("f1", KEY_F1, 0);
    assert_name("Escape", KEY_ESC, 0);
    assert_name("Tab", KEY_TAB, 0);
    assert_name("Left", KEY_LEFT, 0);
    assert_name("PageUp", KEY_PAGE_UP, 0);
    assert_name("Backspace", KEY_BACKSPACE, 0);
    assert_name("Keypad 4", '4', 0);
    assert_name("=", '=', 0);
    assert_name("-", '-', 0);
    assert_name("[", '[', 0);
    assert_name("]", ']', 0);
    assert_name("?", '?', 0);
    assert_name("+", '+', 0);
    assert_name("Plus", '+', 0);
    assert_name("Ctrl++", '+', KEY_CTRL);
    assert_name("я", 0x44f, 0);
}

static void names_that_are_none(void **state)
{
    static const char *const none[] = {
        "",           "nosuchkey", "Shift+", "+a",
        "Ctrl+",      "Hyper+x",   "a b",    "Ctrl+No",
        "Left Shift", "\xff",      "F99",    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+b",
    };
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct key key = {0};
        if (platform_key_from_name(none[i], &key))
            fail_msg("\"%s\" was taken for a key", none[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(us_keyboard),
        cmocka_unit_test(media_keys_are_those_of_music),
        cmocka_unit_test(keypad_digits_are_digits),
        cmocka_unit_test(azerty),
        cmocka_unit_test(cyrillic),
        cmocka_unit_test(dvorak),
        cmocka_unit_test(swapped_escape),
        cmocka_unit_test(modifiers),
        cmocka_unit_test(keys_that_type_nothing),
        cmocka_unit_test(names),
        cmocka_unit_test(names_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
