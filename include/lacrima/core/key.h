/* Key: one press on a keyboard, as a value, before it means anything.
 *
 * `typed` is what the person's layout says the key types without modifiers: a lower-case
 * Unicode code point ('a', 'я', '['), or one of the KEY_ constants.  `position` is what the same
 * physical key types on a US keyboard, by the same rule.  keymap_find() uses both: letters go
 * by what they type, digits by position as well, so AZERTY and Cyrillic reach every action. */
#ifndef LACRIMA_CORE_KEY_H
#define LACRIMA_CORE_KEY_H

#include <stdbool.h>
#include <stdint.h>

enum key_special {
    KEY_NONE = 0,
    KEY_SPACE = ' ',
    KEY_ENTER = 0x110000, /* Return and keypad Enter; beyond Unicode's last code point */
    KEY_ESC,
    KEY_TAB,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_INSERT,
    KEY_UP,
    KEY_DOWN,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_HOME,
    KEY_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_F1, /* F1 .. F12 follow one another */
    KEY_F2,
    KEY_F3,
    KEY_F4,
    KEY_F11 = KEY_F1 + 10,
    KEY_F12
};

enum key_modifier {
    KEY_SHIFT = 1,
    KEY_CTRL = 2,
    KEY_ALT = 4,
    KEY_SUPER = 8 /* any key with Super belongs to the desktop and does nothing here */
};

struct key {
    int32_t typed;
    int32_t position;
    uint8_t modifiers; /* KEY_SHIFT | ... */
    bool repeat;       /* the keyboard's own repetition of a held key */
};

#endif
