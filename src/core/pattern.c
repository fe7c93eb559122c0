/* Breath patterns: the built-in ones and the reading of a person's own.
 * Sources for each are in docs/evidence.md.  None of them over-breathes. */
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "lacrima/core/settings.h"

#include <string.h>

#define BREATH_MIN_NS  MILLISECONDS(500)
#define HOLD_MIN_NS    MILLISECONDS(500)
#define PHASE_MAX_NS   SECONDS(20)
#define CYCLE_MIN_NS   SECONDS(3)
#define CYCLE_MAX_NS   SECONDS(60)
#define HUNDREDTH_NS   MILLISECONDS(10)
#define PATTERN_FIELDS 4

static const struct pattern built_in[] = {
    {.name = "six", .in_ns = {SECONDS(4)}, .out_ns = SECONDS(6)},
    {.name = "coherent", .in_ns = {MILLISECONDS(5500)}, .out_ns = MILLISECONDS(5500)},
    {.name = "box",
     .in_ns = {SECONDS(4)},
     .hold_in_ns = SECONDS(4),
     .out_ns = SECONDS(4),
     .hold_out_ns = SECONDS(4)},
    {.name = "4-7-8",
     .in_ns = {SECONDS(4)},
     .hold_in_ns = SECONDS(7),
     .out_ns = SECONDS(8),
     .cycles_max = 4},
    {.name = "sigh", .in_ns = {SECONDS(2), SECONDS(1)}, .out_ns = SECONDS(6)},
    {.name = "long", .in_ns = {SECONDS(4)}, .out_ns = SECONDS(8)},
    {.name = "three-part", .in_ns = {SECONDS(2), SECONDS(2), SECONDS(2)}, .out_ns = SECONDS(6)},
    {.name = "yours", .in_ns = {SECONDS(4)}, .out_ns = SECONDS(6), .led = true},
};

#define BUILT_IN_COUNT (sizeof built_in / sizeof built_in[0])

size_t pattern_count(const struct settings *settings)
{
    return BUILT_IN_COUNT + settings->pattern_own_count;
}

const struct pattern *pattern_get(const struct settings *settings, size_t index)
{
    check(index < pattern_count(settings));
    return index < BUILT_IN_COUNT ? &built_in[index]
                                  : &settings->patterns_own[index - BUILT_IN_COUNT];
}

int pattern_find(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < pattern_count(settings); i++) {
        if (text_equal_nocase(pattern_get(settings, i)->name, name))
            return (int)i;
    }
    return -1;
}

time_ns pattern_cycle_ns(const struct pattern *pattern)
{
    time_ns sum = pattern->hold_in_ns + pattern->out_ns + pattern->hold_out_ns;
    for (size_t i = 0; i < PATTERN_PARTS_MAX; i++)
        sum += pattern->in_ns[i];
    return sum;
}

/* A cycle that is shorter than the least gets a longer out-breath. */
static bool lengthen(struct pattern *pattern)
{
    time_ns missing = CYCLE_MIN_NS - pattern_cycle_ns(pattern);
    if (missing > 0)
        pattern->out_ns += missing;
    return missing > 0;
}

void pattern_leave_holds(struct pattern *pattern)
{
    pattern->hold_in_ns = 0;
    pattern->hold_out_ns = 0;
    (void)lengthen(pattern);
}

/* Reads digits with up to two decimals at *p, in hundredths of a second; false if there is no
 * number there, or more decimals than that.  Absurd numbers saturate. */
static bool read_hundredths(const char **p, int64_t *hundredths)
{
    const int64_t most = 1000000;
    const char *c = *p;
    int64_t value = 0;
    size_t digits = 0;
    for (; *c >= '0' && *c <= '9'; c++, digits++)
        value = value > most ? most : value * 10 + (*c - '0');
    value *= 100;
    if (*c == '.') {
        c++;
        int64_t unit = 10;
        for (; *c >= '0' && *c <= '9'; c++, digits++) {
            if (unit == 0 && *c != '0')
                return false;
            value += unit * (*c - '0');
            unit /= 10;
        }
    }
    *p = c;
    *hundredths = value;
    return digits > 0;
}

static time_ns clamp_ns(time_ns value, time_ns low, time_ns high, bool *clamped)
{
    if (value >= low && value <= high)
        return value;
    *clamped = true;
    return value < low ? low : high;
}

static time_ns clamp_hold(time_ns value, bool *clamped)
{
    return value == 0 ? 0 : clamp_ns(value, HOLD_MIN_NS, PHASE_MAX_NS, clamped);
}

bool pattern_parse(const char *text, struct pattern *pattern, bool *clamped)
{
    time_ns phase[PATTERN_FIELDS];
    const char *p = text;
    for (size_t i = 0; i < PATTERN_FIELDS; i++) {
        int64_t hundredths = 0;
        if (i > 0 && *p++ != '-')
            return false;
        if (!read_hundredths(&p, &hundredths))
            return false;
        phase[i] = hundredths * HUNDREDTH_NS;
    }
    if (*p != '\0')
        return false;
    bool moved = false;
    struct pattern read = {0};
    read.in_ns[0] = clamp_ns(phase[0], BREATH_MIN_NS, PHASE_MAX_NS, &moved);
    read.hold_in_ns = clamp_hold(phase[1], &moved);
    read.out_ns = clamp_ns(phase[2], BREATH_MIN_NS, PHASE_MAX_NS, &moved);
    read.hold_out_ns = clamp_hold(phase[3], &moved);
    /* Four phases of 20 s make 80 s: what is over a minute is taken from the holds first, for
     * those are what strains, and never from the breath below its least. */
    time_ns over = pattern_cycle_ns(&read) - CYCLE_MAX_NS;
    time_ns *const shortened[] = {&read.hold_out_ns, &read.hold_in_ns};
    for (size_t i = 0; i < 2 && over > 0; i++) {
        time_ns taken = time_min(over, *shortened[i]);
        *shortened[i] -= taken;
        if (*shortened[i] > 0 && *shortened[i] < HOLD_MIN_NS)
            *shortened[i] = 0;
        over = pattern_cycle_ns(&read) - CYCLE_MAX_NS;
        moved = true;
    }
    moved = lengthen(&read) || moved;
    text_copy(read.name, sizeof read.name, "");
    *pattern = read;
    if (clamped != NULL)
        *clamped = moved;
    return true;
}
