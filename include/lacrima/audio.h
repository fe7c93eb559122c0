/* Audio: plays cues and music through SDL2_mixer, at 48 kHz stereo.
 *
 * Called from one thread.  Nothing here blocks a frame: a track is opened and decoded on a thread
 * of its own, however slow its disk is.  How loud it is made: as its ReplayGain or R128 tags say,
 * to -18 LUFS, where it has any; else what is louder than -18 dBFS over three seconds is turned
 * down to it.
 *
 * Without a device everything still works and is silent; when a device comes back, sound does.
 * No capture device is ever opened.  Every start fades in over >= 150 ms and every end fades out.
 *
 * offline: the same object for --render: no device, no thread, no waiting.  Music then "plays"
 * on the times that are passed in, with its real length and its real loudness envelope (the
 * file is decoded once into an envelope), so that a recording shows what a visit would. */
#ifndef LACRIMA_AUDIO_H
#define LACRIMA_AUDIO_H

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"
#include "lacrima/core/cue.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct audio; /* owned by who created it */

/* How one track follows another, and what is known of earlier visits.  All zero: what ends fades
 * out, then the next fades in. */
struct audio_playing {
    time_ns crossfade; /* one comes while the other goes, over so long, at equal power; 0: not */
    bool gapless;      /* instead, the next begins on the sample after the last of the one before */
    bool loop;         /* what plays goes round without a seam, until another is asked for */
    /* Where an earlier visit left a file, in seconds; <= 0: nothing is known.  And where this one
     * leaves it, told now and then; 0: it was heard to its end.  NULL: nobody keeps that.  Both on
     * the caller's thread, and not of parts. */
    double (*place_of)(void *user, const char *path);
    void (*keep_place)(void *user, const char *path, double place_s, double length_s);
    void *user;
};

struct audio_params {
    bool offline;
    bool muted;                /* --mute: no device is opened at all; otherwise as offline */
    int volume_percent;        /* 0..100 */
    const char *own_dir;       /* where Lacrima's own pieces lie; used when nothing was added */
    const char *xdg_music_dir; /* the person's music folder, or NULL; used when nothing was
                                  added and it holds music; read only when music first plays */
    /* Hears one plain line for everything that goes wrong (a damaged file, no device); said once
     * each.  NULL: nobody.  Called on the caller's thread only. */
    void (*say)(void *user, const char *line);
    void *say_user;
    /* Called from any thread when audio_poll() has something new; must only wake the loop. */
    void (*wake)(void *user);
    void *wake_user;
    struct audio_playing playing;
};

/* One entry of a list that somebody else keeps. */
struct audio_part {
    const char *path;
    bool folder;                  /* of one only the tag counts below */
    double from_s, to_s;          /* <= 0: from its beginning, to its end */
    double fade_in_s, fade_out_s; /* <= 0: as usual */
    int32_t tag;                  /* what it is called by, > 0 */
};

enum audio_event_kind {
    AUDIO_STARTED, /* a track begins to sound: `title` */
    AUDIO_ENDED    /* the last track has ended by itself; nothing plays now */
};

#define AUDIO_TITLE_BYTES 160

struct audio_event {
    enum audio_event_kind kind;
    time_ns at;                    /* when, on the caller's clock */
    char title[AUDIO_TITLE_BYTES]; /* the file's title tag, or its name without the ending */
    int32_t tag;                   /* the entry's it belongs to; 0: none */
};

/* Never fails for want of a device or of a file: it says so and is silent.  Fails only if memory
 * does.  A device is opened at the first sound, not before. */
bool audio_create(struct audio **audio, const struct audio_params *params, struct error *error);

/* Adds a music file or a folder (read recursively in name order, hidden files left out, links to
 * folders not followed) to the end of the person's list.  A folder of any size does not stall:
 * its names are read when they are wanted, on a thread.  A path that
 * does not exist or cannot be read: said in one line, false. */
bool audio_music_add(struct audio *audio, const char *path);

/* Adds a part of a file, or a folder, to the same list.  Nothing is looked at before its turn
 * comes: what is wrong with it is said then, and it is passed over.  False only without memory. */
bool audio_music_add_part(struct audio *audio, const struct audio_part *part);

