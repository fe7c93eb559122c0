/* Music: which track plays, and its comings and goings, as one small state machine over two decks:
 * one in front, and behind it the track that comes next or the one that leaves (handover.h). */
#ifndef LACRIMA_AUDIO_MUSIC_H
#define LACRIMA_AUDIO_MUSIC_H

#include "deck.h"
#include "queue.h"

#include "lacrima/audio.h"

#define MUSIC_EVENTS 16

enum music_state {
    MUSIC_STOPPED,
    MUSIC_STARTING, /* wants to play; waits for the device, the list or the curtain */
    MUSIC_PLAYING,
    MUSIC_FADING, /* on its way to `next` */
    MUSIC_PAUSED
};

enum music_next { NEXT_PAUSE, NEXT_STOP, NEXT_TRACK };

/* What the deck behind is for. */
enum music_back {
    BACK_FREE,
    BACK_COMING,   /* the queue's goal is being opened, or stands ready */
    BACK_CROSSING, /* it is ready, and the engine knows when it begins */
    BACK_LEAVING   /* it has been left, and fades away */
};

struct music_params {
    struct engine *engine; /* NULL: offline */
    int offline_rate;      /* what SDL_mixer is open at when offline */
    const char *own_dir, *xdg_music_dir;
    void (*say)(void *user, const char *line);
    void *say_user;
    void (*wake)(void *user); /* live: from any thread, when there is more to do; may be NULL */
    void *wake_user;
    struct audio_playing playing;
};

struct music {
    struct deck decks[2];
    size_t front; /* which of them */
    enum music_back back;
    ptrdiff_t coming; /* what the deck behind was opened for, in the queue */
    bool hurried;     /* the deck behind has been told to be quick */
    bool stepping;    /* the queue's goal is crossed to as soon as it can be */
    bool last;        /* nothing comes after the current track */
    struct audio_playing playing;
    double kept_s; /* the place that was told last */
    struct queue queue;
    enum music_state state;
    enum music_next next;
    ptrdiff_t current; /* in the queue; -1: a track that is in it no more */
    ptrdiff_t opened;  /* what the deck in front was opened for, while starting */
    bool announced;    /* AUDIO_STARTED has been sent for the queue's goal */
    double resume_s;   /* where in the goal to start */
    bool ending;       /* the track's last second is fading out */
    bool busy;         /* the list is being searched: look again at once */
    bool silent, held; /* the curtain is closed; the deck stands still behind it */
    time_ns now;

    struct audio_event events[MUSIC_EVENTS];
    size_t event_count;
};

/* False if memory is out. */
bool music_init(struct music *music, const struct music_params *params);
void music_finish(struct music *music);

bool music_add(struct music *music, const char *path);
bool music_add_part(struct music *music, const char *path, bool folder,
                    const struct playlist_part *part);

/* What was brought in just now, and where it went: see audio_music_bring. */
struct bringing {
    const char *path;
    bool folder;
    const struct playlist_part *part;
    size_t nth;
    bool soon, next;
};
bool music_bring(struct music *music, struct bringing *bringing);

bool music_leave_out(struct music *music, int32_t tag, bool out, time_ns now);
void music_play(struct music *music, time_ns now);
void music_pause(struct music *music, time_ns now);
void music_step(struct music *music, int step, time_ns now);
void music_stop(struct music *music, time_ns now);
void music_silence(struct music *music, bool silent, time_ns now);

/* Carries the machine up to now.  ready: SDL_mixer is open, and live its thread runs (if it does
 * not, nothing sounds and every fade counts as done). */
void music_advance(struct music *music, time_ns now, bool ready);

/* When to advance next without being woken. */
time_ns music_deadline(const struct music *music);

/* The device is about to be closed: keeps the place and lets go of SDL_mixer's track. */
void music_device_gone(struct music *music, time_ns now);

void music_bed(struct music *music, bool bed, time_ns now);

bool music_playing(const struct music *music);
bool music_sounds(const struct music *music); /* or is about to */
struct loudness music_loudness(void *music, time_ns at);
bool music_take_event(struct music *music, struct audio_event *event);

#endif
