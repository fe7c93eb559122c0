/* How the lines of a letter leave: as fire, water or leaves.  Slow and dim, one line at a time, and
 * under each the next page's. */
#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"
#include "lacrima/core/letter.h"

#include <math.h>

#define LINE_EVERY_NS MILLISECONDS(1100)
#define LINE_TAKES_NS MILLISECONDS(3200)
/* Then its row is empty for a while, the next page's line comes, and stands as long. */
#define COMES_NS      MILLISECONDS(1600)
#define STANDS_NS_MIN MILLISECONDS(400)
/* From one page to the next at the quickest: its light turns round no more than once a second. */
#define PAGE_NS_MIN (LINE_TAKES_NS + COMES_NS + 2 * STANDS_NS_MIN)
#define PI          3.14159265358979323846

/* Fire: the line glows first, then rises a little and is gone. */
#define GLOW_SHARE 0.4
#define SMOKE_EM   1.1
#define SMOKE_SWAY 0.12
/* Water: it sinks, swaying as it goes. */
#define SINK_EM      0.7
#define SINK_SWAY_EM 0.1
/* Leaves: the wind takes it to the side, and at last it falls.  All of this is so slow that strokes
 * of letters that pass over a point, a quarter em apart, do not flash there. */
#define WIND_EM   0.7
#define WIND_RAMP 0.3
#define FALL_EM   0.3

static double part(time_ns t, time_ns whole)
{
    double p = (double)t / (double)whole;
    return p < 0.0 ? 0.0 : p > 1.0 ? 1.0 : p;
}

size_t letter_places_max(size_t rows, time_ns within)
{
    time_ns pages = (within - LINE_TAKES_NS) / PAGE_NS_MIN;
    return rows * (size_t)time_max(pages, 1);
}

struct letter_pace letter_pace(size_t places, size_t rows, size_t above, time_ns within)
{
    struct letter_pace pace = {
        .places = places, .rows = rows, .above = above, .every = LINE_EVERY_NS};
    check(rows > 0 && above < rows);
    if (places > above + 1)
        pace.every = time_min(pace.every,
                              time_max(within - LINE_TAKES_NS, 0) / (time_ns)(places - above - 1));
    if (places > rows)
        pace.every = time_max(pace.every, PAGE_NS_MIN / (time_ns)rows);
    return pace;
}

time_ns letter_pace_leaves(const struct letter_pace *pace, size_t place)
{
    return ((time_ns)place - (time_ns)pace->above) * pace->every;
}

time_ns letter_pace_ns(const struct letter_pace *pace)
{
    return pace->places > pace->above ? letter_pace_leaves(pace, pace->places - 1) + LINE_TAKES_NS
                                      : 0;
}

size_t letter_pace_place(const struct letter_pace *pace, size_t row, time_ns since)
{
    size_t place = row >= pace->above ? row : row + pace->rows;
    while (place < pace->places && since >= letter_pace_leaves(pace, place) + LINE_TAKES_NS)
        place += pace->rows;
    return place;
}

/* How much is seen of a line that has come up from the page below. */
static double come(const struct letter_pace *pace, size_t place, time_ns since)
{
    if (place < pace->rows)
        return 1.0;
    time_ns stands = ((time_ns)pace->rows * pace->every - LINE_TAKES_NS - COMES_NS) / 2;
    time_ns comes = letter_pace_leaves(pace, place) - stands - COMES_NS;
    return ease_cosine(part(since - comes, COMES_NS));
}

struct letter_leaving letter_leaving(enum letter_way way, const struct letter_pace *pace,
                                     size_t place, time_ns since, bool still)
{
    double p = part(since - letter_pace_leaves(pace, place), LINE_TAKES_NS);
    struct letter_leaving out = {.alpha = (float)(1.0 - ease_cosine(p))};
    if (p <= 0.0)
        out.alpha = (float)come(pace, place, since);
    if (still || p <= 0.0)
        return out;
    double moved = p * p;
    /* Neighbours do not sway together. */
    double sway = sin(PI * (2.0 * p + 0.7 * (double)((place - pace->above) % 5))) * p;
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
        out.shift_em = (float)(WIND_EM * ease_ramped(p, WIND_RAMP));
        out.rise_em = (float)(-FALL_EM * moved * moved);
        break;
    case LETTER_WAYS:
        break;
    }
    return out;
}
