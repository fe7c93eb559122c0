#include "text.h"

#include "lacrima/base/text.h"

#include <string.h>

/* SDL keeps places in its queue for later events; so many are overwritten when text ends. */
#define QUEUE_PLACES 128

/* So far it is looked for what a key has ended. */
#define LOOKED_THROUGH 64

#define NOTHING_TYPED  (-1)

void platform_text_begin(struct platform *platform)
{
    if (platform->text)
        return;
    platform->text = true;
    platform->composing = false;
    platform->text_unmeant = KEY_NONE;
    platform->text_button = false;
    platform->text_rect = (SDL_Rect){0};
    pointer_text(platform, true);
    SDL_StartTextInput();
}

/* Typed text stays in the queue's spare places until they are used again. */
static void overwrite_queue(void)
{
    SDL_FlushEvent(SDL_TEXTINPUT);
    SDL_FlushEvent(SDL_TEXTEDITING);
    for (int i = 0; i < QUEUE_PLACES; i++) {
        SDL_Event blank = {.type = SDL_TEXTINPUT};
        (void)SDL_PeepEvents(&blank, 1, SDL_ADDEVENT, 0, 0);
    }
    SDL_FlushEvent(SDL_TEXTINPUT);
}

void platform_text_end(struct platform *platform)
{
    if (!platform->text)
        return;
    platform->text = false;
    SDL_StopTextInput();
    compose_reset(platform->compose);
    pointer_text(platform, false);
    overwrite_queue();
}

/* SDL counts in the window's points, which are several px on a dense display. */
static void scale_of(const struct platform *platform, float *x, float *y)
{
    int width = 0;
    int height = 0;
    int width_px = 0;
    int height_px = 0;
    SDL_GetWindowSize(platform->window, &width, &height);
    SDL_GL_GetDrawableSize(platform->window, &width_px, &height_px);
    *x = width > 0 ? (float)width_px / (float)width : 1.0F;
    *y = height > 0 ? (float)height_px / (float)height : 1.0F;
}

void platform_text_box(struct platform *platform, int x_px, int y_px, int width_px, int height_px)
{
    float x = 1.0F;
    float y = 1.0F;
    scale_of(platform, &x, &y);
    SDL_Rect rect = {.x = (int)((float)x_px / x),
                     .y = (int)((float)y_px / y),
                     .w = SDL_max((int)((float)width_px / x), 1),
                     .h = SDL_max((int)((float)height_px / y), 1)};
    if (SDL_RectEquals(&rect, &platform->text_rect))
        return;
    platform->text_rect = rect;
    SDL_SetTextInputRect(&rect);
}

bool text_takes_key(struct platform *platform, const SDL_KeyboardEvent *from, const struct key *key,
                    bool fresh)
{
    SDL_Scancode scancode = from->keysym.scancode;
    enum key_state state = (enum key_state)platform->keys_down[scancode];
    bool types = (key->typed != KEY_NONE ? key->typed : key->position) < (int32_t)KEY_ENTER;
    /* Of a key with Ctrl nothing is typed, whatever the system makes of it; with the left Alt,
     * which on some layouts reaches third characters, only what the key would not type without it.
     */
    if ((key->modifiers & (KEY_CTRL | KEY_SUPER)) != 0) {
        platform->text_unmeant = NOTHING_TYPED;
        compose_reset(platform->compose);
        return false;
    }
    bool alt =
        (from->keysym.mod & KMOD_LALT) != 0 && (from->keysym.mod & (KMOD_RALT | KMOD_MODE)) == 0;
    platform->text_unmeant = alt ? key->typed : KEY_NONE;
    if (!types) {
        /* An accent that nobody sees does not wait for a letter somewhere else. */
        compose_reset(platform->compose);
        return false;
    }
    if (state == KEY_STATE_UP)
        state = fresh ? KEY_STATE_TYPED : KEY_STATE_LEAKED;
    /* A key that has been held since before goes on repeating, but nobody is typing. */
    if (state != KEY_STATE_TYPED)
        platform->text_unmeant = NOTHING_TYPED;
    platform->keys_down[scancode] = (uint8_t)state;
    return !alt;
}

static bool is_edit(const SDL_Event *event, bool *empty)
{
    if (event->type == SDL_TEXTEDITING)
        *empty = event->edit.text[0] == '\0';
    else if (event->type == SDL_TEXTEDITING_EXT)
        *empty = event->editExt.text == NULL || event->editExt.text[0] == '\0';
    return event->type == SDL_TEXTEDITING || event->type == SDL_TEXTEDITING_EXT;
}

static bool types(const SDL_Event *event)
{
    const SDL_Keysym *key = &event->key.keysym;
    return event->type == SDL_KEYDOWN && key->sym >= SDLK_SPACE && key->sym != SDLK_DELETE &&
           (key->sym & SDLK_SCANCODE_MASK) == 0 && (key->mod & (KMOD_CTRL | KMOD_GUI)) == 0;
}

/* The text of a key comes just behind the key; any other is the input method's. */
static bool is_written(const SDL_Event *events, int i)
{
    return events[i].type == SDL_TEXTINPUT && (i == 0 || !types(&events[i - 1]));
}

/* How many of the events it takes to write down what is composed: up to where there is no more of
 * it, and to the text that may follow.  0: it goes on. */
static int end_of_composed(const SDL_Event *events, int count)
{
    int end = 0;
    bool written = false;
    bool empty = false;
    for (int i = 0; i < count && end == 0; i++) {
        written = written || is_written(events, i);
        end = is_edit(&events[i], &empty) && empty ? i + 1 : 0;
    }
    while (end > 0 && !written && end < count && is_written(events, end))
        end++;
    return end;
}

