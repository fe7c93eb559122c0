/* The registry: the ten ways in the article's order.  A row that is not built stays empty;
 * home, --list and Tab pass it over. */
#include "lacrima/core/technique.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "techniques.h"

static const struct technique *const registry[TECHNIQUE_COUNT] = {
    [TECHNIQUE_STARE] = &technique_stare,   [TECHNIQUE_BREATHE] = &technique_breathe,
    [TECHNIQUE_WALK] = &technique_walk,     [TECHNIQUE_MUSIC] = &technique_music,
    [TECHNIQUE_MOVE] = &technique_move,     [TECHNIQUE_READ] = &technique_read,
    [TECHNIQUE_SHOWER] = &technique_shower, [TECHNIQUE_TALK] = &technique_talk,
    [TECHNIQUE_WRITE] = &technique_write,   [TECHNIQUE_YAWN] = &technique_yawn,
};

const struct technique *technique_get(enum technique_id id)
{
    check(id < TECHNIQUE_COUNT);
    return registry[id];
}

const struct technique *technique_landing(void)
{
    return &technique_landing_row;
}

char technique_key(enum technique_id id)
{
    check(id < TECHNIQUE_COUNT);
    return id == TECHNIQUE_YAWN ? '0' : (char)('1' + (int)id);
}

enum technique_id technique_find(const char *id_or_key)
{
    for (enum technique_id id = TECHNIQUE_STARE; id < TECHNIQUE_COUNT; id++) {
        const char key[2] = {technique_key(id), '\0'};
        if (registry[id] != NULL &&
            (text_equal_nocase(registry[id]->id, id_or_key) || text_equal(key, id_or_key)))
            return id;
    }
    return TECHNIQUE_COUNT;
}

enum technique_id technique_step(enum technique_id id, int step)
{
    int next = (int)id;
    do {
        next = (next + step + TECHNIQUE_COUNT) % TECHNIQUE_COUNT;
    } while (registry[next] == NULL);
    return (enum technique_id)next;
}

const char *cause_name(enum cause cause)
{
    static const char *const names[CAUSE_COUNT] = {
        [CAUSE_BEGIN] = "begin",
        [CAUSE_TIME] = "time",
        [CAUSE_SPACE] = "space",
        [CAUSE_RELEASE] = "release",
        [CAUSE_RIGHT] = "right",
        [CAUSE_LEFT] = "left",
        [CAUSE_CHOICE] = "choice",
        [CAUSE_MUSIC_ENDED] = "music-ended",
        [CAUSE_NEXT] = "next",
        [CAUSE_PREVIOUS] = "previous",
        [CAUSE_READ_BEGIN] = "read-begin",
        [CAUSE_READ_END] = "read-end",
        [CAUSE_LETTER] = "letter",
        [CAUSE_REFUSED] = "refused",
        [CAUSE_LEAVE] = "leave",
        [CAUSE_REMOVE] = "remove",
    };
    check(cause < CAUSE_COUNT);
    return names[cause];
}
