#include "lacrima/core/cue.h"

#include "lacrima/base/check.h"

#include <stdbool.h>

const char *cue_name(enum cue cue)
{
    static const char *const names[CUE_COUNT] = {[CUE_NONE] = "none",
#define X(id, name) [CUE_##id] = (name),
                                                 CUE_LIST(X)
#undef X
    };
    check(cue >= CUE_NONE && cue < CUE_COUNT);
    return names[cue];
}

enum cue cue_belated(enum cue kept, enum cue late)
{
    bool rings = late == CUE_BELL || late == CUE_BELLS_TWO || late == CUE_BELLS_THREE;
    return rings && late > kept ? late : kept;
}

const char *ambience_name(enum ambience ambience)
{
    static const char *const names[AMBIENCE_COUNT] = {[AMBIENCE_NONE] = "none",
#define X(id, name) [AMBIENCE_##id] = (name),
                                                      AMBIENCE_LIST(X)
#undef X
    };
    check(ambience >= AMBIENCE_NONE && ambience < AMBIENCE_COUNT);
    return names[ambience];
}
