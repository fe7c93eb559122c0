/* Windows and contexts where there is no desktop at all. */
#include "inner.h"

#include "lacrima/platform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define GL_VERSION 0x1F02u

typedef const char *(*get_string_function)(unsigned name);

struct heard {
    int lines;
    char last[ERROR_TEXT_BYTES];
};

static void hear(void *user, const char *line)
{
    struct heard *heard = user;
    heard->lines++;
    SDL_strlcpy(heard->last, line, sizeof heard->last);
}

static int no_desktop(void **state)
{
    static const char *const variables[] = {"DISPLAY",
                                            "WAYLAND_DISPLAY",
                                            "WAYLAND_SOCKET",
                                            "XDG_RUNTIME_DIR",
                                            "SDL_VIDEODRIVER",
                                            "DBUS_SESSION_BUS_ADDRESS",
                                            "HOME"};
    (void)state;
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        unsetenv(variables[i]);
    return 0;
}

static const char *gl_version(void)
{
    get_string_function get_string = NULL;
    *(void **)&get_string = SDL_GL_GetProcAddress("glGetString");
    assert_non_null(get_string);
    const char *version = get_string(GL_VERSION);
    assert_non_null(version);
    return version;
}

static struct platform *open_offscreen(bool gles, struct heard *heard)
{
    struct platform *platform = NULL;
    struct error error = {""};
    struct platform_params params = {.offscreen = true,
                                     .gles = gles,
                                     .width = 640,
                                     .height = 360,
                                     .say = heard != NULL ? hear : NULL,
                                     .say_user = heard};
    if (!platform_create(&platform, &params, &error))
        fail_msg("%s", error.text);
    return platform;
}

static void offscreen_gl(void **state)
{
    int width = 0, height = 0, value = -1;
    struct heard heard = {0};
    (void)state;
    struct platform *platform = open_offscreen(false, &heard);
    assert_false(platform_gles(platform));
    assert_null(strstr(gl_version(), "OpenGL ES"));
    assert_true(strtod(gl_version(), NULL) >= 3.3);
    platform_drawable_size(platform, &width, &height);
    assert_int_equal(width, 640);
    assert_int_equal(height, 360);
    assert_int_equal(SDL_GL_GetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, &value), 0);
    assert_int_equal(value, SDL_GL_CONTEXT_PROFILE_CORE);
    assert_false(platform_vsync(platform));
    assert_false(platform_fullscreen(platform));
    assert_non_null(platform_display_name(platform));
    assert_null(platform_next_display(platform));
    platform_swap(platform);
    platform_destroy(&platform);
    assert_null(platform);
    platform_destroy(&platform);
    assert_int_equal(heard.lines, 0);
}

static void offscreen_gles(void **state)
{
    (void)state;
    struct platform *platform = open_offscreen(true, NULL);
    assert_true(platform_gles(platform));
    assert_non_null(strstr(gl_version(), "OpenGL ES 3"));
    platform_destroy(&platform);
}

static void offscreen_wins_over_the_environment(void **state)
{
    (void)state;
    setenv("SDL_VIDEODRIVER", "x11", 1);
    struct platform *platform = open_offscreen(false, NULL);
    assert_string_equal(SDL_GetCurrentVideoDriver(), "offscreen");
    platform_destroy(&platform);
    unsetenv("SDL_VIDEODRIVER");
}

static void no_display_is_a_plain_line(void **state)
{
    struct platform *platform = NULL;
    struct error error = {""};
    struct platform_params params = {.title = "x"};
    (void)state;
    assert_false(platform_create(&platform, &params, &error));
    assert_null(platform);
    assert_non_null(strstr(error.text, "No display could be opened"));
    assert_non_null(strstr(error.text, "x11"));
    assert_non_null(strstr(error.text, "DISPLAY"));
    assert_null(strchr(error.text, '\n'));
    /* NULL is accepted for the error. */
    assert_false(platform_create(&platform, &params, NULL));
}

static void an_unknown_driver_is_named(void **state)
{
    struct platform *platform = NULL;
    struct error error = {""};
    struct platform_params params = {.title = "x"};
    (void)state;
    setenv("SDL_VIDEODRIVER", "nosuchdriver", 1);
    assert_false(platform_create(&platform, &params, &error));
    unsetenv("SDL_VIDEODRIVER");
    assert_non_null(strstr(error.text, "nosuchdriver"));
}

static void no_opengl_says_what_to_install(void **state)
{
    struct platform *platform = NULL;
    struct error error = {""};
    struct platform_params params = {.offscreen = true};
    (void)state;
    setenv("MESA_GL_VERSION_OVERRIDE", "2.1", 1);
    setenv("MESA_GLES_VERSION_OVERRIDE", "2.0", 1);
    bool opened = platform_create(&platform, &params, &error);
    unsetenv("MESA_GL_VERSION_OVERRIDE");
    unsetenv("MESA_GLES_VERSION_OVERRIDE");
    platform_destroy(&platform);
    assert_false(opened);
    assert_non_null(strstr(error.text, "No OpenGL 3.3 or OpenGL ES 3.0"));
    assert_non_null(strstr(error.text, "libgl1-mesa-dri"));
    assert_null(getenv("LIBGL_ALWAYS_SOFTWARE"));
}

static void a_display_that_is_not_there(void **state)
{
    struct heard heard = {0};
    (void)state;
    struct platform *platform = open_offscreen(false, &heard);
    assert_int_equal(display_find(platform, NULL), -1);
    assert_int_equal(display_find(platform, "0"), 0);
    assert_int_equal(display_find(platform, SDL_GetDisplayName(0)), 0);
    assert_int_equal(heard.lines, 0);
    assert_int_equal(display_find(platform, "7"), -1);
    assert_int_equal(heard.lines, 1);
    assert_int_equal(display_find(platform, "no such display"), -1);
    assert_int_equal(heard.lines, 2);
    assert_non_null(strstr(heard.last, "no such display"));
    assert_null(strchr(heard.last, '\n'));
    assert_int_equal(display_find(platform, "-1"), -1);
    assert_int_equal(display_find(platform, "99999999999999999999"), -1);
    platform_destroy(&platform);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offscreen_gl),
        cmocka_unit_test(offscreen_gles),
        cmocka_unit_test(offscreen_wins_over_the_environment),
        cmocka_unit_test(no_display_is_a_plain_line),
        cmocka_unit_test(an_unknown_driver_is_named),
        cmocka_unit_test(no_opengl_says_what_to_install),
        cmocka_unit_test(a_display_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, no_desktop, NULL);
}
