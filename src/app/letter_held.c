/* A page whose lines come in several frames (render_page_budget) is drawn to its end as it was
 * begun, whatever is typed meanwhile: else two pages could stand in one another for as long as one
 * that has changed is kept from turning round (letter_calm.c).  Its words are held for those
 * frames, in locked memory, for the text may be another one by then. */
#include "letter_inner.h"

#include <sodium.h>
#include <string.h>

static bool hold(struct letter *letter)
{
    char *bytes = letter->locked->held;
    size_t used = 0;
    letter->held = letter->page;
    for (size_t i = 0; i < letter->held.line_count; i++) {
        struct page_line *line = &letter->held.lines[i];
        if (line->length > LETTER_HELD_BYTES - used)
            return false; /* lines of marks upon marks: drawn on as they come */
        memcpy(bytes + used, line->text, line->length);
        line->text = bytes + used;
        used += line->length;
    }
    return true;
}

void letter_hold_end(struct letter *letter)
{
    if (letter->held.version == 0)
        return;
    letter->held = (struct page){0};
    sodium_memzero(letter->locked->held, sizeof letter->locked->held);
}

bool letter_holds(const struct letter *letter, float alpha)
{
    return letter->held.version != 0 && letter_is_page(letter) && letter->held.alpha == alpha;
}

void letter_hold(struct letter *letter)
{
    if (!hold(letter))
        letter->held.version = 0;
}
