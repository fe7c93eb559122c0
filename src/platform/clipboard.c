/* The clipboard, through SDL.  It is the desktop's: what is put there, others can read. */
#include "inner.h"

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

char *platform_clipboard_get(struct platform *platform, size_t bytes_max)
{
    (void)platform;
    char *held = SDL_GetClipboardText();
    size_t length = held != NULL ? strlen(held) : 0;
    size_t kept = length < bytes_max ? length : bytes_max;
    while (kept > 0 && kept < length && ((unsigned char)held[kept] & 0xC0u) == 0x80u)
        kept--;
    char *text = malloc(kept + 1);
    if (text != NULL) {
        if (kept > 0)
            memcpy(text, held, kept);
        text[kept] = '\0';
    }
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
