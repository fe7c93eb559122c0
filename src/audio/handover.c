#include "handover.h"

#include "music_inner.h"

#include "lacrima/base/check.h"

#include <math.h>

#define AHEAD_S  30.0 /* so long before its time the next track is opened */
#define LOOK_NS  MILLISECONDS(1500)
#define HURRY_NS MILLISECONDS(300) /* what still leaves, when another is asked for */

struct deck *music_front(struct music *music)
{
    return &music->decks[music->front];
}

struct deck *music_back(struct music *music)
{
    return &music->decks[1 - music->front];
}

static const struct deck *front_of(const struct music *music)
{
    return &music->decks[music->front];
}

static const struct deck *back_of(const struct music *music)
{
    return &music->decks[1 - music->front];
}

static bool offline(const struct music *music)
{
    return music->decks[0].params.engine == NULL;
}

static bool whole(const struct deck *deck)
{
    return deck->order.from_s <= 0.0 && deck->order.to_s <= 0.0;
}

void handover_keep_place(struct music *music, time_ns now)
{
    const struct deck *deck = front_of(music);
    if (music->playing.keep_place == NULL || deck->state != DECK_LOADED || !whole(deck))
        return;
    music->kept_s = deck_place_s(deck, now);
    music->playing.keep_place(music->playing.user, deck->path, music->kept_s, deck->track.length_s);
}

void handover_forget_place(struct music *music)
{
    const struct deck *deck = front_of(music);
    if (music->playing.keep_place != NULL && deck->state == DECK_LOADED && whole(deck))
        music->playing.keep_place(music->playing.user, deck->path, 0.0, deck->track.length_s);
}

/* Where the goal is begun: where it was in this visit, or in an earlier one, or at its beginning.
 */
static double place_of_goal(const struct music *music, const struct playlist_part *part,
                            const char *path)
{
    if (music->resume_s > 0.0)
        return music->resume_s;
    if (part->from_s > 0.0 || part->to_s > 0.0 || music->playing.place_of == NULL)
        return part->from_s;
    return music->playing.place_of(music->playing.user, path);
}

static time_ns length_of(double asked_s, time_ns usual)
{
    return asked_s > 0.0 ? (time_ns)(asked_s * (double)NS_PER_S) : usual;
}

void handover_open(struct music *music, struct deck *deck)
{
    const struct playlist_part *part = queue_part(&music->queue, music->queue.goal);
    const char *path = queue_path(&music->queue, music->queue.goal);
    const struct decoder_order order = {.from_s = part->from_s,
                                        .to_s = part->to_s,
                                        .place_s = place_of_goal(music, part, path),
                                        .loop = music->playing.loop};
    deck_open(deck, path, &order, length_of(part->fade_out_s, DECK_FADE_NS));
}

bool handover_crosses(const struct music *music)
{
    return music->playing.crossfade > 0 || music->playing.gapless;
}

/* How long the usual cross is; one that is asked for is never without. */
static time_ns usual(const struct music *music)
{
    return time_max(music->playing.crossfade, DECK_FADE_NS);
}

static time_ns at_most_half(const struct deck *deck, time_ns length)
{
    double half_s = (deck->end_s - deck->begin_s) / 2.0;
    return deck->end_s > 0.0 ? time_min(length, (time_ns)(half_s * (double)NS_PER_S)) : length;
}

static time_ns length_out(const struct music *music)
{
    double asked_s =
        music->current >= 0 ? queue_part(&music->queue, music->current)->fade_out_s : 0.0;
    return at_most_half(front_of(music), length_of(asked_s, usual(music)));
}

static time_ns length_in(const struct music *music)
{
    double asked_s = queue_part(&music->queue, music->coming)->fade_in_s;
    return at_most_half(back_of(music), length_of(asked_s, usual(music)));
}

/* Where in the track in front the other begins by itself. */
static double cross_at_s(const struct music *music)
{
    double out_s = music->playing.gapless ? 0.0 : time_seconds(length_out(music));
    return front_of(music)->end_s - out_s;
}

/* The one behind has begun: it is in front from now on. */
static void take_over(struct music *music, time_ns now)
{
    if (music->stepping)
        handover_keep_place(music, now);
    else
        handover_forget_place(music);
    music->front = 1 - music->front;
    music->back = BACK_LEAVING;
    music->current = music->coming;
    music->stepping = music->ending = music->last = music->hurried = false;
    music->resume_s = 0.0;
    music->kept_s = 0.0;
    music->announced = true;
    music_tell_started(music, now);
}