/* Puts these into SDL's queue: of its first `end` the input method's, or all others. */
static void put(SDL_Event *events, int count, int end, bool composed)
{
    bool empty = false;
    for (int i = 0; i < count; i++) {
        bool is = i < end && (is_edit(&events[i], &empty) || is_written(events, i));
        if (is == composed)
            (void)SDL_PeepEvents(&events[i], 1, SDL_ADDEVENT, 0, 0);
    }
}

/* SDL asks the input method about a key at once, and hears what that has written down for it only
 * behind all keys. */
bool text_waits(struct platform *platform, const SDL_Event *key)
{
    SDL_Event events[1 + LOOKED_THROUGH] = {*key};
    /* Wayland's own way keeps the order. */
    if (!platform->text || !platform->composing || platform->compose != NULL)
        return false;
    SDL_PumpEvents();
    int behind =
        SDL_PeepEvents(events + 1, LOOKED_THROUGH, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
    /* In a queue as full as that nobody's order is known. */
    int end = behind > 0 && behind < LOOKED_THROUGH ? end_of_composed(events, 1 + behind) : 0;
    if (end > 0) {
        behind = SDL_PeepEvents(events + 1, behind, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
        put(events, 1 + behind, end, true);
        put(events, 1 + behind, end, false);
    }
    text_wipe(events, sizeof events);
    return end > 0;
}

static bool is_meant(struct platform *platform, const char *text)
{
    int32_t unmeant = platform->text_unmeant;
    platform->text_unmeant = KEY_NONE;
    if (unmeant == NOTHING_TYPED)
        return false;
    uint32_t typed = 0;
    size_t bytes = text_decode(text, &typed);
    if (typed >= 'A' && typed <= 'Z')
        typed += 'a' - 'A';
    return unmeant == KEY_NONE || text[bytes] != '\0' || (int32_t)typed != unmeant;
}

bool text_take_typed(struct platform *platform, SDL_Event *from, struct platform_event *event)
{
    bool taken = platform->text && from->text.text[0] != '\0' &&
                 is_meant(platform, from->text.text) &&
                 compose_take(platform->compose, from->text.text, event->text, sizeof event->text);
    if (taken) {
        event->kind = PLATFORM_TEXT;
        pointer_hide(platform);
    }
    text_wipe(&from->text, sizeof from->text);
    if (!taken)
        text_wipe(event->text, sizeof event->text);
    return taken;
}

/* The byte where character `number` of the text begins. */
static uint32_t byte_of(const char *text, int number)
{
    size_t at = 0;
    while (number-- > 0 && text[at] != '\0') {
        uint32_t codepoint = 0;
        at += text_decode(text + at, &codepoint);
    }
    return (uint32_t)at;
}

bool text_take_edited(struct platform *platform, SDL_Event *from, struct platform_event *event)
{
    bool extended = from->type == SDL_TEXTEDITING_EXT;
    char *text = extended ? from->editExt.text : from->edit.text;
    int start = extended ? from->editExt.start : from->edit.start;
    int length = extended ? from->editExt.length : from->edit.length;
    /* The keys of what is composed are not heard of here, so the last one that was is no measure.
     */
    platform->text_unmeant = KEY_NONE;
    if (platform->text && text != NULL) {
        event->kind = PLATFORM_COMPOSE;
        platform->composing = text[0] != '\0';
        (void)text_copy(event->text, sizeof event->text, text);
        event->from = byte_of(event->text, start);
        event->to = byte_of(event->text, start + (length > 0 ? length : 0));
    }
    bool taken = platform->text && text != NULL;
    if (text != NULL)
        text_wipe(text, strlen(text));
    if (extended)
        SDL_free(text);
    return taken;
}

static void point(const struct platform *platform, int x, int y, struct platform_event *event)
{
    float x_scale = 1.0F;
    float y_scale = 1.0F;
    scale_of(platform, &x_scale, &y_scale);
    event->x_px = (int)((float)x * x_scale);
    event->y_px = (int)((float)y * y_scale);
    event->key = (struct key){.modifiers = platform->shift ? KEY_SHIFT : 0};
}

/* Only where the pointer came to counts, not each step of the way. */
static void skip_steps(SDL_MouseMotionEvent *motion)
{
    SDL_Event next;
    while (SDL_PeepEvents(&next, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1 &&
           next.type == SDL_MOUSEMOTION &&
           SDL_PeepEvents(&next, 1, SDL_GETEVENT, SDL_MOUSEMOTION, SDL_MOUSEMOTION) == 1)
        *motion = next.motion;
}

static bool take_button(struct platform *platform, const SDL_MouseButtonEvent *from,
                        struct platform_event *event)
{
    bool down = from->type == SDL_MOUSEBUTTONDOWN;
    if (from->button != SDL_BUTTON_LEFT || down == platform->text_button)
        return false;
    platform->text_button = down;
    event->kind = down ? PLATFORM_POINT : PLATFORM_POINT_END;
    event->clicks = from->clicks > 0 ? from->clicks : 1;
    point(platform, from->x, from->y, event);
    return true;
}

bool text_take_mouse(struct platform *platform, SDL_Event *from, struct platform_event *event)
{
    switch (from->type) {
    case SDL_MOUSEMOTION:
        if (!platform->text_button)
            return false;
        skip_steps(&from->motion);
        event->kind = PLATFORM_POINT_MOVE;
        point(platform, from->motion.x, from->motion.y, event);
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        return take_button(platform, &from->button, event);
    case SDL_MOUSEWHEEL:
        event->kind = PLATFORM_SCROLL;
        event->steps = SDL_clamp(-from->wheel.y, -PLATFORM_STEPS_MAX, PLATFORM_STEPS_MAX);
        return event->steps != 0;
    default:
        return false;
    }
}
