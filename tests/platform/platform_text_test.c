/* Typing, pointing, the clipboard and links: SDL's events, pushed by hand, while text is taken. */
#include "inner.h"
#include "link.h"
#include "own_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_platform(void **state)
{
    (void)state;
    return begin_window(640, 480);
}

static void assert_typed(const char *text)
{
    assert_next(PLATFORM_TEXT);
    assert_string_equal(event.text, text);
}

static void push_key(Uint32 type, SDL_Scancode scancode, SDL_Keycode sym, Uint16 mod, bool repeat)
{
    SDL_Event pushed = {.type = type};
    pushed.key.keysym.scancode = scancode;
    pushed.key.keysym.sym = sym;
    pushed.key.keysym.mod = mod;
    pushed.key.repeat = repeat;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void push_text(const char *text)
{
    SDL_Event pushed = {.type = SDL_TEXTINPUT};
    (void)strcpy(pushed.text.text, text);
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void type(SDL_Scancode scancode, SDL_Keycode sym, Uint16 mod, const char *text)
{
    push_key(SDL_KEYDOWN, scancode, sym, mod, false);
    push_text(text);
    push_key(SDL_KEYUP, scancode, sym, mod, false);
}

static void text_is_taken_only_when_asked_for(void **state)
{
    (void)state;
    assert_false(SDL_IsTextInputActive());
    push_text("lost");
    assert_nothing();
    platform_text_begin(platform);
    platform_text_begin(platform);
    assert_true(SDL_IsTextInputActive());
    push_text("é");
    assert_typed("é");
    platform_text_end(platform);
    assert_false(SDL_IsTextInputActive());
    platform_text_end(platform);
    push_text("lost");
    assert_nothing();
}

static void keys_that_type_are_no_keys(void **state)
{
    (void)state;
    platform_text_begin(platform);
    type(SDL_SCANCODE_C, SDLK_c, KMOD_LSHIFT, "C");
    assert_typed("C");
    type(SDL_SCANCODE_SPACE, SDLK_SPACE, 0, " ");
    assert_typed(" ");
    type(SDL_SCANCODE_Q, SDLK_q, KMOD_RALT, "@");
    assert_typed("@");
    assert_nothing();
    push_key(SDL_KEYDOWN, SDL_SCANCODE_RETURN, SDLK_RETURN, 0, false);
    push_key(SDL_KEYUP, SDL_SCANCODE_RETURN, SDLK_RETURN, 0, false);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, KEY_ENTER);
    assert_next(PLATFORM_KEY_UP);
    push_key(SDL_KEYDOWN, SDL_SCANCODE_LEFT, SDLK_LEFT, KMOD_LSHIFT | KMOD_LCTRL, false);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.modifiers, KEY_SHIFT | KEY_CTRL);
    push_key(SDL_KEYUP, SDL_SCANCODE_LEFT, SDLK_LEFT, 0, false);
    assert_next(PLATFORM_KEY_UP);
    platform_text_end(platform);
}

/* Ctrl+1 is a key; X11 would type a 1 with it. */
static void shortcuts_type_nothing(void **state)
{
    (void)state;
    platform_text_begin(platform);
    type(SDL_SCANCODE_1, SDLK_1, KMOD_LCTRL, "1");
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, '1');
    assert_next(PLATFORM_KEY_UP);
    type(SDL_SCANCODE_Q, SDLK_q, KMOD_LGUI, "q");
    assert_next(PLATFORM_KEY_DOWN);
    assert_next(PLATFORM_KEY_UP);
    type(SDL_SCANCODE_Q, SDLK_q, KMOD_LALT, "q");
    assert_next(PLATFORM_KEY_DOWN);
    assert_next(PLATFORM_KEY_UP);
    assert_nothing();
    /* Where the left Alt reaches a third character, that one is meant. */
    type(SDL_SCANCODE_E, SDLK_e, KMOD_LALT, "€");
    assert_next(PLATFORM_KEY_DOWN);
    assert_typed("€");
    platform_text_end(platform);
    while (platform_wait(platform, 0, &event)) {
    }
}

