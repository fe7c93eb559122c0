#include "level.h"

#include "lacrima/base/ease.h"

#include <math.h>

#define STEP_NS MILLISECONDS(20)
#define STEP_S  0.02

/* After a gap longer than this there is nothing to be smooth about. */
#define GAP_NS           SECONDS(4)

#define SMOOTH_S         0.5
#define FOLLOW_S         0.45
#define REFERENCE_UP_S   2.0
#define REFERENCE_DOWN_S 90.0
#define REFERENCE_FIRST  0.07 /* -23 dBFS */
#define REFERENCE_MIN    0.02
#define RANGE_DB         30.0 /* this far below its loud passages, music counts as silent */
#define TURN_NS          MILLISECONDS(1100) /* from one reversal to the next, at least */
#define STILL            1e-4

void level_init(struct level *level)
{
    *level = (struct level){.reference = REFERENCE_FIRST};
}

static double normalised(const struct level *level)
{
    if (level->smooth <= 0.0)
        return 0.0;
    double db = 20.0 * log10(level->smooth / level->reference);
    return ease_clamp(1.0 + db / RANGE_DB, 0.0, 1.0);
}

static void step(struct level *level, struct loudness now)
{
    level->smooth += (now.rms - level->smooth) * (STEP_S / SMOOTH_S);
    double reference_s = level->smooth > level->reference ? REFERENCE_UP_S : REFERENCE_DOWN_S;
    level->reference += (level->smooth - level->reference) * (STEP_S / reference_s);
    level->reference = fmax(level->reference, REFERENCE_MIN);

    double target = normalised(level) * now.heard;
    double away = target - level->value;
    level->previous = level->value;
    int direction = away > STILL ? 1 : away < -STILL ? -1 : 0;
    if (direction == 0)
        return;
    if (direction != level->direction) {
        if (level->direction != 0 && level->tick - level->turned < TURN_NS)
            return;
        level->direction = direction;
        level->turned = level->tick;
    }
    level->value += away * (STEP_S / FOLLOW_S);
}

double level_at(struct level *level, time_ns now,
                struct loudness (*loudness_at)(void *user, time_ns at), void *user)
{
    time_ns last = now - now % STEP_NS;
    if (last - level->tick > GAP_NS)
        level->tick = last - GAP_NS;
    while (level->tick < last) {
        level->tick += STEP_NS;
        step(level, loudness_at(user, level->tick));
    }
    double part = (double)(now - last) / (double)STEP_NS;
    return level->previous + (level->value - level->previous) * part;
}
