#include "keys.h"

#include "lacrima/base/text.h"
#include "lacrima/platform.h"

#include <string.h>

#define UNICODE_LAST        0x10FFFF
#define FUNCTION_KEYS       12
#define LETTERS             26
#define UNICODE_REPLACEMENT 0xFFFD
#define KEY_NAME_BYTES      32

/* Keys that mean the same on every layout, by where they lie. */
static const struct {
    SDL_Scancode scancode;
    int32_t key;
} fixed_keys[] = {
    {SDL_SCANCODE_SPACE, KEY_SPACE},
    {SDL_SCANCODE_RETURN, KEY_ENTER},
    {SDL_SCANCODE_RETURN2, KEY_ENTER},
    {SDL_SCANCODE_KP_ENTER, KEY_ENTER},
    {SDL_SCANCODE_ESCAPE, KEY_ESC},
    {SDL_SCANCODE_TAB, KEY_TAB},
    {SDL_SCANCODE_BACKSPACE, KEY_BACKSPACE},
    {SDL_SCANCODE_DELETE, KEY_DELETE},
    {SDL_SCANCODE_INSERT, KEY_INSERT},
    {SDL_SCANCODE_UP, KEY_UP},
    {SDL_SCANCODE_DOWN, KEY_DOWN},
    {SDL_SCANCODE_LEFT, KEY_LEFT},
    {SDL_SCANCODE_RIGHT, KEY_RIGHT},
    {SDL_SCANCODE_HOME, KEY_HOME},
    {SDL_SCANCODE_END, KEY_END},
    {SDL_SCANCODE_PAGEUP, KEY_PAGE_UP},
    {SDL_SCANCODE_PAGEDOWN, KEY_PAGE_DOWN},
    {SDL_SCANCODE_KP_0, '0'},
    {SDL_SCANCODE_KP_MINUS, '-'},
    {SDL_SCANCODE_KP_PLUS, '+'},
    {SDL_SCANCODE_KP_MULTIPLY, '*'},
    {SDL_SCANCODE_KP_DIVIDE, '/'},
    {SDL_SCANCODE_KP_PERIOD, '.'},
    {SDL_SCANCODE_KP_COMMA, ','},
    {SDL_SCANCODE_KP_EQUALS, '='},
};

/* What the remaining keys type on a US keyboard. */
static const struct {
    SDL_Scancode scancode;
    int32_t key;
} us_keys[] = {
    {SDL_SCANCODE_0, '0'},
    {SDL_SCANCODE_MINUS, '-'},
    {SDL_SCANCODE_EQUALS, '='},
    {SDL_SCANCODE_LEFTBRACKET, '['},
    {SDL_SCANCODE_RIGHTBRACKET, ']'},
    {SDL_SCANCODE_BACKSLASH, '\\'},
    {SDL_SCANCODE_NONUSHASH, '\\'},
    {SDL_SCANCODE_SEMICOLON, ';'},
    {SDL_SCANCODE_APOSTROPHE, '\''},
    {SDL_SCANCODE_GRAVE, '`'},
    {SDL_SCANCODE_COMMA, ','},
    {SDL_SCANCODE_PERIOD, '.'},
    {SDL_SCANCODE_SLASH, '/'},
};

/* A script may write the arrows of the keypad and the like in SDL's words; these are the words
 * people use that SDL has no name for. */
static const struct {
    const char *name;
    int32_t key;
} other_names[] = {
    {"Enter", KEY_ENTER}, {"Esc", KEY_ESC}, {"Del", KEY_DELETE},
    {"Plus", '+'},        {"Minus", '-'},   {"Equals", '='},
};

static const struct {
    const char *name;
    uint8_t modifier;
} modifier_names[] = {
    {"Shift", KEY_SHIFT}, {"Ctrl", KEY_CTRL}, {"Control", KEY_CTRL}, {"Alt", KEY_ALT},
    {"Super", KEY_SUPER}, {"Gui", KEY_SUPER}, {"Meta", KEY_SUPER},
};

/* The keys for music that many keyboards have, where the desktop leaves them to us. */
static const struct {
    SDL_Scancode scancode;
    int32_t key;
    uint8_t modifiers;
} media_keys[] = {
    {SDL_SCANCODE_AUDIOPLAY, 'm', 0},
    {SDL_SCANCODE_AUDIONEXT, 'n', 0},
    {SDL_SCANCODE_AUDIOPREV, 'n', KEY_SHIFT},
};

static int32_t fixed_key(SDL_Scancode scancode)
{
    if (scancode >= SDL_SCANCODE_F1 && scancode < SDL_SCANCODE_F1 + FUNCTION_KEYS)
        return (int32_t)KEY_F1 + (int32_t)(scancode - SDL_SCANCODE_F1);
    if (scancode >= SDL_SCANCODE_KP_1 && scancode <= SDL_SCANCODE_KP_9)
        return '1' + (int32_t)(scancode - SDL_SCANCODE_KP_1);
    for (size_t i = 0; i < sizeof fixed_keys / sizeof fixed_keys[0]; i++) {
        if (fixed_keys[i].scancode == scancode)
            return fixed_keys[i].key;
    }
    return KEY_NONE;
}

