/* SDL's events, pushed by hand, and what platform_wait makes of them. */
#include "inner.h"
#include "own_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_platform(void **state)
{
    (void)state;
    return begin_window(64, 64);
}

static void push_key(Uint32 type, SDL_Scancode scancode, SDL_Keycode sym, bool repeat)
{
    SDL_Event pushed = {.type = type};
    pushed.key.keysym.scancode = scancode;
    pushed.key.keysym.sym = sym;
    pushed.key.repeat = repeat;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void push_window(Uint8 what)
{
    SDL_Event pushed = {.type = SDL_WINDOWEVENT};
    pushed.window.event = what;
    pushed.window.windowID = SDL_GetWindowID(platform->window);
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void keys_come_and_go(void **state)
{
    (void)state;
    push_key(SDL_KEYDOWN, SDL_SCANCODE_C, SDLK_c, false);
    push_key(SDL_KEYDOWN, SDL_SCANCODE_C, SDLK_c, true);
    push_key(SDL_KEYUP, SDL_SCANCODE_C, SDLK_c, false);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, 'c');
    assert_false(event.key.repeat);
    assert_next(PLATFORM_KEY_DOWN);
    assert_true(event.key.repeat);
    assert_next(PLATFORM_KEY_UP);
    assert_nothing();
}

static void lone_modifiers_are_nothing(void **state)
{
    (void)state;
    push_key(SDL_KEYDOWN, SDL_SCANCODE_LCTRL, SDLK_LCTRL, false);
    push_key(SDL_KEYUP, SDL_SCANCODE_LCTRL, SDLK_LCTRL, false);
    assert_nothing();
}

static void a_release_without_a_press_is_nothing(void **state)
{
    (void)state;
    push_key(SDL_KEYUP, SDL_SCANCODE_SPACE, SDLK_SPACE, false);
    assert_nothing();
}

static void keys_held_before_the_focus_do_not_leak(void **state)
{
    (void)state;
    platform->focused_at = platform_now();
    push_key(SDL_KEYDOWN, SDL_SCANCODE_TAB, SDLK_TAB, false);
    assert_nothing();
    platform->focused_at = -SECONDS(1);
    /* The same key goes on repeating; it stays unheard until it is released. */
    push_key(SDL_KEYDOWN, SDL_SCANCODE_TAB, SDLK_TAB, true);
    push_key(SDL_KEYUP, SDL_SCANCODE_TAB, SDLK_TAB, false);
    assert_nothing();
    push_key(SDL_KEYDOWN, SDL_SCANCODE_TAB, SDLK_TAB, false);
    assert_next(PLATFORM_KEY_DOWN);
    push_key(SDL_KEYUP, SDL_SCANCODE_TAB, SDLK_TAB, false);
    assert_next(PLATFORM_KEY_UP);
    assert_nothing();
}

static void push_button(Uint32 type, Uint8 button)
{
    SDL_Event pushed = {.type = type};
    pushed.button.button = button;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void the_mouse_is_keys(void **state)
{
    SDL_Event wheel = {.type = SDL_MOUSEWHEEL};
    (void)state;
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_RIGHT);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_MIDDLE);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, KEY_SPACE);
    assert_next(PLATFORM_KEY_UP);
    assert_int_equal(event.key.typed, KEY_SPACE);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, KEY_ESC);
    assert_next(PLATFORM_KEY_UP);
    assert_nothing();
    wheel.wheel.y = 1;
    assert_int_equal(SDL_PushEvent(&wheel), 1);
    wheel.wheel.y = -1;
    assert_int_equal(SDL_PushEvent(&wheel), 1);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, KEY_UP);
    assert_next(PLATFORM_KEY_UP);
    assert_next(PLATFORM_KEY_DOWN);
    assert_int_equal(event.key.typed, KEY_DOWN);
    assert_next(PLATFORM_KEY_UP);
    assert_nothing();
}

static void a_flick_of_the_wheel_is_bounded(void **state)
{
    SDL_Event wheel = {.type = SDL_MOUSEWHEEL};
    int presses = 0;
    (void)state;
    wheel.wheel.y = 500;
    assert_int_equal(SDL_PushEvent(&wheel), 1);
    while (platform_wait(platform, 0, &event))
        presses += event.kind == PLATFORM_KEY_DOWN;
    assert_in_range(presses, 1, 3);
}

static void hidden_and_shown_once_each(void **state)
{
    (void)state;
    push_window(SDL_WINDOWEVENT_HIDDEN);
    push_window(SDL_WINDOWEVENT_MINIMIZED);
    push_window(SDL_WINDOWEVENT_SHOWN);
    push_window(SDL_WINDOWEVENT_RESTORED);
    assert_next(PLATFORM_HIDDEN);
    assert_next(PLATFORM_SHOWN);
    assert_next(PLATFORM_EXPOSED);
    assert_next(PLATFORM_EXPOSED);
    assert_nothing();
}