/* The Space that begins the writing writes nothing, however long it is held. */
static void a_key_that_is_still_held_types_nothing(void **state)
{
    (void)state;
    push_key(SDL_KEYDOWN, SDL_SCANCODE_SPACE, SDLK_SPACE, 0, false);
    assert_next(PLATFORM_KEY_DOWN);
    platform_text_begin(platform);
    for (int i = 0; i < 3; i++) {
        push_key(SDL_KEYDOWN, SDL_SCANCODE_SPACE, SDLK_SPACE, 0, true);
        push_text(" ");
    }
    assert_nothing();
    push_key(SDL_KEYUP, SDL_SCANCODE_SPACE, SDLK_SPACE, 0, false);
    assert_next(PLATFORM_KEY_UP);
    /* And the next one does, and repeats. */
    push_key(SDL_KEYDOWN, SDL_SCANCODE_SPACE, SDLK_SPACE, 0, false);
    push_text(" ");
    push_key(SDL_KEYDOWN, SDL_SCANCODE_SPACE, SDLK_SPACE, 0, true);
    push_text(" ");
    assert_typed(" ");
    assert_typed(" ");
    /* A release after the end is not the release of a key. */
    platform_text_end(platform);
    push_key(SDL_KEYUP, SDL_SCANCODE_SPACE, SDLK_SPACE, 0, false);
    assert_nothing();
}

static void keys_from_before_the_focus_type_nothing(void **state)
{
    (void)state;
    platform_text_begin(platform);
    platform->focused_at = platform_now();
    push_key(SDL_KEYDOWN, SDL_SCANCODE_A, SDLK_a, 0, false);
    push_text("a");
    assert_nothing();
    platform->focused_at = -SECONDS(1);
    push_key(SDL_KEYDOWN, SDL_SCANCODE_A, SDLK_a, 0, true);
    push_text("a");
    push_key(SDL_KEYUP, SDL_SCANCODE_A, SDLK_a, 0, false);
    assert_nothing();
    platform_text_end(platform);
}

static void unfinished_text_has_its_cursor_in_bytes(void **state)
{
    (void)state;
    platform_text_begin(platform);
    SDL_Event pushed = {.type = SDL_TEXTEDITING};
    (void)strcpy(pushed.edit.text, "にほん");
    pushed.edit.start = 1;
    pushed.edit.length = 2;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
    assert_next(PLATFORM_COMPOSE);
    assert_string_equal(event.text, "にほん");
    assert_int_equal(event.from, 3);
    assert_int_equal(event.to, 9);
    SDL_Event longer = {.type = SDL_TEXTEDITING_EXT};
    longer.editExt.text = SDL_strdup("わたしのなまえをかくとながくなりますね");
    longer.editExt.start = 100;
    assert_int_equal(SDL_PushEvent(&longer), 1);
    assert_next(PLATFORM_COMPOSE);
    assert_int_equal(strlen(event.text), 57);
    assert_true(event.from == 57 && event.to == 57);
    SDL_Event done = {.type = SDL_TEXTEDITING};
    assert_int_equal(SDL_PushEvent(&done), 1);
    assert_next(PLATFORM_COMPOSE);
    assert_string_equal(event.text, "");
    platform_text_end(platform);
}

