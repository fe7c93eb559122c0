/* Settings: everything a person can choose, as one value.
 *
 * The tables below are the only place where a range or a default stands: the config reader, its
 * checks, the state file, the keys and the documentation all expand them.
 *
 * INT(section, key, field, min, max, default, changed_by_key)
 * changed_by_key: 1 if a key in the program changes it, so that it belongs to the state file. */
#ifndef LACRIMA_CORE_SETTINGS_H
#define LACRIMA_CORE_SETTINGS_H

#include "lacrima/base/time.h"
#include "lacrima/core/person.h"
#include "lacrima/core/scene.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTINGS_INTS(INT)                                                                         \
    INT(look, dim, look_dim, -4, 4, 0, 1)                                                          \
    INT(sound, volume, sound_volume, 0, 100, 70, 1)                                                \
    INT(sound, music_volume, sound_music, 0, 100, 100, 0)                                          \
    INT(sound, cues_volume, sound_cue_volume, 0, 100, 100, 0)                                      \
    INT(sound, water_volume, sound_water, 0, 100, 100, 0)                                          \
    INT(sound, crossfade, sound_crossfade_s, 0, 12, 3, 0)                                          \
    INT(settle, seconds, settle_s, 12, 120, 12, 0)                                                 \
    INT(stare, seconds, stare_s, 10, 30, 20, 1)                                                    \
    INT(stare, ceiling, stare_ceiling_s, 10, 60, 30, 0)                                            \
    INT(stare, rounds, stare_rounds, 1, 5, 3, 0)                                                   \
    INT(breathe, minutes, breathe_min, 1, 30, 5, 0)                                                \
    INT(walk, minutes, walk_min, 5, 90, 12, 0)                                                     \
    INT(move, neck, move_neck_min, 1, 3, 1, 0)                                                     \
    INT(move, cat_cow, move_cat_cow_min, 1, 5, 1, 0)                                               \
    INT(move, child, move_child_min, 1, 5, 2, 0)                                                   \
    INT(move, lunge, move_lunge_min, 1, 3, 1, 0)                                                   \
    INT(move, pigeon, move_pigeon_min, 1, 5, 2, 0)                                                 \
    INT(move, butterfly, move_butterfly_min, 1, 5, 3, 0)                                           \
    INT(move, rest, move_rest_min, 1, 10, 3, 0)                                                    \
    INT(move, rounds, move_rounds, 1, 5, 3, 0)                                                     \
    INT(shower, minutes, shower_min, 2, 5, 5, 1)                                                   \
    INT(read, slide, read_slide_s, 5, 60, 12, 0)                                                   \
    INT(talk, minutes, talk_min, 5, 30, 10, 1)                                                     \
    INT(write, bell, write_bell_min, 0, 60, 15, 0)                                                 \
    INT(yawn, waves, yawn_waves, 3, 8, 5, 1)                                                       \
    INT(yawn, interval, yawn_interval_s, 20, 30, 25, 0)                                            \
    INT(landing, seconds, landing_s, 60, 120, 75, 0)

/* BOOL(section, key, field, default, changed_by_key): yes/no, true/false, on/off, 1/0. */
#define SETTINGS_BOOLS(BOOL)                                                                       \
    BOOL(look, words, look_words, true, 1)                                                         \
    BOOL(look, other_displays_dark, look_others_dark, false, 0)                                    \
    BOOL(sound, cues, sound_cues, true, 1)                                                         \
    BOOL(sound, voice, sound_voice, false, 1)                                                      \
    BOOL(sound, gapless, sound_gapless, false, 0)                                                  \
    BOOL(sound, loop, sound_loop, false, 0)                                                        \
    BOOL(sound, remember_place, sound_remember_place, true, 0)                                     \
    BOOL(sound, pause_others, sound_pause_others, true, 0)                                         \
    BOOL(sound, resume_others, sound_resume_others, false, 0)                                      \
    BOOL(breathe, seconds_shown, breathe_seconds_shown, false, 0)                                  \
    BOOL(shower, water_sound, shower_water_sound, true, 0)                                         \
    BOOL(care, lenses, care_lenses, false, 0)                                                      \
    BOOL(care, dry_eyes, care_dry_eyes, false, 0)                                                  \
    BOOL(care, eye_surgery, care_eye_surgery, false, 0)                                            \
    BOOL(care, light, care_light, false, 0)                                                        \
    BOOL(care, pregnancy, care_pregnancy, false, 0)                                                \
    BOOL(care, heart, care_heart, false, 0)                                                        \
    BOOL(care, dizziness, care_dizziness, false, 0)                                                \
    BOOL(care, asthma, care_asthma, false, 0)                                                      \
    BOOL(care, jaw, care_jaw, false, 0)                                                            \
    BOOL(care, back, care_back, false, 0)                                                          \
    BOOL(care, panic, care_panic, false, 0)

enum motion {
    MOTION_DESKTOP, /* "auto": as the desktop's own setting says */
    MOTION_FULL,    /* "no" */
    MOTION_REDUCED  /* "yes" */
};

enum fixation {
    FIXATION_NONE,    /* "none" */
    FIXATION_DOT,     /* "dot" */
    FIXATION_BULLSEYE /* "bullseye" */
};

enum moving {
    MOVING_STRETCH, /* "stretch" */
    MOVING_BOX_2,   /* "box-2-1": shadow boxing, rounds of two minutes and one of rest */
    MOVING_BOX_3,   /* "box-3-1" */
    MOVING_KINDS
};

