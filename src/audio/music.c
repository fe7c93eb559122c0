#include "music.h"

#include "handover.h"
#include "music_inner.h"

#include "lacrima/base/text.h"

#include <math.h>
#include <string.h>

static void event_push(struct music *music, enum audio_event_kind kind, time_ns at)
{
    if (music->event_count == MUSIC_EVENTS) {
        memmove(&music->events[0], &music->events[1], (MUSIC_EVENTS - 1) * sizeof music->events[0]);
        music->event_count--;
    }
    struct audio_event *event = &music->events[music->event_count++];
    *event = (struct audio_event){.kind = kind, .at = at};
    if (kind == AUDIO_STARTED)
        (void)text_copy(event->title, sizeof event->title, music_front(music)->track.title);
    if (kind == AUDIO_STARTED)
        event->tag = queue_part(&music->queue, music->current)->tag;
}

void music_tell_started(struct music *music, time_ns at)
{
    event_push(music, AUDIO_STARTED, at);
}

void music_tell_ended(struct music *music, time_ns at)
{
    event_push(music, AUDIO_ENDED, at);
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
    *music = (struct music){.playing = params->playing};
    for (size_t i = 0; i < 2; i++) {
        const struct deck_params deck = {.engine = params->engine,
                                         .lane = i,
                                         .rate = params->offline_rate,
                                         .gapless = params->playing.gapless,
                                         .wake = params->wake,
                                         .wake_user = params->wake_user};
        deck_init(&music->decks[i], &deck);
    }
    bool made = queue_init(&music->queue, params->own_dir, params->xdg_music_dir, params->say,
                           params->say_user);
    if (params->engine != NULL)
        queue_read_elsewhere(&music->queue, params->wake, params->wake_user);
    return made;
}

void music_finish(struct music *music)
{
    if (music->state != MUSIC_STARTING)
        handover_keep_place(music, music->now);
    deck_unload(music_front(music));
    deck_unload(music_back(music));
    queue_finish(&music->queue);
}

/* The list is about to change: what of it is being opened may not be in it any more.  Returns
 * whether another track was asked for. */
static bool before_change(struct music *music)
{
    bool stepping = music->stepping;
    handover_forget(music, music->now);
    if (music->state == MUSIC_STARTING)
        deck_unload(music_front(music));
    return stepping && music->state == MUSIC_PLAYING;
}

/* The person's own music takes the place of ours; what plays now may end. */
static void after_change(struct music *music, bool replaced, bool stepping)
{
    if (replaced)
        music->current = music_front(music)->state == DECK_LOADED ? -1 : 0;
    music->stepping = stepping;
}

bool music_add(struct music *music, const char *path)
{
    bool replaced;
    bool stepping = before_change(music);
    bool added = queue_add(&music->queue, path, &replaced);
    after_change(music, replaced, stepping);
    return added;
}

bool music_add_part(struct music *music, const char *path, bool folder,
                    const struct playlist_part *part)
{
    bool replaced;
    bool stepping = before_change(music);
    bool added = queue_add_part(&music->queue, path, folder, part, &replaced);
    after_change(music, replaced, stepping);
    return added;
}

void music_start_afresh(struct music *music)
{
    music->announced = false;
    music->resume_s = 0.0;
}

static void go_to(struct music *music, ptrdiff_t goal, int direction, bool wraps)
{
    queue_seek(&music->queue, goal, direction, wraps);
    music_start_afresh(music);
}

void music_begin_fade(struct music *music, enum music_next next, time_ns now)
{
    music->state = MUSIC_FADING;
    music->next = next;
    deck_fade(music_front(music), false, DECK_FADE_NS, now);
    handover_hurry(music, DECK_FADE_NS, now);
}

void music_unload(struct music *music, time_ns now)
{
    handover_forget(music, now);
    handover_drop(music);
    if (music->state != MUSIC_STARTING)
        handover_keep_place(music, now);
    deck_unload(music_front(music));
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
            deck_fade(music_front(music), true, DECK_FADE_NS, now);
        } else if (music->next == NEXT_STOP) {
            go_to(music, music->current, 1, true);
            music->next = NEXT_TRACK;
        }
        return;
    case MUSIC_PAUSED:
        if (music_front(music)->state != DECK_LOADED) {
            music->queue.goal = music->current;
            music->state = MUSIC_STARTING;
            return;
        }
        music->state = MUSIC_PLAYING;
        music->ending = false;
        deck_fade(music_front(music), true, DECK_FADE_NS, now);
        if (music->silent)
            music->held = true;
        else
            deck_run(music_front(music), now);
        return;
    }
}

