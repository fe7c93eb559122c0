#include "music.h"

#include "lacrima/base/text.h"

#include <math.h>
#include <string.h>

#define LOADS_PER_CALL 4   /* a folder of damaged files must not stall either */
#define END_SPARE_S    0.1 /* so long before a track's end its last fade is over */
#define SHORT_S        4.0 /* a track shorter than this has no room for that */
#define BROKE_OFF_S    3.0 /* a track that ends this early was damaged */
#define FADE_LOOK_NS   MILLISECONDS(1500)

static void event_push(struct music *music, enum audio_event_kind kind, time_ns at)
{
    if (music->event_count == MUSIC_EVENTS) {
        memmove(&music->events[0], &music->events[1], (MUSIC_EVENTS - 1) * sizeof music->events[0]);
        music->event_count--;
    }
    struct audio_event *event = &music->events[music->event_count++];
    *event = (struct audio_event){.kind = kind, .at = at};
    if (kind == AUDIO_STARTED)
        (void)text_copy(event->title, sizeof event->title, music->deck.track.title);
    if (kind == AUDIO_STARTED)
        event->tag = queue_part(&music->queue, music->current)->tag;
}

bool music_take_event(struct music *music, struct audio_event *event)
{
    if (music->event_count == 0)
        return false;
    *event = music->events[0];
    music->event_count--;
    memmove(&music->events[0], &music->events[1], music->event_count * sizeof music->events[0]);
    return true;
}

bool music_init(struct music *music, const struct music_params *params)
{
    *music = (struct music){0};
    deck_init(&music->deck, params->engine, params->offline_rate);
    bool made = queue_init(&music->queue, params->own_dir, params->xdg_music_dir, params->say,
                           params->say_user);
    if (params->engine != NULL)
        queue_read_elsewhere(&music->queue, params->wake, params->wake_user);
    return made;
}

void music_finish(struct music *music)
{
    deck_unload(&music->deck);
    queue_finish(&music->queue);
}

bool music_add(struct music *music, const char *path)
{
    bool replaced;
    bool added = queue_add(&music->queue, path, &replaced);
    /* The person's own music takes the place of ours; what plays now may end. */
    if (replaced)
        music->current = music->deck.loaded ? -1 : 0;
    return added;
}

bool music_add_part(struct music *music, const char *path, bool folder,
                    const struct playlist_part *part)
{
    bool replaced;
    bool added = queue_add_part(&music->queue, path, folder, part, &replaced);
    if (replaced)
        music->current = music->deck.loaded ? -1 : 0;
    return added;
}

static void end(struct music *music, time_ns now)
{
    music->state = MUSIC_STOPPED;
    music->current = 0;
    music->resume_s = 0.0;
    event_push(music, AUDIO_ENDED, now);
}

/* A fade's length; the usual one where none is asked for. */
static time_ns seconds(double asked_s)
{
    return asked_s > 0.0 ? (time_ns)(asked_s * (double)NS_PER_S) : DECK_FADE_NS;
}

/* The next track to start is a new one, to be played from its beginning. */
static void start_afresh(struct music *music)
{
    music->announced = false;
    music->resume_s = 0.0;
}

static void go_to(struct music *music, ptrdiff_t goal, int direction, bool wraps)
{
    queue_seek(&music->queue, goal, direction, wraps);
    start_afresh(music);
}

static bool load_goal(struct music *music, time_ns now)
{
    struct error error;
    deck_unload(&music->deck);
    const char *path = queue_path(&music->queue, music->queue.goal);
    if (!deck_load(&music->deck, path, &error)) {
        queue_reject(&music->queue, error.text);
        return false;
    }
    const struct playlist_part *part = queue_part(&music->queue, music->queue.goal);
    if (!deck_play_part(&music->deck, part->from_s, part->to_s, seconds(part->fade_out_s),
                        &error) ||
        !deck_begin(&music->deck, fmax(music->resume_s, part->from_s), seconds(part->fade_in_s),
                    now, &error)) {
        deck_unload(&music->deck);
        queue_reject(&music->queue, error.text);
        return false;
    }
    music->current = music->queue.goal;
    music->state = MUSIC_PLAYING;
    music->ending = false;
    if (!music->announced)
        event_push(music, AUDIO_STARTED, now);
    music->announced = true;
    return true;
}

/* STARTING: looks for a track and begins it, with a bounded effort per call (offline, where
 * nothing waits, until it is found). */