static void cross(struct music *music, bool at_once, time_ns now)
{
    const struct deck_cross how = {.place_s = at_once ? -1.0 : cross_at_s(music),
                                   .gapless = music->playing.gapless && !at_once,
                                   .out = length_out(music),
                                   .in = length_in(music)};
    deck_cross(music_back(music), music_front(music), &how, now);
    music->back = BACK_CROSSING;
}

void handover_drop(struct music *music)
{
    if (music->back != BACK_LEAVING)
        return;
    deck_unload(music_back(music));
    music->back = BACK_FREE;
}

void handover_forget(struct music *music, time_ns now)
{
    music->last = false;
    if (music->back == BACK_CROSSING && !deck_uncross(music_back(music))) {
        (void)deck_crossed(music_back(music));
        take_over(music, now);
    }
    if (music->back == BACK_COMING || music->back == BACK_CROSSING) {
        deck_unload(music_back(music));
        music->back = BACK_FREE;
    }
    music->stepping = false;
}

void handover_hurry(struct music *music, time_ns length, time_ns now)
{
    if (music->back == BACK_LEAVING && !music->hurried)
        deck_fade(music_back(music), false, length, now);
    music->hurried = true;
}

bool handover_adopt(struct music *music)
{
    check(front_of(music)->state == DECK_EMPTY);
    handover_drop(music);
    if (music->back == BACK_FREE)
        return false;
    music->front = 1 - music->front;
    music->back = BACK_FREE;
    music->opened = music->coming;
    music->stepping = false;
    return true;
}

/* Finds what comes next and opens it; true if that changed anything. */
static bool open_next(struct music *music)
{
    bool moved;
    if (!music->stepping)
        queue_seek(&music->queue, music->current + 1, 1, false);
    switch (queue_choose(&music->queue, &moved)) {
    case CHOICE_FOUND:
        handover_open(music, music_back(music));
        music->back = BACK_COMING;
        music->coming = music->queue.goal;
        return true;
    case CHOICE_WAIT:
        return queue_read(&music->queue);
    case CHOICE_END:
    case CHOICE_EMPTY:
        music->last = true;
        music->stepping = false;
        return false;
    }
    return false;
}

static bool leaving_done(const struct music *music, time_ns now, bool ready)
{
    const struct deck *deck = back_of(music);
    /* Live, what crosses is let down by the engine and ends by itself. */
    bool faded = (music->hurried || offline(music)) && deck_faded(deck, now);
    return !ready || deck_ended(deck, now) || faded;
}

/* When it is time to have the next one open. */
static time_ns next_due(const struct music *music, time_ns now)
{
    const struct deck *deck = front_of(music);
    if (music->stepping)
        return now;
    if (music->last || music->ending || !handover_crosses(music) || deck->order.loop ||
        deck->end_s <= 0.0)
        return TIME_NEVER;
    double ahead_s = offline(music) ? 0.0 : AHEAD_S;
    return deck_time_of(deck, cross_at_s(music) - ahead_s, now);
}

/* What stands ready behind: when it begins. */
static bool plan(struct music *music, time_ns now)
{
    /* SDL_mixer begins at no certain moment, and one at a time: that one has to wait. */
    if (deck_is_mixed(music_back(music)) || music->ending)
        return false;
    if (offline(music) && now < next_due(music, now))
        return false;
    cross(music, music->stepping, now);
    return true;
}

bool handover_needs_gap(struct music *music)
{
    return music->stepping && music->back == BACK_COMING && deck_is_mixed(music_back(music));
}

bool handover_advance(struct music *music, time_ns now, bool ready)
{
    struct deck *back = music_back(music);
    struct error error;
    switch (music->back) {
    case BACK_FREE:
        return now >= next_due(music, now) && open_next(music);
    case BACK_COMING:
        switch (deck_opened(back, ready, &error)) {
        case DECK_WAITS:
            return false;
        case DECK_READY:
            return plan(music, now);
        case DECK_FAILED:
            music->queue.goal = music->coming;
            queue_reject(&music->queue, error.text);
            music->back = BACK_FREE;
            return true;
        }
        return false;
    case BACK_CROSSING:
        if (!deck_crossed(back))
            return false;
        take_over(music, now);
        return true;
    case BACK_LEAVING:
        if (music->stepping)
            handover_hurry(music, HURRY_NS, now);
        if (!leaving_done(music, now, ready))
            return false;
        handover_drop(music);
        return true;
    }
    return false;
}

time_ns handover_due(const struct music *music, time_ns now)
{
    const struct deck *back = back_of(music);
    if (!offline(music) && (music->back != BACK_FREE || music->stepping))
        return now + LOOK_NS;
    if (music->back == BACK_LEAVING && !music->stepping)
        return time_min(back->fade.end, deck_time_of(back, back->end_s, now));
    return next_due(music, now);
}
