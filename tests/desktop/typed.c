/* A window that takes text and says what it hears, a line of JSON each, for the desktop tests of
 * typing.  Space begins taking text, Esc ends it, Ctrl+Q leaves. */
#include "lacrima/platform.h"

#include <stdio.h>
#include <stdlib.h>

static void say_text(const char *kind, const char *text)
{
    (void)printf("{\"%s\": \"", kind);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ' || c == '"' || c == '\\')
            (void)printf("\\u%04x", c);
        else
            (void)putchar(c);
    }
    (void)puts("\"}");
}

/* False: the visit ends. */
static bool hear(struct platform *platform, const struct platform_event *event)
{
    switch (event->kind) {
    case PLATFORM_KEY_DOWN:
        if (event->key.typed == 'q' && (event->key.modifiers & KEY_CTRL) != 0)
            return false;
        (void)printf("{\"key\": %d, \"repeat\": %s}\n", (int)event->key.typed,
                     event->key.repeat ? "true" : "false");
        if (event->key.typed == KEY_SPACE)
            platform_text_begin(platform);
        if (event->key.typed == KEY_ESC)
            platform_text_end(platform);
        return true;
    case PLATFORM_TEXT:
        say_text("text", event->text);
        return true;
    case PLATFORM_POINT:
        (void)printf("{\"point\": [%d, %d], \"clicks\": %d}\n", event->x_px, event->y_px,
                     event->clicks);
        return true;
    case PLATFORM_SCROLL:
        (void)printf("{\"scroll\": %d}\n", event->steps);
        return true;
    case PLATFORM_FOCUS_IN:
    case PLATFORM_FOCUS_OUT:
        (void)printf("{\"keyboard\": \"%s\"}\n",
                     event->kind == PLATFORM_FOCUS_IN ? "here" : "elsewhere");
        return true;
    case PLATFORM_QUIT:
        return false;
    case PLATFORM_NONE:
    case PLATFORM_KEY_UP:
    case PLATFORM_COMPOSE:
    case PLATFORM_POINT_MOVE:
    case PLATFORM_POINT_END:
    case PLATFORM_RESIZED:
    case PLATFORM_EXPOSED:
    case PLATFORM_HIDDEN:
    case PLATFORM_SHOWN:
    case PLATFORM_DROPPED:
    case PLATFORM_DROP_END:
    case PLATFORM_MOTION:
    case PLATFORM_WOKEN:
        break;
    }
    return true;
}

int main(void)
{
    struct platform *platform = NULL;
    struct platform_params params = {.windowed = true};
    struct error error;
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (!platform_create(&platform, &params, &error)) {
        (void)fprintf(stderr, "%s\n", error.text);
        return EXIT_FAILURE;
    }
    platform_swap(platform);
    (void)puts("{\"screen\": \"open\"}");
    static struct platform_event event;
    bool open = true;
    while (open) {
        if (!platform_wait(platform, SECONDS(1), &event))
            continue;
        open = hear(platform, &event);
        if (event.kind == PLATFORM_EXPOSED || event.kind == PLATFORM_RESIZED)
            platform_swap(platform);
    }
    (void)puts("{\"screen\": \"quit\"}");
    platform_destroy(&platform);
    return EXIT_SUCCESS;
}
