/* The clipboard.  It is the desktop's: what is put there, others can read. */
#include "signals.h"
#include "x11_clipboard.h"

#include "lacrima/base/text.h"

#include <stdlib.h>
#include <string.h>

static void drop_sdl(char *text)
{
    if (text == NULL)
        return;
    text_wipe(text, strlen(text));
    SDL_free(text);
}

bool platform_clipboard_set(struct platform *platform, const char *text, struct error *error)
{
    (void)platform;
    return SDL_SetClipboardText(text) == 0 ||
           error_set(error, "The clipboard cannot be used: %s.", SDL_GetError());
}

/* Where the last character ends that is whole. */
static size_t whole(const char *text, size_t length, size_t bytes_max)
{
    size_t kept = length < bytes_max ? length : bytes_max;
    while (kept > 0 && kept < length && ((unsigned char)text[kept] & 0xC0u) == 0x80u)
        kept--;
    return kept;
}

static char *copy_of(const char *held, size_t bytes_max)
{
    size_t kept = whole(held, strlen(held), bytes_max);
    char *text = malloc(kept + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, held, kept);
    text[kept] = '\0';
    return text;
}

/* Under Wayland SDL 2.26 gives whoever has the clipboard 14 ms for each part, and takes what came
 * by then for all of it: nothing, or half a text.  A second way to ask there is none: some
 * compositors know only the last wl_data_device of a program's, so that one beside SDL's would make
 * SDL's deaf. But SDL waits anew whenever a signal ends its wait. */
static char *patient_sdl(void)
{
    signals_ring_begin();
    char *held = SDL_GetClipboardText();
    if (signals_ring_end())
        return held;
    /* Half of it is none. */
    drop_sdl(held);
    return NULL;
}

char *platform_clipboard_get(struct platform *platform, size_t bytes_max)
{
    char *text = NULL;
    /* One more byte says whether the last character is whole. */
    if (x11_clipboard_get(platform, bytes_max + 1, &text)) {
        if (text == NULL)
            return copy_of("", 0);
        size_t length = strlen(text);
        size_t kept = whole(text, length, bytes_max);
        text_wipe(text + kept, length - kept);
        text[kept] = '\0';
        return text;
    }
    char *held = patient_sdl();
    text = copy_of(held != NULL ? held : "", bytes_max);
    drop_sdl(held);
    return text;
}

void platform_clipboard_drop(char *text)
{
    if (text == NULL)
        return;
    text_wipe(text, strlen(text));
    free(text);
}
