#include "lacrima/base/ease.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

double ease_clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

double ease_cosine(double x)
{
    return (1.0 - cos(pi * ease_clamp(x, 0.0, 1.0))) / 2.0;
}

double ease_late(double x)
{
    x = ease_clamp(x, 0.0, 1.0);
    return ease_cosine(x * x * sqrt(x));
}

/* The speed rises as (1 - cos) / 2 over the ramp, stays at its top, and falls the same way.
 * Each ramp covers half of what the top speed would in that time, so top = 1 / (1 - ramp). */
double ease_ramped(double x, double ramp)
{
    x = ease_clamp(x, 0.0, 1.0);
    if (ramp <= 0.0)
        return x;
    if (x > 0.5)
        return 1.0 - ease_ramped(1.0 - x, ramp);
    double top = 1.0 / (1.0 - ramp);
    if (x < ramp)
        return top * (x / 2.0 - ramp * sin(pi * x / ramp) / (2.0 * pi));
    return top * (x - ramp / 2.0);
}
