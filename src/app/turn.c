#include "turn.h"

#include "lacrima/base/ease.h"

static double part(const struct turn *turn, time_ns now)
{
    return turn->at == TIME_NEVER || now >= turn->at + turn->takes
               ? 1.0
               : (double)(now - turn->at) / (double)turn->takes;
}

bool turn_leaves(const struct turn *turn, time_ns now)
{
    return turn->leaves && part(turn, now) < 0.5;
}

double turn_shown(const struct turn *turn, time_ns now)
{
    double done = part(turn, now);
    if (!turn->leaves)
        return 1.0;
    return done < 0.5 ? 1.0 - ease_cosine(done * 2.0) : ease_cosine(done * 2.0 - 1.0);
}

bool turn_goes_on(const struct turn *turn, time_ns now)
{
    return turn->leaves && part(turn, now) < 1.0;
}

bool turn_begin(struct turn *turn, bool seen, time_ns at)
{
    if (seen && turn_leaves(turn, at))
        return false;
    double shown = seen && turn_goes_on(turn, at) ? part(turn, at) * 2.0 - 1.0 : 1.0;
    turn->leaves = seen;
    turn->at = at - (time_ns)((1.0 - shown) / 2.0 * (double)turn->takes);
    return true;
}