static void start(struct music *music, time_ns now)
{
    bool bounded = music->deck.engine != NULL;
    int loads = 0;
    int reads = 0;
    music->busy = true;
    while (!bounded || (loads < LOADS_PER_CALL && reads < 2)) {
        bool moved;
        enum queue_choice choice = queue_choose(&music->queue, &moved);
        if (moved)
            start_afresh(music);
        if (choice == CHOICE_FOUND) {
            loads++;
            if (load_goal(music, now)) {
                music->busy = false;
                return;
            }
        } else if (choice == CHOICE_WAIT) {
            reads++;
            if (!queue_read(&music->queue)) {
                music->busy = false;
                return;
            }
        } else {
            music->busy = false;
            end(music, now);
            return;
        }
    }
}

static void begin_fade(struct music *music, enum music_next next, time_ns now)
{
    music->state = MUSIC_FADING;
    music->next = next;
    deck_fade(&music->deck, false, DECK_FADE_NS, now);
}

void music_play(struct music *music, time_ns now)
{
    switch (music->state) {
    case MUSIC_STARTING:
    case MUSIC_PLAYING:
        return;
    case MUSIC_STOPPED:
        queue_retry(&music->queue);
        go_to(music, music->current, 1, true);
        music->state = MUSIC_STARTING;
        return;
    case MUSIC_FADING:
        if (music->next == NEXT_PAUSE) {
            music->state = MUSIC_PLAYING;
            music->ending = false;
            deck_fade(&music->deck, true, DECK_FADE_NS, now);
        } else if (music->next == NEXT_STOP) {
            go_to(music, music->current, 1, true);
            music->next = NEXT_TRACK;
        }
        return;
    case MUSIC_PAUSED:
        if (!music->deck.loaded) {
            music->queue.goal = music->current;
            music->state = MUSIC_STARTING;
            return;
        }
        music->state = MUSIC_PLAYING;
        music->ending = false;
        deck_fade(&music->deck, true, DECK_FADE_NS, now);
        if (music->silent)
            music->held = true;
        else
            deck_run(&music->deck, now);
        return;
    }
}

void music_pause(struct music *music, time_ns now)
{
    if (music->state == MUSIC_PLAYING) {
        begin_fade(music, NEXT_PAUSE, now);
    } else if (music->state == MUSIC_STARTING) {
        /* Not yet begun: it begins there when asked for again. */
        music->state = MUSIC_PAUSED;
        music->current = music->queue.goal;
    } else if (music->state == MUSIC_FADING && music->next == NEXT_TRACK) {
        music->next = NEXT_STOP;
        music->current = music->queue.goal;
    }
}

void music_stop(struct music *music, time_ns now)
{
    music->resume_s = 0.0;
    music->announced = false;
    switch (music->state) {
    case MUSIC_STOPPED:
        return;
    case MUSIC_STARTING:
        music->current = music->queue.goal;
        music->state = MUSIC_STOPPED;
        return;
    case MUSIC_PLAYING:
        begin_fade(music, NEXT_STOP, now);
        return;
    case MUSIC_FADING:
        if (music->next == NEXT_TRACK)
            music->current = music->queue.goal;
        music->next = NEXT_STOP;
        return;
    case MUSIC_PAUSED:
        deck_unload(&music->deck);
        music->state = MUSIC_STOPPED;
        return;
    }
}

void music_step(struct music *music, int step, time_ns now)
{
    bool pending = music->state == MUSIC_STARTING ||
                   (music->state == MUSIC_FADING && music->next == NEXT_TRACK);
    ptrdiff_t from = pending ? music->queue.goal : music->current;
    go_to(music, from + step, step < 0 ? -1 : 1, true);
    switch (music->state) {
    case MUSIC_PLAYING:
        begin_fade(music, NEXT_TRACK, now);
        return;
    case MUSIC_FADING:
        music->next = NEXT_TRACK;
        return;
    case MUSIC_PAUSED:
        deck_unload(&music->deck);
        music->state = MUSIC_STARTING;
        return;
    case MUSIC_STOPPED:
    case MUSIC_STARTING:
        music->state = MUSIC_STARTING;
        return;
    }
}

bool music_leave_out(struct music *music, int32_t tag, bool out, time_ns now)
{
    bool found = queue_leave_out(&music->queue, tag, out);
    bool current = music->current >= 0 && music->current < (ptrdiff_t)music->queue.list.count &&
                   queue_part(&music->queue, music->current)->tag == tag;
    bool pausing = music->state == MUSIC_FADING && music->next == NEXT_PAUSE;
    if (!out || !current)
        return found;
    if (music->state == MUSIC_PLAYING) {
        music_step(music, +1, now);
    } else if (music->state == MUSIC_PAUSED || pausing) {
        /* When it goes on, it goes on with the next. */
        if (pausing)
            music->next = NEXT_STOP;
        else
            deck_unload(&music->deck);
        music->state = pausing ? MUSIC_FADING : MUSIC_STOPPED;
        music->current++;
        start_afresh(music);
    }
    return found;
}

