/* What the session's files share. */
#ifndef LACRIMA_CORE_SESSION_INNER_H
#define LACRIMA_CORE_SESSION_INNER_H

#include "lacrima/core/session.h"

/* A second to leave and a second to come. */
#define FADE_NS SECONDS(2)
/* A key that is pressed sooner than this after a word changed in one frame lets words fade. */
#define CUT_KEYS_NS SECONDS(1)
/* Where words have left, others come only after this. */
#define DARK_NS          MILLISECONDS(700)
#define FADE_LET_GO_NS   MILLISECONDS(300)
#define FADE_CURTAIN_NS  MILLISECONDS(150)
#define HINT_NS          SECONDS(6)
#define SAID_NS          SECONDS(4)
#define NOTICE_NS        SECONDS(12)
#define OFFER_NS         SECONDS(15)
#define CURTAIN_OPENS_NS SECONDS(3)
/* No full-field change is faster than 0.10 of relative luminance a second.  The largest page of
 * words on a pale field is 0.039 of that, and may be gone at once, behind the curtain. */
#define LUMINANCE_PER_S 0.058

/* Whether nothing lies over the technique or the landing: neither a pause nor anything else. */
bool session_runs(const struct session *session);

/* Whether its clock runs: that of an away state does under the keys and the curtain as well. */
bool session_clock_runs(const struct session *session);

/* "Not today", and its taking back, of what is read or plays, and the taking off again of what was
 * put on the shelf; false if the key is none of these, or there is nothing of the kind. */
bool session_shelf_action(struct session *session, enum action action, time_ns at,
                          struct effects *effects);

/* What has been brought in is opened, where it is to be. */
void session_bring(struct session *session, enum brought brought, time_ns at,
                   struct effects *effects);

/* The present phase's flags. */
uint16_t session_flags(const struct session *session);

/* The effects from `first` on speak technique time and are turned to session time. */
void session_times_from(const struct session *session, struct effects *effects, size_t first);

/* Whether something leaves or comes by a fade. */
bool session_fades(const struct session *session, time_ns at);

/* Part 0..1 of the fade that has gone at `at`; 1: there is none. */
double session_fade_part(const struct session *session, time_ns at);

/* The field has another size. */
void session_fade_resized(struct session *session, time_ns at);

/* The first picture is the bare field. */
void session_fade_from_blank(struct session *session, time_ns at);

/* The picture of this moment begins to leave. */
void session_fade(struct session *session, time_ns at, time_ns length);

/* Whether a field is on its way between dark and pale. */
bool session_colours_go(const struct session *session, time_ns at);

/* A slow change of colours stands still for so long at least, and to the end of a fade. */
void session_rest_colours(struct session *session, time_ns at, time_ns least);

/* Before anything may move a state's end: a field that stands still because it is near stays as it
 * is. */
void session_keep_colours(struct session *session, time_ns at);

/* For how long a change of colours has gone by now.  Next: until when it stays as it is. */
time_ns session_colours_gone(const struct session *session, time_ns now, time_ns *next);

/* The same where only words change: shapes and photographs go on as if nothing were. */
void session_fade_words(struct session *session, time_ns at);

/* What was seen, and what would have been if nothing had been fading. */
struct session_seen {
    struct scene picture, whole;
};

/* A state was entered, from one of these flags; seen: before that; timed: its time had come, no
 * key; again: it is the same state once more. */
void session_fade_state(struct session *session, const struct session_seen *seen, uint16_t left,
                        bool timed, bool again, time_ns at);

/* Another piece begins: what is seen of the one before leaves first. */
void session_fade_title(struct session *session, const struct event *started);

/* What is seen of the screen without any fade.  Returns until when it stays. */
time_ns session_view_whole(const struct session *session, time_ns now, struct scene *scene);

/* The same with its words, even where they are not wanted on the field. */
time_ns session_view_words(const struct session *session, time_ns now, struct scene *scene);

/* What the hint at the foot says where nothing lies over the screen. */
const char *session_hint_words(const struct session *session);

/* The same from a picture kept before something changed within a state. */
void session_fade_again(struct session *session, const struct scene *picture, time_ns at);

/* Whether photographs come or leave with the present fade. */
bool session_pictures_fade(const struct session *session, time_ns now);

/* The colours of this moment, whatever fade they are in.  Returns until when they stay. */
time_ns session_colours(const struct session *session, time_ns now, struct scene *scene);

void session_set_screen(struct session *session, enum screen screen, time_ns at,
                        struct effects *effects);
/* Lays something over the screen, takes something away, or both. */
void session_lay(struct session *session, uint8_t on, uint8_t off, time_ns since, time_ns at,
                 struct effects *effects);
void session_hold(struct session *session, uint8_t held, time_ns since, time_ns at,
                  struct effects *effects);
void session_release(struct session *session, uint8_t held, time_ns at, struct effects *effects);
void session_start(struct session *session, enum technique_id id, time_ns at,
                   struct effects *effects);
void session_land(struct session *session, time_ns at, struct effects *effects);
void session_go_home(struct session *session, time_ns at, struct effects *effects);
void session_music(enum music music, time_ns at, struct effects *effects);

enum move {
    MOVE_WAKE, /* the deadline has come */
    MOVE_SPACE,
    MOVE_RELEASE,
    MOVE_RIGHT,
    MOVE_LEFT,
    MOVE_CHOICE,
    MOVE_MUSIC_ENDED,
    MOVE_NEXT,
    MOVE_PREVIOUS,
    MOVE_READ_BEGIN,
    MOVE_READ_END,
    MOVE_LETTER,
    MOVE_REFUSED,
    MOVE_LEAVE,
    MOVE_REMOVE
};

/* Moves the technique and does what follows from it: the fade, music, the technique's end.
 * False if there was nowhere to move. */
bool session_move(struct session *session, enum move move, time_ns at, struct effects *effects);

/* The hint is shown anew. */
void session_hint(struct session *session, time_ns at);

/* How visible a hint at the foot is that stands there from `from` until `until`, after what a key
 * was answered with. */
double session_foot_shown(const struct session *session, struct view *view, time_ns from,
                          time_ns until);

/* The words that answer a key, at the foot, while they stay; false if there are none. */
bool session_view_said(const struct session *session, struct view *view);

/* An away state lived through a gap: it is where it would be by now, and at most one cue sounds. */
void session_pass_gap(struct session *session, time_ns from, time_ns to, struct effects *effects);

/* A phase of these flags is left; the present one was entered. */
void session_leave_bounded(struct session *session, uint16_t flags, time_ns at);
void session_enter_bounded(struct session *session, time_ns at);

/* Begins or ends what sounds on and on, to agree with the state and the settings. */
void session_settle_ambience(struct session *session, time_ns at, struct effects *effects);

/* A few words that answer a key. */
void session_say(struct session *session, const char *text, const char *arg, time_ns at);

/* Keys that change how things look and sound; false if the action is none of these. */
bool session_setting_action(struct session *session, enum action action, time_ns at,
                            struct effects *effects);

/* Every key's meaning, after the keymap. */
void session_action(struct session *session, enum action action, time_ns at,
                    struct effects *effects);

#endif
