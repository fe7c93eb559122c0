#include "compose.h"

#include "lacrima/base/text.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xkbcommon/xkbcommon-compose.h>

#define VARIABLE   "XCOMPOSEFILE"
#define FIRST_DEAD ((xkb_keysym_t)XKB_KEY_dead_grave)
#define LAST_DEAD  ((xkb_keysym_t)XKB_KEY_dead_longsolidusoverlay)
#define FIRST_CODE 0xE000u /* the private use area's first; the others follow in order */
#define LAST_CODE  (FIRST_CODE + LAST_DEAD - FIRST_DEAD)
#define MULTI_CODE (LAST_CODE + 1)
#define NAME_BYTES 64

struct compose {
    struct xkb_context *context;
    struct xkb_compose_table *table;
    struct xkb_compose_state *state; /* NULL: the system has no table */
    FILE *file;                      /* SDL's */
    char *before;                    /* the variable's own value; NULL: it had none */
};

static const char *locale_name(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0')
            return value;
    }
    return "C";
}

static void begin_state(struct compose *compose)
{
    compose->context = xkb_context_new(XKB_CONTEXT_NO_DEFAULT_INCLUDES);
    if (compose->context == NULL)
        return;
    xkb_context_set_log_level(compose->context, XKB_LOG_LEVEL_CRITICAL);
    compose->table = xkb_compose_table_new_from_locale(compose->context, locale_name(),
                                                       XKB_COMPOSE_COMPILE_NO_FLAGS);
    if (compose->table != NULL)
        compose->state = xkb_compose_state_new(compose->table, XKB_COMPOSE_STATE_NO_FLAGS);
}

static bool write_key(FILE *file, xkb_keysym_t key, unsigned code)
{
    char name[NAME_BYTES];
    if (xkb_keysym_get_name(key, name, sizeof name) <= 0 || name[0] == '0')
        return true; /* a number that is no key */
    return fprintf(file, "<%s> : U%04X\n", name, code) > 0;
}

/* SDL opens its table by a name, and a file without one has this. */
static bool write_table(struct compose *compose)
{
    char path[NAME_BYTES];
    compose->file = tmpfile();
    if (compose->file == NULL)
        return false;
    bool written = write_key(compose->file, XKB_KEY_Multi_key, MULTI_CODE);
    for (xkb_keysym_t key = FIRST_DEAD; key <= LAST_DEAD; key++)
        written = written && write_key(compose->file, key, FIRST_CODE + (key - FIRST_DEAD));
    int number = fileno(compose->file);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", number);
    return written && fflush(compose->file) == 0 && fcntl(number, F_SETFD, FD_CLOEXEC) == 0 &&
           setenv(VARIABLE, path, 1) == 0;
}

struct compose *compose_create(void)
{
    struct compose *compose = calloc(1, sizeof *compose);
    if (compose == NULL)
        return NULL;
    const char *before = getenv(VARIABLE);
    compose->before = before != NULL ? strdup(before) : NULL;
    begin_state(compose);
    /* Without a table SDL composes nothing, and dead keys stay keys. */
    if (!write_table(compose))
        (void)setenv(VARIABLE, "/dev/null", 1);
    return compose;
}

void compose_destroy(struct compose *compose)
{
    if (compose == NULL)
        return;
    xkb_compose_state_unref(compose->state);
    xkb_compose_table_unref(compose->table);
    xkb_context_unref(compose->context);
    if (compose->file != NULL)
        (void)fclose(compose->file);
    if (compose->before != NULL)
        (void)setenv(VARIABLE, compose->before, 1);
    else
        (void)unsetenv(VARIABLE);
    free(compose->before);
    free(compose);
}

/* The key that typed the character. */
static xkb_keysym_t key_of(uint32_t code)
{
    if (code == MULTI_CODE)
        return XKB_KEY_Multi_key;
    if (code >= FIRST_CODE && code <= LAST_CODE)
        return FIRST_DEAD + (code - FIRST_CODE);
    return xkb_utf32_to_keysym(code);
}

bool compose_take(struct compose *compose, const char *typed, char *text, size_t size)
{
    uint32_t code = 0;
    size_t bytes = text_decode(typed, &code);
    bool alone = bytes > 0 && typed[bytes] == '\0';
    bool dead = alone && code >= FIRST_CODE && code <= MULTI_CODE;
    if (!dead)
        (void)text_copy(text, size, typed);
    if (!alone || compose == NULL || compose->state == NULL)
        return !dead;
    (void)xkb_compose_state_feed(compose->state, key_of(code));
    switch (xkb_compose_state_get_status(compose->state)) {
    case XKB_COMPOSE_COMPOSING:
        return false;
    case XKB_COMPOSE_COMPOSED:
        (void)xkb_compose_state_get_utf8(compose->state, text, size);
        return text[0] != '\0';
    case XKB_COMPOSE_CANCELLED: /* the accent goes nowhere, but the letter is kept */
    case XKB_COMPOSE_NOTHING:
        break;
    }
    return !dead;
}

void compose_reset(struct compose *compose)
{
    if (compose != NULL && compose->state != NULL)
        xkb_compose_state_reset(compose->state);
}