static void push_button(Uint32 what, Uint8 button, int x, int y, Uint8 clicks)
{
    SDL_Event pushed = {.type = what};
    pushed.button.button = button;
    pushed.button.x = x;
    pushed.button.y = y;
    pushed.button.clicks = clicks;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void push_motion(int x, int y)
{
    SDL_Event pushed = {.type = SDL_MOUSEMOTION};
    pushed.motion.x = x;
    pushed.motion.y = y;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void assert_point(enum platform_event_kind kind, int x, int y)
{
    assert_next(kind);
    assert_int_equal(event.x_px, x);
    assert_int_equal(event.y_px, y);
}

static void the_mouse_points(void **state)
{
    (void)state;
    /* A button that went down before text was taken goes up unheard. */
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 5, 5, 1);
    assert_next(PLATFORM_KEY_DOWN);
    platform_text_begin(platform);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 5, 5, 1);
    push_motion(7, 7);
    assert_nothing();
    /* The right one is Esc, as everywhere. */
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 5, 5, 1);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, KEY_ESC);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_RIGHT, 5, 5, 1);
    assert_next(PLATFORM_KEY_UP);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 30, 40, 2);
    push_motion(31, 41);
    push_motion(-3, 999);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 50, 60, 2);
    assert_point(PLATFORM_POINT, 30, 40);
    assert_int_equal(event.clicks, 2);
    assert_int_equal(event.key.modifiers, 0);
    assert_point(PLATFORM_POINT_MOVE, -3, 999); /* where it came to, not each step of the way */
    assert_point(PLATFORM_POINT_END, 50, 60);
    SDL_Event wheel = {.type = SDL_MOUSEWHEEL};
    wheel.wheel.y = -2;
    assert_int_equal(SDL_PushEvent(&wheel), 1);
    assert_next(PLATFORM_SCROLL);
    assert_int_equal(event.steps, 2);
    /* Shift counts that was held then, though SDL knows already that it is not any more. */
    push_key(SDL_KEYDOWN, SDL_SCANCODE_LSHIFT, SDLK_LSHIFT, KMOD_LSHIFT, false);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 1, 1, 1);
    push_key(SDL_KEYUP, SDL_SCANCODE_LSHIFT, SDLK_LSHIFT, 0, false);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 1, 1, 1);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 1, 1, 1);
    assert_next(PLATFORM_POINT);
    assert_int_equal(event.key.modifiers, KEY_SHIFT);
    assert_next(PLATFORM_POINT_END);
    assert_next(PLATFORM_POINT);
    assert_int_equal(event.key.modifiers, 0);
    platform_text_end(platform);
}

static void what_was_composed_is_text_after_a_shortcut_too(void **state)
{
    (void)state;
    platform_text_begin(platform);
    push_key(SDL_KEYDOWN, SDL_SCANCODE_A, SDLK_a, KMOD_LCTRL, false);
    assert_next(PLATFORM_KEY_DOWN);
    SDL_Event composed = {.type = SDL_TEXTEDITING};
    (void)strcpy(composed.edit.text, "ab");
    assert_int_equal(SDL_PushEvent(&composed), 1);
    assert_next(PLATFORM_COMPOSE);
    push_text("AB");
    assert_typed("AB");
    push_key(SDL_KEYDOWN, SDL_SCANCODE_A, SDLK_a, KMOD_LCTRL, true);
    assert_next(PLATFORM_KEY_DOWN);
    push_key(SDL_KEYUP, SDL_SCANCODE_A, SDLK_a, 0, false);
    assert_next(PLATFORM_KEY_UP);
    push_text("C");
    assert_typed("C");
    platform_text_end(platform);
}

