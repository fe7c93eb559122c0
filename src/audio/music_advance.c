/* What becomes of the music as time passes: looking for a track, playing it, fading away. */
#include "handover.h"
#include "music_inner.h"

#include <math.h>

#define LOADS_PER_CALL 4   /* a folder of damaged files must not stall either */
#define END_SPARE_S    0.1 /* so long before a track's end its last fade is over */
#define SHORT_S        4.0 /* a track shorter than this has no room for that */
#define BROKE_OFF_S    3.0 /* a track that ends this early was damaged */
#define FADE_LOOK_NS   MILLISECONDS(1500)
#define KEEP_EVERY_S   30.0

static void end(struct music *music, time_ns now)
{
    music->state = MUSIC_STOPPED;
    music->current = 0;
    music->resume_s = 0.0;
    music_tell_ended(music, now);
}

/* A fade's length; the usual one where none is asked for. */
static time_ns seconds(double asked_s)
{
    return asked_s > 0.0 ? (time_ns)(asked_s * (double)NS_PER_S) : DECK_FADE_NS;
}

/* The goal has been opened: it begins, or is passed over. */
static bool begin_goal(struct music *music, time_ns now)
{
    struct error error;
    const struct playlist_part *part = queue_part(&music->queue, music->queue.goal);
    if (!deck_begin(music_front(music), seconds(part->fade_in_s), now, &error)) {
        deck_unload(music_front(music));
        queue_reject(&music->queue, error.text);
        return false;
    }
    music->current = music->queue.goal;
    music->state = MUSIC_PLAYING;
    music->ending = music->last = false;
    music->kept_s = deck_place_s(music_front(music), now);
    if (!music->announced)
        music_tell_started(music, now);
    music->announced = true;
    return true;
}

enum start { START_DONE, START_WAITS, START_AGAIN };

/* The deck in front has been told to open the goal. */
static enum start look_at_goal(struct music *music, time_ns now, bool ready)
{
    struct error error;
    music->queue.goal = music->opened;
    switch (deck_opened(music_front(music), ready, &error)) {
    case DECK_WAITS:
        return START_WAITS;
    case DECK_FAILED:
        queue_reject(&music->queue, error.text);
        return START_AGAIN;
    case DECK_READY:
        break;
    }
    if (!ready || music->silent)
        return START_WAITS;
    return begin_goal(music, now) ? START_DONE : START_AGAIN;
}

/* One step on the way to a track that plays. */
static enum start start_once(struct music *music, time_ns now, bool ready, int *reads)
{
    if (music_front(music)->state != DECK_EMPTY)
        return look_at_goal(music, now, ready);
    bool moved;
    enum queue_choice choice = queue_choose(&music->queue, &moved);
    if (moved)
        music_start_afresh(music);
    if (choice == CHOICE_WAIT) {
        ++*reads;
        return queue_read(&music->queue) ? START_AGAIN : START_WAITS;
    }
    if (choice != CHOICE_FOUND) {
        end(music, now);
        return START_DONE;
    }
    handover_open(music, music_front(music));
    music->opened = music->queue.goal;
    return look_at_goal(music, now, ready);
}

/* STARTING: looks for a track and begins it, with a bounded effort per call (offline, where
 * nothing waits, until it is found). */
static void start(struct music *music, time_ns now, bool ready)
{
    bool bounded = music_front(music)->params.engine != NULL;
    int steps = 0;
    int reads = 0;
    enum start step = START_AGAIN;
    while (step == START_AGAIN && (!bounded || (steps < LOADS_PER_CALL && reads < 2))) {
        step = start_once(music, now, ready, &reads);
        steps++;
    }
    music->busy = step == START_AGAIN;
}

/* What comes after the one in front, which is gone: what stands ready, or what is to be opened. */
static void start_next(struct music *music)
{
    if (handover_adopt(music))
        music->queue.goal = music->opened;
    music_start_afresh(music);
    music->state = MUSIC_STARTING;
}

static void track_ended(struct music *music, time_ns now)
{
    const struct deck *deck = music_front(music);
    double place_s = deck_place_s(deck, now);
    bool stepping = music->stepping;
    if (deck->track.length_s > 0.0 && place_s < deck->end_s - BROKE_OFF_S && music->current >= 0)
        queue_say(&music->queue, queue_path(&music->queue, music->current),
                  "breaks off; it may be damaged");
    handover_forget_place(music);
    deck_unload(music_front(music));
    bool round = music->playing.loop && !stepping; /* SDL_mixer does not go round by itself */
    if (!stepping)
        queue_seek(&music->queue, music->current + (round ? 0 : 1), 1, false);
    music->stepping = false;
    start_next(music);
}