void music_silence(struct music *music, bool silent, time_ns now)
{
    if (music->silent == silent)
        return;
    music->silent = silent;
    deck_gate(&music->deck, silent, now);
    bool goes_on = music->state == MUSIC_PLAYING || music->state == MUSIC_FADING;
    if (!silent && music->held && goes_on)
        deck_run(&music->deck, now);
    if (!silent)
        music->held = false;
}

static void track_ended(struct music *music, time_ns now)
{
    const struct track *track = &music->deck.track;
    double place_s = deck_place_s(&music->deck, now);
    if (track->length_s > 0.0 && place_s < music->deck.end_s - BROKE_OFF_S && music->current >= 0)
        queue_say(&music->queue, queue_path(&music->queue, music->current),
                  "breaks off; it may be damaged");
    deck_unload(&music->deck);
    go_to(music, music->current + 1, 1, false);
    music->state = MUSIC_STARTING;
}

static void fade_done(struct music *music, time_ns now)
{
    switch (music->next) {
    case NEXT_PAUSE:
        deck_hold(&music->deck, now);
        music->state = MUSIC_PAUSED;
        return;
    case NEXT_STOP:
        deck_unload(&music->deck);
        music->state = MUSIC_STOPPED;
        return;
    case NEXT_TRACK:
        deck_unload(&music->deck);
        music->state = MUSIC_STARTING;
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
    const struct deck *deck = &music->deck;
    double fade_s = time_seconds(end_fade(music)) + (deck->cut ? 0.0 : END_SPARE_S);
    bool long_enough = deck->end_s - deck->begin_s >= SHORT_S || deck->cut;
    /* Live, what ends before its track does is ended by the engine, on the very sample. */
    bool elsewhere = deck->cut && deck->engine != NULL;
    return !music->ending && long_enough && !elsewhere ? fmax(deck->end_s - fade_s, deck->begin_s)
                                                       : -1.0;
}

/* One change at most; true if there was one. */
static bool advance_once(struct music *music, time_ns now, bool ready)
{
    struct deck *deck = &music->deck;
    if (music->silent && !music->held && deck->running && (!ready || deck_gated(deck, now))) {
        deck_hold(deck, now);
        music->held = true;
        return true;
    }
    switch (music->state) {
    case MUSIC_STOPPED:
    case MUSIC_PAUSED:
        return false;
    case MUSIC_STARTING:
        if (!ready || music->silent)
            return false;
        start(music, now);
        return music->state != MUSIC_STARTING;
    case MUSIC_PLAYING:
        if (deck_ended(deck, now)) {
            track_ended(music, now);
            return true;
        }
        if (end_fade_at(music) >= 0.0 && now >= deck_time_of(deck, end_fade_at(music), now)) {
            music->ending = true;
            deck_fade(deck, false, end_fade(music), now);
            return true;
        }
        return false;
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
    const struct deck *deck = &music->deck;
    bool offline = deck->engine == NULL;
    time_ns at = TIME_NEVER;
    if (offline && music->silent && !music->held && deck->running)
        at = deck->gate.end;
    switch (music->state) {
    case MUSIC_STOPPED:
    case MUSIC_PAUSED:
        return at;
    case MUSIC_STARTING:
        return music->busy || (offline && !music->silent) ? time_min(at, now) : at;
    case MUSIC_PLAYING:
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
    bool in_order = music->deck.engine == NULL;
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

void music_device_gone(struct music *music, time_ns now)
{
    if (!music->deck.loaded)
        return;
    music->resume_s = deck_place_s(&music->deck, now);
    deck_unload(&music->deck);
    music->held = false;
    bool pausing = music->state == MUSIC_FADING && music->next == NEXT_PAUSE;
    if (music->state == MUSIC_PLAYING) {
        music->queue.goal = music->current;
        music->state = MUSIC_STARTING;
    } else if (pausing) {
        music->state = MUSIC_PAUSED;
    } else if (music->state == MUSIC_FADING) {
        music->resume_s = 0.0;
        music->state = music->next == NEXT_STOP ? MUSIC_STOPPED : MUSIC_STARTING;
    }
}

bool music_playing(const struct music *music)
{
    return music->state == MUSIC_STARTING || music->state == MUSIC_PLAYING ||
           (music->state == MUSIC_FADING && music->next == NEXT_TRACK);
}

bool music_sounds(const struct music *music)
{
    bool moves = music->state == MUSIC_STARTING || music->state == MUSIC_PLAYING ||
                 music->state == MUSIC_FADING;
    return moves && !music->silent;
}

struct loudness music_loudness(void *music, time_ns at)
{
    const struct music *self = music;
    return deck_loudness(&self->deck, at);
}
