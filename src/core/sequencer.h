/* Sequencer: runs one technique's tables.  All times are technique time. */
#ifndef LACRIMA_CORE_SEQUENCER_H
#define LACRIMA_CORE_SEQUENCER_H

#include "lacrima/core/effect.h"
#include "lacrima/core/technique.h"

const struct technique *sequencer_technique(const struct visit *visit);

/* Begins the technique (TECHNIQUE_COUNT: the landing) in its first phase. */
void sequencer_begin(struct visit *visit, enum technique_id id, const struct settings *settings,
                     time_ns at, struct effects *effects);

/* The row that this cause would take now, or NULL. */
const struct transition *sequencer_find(const struct visit *visit, const struct settings *settings,
                                        enum cause cause, time_ns at);

/* Takes the first row of this cause whose guard holds; `as` is the cause it is logged under
 * (Right takes the row that time would take).  False if there is none.  Afterwards
 * visit->phase is PHASE_DONE if the technique is over. */
bool sequencer_take(struct visit *visit, const struct settings *settings, enum cause cause,
                    enum cause as, time_ns at, struct effects *effects);

/* Right: where the phase would lead by itself or by Space. */
bool sequencer_right(struct visit *visit, const struct settings *settings, time_ns at,
                     struct effects *effects);

/* Left: the row before. */
void sequencer_left(struct visit *visit, const struct settings *settings, time_ns at,
                    struct effects *effects);

/* When the present phase wants to be woken. */
time_ns sequencer_deadline(const struct visit *visit);

/* Wakes it at exactly its deadline: a mark sounds, or time's row is taken. */
void sequencer_wake(struct visit *visit, const struct settings *settings, struct effects *effects);

/* The present phase, just entered and of a certain length, goes on as if entered at that earlier
 * time: its sounds before now are past, and it ends no sooner than now. */
void sequencer_backdate(struct visit *visit, const struct settings *settings, time_ns entered);

/* In settle, a choice gives the person the whole time again. */
void sequencer_extend_settle(struct visit *visit, const struct settings *settings, time_ns at);

#endif