static void fade_done(struct music *music, time_ns now)
{
    switch (music->next) {
    case NEXT_PAUSE:
        handover_drop(music);
        handover_keep_place(music, now);
        deck_hold(music_front(music), now);
        music->state = MUSIC_PAUSED;
        return;
    case NEXT_STOP:
        music_unload(music, now);
        music->state = MUSIC_STOPPED;
        return;
    case NEXT_TRACK:
        handover_keep_place(music, now);
        deck_unload(music_front(music));
        start_next(music);
        return;
    }
}

/* How long the last fade is. */
static time_ns end_fade(const struct music *music)
{
    return music->current >= 0 ? seconds(queue_part(&music->queue, music->current)->fade_out_s)
                               : DECK_FADE_NS;
}

/* The place where it begins, or -1. */
static double end_fade_at(const struct music *music)
{
    const struct deck *deck = &music->decks[music->front];
    double fade_s = time_seconds(end_fade(music)) + (deck->cut ? 0.0 : END_SPARE_S);
    bool long_enough = deck->end_s - deck->begin_s >= SHORT_S || deck->cut;
    /* Live, what ends before its track does is ended by the engine, on the very sample. */
    bool elsewhere = deck->cut && deck->params.engine != NULL;
    if (music->back == BACK_CROSSING || deck->order.loop)
        return -1.0;
    return !music->ending && long_enough && !elsewhere ? fmax(deck->end_s - fade_s, deck->begin_s)
                                                       : -1.0;
}

/* A place in a long piece is told now and then: a visit may end in any way. */
static void keep_place(struct music *music, time_ns now)
{
    if (fabs(deck_place_s(music_front(music), now) - music->kept_s) >= KEEP_EVERY_S)
        handover_keep_place(music, now);
}

static bool advance_playing(struct music *music, time_ns now, bool ready)
{
    struct deck *deck = music_front(music);
    if (handover_advance(music, now, ready))
        return true;
    if (handover_needs_gap(music)) {
        music_begin_fade(music, NEXT_TRACK, now);
        return true;
    }
    if (deck_ended(deck, now)) {
        track_ended(music, now);
        return true;
    }
    if (end_fade_at(music) >= 0.0 && now >= deck_time_of(deck, end_fade_at(music), now)) {
        music->ending = true;
        deck_fade(deck, false, end_fade(music), now);
        return true;
    }
    keep_place(music, now);
    return false;
}

/* One change at most; true if there was one. */
static bool advance_once(struct music *music, time_ns now, bool ready)
{
    struct deck *deck = music_front(music);
    if (music->silent && !music->held && deck->running && (!ready || deck_gated(deck, now))) {
        handover_drop(music);
        deck_hold(deck, now);
        music->held = true;
        return true;
    }
    switch (music->state) {
    case MUSIC_STOPPED:
    case MUSIC_PAUSED:
        return false;
    case MUSIC_STARTING:
        if (deck->params.engine == NULL && (!ready || music->silent))
            return false;
        start(music, now, ready);
        return music->state != MUSIC_STARTING;
    case MUSIC_PLAYING:
        return advance_playing(music, now, ready);
    case MUSIC_FADING:
        if (ready && !deck_faded(deck, now) && !deck_ended(deck, now))
            return false;
        fade_done(music, now);
        return true;
    }
    return false;
}

/* When something is due by the clock alone. */
static time_ns due(const struct music *music, time_ns now)
{
    const struct deck *deck = &music->decks[music->front];
    bool offline = deck->params.engine == NULL;
    time_ns at = TIME_NEVER;
    if (offline && music->silent && !music->held && deck->running)
        at = deck->gate.end;
    switch (music->state) {
    case MUSIC_STOPPED:
    case MUSIC_PAUSED:
        return at;
    case MUSIC_STARTING:
        if (deck->state == DECK_OPENING && !offline)
            at = now + FADE_LOOK_NS;
        return music->busy || (offline && !music->silent) ? time_min(at, now) : at;
    case MUSIC_PLAYING:
        at = time_min(at, handover_due(music, now));
        if (end_fade_at(music) >= 0.0)
            at = time_min(at, deck_time_of(deck, end_fade_at(music), now));
        if (offline)
            at = time_min(at, deck_time_of(deck, deck->end_s, now));
        return at;
    case MUSIC_FADING:
        if (!offline)
            return now + FADE_LOOK_NS;
        return time_min(time_min(at, deck->fade.end), deck_time_of(deck, deck->end_s, now));
    }
    return at;
}

/* Offline every change happens at its own time, in order, however seldom this is called. */
void music_advance(struct music *music, time_ns now, bool ready)
{
    bool in_order = music_front(music)->params.engine == NULL;
    for (;;) {
        time_ns at = now;
        if (in_order)
            at = time_max(music->now, time_min(now, due(music, music->now)));
        bool changed = advance_once(music, at, ready);
        music->now = at;
        if (!changed && at >= now)
            return;
        in_order = in_order && changed;
    }
}

time_ns music_deadline(const struct music *music)
{
    return due(music, music->now);
}
