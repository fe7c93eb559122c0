/* How the lines of a letter leave: as fire, water or leaves.  Slow and dim, one line at a time. */
#include "lacrima/base/ease.h"
#include "lacrima/core/letter.h"

#include <math.h>

#define LINE_EVERY_NS MILLISECONDS(1100)
#define LINE_TAKES_NS MILLISECONDS(3200)
#define PI            3.14159265358979323846

/* Fire: the line glows first, then rises a little and is gone. */
#define GLOW_SHARE 0.4
#define SMOKE_EM   1.1
#define SMOKE_SWAY 0.12
/* Water: it sinks, swaying as it goes. */
#define SINK_EM      0.9
#define SINK_SWAY_EM 0.25
/* Leaves: the wind takes it to the side; it falls slowly. */
#define WIND_EM      3.2
#define FALL_EM      0.7
#define FALL_SWAY_EM 0.3

static double part(time_ns t, time_ns whole)
{
    double p = (double)t / (double)whole;
    return p < 0.0 ? 0.0 : p > 1.0 ? 1.0 : p;
}

struct letter_leaving letter_leaving(enum letter_way way, size_t line, time_ns since, bool still)
{
    double p = part(since - (time_ns)line * LINE_EVERY_NS, LINE_TAKES_NS);
    struct letter_leaving out = {.alpha = (float)(1.0 - ease_cosine(p))};
    if (still)
        return out;
    double moved = p * p;
    /* Neighbours do not sway together. */
    double sway = sin(PI * (2.0 * p + 0.7 * (double)(line % 5))) * p;
    switch (way) {
    case LETTER_FIRE:
        out.alpha = (float)(1.0 - ease_cosine((p - GLOW_SHARE) / (1.0 - GLOW_SHARE)));
        out.warmth = (float)ease_cosine(p / GLOW_SHARE);
        out.rise_em = (float)(SMOKE_EM * moved);
        out.shift_em = (float)(SMOKE_SWAY * sway);
        break;
    case LETTER_WATER:
        out.rise_em = (float)(-SINK_EM * moved);
        out.shift_em = (float)(SINK_SWAY_EM * sway);
        break;
    case LETTER_LEAVES:
        out.shift_em = (float)(WIND_EM * moved);
        out.rise_em = (float)(-FALL_EM * moved + FALL_SWAY_EM * sway);
        break;
    case LETTER_WAYS:
        break;
    }
    return out;
}

time_ns letter_leaving_ns(size_t lines)
{
    return (time_ns)(lines > 0 ? lines - 1 : 0) * LINE_EVERY_NS + LINE_TAKES_NS;
}