/* Adds something that was brought in just now (the nth of it, from 0) so that it is what comes
 * next: where nothing plays, and with `soon` behind what plays.  *next: it is; otherwise it comes
 * behind all others, or after the folder that is being read.  False only without memory. */
bool audio_music_bring(struct audio *audio, const struct audio_part *part, size_t nth, bool soon,
                       bool *next);

/* What has this tag is passed over from now on (what of it plays now makes room for the next), or
 * not any more.  False if nothing has it: our own pieces play, where everything else was left out.
 */
bool audio_music_leave_out(struct audio *audio, int32_t tag, bool out, time_ns now);

/* Whether a file begins as music does that can be decoded; of a folder: whether such a file, by its
 * ending, lies in it or in folders of it, so many levels down (0: in itself alone). */
bool audio_finds_music(const char *path, unsigned levels);

/* Plays from the current track (the first, at the beginning), fading in; if music was paused it
 * goes on where it was.  A track that cannot be decoded is said and skipped; if none can, own
 * pieces, and if those are missing, silence.  No effect while playing. */
void audio_music_play(struct audio *audio, time_ns now);

/* Fades out in about a second and remembers the place. */
void audio_music_pause(struct audio *audio, time_ns now);

/* Next (+1) or previous (-1) track, crossing or fading over >= 1 s; wraps.  Starts playing. */
void audio_music_step(struct audio *audio, int step, time_ns now);

/* Fades out over 1 s or more and rewinds to the beginning of the track. */
void audio_music_stop(struct audio *audio, time_ns now);

/* bed: sink music to a low level under silence (let go), over about 3 s; false: back up. */
void audio_music_bed(struct audio *audio, bool bed, time_ns now);

bool audio_music_playing(const struct audio *audio);

/* Whether what is to be heard is still being looked for in a folder. */
bool audio_music_waits(const struct audio *audio);

/* A cue of this length from now on (<= 0: the cue's own; a breath then lasts until the next state
 * begins, or sinks after a while).  Cues may overlap; the same
 * cue again fades out its predecessor. */
void audio_cue(struct audio *audio, enum cue cue, time_ns length_ns, time_ns now);

/* When a sound will be asked for next, as far as is known; TIME_NEVER: none.  The device is closed
 * while nothing sounds; it is opened so long before that the sound is not late.  Only a forecast:
 * nothing sounds by it. */
void audio_expect(struct audio *audio, time_ns at);

/* Whether the device runs: what is asked for is heard at once. */
bool audio_ready(const struct audio *audio);

/* Words are spoken for about this long from now on, by a program of the system's: music is turned
 * down under them as under a cue.  0: no more. */
void audio_make_room(struct audio *audio, time_ns length_ns);

/* A sound that goes on until another (AMBIENCE_NONE: nothing) is asked for: it fades in over more
 * than a second and out over one. */
void audio_ambience(struct audio *audio, enum ambience ambience, time_ns now);

/* A state begins: a breath of the last one, which was to last longer, ends softly (180 ms). */
void audio_state_begins(struct audio *audio, time_ns now);

/* Fades out the cues that still sound (200 ms): on Esc, pause, let go. */
void audio_cues_stop(struct audio *audio, time_ns now);

/* Curtain: everything falls silent within 150 ms without a click, or comes back as it was. */
void audio_silence(struct audio *audio, bool silent, time_ns now);

/* 0..100, of everything that Lacrima plays; changes are smoothed. */
void audio_volume(struct audio *audio, int volume_percent);

/* 0..100 each, of that: music, cues, and sounds that go on.  Before anything sounds. */
void audio_balance(struct audio *audio, int music_percent, int cues_percent, int water_percent);

/* The music's loudness now, 0 silent .. 1 its loud passages, smoothed (no reversal faster than
 * about 1 per second); 0 without music.  Does not depend on the volume. */
double audio_level(struct audio *audio, time_ns now);

/* Takes the next event; false if there is none.  Call once per loop and after wake(). */
bool audio_poll(struct audio *audio, time_ns now, struct audio_event *event);

/* The next time audio_poll should be called without a wake, or TIME_NEVER (offline ends). */
time_ns audio_deadline(const struct audio *audio);

/* Fades out what sounds (<= 300 ms), then closes.  Accepts NULL; nulls the handle. */
void audio_destroy(struct audio **audio);

#endif
