/* Cue: a short sound the machine asks for.  A value; audio gives it its sound. */
#ifndef LACRIMA_CORE_CUE_H
#define LACRIMA_CORE_CUE_H

/* X(ENUM, "name"): the name is what --events prints.  Where only one of several bells can sound,
 * the later row outweighs the earlier. */
#define CUE_LIST(X)                                                                                \
    X(SWELL_IN, "swell-in")                                                                        \
    X(SWELL_OUT, "swell-out")                                                                      \
    X(TOP_UP, "top-up")                                                                            \
    X(HOLD, "hold")                                                                                \
    X(BELL, "bell")                                                                                \
    X(BELLS_TWO, "bells-two")                                                                      \
    X(BELLS_THREE, "bells-three")                                                                  \
    X(MARK, "mark")                                                                                \
    X(CLACK, "clack")                                                                              \
    X(YAWN_IN, "yawn-in")                                                                          \
    X(YAWN_OUT, "yawn-out")

enum cue {
    CUE_NONE,
#define X(id, name) CUE_##id,
    CUE_LIST(X)
#undef X
        CUE_COUNT
};

/* Ambience: a sound that goes on until it is ended.  X(ENUM, "name"), as above. */
#define AMBIENCE_LIST(X)                                                                           \
    X(WATER, "water")                                                                              \
    X(EMBERS, "embers")                                                                            \
    X(LEAVES, "leaves")

enum ambience {
    AMBIENCE_NONE,
#define X(id, name) AMBIENCE_##id,
    AMBIENCE_LIST(X)
#undef X
        AMBIENCE_COUNT
};

/* "swell-in" and so on; "none" for CUE_NONE.  Never NULL. */
const char *cue_name(enum cue cue);

/* Of the cues that could not sound when they were due, the one to sound now: a swell that has
 * passed would not fit the breath any more, and several bells would be a burst.  kept: what this
 * said of the earlier ones, CUE_NONE to begin with. */
enum cue cue_belated(enum cue kept, enum cue late);

/* "water" and so on; "none" for AMBIENCE_NONE.  Never NULL. */
const char *ambience_name(enum ambience ambience);

#endif
