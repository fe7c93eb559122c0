#include "lacrima/core/care.h"

#include "lacrima/base/check.h"
#include "mark.h"

#define ROW(change, answer)                                                                        \
    {                                                                                              \
        change, offsetof(struct settings, care_##answer), #answer                                  \
    }

static const struct care_row rows[] = {
    ROW(CARE_SOFT_EYES, lenses),      ROW(CARE_SOFT_EYES, dry_eyes),
    ROW(CARE_SOFT_EYES, eye_surgery), ROW(CARE_SOFT_EYES, light),
    ROW(CARE_NO_HOLDS, pregnancy),    ROW(CARE_NO_HOLDS, heart),
    ROW(CARE_NO_HOLDS, dizziness),    ROW(CARE_NO_HOLDS, asthma),
    ROW(CARE_NO_HOLDS, panic),        ROW(CARE_NO_HOLDS, eye_surgery),
    ROW(CARE_HALF_OPEN, jaw),         ROW(CARE_SEATED, pregnancy),
    ROW(CARE_SEATED, heart),          ROW(CARE_SEATED, dizziness),
    ROW(CARE_SEATED, back),           ROW(CARE_SEATED, eye_surgery),
    ROW(CARE_NO_BOXING, pregnancy),   ROW(CARE_NO_BOXING, heart),
    ROW(CARE_NO_BOXING, dizziness),   ROW(CARE_NO_BOXING, back),
    ROW(CARE_NO_BOXING, eye_surgery), ROW(CARE_NEAR_HOME, heart),
    ROW(CARE_NEAR_HOME, dizziness),   ROW(CARE_NEAR_HOME, asthma),
    ROW(CARE_NEAR_HOME, panic),       ROW(CARE_NEAR_HOME, pregnancy),
    ROW(CARE_MILD_WATER, pregnancy),  ROW(CARE_MILD_WATER, heart),
    ROW(CARE_MILD_WATER, dizziness),  ROW(CARE_MILD_WATER, eye_surgery),
};

const struct care_row *care_rows(size_t *count)
{
    *count = sizeof rows / sizeof rows[0];
    return rows;
}

static const struct {
    enum technique_id technique;
    const char *words;
} changes[CARE_CHANGES] = {
    [CARE_SOFT_EYES] = {TECHNIQUE_STARE, N_("Because of your eyes: soft eyes. F3 changes that.")},
    [CARE_NO_HOLDS] = {TECHNIQUE_BREATHE,
                       N_("To take care of you: no held breath. F3 changes that.")},
    [CARE_HALF_OPEN] = {TECHNIQUE_YAWN, N_("Because of your jaw: half open. F3 changes that.")},
    [CARE_SEATED] = {TECHNIQUE_MOVE, N_("To take care of you: seated. F3 changes that.")},
    [CARE_NO_BOXING] = {TECHNIQUE_MOVE, N_("To take care of you: no boxing. F3 changes that.")},
    [CARE_NEAR_HOME] = {TECHNIQUE_WALK, N_("To take care of you: near home. F3 changes that.")},
    [CARE_MILD_WATER] = {TECHNIQUE_SHOWER,
                         N_("To take care of you: mild water, seated. F3 changes that.")},
};

enum technique_id care_technique(enum care_change change)
{
    check(change < CARE_CHANGES);
    return changes[change].technique;
}

const char *care_words(enum care_change change)
{
    check(change < CARE_CHANGES);
    return changes[change].words;
}

bool care_asks(const struct settings *settings, enum care_change change)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const bool *answer = (const bool *)((const char *)settings + rows[i].answer);
        if (rows[i].change == change && *answer)
            return true;
    }
    return false;
}