void music_pause(struct music *music, time_ns now)
{
    if (music->state == MUSIC_PLAYING) {
        bool stepping = music->stepping;
        handover_forget(music, now);
        if (stepping)
            music->current = music->queue.goal;
        music_begin_fade(music, stepping ? NEXT_STOP : NEXT_PAUSE, now);
    } else if (music->state == MUSIC_STARTING) {
        deck_unload(music_front(music));
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
        deck_unload(music_front(music));
        music->current = music->queue.goal;
        music->state = MUSIC_STOPPED;
        return;
    case MUSIC_PLAYING:
        if (music->stepping)
            music->current = music->queue.goal;
        handover_forget(music, now);
        music_begin_fade(music, NEXT_STOP, now);
        return;
    case MUSIC_FADING:
        if (music->next == NEXT_TRACK)
            music->current = music->queue.goal;
        music->next = NEXT_STOP;
        return;
    case MUSIC_PAUSED:
        music_unload(music, now);
        music->state = MUSIC_STOPPED;
        return;
    }
}

/* While it plays, the other track is got ready first: the one crosses over to it. */
static void step_across(struct music *music, int step, time_ns now)
{
    ptrdiff_t from = music->stepping ? music->queue.goal : music->current;
    bool stepping = music->stepping;
    handover_forget(music, now);
    go_to(music, (stepping ? from : music->current) + step, step < 0 ? -1 : 1, true);
    music->stepping = true;
}

void music_step(struct music *music, int step, time_ns now)
{
    if (music->state == MUSIC_PLAYING && handover_crosses(music)) {
        step_across(music, step, now);
        return;
    }
    bool pending = music->state == MUSIC_STARTING ||
                   (music->state == MUSIC_FADING && music->next == NEXT_TRACK);
    ptrdiff_t from = pending ? music->queue.goal : music->current;
    go_to(music, from + step, step < 0 ? -1 : 1, true);
    switch (music->state) {
    case MUSIC_PLAYING:
        music_begin_fade(music, NEXT_TRACK, now);
        return;
    case MUSIC_FADING:
        handover_forget(music, now);
        music->next = NEXT_TRACK;
        return;
    case MUSIC_STOPPED:
    case MUSIC_STARTING:
    case MUSIC_PAUSED:
        music_unload(music, now);
        music->state = MUSIC_STARTING;
        return;
    }
}

bool music_leave_out(struct music *music, int32_t tag, bool out, time_ns now)
{
    bool stepping = before_change(music);
    bool found = queue_leave_out(&music->queue, tag, out);
    music->stepping = stepping;
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
            music_unload(music, now);
        music->state = pausing ? MUSIC_FADING : MUSIC_STOPPED;
        music->current++;
        music_start_afresh(music);
    }
    return found;
}

void music_silence(struct music *music, bool silent, time_ns now)
{
    if (music->silent == silent)
        return;
    music->silent = silent;
    for (size_t i = 0; i < 2; i++)
        deck_gate(&music->decks[i], silent, now);
    bool goes_on = music->state == MUSIC_PLAYING || music->state == MUSIC_FADING;
    if (!silent && music->held && goes_on)
        deck_run(music_front(music), now);
    if (!silent)
        music->held = false;
}

void music_device_gone(struct music *music, time_ns now)
{
    struct deck *deck = music_front(music);
    bool stepping = music->stepping;
    handover_forget(music, now);
    handover_drop(music);
    if (deck->state != DECK_LOADED || music->state == MUSIC_STARTING)
        return;
    deck = music_front(music);
    music->resume_s = stepping ? 0.0 : deck_place_s(deck, now);
    handover_keep_place(music, now);
    deck_unload(deck);
    music->held = false;
    bool pausing = music->state == MUSIC_FADING && music->next == NEXT_PAUSE;
    if (music->state == MUSIC_PLAYING) {
        if (!stepping)
            music->queue.goal = music->current;
        music->state = MUSIC_STARTING;
    } else if (pausing) {
        music->state = MUSIC_PAUSED;
    } else if (music->state == MUSIC_FADING) {
        music->resume_s = 0.0;
        music->state = music->next == NEXT_STOP ? MUSIC_STOPPED : MUSIC_STARTING;
    }
}

void music_bed(struct music *music, bool bed, time_ns now)
{
    for (size_t i = 0; i < 2; i++)
        deck_bed(&music->decks[i], bed, now);
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

/* Of two that cross, what both together come to. */
struct loudness music_loudness(void *music, time_ns at)
{
    const struct music *self = music;
    double heard = 0.0;
    double power = 0.0;
    for (size_t i = 0; i < 2; i++) {
        struct loudness one = deck_loudness(&self->decks[i], at);
        heard += one.heard * one.heard;
        power += one.rms * one.rms * one.heard * one.heard;
    }
    heard = sqrt(heard);
    return (struct loudness){heard > 0.0 ? sqrt(power) / heard : 0.0, fmin(heard, 1.0)};
}