static int32_t position_of(SDL_Scancode scancode)
{
    if (scancode >= SDL_SCANCODE_A && scancode < SDL_SCANCODE_A + LETTERS)
        return 'a' + (int32_t)(scancode - SDL_SCANCODE_A);
    if (scancode >= SDL_SCANCODE_1 && scancode <= SDL_SCANCODE_9)
        return '1' + (int32_t)(scancode - SDL_SCANCODE_1);
    for (size_t i = 0; i < sizeof us_keys / sizeof us_keys[0]; i++) {
        if (us_keys[i].scancode == scancode)
            return us_keys[i].key;
    }
    return fixed_key(scancode);
}

static int32_t control_key(SDL_Keycode keycode)
{
    switch (keycode) {
    case SDLK_RETURN:
        return KEY_ENTER;
    case SDLK_ESCAPE:
        return KEY_ESC;
    case SDLK_TAB:
        return KEY_TAB;
    case SDLK_BACKSPACE:
        return KEY_BACKSPACE;
    case SDLK_DELETE:
        return KEY_DELETE;
    default:
        return KEY_NONE;
    }
}

/* SDL's keycodes are lower-case code points, or a scancode with a mark for keys that type
 * nothing, or a control character for the few that once did. */
static int32_t typed_of(SDL_Keycode keycode)
{
    if (keycode & SDLK_SCANCODE_MASK)
        return fixed_key((SDL_Scancode)(keycode & ~SDLK_SCANCODE_MASK));
    if (keycode < ' ' || keycode == SDLK_DELETE)
        return control_key(keycode);
    if (keycode > UNICODE_LAST)
        return KEY_NONE;
    if (keycode >= 'A' && keycode <= 'Z')
        return keycode - 'A' + 'a';
    return keycode;
}

static uint8_t modifiers_of(uint16_t mod)
{
    uint8_t modifiers = 0;
    if (mod & KMOD_SHIFT)
        modifiers |= KEY_SHIFT;
    if (mod & KMOD_CTRL)
        modifiers |= KEY_CTRL;
    /* AltGr counts as Alt: it types a third character that SDL does not tell us without text
     * input, and the key's first character was not meant. */
    if (mod & (KMOD_ALT | KMOD_MODE))
        modifiers |= KEY_ALT;
    if (mod & KMOD_GUI)
        modifiers |= KEY_SUPER;
    return modifiers;
}

struct key key_from_sdl(const SDL_Keysym *keysym, bool repeat)
{
    for (size_t i = 0; i < sizeof media_keys / sizeof media_keys[0]; i++) {
        if (keysym->scancode == media_keys[i].scancode)
            return (struct key){.typed = media_keys[i].key,
                                .position = media_keys[i].key,
                                .modifiers = media_keys[i].modifiers,
                                .repeat = repeat};
    }
    struct key key = {
        .typed = typed_of(keysym->sym),
        .position = position_of(keysym->scancode),
        .modifiers = modifiers_of(keysym->mod),
        .repeat = repeat,
    };
    /* The keypad's digits are digits whatever the layout or Num Lock make of them. */
    if (fixed_key(keysym->scancode) == key.position && key.position < KEY_ENTER &&
        key.position != KEY_NONE)
        key.typed = key.position;
    return key;
}

static bool find_modifier(const char *name, uint8_t *modifiers)
{
    for (size_t i = 0; i < sizeof modifier_names / sizeof modifier_names[0]; i++) {
        if (text_equal_nocase(modifier_names[i].name, name)) {
            *modifiers |= modifier_names[i].modifier;
            return true;
        }
    }
    return false;
}

/* The key of one symbol or word on a US keyboard, without modifiers. */
static int32_t find_named(const char *name)
{
    uint32_t codepoint = 0;
    if (name[0] == '\0')
        return KEY_NONE;
    if (text_decode(name, &codepoint) == strlen(name) && codepoint != UNICODE_REPLACEMENT)
        return typed_of((SDL_Keycode)codepoint);
    for (size_t i = 0; i < sizeof other_names / sizeof other_names[0]; i++) {
        if (text_equal_nocase(other_names[i].name, name))
            return other_names[i].key;
    }
    /* SDL's own search goes by the locale, and in Turkish no I is an i. */
    for (int code = 0; code < SDL_NUM_SCANCODES; code++) {
        if (text_equal_nocase(SDL_GetScancodeName((SDL_Scancode)code), name))
            return position_of((SDL_Scancode)code);
    }
    return KEY_NONE;
}

bool platform_key_from_name(const char *name, struct key *key)
{
    char part[KEY_NAME_BYTES];
    uint8_t modifiers = 0;
    /* A plus sign joins, except as the last character, where it is the key itself. */
    for (const char *plus = strchr(name, '+'); plus && plus[1] != '\0'; plus = strchr(name, '+')) {
        size_t length = (size_t)(plus - name);
        if (length == 0 || length >= sizeof part)
            return false;
        memcpy(part, name, length);
        part[length] = '\0';
        if (!find_modifier(part, &modifiers))
            return false;
        name = plus + 1;
    }
    int32_t code = find_named(name);
    if (code == KEY_NONE)
        return false;
    *key = (struct key){.typed = code, .position = code, .modifiers = modifiers};
    return true;
}
