#include "rhythm.h"

/* With vsync the swap itself waits; the loop only has to be there a little earlier. */
#define VSYNC_NS MILLISECONDS(14)
/* At the pace of a display this near to 60 Hz every frame is drawn as it is asked for. */
#define ASKED_NS (FRAME_NS - MILLISECONDS(2))

time_ns rhythm_next(const struct rhythm *rhythm, struct platform_shown shown)
{
    if (shown.by != TIME_NEVER)
        return time_max(shown.by, rhythm->look_again);
    bool asks = shown.at != TIME_NEVER && shown.at >= rhythm->asked;
    return time_max(asks ? time_min(rhythm->due, shown.at) : rhythm->due, rhythm->look_again);
}

/* A frame that misses the display's turn, or that comes after stillness, is shown at once, and out
 * of step with the display: one that is drawn its time later may miss the next turn as well, and so
 * on. One that is drawn as the display asks for it is in step.  So that may be soon after the last
 * one, if it does not happen often: each frame that comes later than it might gives a little time
 * to one that comes earlier, one frame's time at most. */
void rhythm_drew(struct rhythm *rhythm, time_ns now, bool waits)
{
    bool steady = rhythm->due + FRAME_NS > now && !waits;
    time_ns due_from = steady ? time_min(rhythm->due, now) : now;
    rhythm->due = due_from + (waits ? VSYNC_NS : FRAME_NS);
    time_ns asked_from = time_min(time_max(rhythm->asked, now - FRAME_NS), now);
    rhythm->asked = asked_from + ASKED_NS;
    rhythm->look_again = now;
}

void rhythm_looked(struct rhythm *rhythm, time_ns now)
{
    rhythm->look_again = now + FRAME_NS;
}
