#include "halves.h"

#include <math.h>

/* A half that is behind by more does not wait for the other one. */
#define BEHIND_NS_MAX    MILLISECONDS(25)
#define BEHIND_ALPHA_MAX 0.1F

void halves_forget(struct halves *halves)
{
    for (size_t half = 0; half < PAGE_HALVES; half++)
        halves->at[half] = TIME_NEVER;
}

void halves_turn(struct halves *halves, time_ns now)
{
    time_ns *at = halves->at;
    size_t behind = at[0] <= at[1] ? 0 : 1;
    bool goes_on = now > at[0] && now > at[1];
    for (size_t half = 0; half < PAGE_HALVES; half++) {
        halves->turns[half] =
            now < at[half] || now - at[half] > BEHIND_NS_MAX || (goes_on && half == behind);
        if (halves->turns[half])
            at[half] = now;
    }
}

bool halves_fade(struct halves *halves, struct page *page, float alpha)
{
    bool behind = false;
    page->alpha = alpha;
    /* What is selected has a ground that is as visible as the page. */
    page->by_halves = page->selected_count == 0 && page->composed_count == 0;
    for (size_t half = 0; half < PAGE_HALVES; half++) {
        if (!page->by_halves || halves->turns[half] || alpha <= 0.0F ||
            fabsf(halves->alpha[half] - alpha) > BEHIND_ALPHA_MAX)
            halves->alpha[half] = alpha;
        behind = behind || halves->alpha[half] != alpha;
        page->half_alpha[half] = halves->alpha[half];
    }
    return behind;
}
