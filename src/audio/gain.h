/* Gain: how loud a file is, as those who made it have measured it and said in its tags (ReplayGain
 * 2: https://wiki.hydrogenaud.io/?title=ReplayGain_2.0_specification; of Opus: RFC 7845, 5.2.1).
 *
 * The loudness that both lead to here is ReplayGain 2's, -18 LUFS: what is tagged then sounds as
 * loud as what is levelled by measuring it, which is turned down to -18 dBFS.  Opus counts from
 * R128's -23 LUFS, 5 dB lower, which are added. */
#ifndef LACRIMA_AUDIO_GAIN_H
#define LACRIMA_AUDIO_GAIN_H

#include <stdbool.h>

struct gain_said {
    bool there;
    double db; /* to -18 LUFS */
};

struct track_gain {
    struct gain_said track, album;
    double peak; /* of the track, 1: full scale; 0: not said */
};

/* Reads the tags of an open file (Ogg Vorbis, Opus and FLAC, FLAC, MP3), from wherever it stands;
 * it stands somewhere else then.  What is not there or not well formed is not said. */
void gain_read(int file, struct track_gain *gain);

/* What its samples are multiplied with; false if nothing is said.  album: of the whole record, so
 * that its pieces stay as loud as they are beside each other, where that is said.  It never lifts
 * the peak over full scale, nor anything whose peak is not known. */
bool gain_factor(const struct track_gain *gain, bool album, double *factor);

#endif