enum pace {
    PACE_OFF,   /* "off": pages are turned by hand */
    PACE_SLOW,  /* "slow": 110 words a minute */
    PACE_MEDIUM /* "medium": 170 */
};

#define PACES (PACE_MEDIUM + 1)

/* A breath pattern.  Every length is in ns; in and out are >= 0.5 s, holds and top-ups 0 (absent)
 * or >= 0.5 s, each <= 20 s, the whole cycle 3 to 60 s, in steps of 10 ms. */
#define PATTERN_NAME_BYTES 32
#define PATTERN_PARTS_MAX  3

struct pattern {
    char name[PATTERN_NAME_BYTES];
    time_ns in_ns[PATTERN_PARTS_MAX]; /* the in-breath and up to two top-ups; 0: absent */
    time_ns hold_in_ns;
    time_ns out_ns;
    time_ns hold_out_ns;
    uint8_t cycles_max; /* 0: as long as the minutes say; 4 for 4-7-8 */
    bool led;           /* `yours`: the person leads with Space; lengths are not used */
};

/* "helplines.country": ISO 3166-1 alpha-2 in capitals; "": not chosen; "ZZ": one without a list
 * here.
 */
#define COUNTRY_BYTES      3
#define COUNTRY_ELSEWHERE  "ZZ"

#define PATTERNS_OWN_MAX   16
#define PALETTES_OWN_MAX   8
#define PALETTE_NAME_BYTES 32

/* A palette of the person's own: two colours; the others are derived. */
struct palette_own {
    char name[PALETTE_NAME_BYTES];
    struct colour field, ink;
};

struct settings {
#define INT(section, key, field, min, max, def, by_key) int32_t field;
    SETTINGS_INTS(INT)
#undef INT
#define BOOL(section, key, field, def, by_key) bool field;
    SETTINGS_BOOLS(BOOL)
#undef BOOL
    int32_t text_scale_percent; /* 75..250, default 100; "look.text_scale = 1.25" */
    enum motion motion;         /* "look.reduced_motion = auto|yes|no" */
    bool desktop_reduced;       /* what the desktop says; set by app */
    bool about_due;             /* "about you" opens on the first arrival at home; set by app */
    char country[COUNTRY_BYTES];
    enum pace read_pace;    /* "read.pace = off|slow|medium", default off */
    enum fixation fixation; /* "look.fixation = none|dot|bullseye", default dot */
    enum moving moving;     /* "move.kind = stretch|box-2-1|box-3-1" */
    int32_t walk_bells_min; /* "walk.bells = off|5|10": 0, 5 or 10; default 5 */
    uint8_t palette;        /* index: palette_find(); built-in first, then own */
    uint8_t pattern;        /* index: pattern_find(); built-in first, then own */
    size_t pattern_own_count;
    struct pattern patterns_own[PATTERNS_OWN_MAX];
    size_t palette_own_count;
    struct palette_own palettes_own[PALETTES_OWN_MAX];
    struct people_own people; /* "[people] any-name = links", "talk.opener = text" */
};

#define WALK_BELLS_MIN_DEFAULT 5

/* Minutes to the bell of a letter, if it has one: sooner it would hurry. */
#define WRITE_BELL_MIN_LEAST   5

#define TEXT_SCALE_PERCENT_MIN 75
#define TEXT_SCALE_PERCENT_MAX 250

/* All defaults. */
void settings_init(struct settings *settings);

bool settings_reduced_motion(const struct settings *settings);

/* The capital letters of a country's code; false if text is not two letters of the alphabet.  UK is
 * taken for GB: ISO 3166-1 keeps it free for just this mistake. */
bool settings_country(char code[COUNTRY_BYTES], const char *text);

/* Patterns by index: built-in (six, coherent, box, 4-7-8, sigh, long, three-part, yours), then
 * the person's own.  pattern_get checks the index. */
size_t pattern_count(const struct settings *settings);
const struct pattern *pattern_get(const struct settings *settings, size_t index);
/* The index of the pattern with this name (ASCII case ignored), or -1. */
int pattern_find(const struct settings *settings, const char *name);

/* Reads "in-hold-out-hold" in seconds with up to two decimals ("5.5-0-5.5-0") into a nameless
 * pattern.  A length outside its range becomes the nearest bound; *clamped (may be NULL) says
 * whether one did.  A cycle over 60 s or under 3 s is clamped by its out-breath.
 * Returns false, leaving *pattern alone, if it is not four such numbers. */
bool pattern_parse(const char *text, struct pattern *pattern, bool *clamped);

/* The time one breath takes. */
time_ns pattern_cycle_ns(const struct pattern *pattern);

/* Takes the held breath out.  A cycle that would then be hasty gets a longer out-breath. */
void pattern_leave_holds(struct pattern *pattern);

/* Palettes by index: built-in (night, dusk, sea, ember, high-contrast, paper), then own. */
size_t palette_count(const struct settings *settings);
const char *palette_name(const struct settings *settings, size_t index);
int palette_find(const struct settings *settings, const char *name);

/* Fills the scene's colours from a palette and a dimming step (-4..4).  Whatever they are,
 * ink and ink_faint keep 7:1 on the field, and in every dark palette field and accent stay below
 * a relative luminance of 0.10. */
void palette_apply(const struct settings *settings, size_t index, int dim, struct scene *scene);

/* How much of the accent, 0..1, may lie over the whole field: so much that it can come and go at
 * once (less than 0.10 of relative luminance) and that ink_over keeps its 7:1. */
double palette_flood(const struct scene *scene);

#endif
