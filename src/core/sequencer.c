#include "sequencer.h"

#include "lacrima/base/check.h"
#include "techniques.h"

#include <string.h>

struct effect *effects_add(struct effects *effects, enum effect_kind kind, time_ns at)
{
    check(effects->count < EFFECTS_MAX);
    struct effect *effect = &effects->items[effects->count++];
    *effect = (struct effect){.kind = kind, .at = at};
    return effect;
}

const struct technique *sequencer_technique(const struct visit *visit)
{
    return visit->technique == TECHNIQUE_COUNT ? technique_landing()
                                               : technique_get(visit->technique);
}

time_ns settle_length(const struct visit *visit, const struct settings *settings)
{
    (void)visit;
    return SECONDS(settings->settle_s);
}

/* How long the present phase is from its entry; TIME_NEVER if it waits. */
static time_ns present_length(const struct visit *visit, const struct settings *settings)
{
    const struct technique *technique = sequencer_technique(visit);
    time_ns length = technique->phases[visit->phase].length_ns;
    if (length == PHASE_LENGTH_OWN)
        length = technique->length_ns(visit, settings);
    else if (length == PHASE_WAITS)
        length = TIME_NEVER;
    check(length > 0);
    return length;
}

static void schedule_mark(struct visit *visit, const struct settings *settings)
{
    const struct technique *technique = sequencer_technique(visit);
    struct mark mark;
    visit->mark_due = TIME_NEVER;
    if (technique->mark != NULL && technique->mark(visit, settings, visit->marks, &mark))
        visit->mark_due = visit->entered + mark.after;
}

static void add_cue(struct effects *effects, const struct settings *settings, enum cue cue,
                    time_ns length_ns, time_ns at)
{
    if (cue == CUE_NONE || !settings->sound_cues)
        return;
    struct effect *effect = effects_add(effects, EFFECT_CUE, at);
    effect->cue = cue;
    effect->length_ns = length_ns;
}

static void enter(struct visit *visit, uint8_t to, const struct settings *settings,
                  enum cause cause, time_ns at, struct effects *effects)
{
    const struct technique *technique = sequencer_technique(visit);
    uint8_t from = visit->phase;
    check(to < technique->phase_count);
    const struct phase *phase = &technique->phases[to];
    visit->phase = to;
    visit->entered_before = visit->entered;
    visit->entered = at;
    visit->marks = 0;
    if (technique->enter != NULL)
        technique->enter(visit, settings, from);
    time_ns length = present_length(visit, settings);
    visit->due = time_add(at, length);
    schedule_mark(visit, settings);
    struct effect *effect = effects_add(effects, EFFECT_STATE, at);
    effect->name = technique->id;
    effect->state = phase->name;
    effect->cause = cause_name(cause);
    add_cue(effects, settings, phase->cue, length == TIME_NEVER ? 0 : length, at);
    if (technique->ask != NULL)
        technique->ask(visit, cause, at, effects);
}

void sequencer_begin(struct visit *visit, enum technique_id id, const struct settings *settings,
                     time_ns at, struct effects *effects)
{
    struct letter_state letter = visit->letter;
    memset(visit, 0, sizeof *visit);
    visit->letter = letter;
    visit->technique = id;
    visit->titled_at = TIME_NEVER;
    visit->read.shown_at = TIME_NEVER;
    enter(visit, 0, settings, CAUSE_BEGIN, at, effects);
}

const struct transition *sequencer_find(const struct visit *visit, const struct settings *settings,
                                        enum cause cause, time_ns at)
{
    const struct technique *technique = sequencer_technique(visit);
    for (uint8_t i = 0; i < technique->transition_count; i++) {
        const struct transition *row = &technique->transitions[i];
        if (row->from == visit->phase && row->cause == cause &&
            (row->guard == NULL || row->guard(visit, settings, at)))
            return row;
    }
    return NULL;
}

bool sequencer_take(struct visit *visit, const struct settings *settings, enum cause cause,
                    enum cause as, time_ns at, struct effects *effects)
{
    const struct transition *row = sequencer_find(visit, settings, cause, at);
    if (row == NULL)
        return false;
    if (row->to == PHASE_DONE) {
        visit->phase = PHASE_DONE;
        visit->due = TIME_NEVER;
        visit->mark_due = TIME_NEVER;
    } else {
        enter(visit, row->to, settings, as, at, effects);
    }
    return true;
}

bool sequencer_right(struct visit *visit, const struct settings *settings, time_ns at,
                     struct effects *effects)
{
    static const enum cause own_ways[] = {CAUSE_RIGHT, CAUSE_TIME, CAUSE_SPACE, CAUSE_RELEASE,
                                          CAUSE_MUSIC_ENDED};
    for (size_t i = 0; i < sizeof own_ways / sizeof own_ways[0]; i++) {
        if (sequencer_take(visit, settings, own_ways[i], CAUSE_RIGHT, at, effects))
            return true;
    }
    return false;
}

void sequencer_left(struct visit *visit, const struct settings *settings, time_ns at,
                    struct effects *effects)
{
    uint8_t previous = sequencer_technique(visit)->phases[visit->phase].previous;
    enter(visit, previous, settings, CAUSE_LEFT, at, effects);
}

time_ns sequencer_deadline(const struct visit *visit)
{
    return time_min(visit->due, visit->mark_due);
}

void sequencer_wake(struct visit *visit, const struct settings *settings, struct effects *effects)
{
    const struct technique *technique = sequencer_technique(visit);
    if (visit->mark_due <= visit->due && visit->mark_due != TIME_NEVER) {
        struct mark mark = {0};
        bool there = technique->mark(visit, settings, visit->marks, &mark);
        time_ns at = visit->mark_due;
        visit->marks++;
        schedule_mark(visit, settings);
        if (there)
            add_cue(effects, settings, mark.cue, 0, at);
        return;
    }
    check(visit->due != TIME_NEVER);
    bool taken = sequencer_take(visit, settings, CAUSE_TIME, CAUSE_TIME, visit->due, effects);
    check(taken);
}

void sequencer_backdate(struct visit *visit, const struct settings *settings, time_ns entered)
{
    time_ns now = visit->entered;
    visit->due = time_max(now, visit->due - (now - entered));
    visit->entered = entered;
    schedule_mark(visit, settings);
    while (visit->mark_due < now) {
        visit->marks++;
        schedule_mark(visit, settings);
    }
}

void sequencer_extend_settle(struct visit *visit, const struct settings *settings, time_ns at)
{
    const struct technique *technique = sequencer_technique(visit);
    if ((technique->phases[visit->phase].flags & PHASE_IS_SETTLE) != 0)
        visit->due = time_add(at, present_length(visit, settings));
}