static void push_composed(const char *text)
{
    SDL_Event pushed = {.type = SDL_TEXTEDITING};
    (void)strcpy(pushed.edit.text, text);
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void assert_composed(const char *text)
{
    assert_next(PLATFORM_COMPOSE);
    assert_string_equal(event.text, text);
}

/* A key that is left to the window may have written down what was composed: SDL hears so only
 * behind the key. */
static void what_a_key_wrote_down_comes_before_the_key(void **state)
{
    (void)state;
    platform_text_begin(platform);
    push_composed("a");
    assert_composed("a");
    type(SDL_SCANCODE_SPACE, SDLK_SPACE, KMOD_NONE, " ");
    type(SDL_SCANCODE_1, SDLK_1, KMOD_NONE, "1");
    push_text("A");
    push_composed("");
    push_composed("b");
    assert_typed("A");
    assert_composed("");
    assert_typed(" ");
    assert_typed("1");
    assert_composed("b");
    /* The other order of the two, and a key that types nothing. */
    push_key(SDL_KEYDOWN, SDL_SCANCODE_RETURN, SDLK_RETURN, KMOD_NONE, false);
    push_key(SDL_KEYUP, SDL_SCANCODE_RETURN, SDLK_RETURN, KMOD_NONE, false);
    push_composed("");
    push_text("B");
    assert_composed("");
    assert_typed("B");
    assert_next(PLATFORM_KEY_DOWN);
    assert_next(PLATFORM_KEY_UP);
    push_composed("c");
    assert_composed("c");
    push_key(SDL_KEYDOWN, SDL_SCANCODE_Z, SDLK_z, KMOD_LCTRL, false);
    push_text("C");
    push_composed("");
    assert_typed("C");
    assert_composed("");
    assert_next(PLATFORM_KEY_DOWN);
    push_key(SDL_KEYUP, SDL_SCANCODE_Z, SDLK_z, KMOD_LCTRL, false);
    assert_next(PLATFORM_KEY_UP);
    /* What goes on being composed waits for nothing. */
    push_composed("c");
    assert_composed("c");
    type(SDL_SCANCODE_2, SDLK_2, KMOD_NONE, "2");
    push_composed("cd");
    assert_typed("2");
    assert_composed("cd");
    push_composed("");
    assert_composed("");
    platform_text_end(platform);
    assert_nothing();
}

static void the_clipboard_is_bounded(void **state)
{
    (void)state;
    struct error error;
    assert_true(platform_clipboard_set(platform, "é and more", &error));
    char *text = platform_clipboard_get(platform, 100);
    assert_string_equal(text, "é and more");
    platform_clipboard_drop(text);
    text = platform_clipboard_get(platform, 1);
    assert_string_equal(text, "");
    platform_clipboard_drop(text);
    text = platform_clipboard_get(platform, 4);
    assert_string_equal(text, "é a");
    platform_clipboard_drop(text);
    platform_clipboard_drop(NULL);
}

static void only_links_to_people_are_opened(void **state)
{
    (void)state;
    static const char *const allowed[] = {"tel:+49-30-1", "MailTo:a@b.org?body=x%20y",
                                          "sms:1;body=a", "https://a.b/c?d=e&f"};
    static const char *const refused[] = {
        "",       "tel:",    "http://a.b", "file:///etc/passwd",  "javascript:1",
        "-tel:1", "tel:1 2", "tel:1\n2",   "mailto:\xC3\xA9@a.b", "telx:1"};
    struct error error;
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        assert_true(link_is_allowed(allowed[i], &error));
        assert_true(platform_open_link(platform, allowed[i], &error));
    }
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(platform_open_link(platform, refused[i], &error));
    static char long_link[4096] = "tel:";
    memset(long_link + 4, '1', sizeof long_link - 5);
    assert_false(link_is_allowed(long_link, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_taken_only_when_asked_for),
        cmocka_unit_test(keys_that_type_are_no_keys),
        cmocka_unit_test(shortcuts_type_nothing),
        cmocka_unit_test(a_key_that_is_still_held_types_nothing),
        cmocka_unit_test(keys_from_before_the_focus_type_nothing),
        cmocka_unit_test(unfinished_text_has_its_cursor_in_bytes),
        cmocka_unit_test(the_mouse_points),
        cmocka_unit_test(what_was_composed_is_text_after_a_shortcut_too),
        cmocka_unit_test(what_a_key_wrote_down_comes_before_the_key),
        cmocka_unit_test(the_clipboard_is_bounded),
        cmocka_unit_test(only_links_to_people_are_opened),
    };
    return cmocka_run_group_tests(tests, open_platform, end_window);
}