static void sizes_and_closing(void **state)
{
    (void)state;
    push_window(SDL_WINDOWEVENT_SIZE_CHANGED);
    assert_next(PLATFORM_RESIZED);
    push_window(SDL_WINDOWEVENT_DISPLAY_CHANGED);
    assert_next(PLATFORM_RESIZED);
    push_window(SDL_WINDOWEVENT_CLOSE);
    assert_next(PLATFORM_QUIT);
    assert_nothing();
}

static void displays_that_change_are_told(void **state)
{
    SDL_Event pushed = {.type = SDL_DISPLAYEVENT};
    (void)state;
    pushed.display.event = SDL_DISPLAYEVENT_DISCONNECTED;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
    assert_next(PLATFORM_RESIZED);
    assert_nothing();
}

static void push_drop(Uint32 type, const char *text)
{
    SDL_Event pushed = {.type = type};
    pushed.drop.file = text != NULL ? SDL_strdup(text) : NULL;
    assert_int_equal(SDL_PushEvent(&pushed), 1);
}

static void assert_dropped(enum platform_missed missed)
{
    push_drop(SDL_DROPCOMPLETE, NULL);
    assert_next(PLATFORM_DROP_END);
    assert_int_equal(event.missed, missed);
    assert_nothing();
}

static void files_are_dropped(void **state)
{
    char long_path[PLATFORM_PATH_BYTES + 16];
    (void)state;
    push_drop(SDL_DROPBEGIN, NULL);
    push_drop(SDL_DROPFILE, "/tmp/é.ogg");
    assert_next(PLATFORM_DROPPED);
    assert_string_equal(event.path, "/tmp/é.ogg");
    assert_dropped(PLATFORM_MISSED_NOTHING);
    /* A path that was cut would be another file's. */
    memset(long_path, 'x', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = '\0';
    push_drop(SDL_DROPBEGIN, NULL);
    push_drop(SDL_DROPFILE, long_path);
    push_drop(SDL_DROPFILE, "/tmp/b");
    assert_next(PLATFORM_DROPPED);
    assert_string_equal(event.path, "/tmp/b");
    assert_dropped(PLATFORM_MISSED_LONG);
}

static void what_is_no_file_is_said_to_be_none(void **state)
{
    (void)state;
    push_drop(SDL_DROPBEGIN, NULL);
    push_drop(SDL_DROPTEXT, "words");
    push_drop(SDL_DROPTEXT, "and more");
    assert_dropped(PLATFORM_MISSED_TEXT);
    push_drop(SDL_DROPBEGIN, NULL);
    assert_dropped(PLATFORM_MISSED_ALL);
}

static int wake_from_afar(void *user)
{
    (void)user;
    platform_wake(platform);
    platform_wake(platform);
    return 0;
}

static void woken_from_another_thread_once(void **state)
{
    (void)state;
    SDL_Thread *thread = SDL_CreateThread(wake_from_afar, "wake", NULL);
    assert_non_null(thread);
    SDL_WaitThread(thread, NULL);
    assert_next(PLATFORM_WOKEN);
    assert_nothing();
    platform_wake(platform);
    assert_next(PLATFORM_WOKEN);
    assert_nothing();
}

static void offscreen_never_waits(void **state)
{
    (void)state;
    time_ns before = platform_now();
    assert_false(platform_wait(platform, TIME_NEVER, &event));
    assert_true(platform_now() - before < SECONDS(60)); /* and not for ever */
}

static void still_field_is_drawn_once_more_after_a_change(void **state)
{
    (void)state;
    platform->redraw_at = platform_now();
    assert_next(PLATFORM_EXPOSED);
    assert_int_equal(platform->redraw_at, TIME_NEVER);
    assert_nothing();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_come_and_go),
        cmocka_unit_test(lone_modifiers_are_nothing),
        cmocka_unit_test(a_release_without_a_press_is_nothing),
        cmocka_unit_test(keys_held_before_the_focus_do_not_leak),
        cmocka_unit_test(the_mouse_is_keys),
        cmocka_unit_test(a_flick_of_the_wheel_is_bounded),
        cmocka_unit_test(hidden_and_shown_once_each),
        cmocka_unit_test(sizes_and_closing),
        cmocka_unit_test(displays_that_change_are_told),
        cmocka_unit_test(files_are_dropped),
        cmocka_unit_test(what_is_no_file_is_said_to_be_none),
        cmocka_unit_test(woken_from_another_thread_once),
        cmocka_unit_test(offscreen_never_waits),
        cmocka_unit_test(still_field_is_drawn_once_more_after_a_change),
    };
    return cmocka_run_group_tests(tests, open_platform, end_window);
}
