/* What each key does.  The order is the promise: quit and the curtain first, then what lies over
 * a technique (keys, cards, let go, pause), then the technique itself. */
#include "session_inner.h"

#include "cards.h"
#include "lacrima/base/text.h"
#include "mark.h"
#include "sequencer.h"

#define VOLUME_STEP 5
#define DIM_MIN     (-4)
#define DIM_MAX     4

static void setting_word(struct session *session, const char *name, const char *word,
                         const char *text, time_ns at, struct effects *effects)
{
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = name;
    effect->state = word;
    session_say(session, text, word, at);
}

static void say_number(struct session *session, const char *text, int32_t value, time_ns at)
{
    char number[16];
    text_from_milli(number, sizeof number, value * INT64_C(1000));
    session_say(session, text, number, at);
}

static void setting_number(struct session *session, const char *name, int32_t value,
                           const char *text, time_ns at, struct effects *effects)
{
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = name;
    effect->value = value;
    say_number(session, text, value, at);
}

/* The colours of now begin to turn into the settings' new ones.  Between dark palettes the steps
 * are too small to matter; a field on its way to pale or from it rests before it turns round. */
static void fade_colours(struct session *session, const struct scene *before, time_ns at)
{
    bool went = session_colours_go(session, at);
    struct scene after;
    scene_init(&after);
    palette_apply(&session->settings, session->settings.palette, session->settings.look_dim,
                  &after);
    double change = colour_luminance(after.field) - colour_luminance(before->field);
    change = change < 0.0 ? -change : change;
    time_ns needed = (time_ns)(change / LUMINANCE_PER_S * (double)NS_PER_S);
    session->colours_from = *before;
    session->colours_since = at;
    session->colours_ns = time_max(FADE_NS, needed);
    session->colours_slow = went || needed > FADE_NS;
    session_rest_colours(session, at, went ? SECONDS(1) : 0);
}

static void change_colours(struct session *session, enum action action, time_ns at,
                           struct effects *effects)
{
    struct settings *settings = &session->settings;
    struct scene before;
    (void)session_colours(session, at, &before);
    if (action == ACTION_NEXT_PALETTE || action == ACTION_PREVIOUS_PALETTE) {
        int count = (int)palette_count(settings);
        int step = action == ACTION_NEXT_PALETTE ? 1 : -1;
        settings->palette = (uint8_t)(((int)settings->palette + step + count) % count);
        setting_word(session, "palette", palette_name(settings, settings->palette),
                     N_("Palette: %s"), at, effects);
    } else {
        int32_t dim = settings->look_dim + (action == ACTION_BRIGHTER ? 1 : -1);
        if (dim < DIM_MIN || dim > DIM_MAX)
            return;
        settings->look_dim = dim;
        setting_number(session, "dim", dim,
                       action == ACTION_BRIGHTER ? N_("Brighter") : N_("Dimmer"), at, effects);
    }
    fade_colours(session, &before, at);
}

/* At either end it is said once more, but no setting has changed. */
static void change_volume(struct session *session, int step, time_ns at, struct effects *effects)
{
    int32_t volume = session->settings.sound_volume + step;
    volume = volume < 0 ? 0 : volume > 100 ? 100 : volume;
    if (volume == session->settings.sound_volume) {
        say_number(session, N_("Volume %s"), volume, at);
        return;
    }
    session->settings.sound_volume = volume;
    setting_number(session, "volume", volume, N_("Volume %s"), at, effects);
}

static void change_music(struct session *session, time_ns at, struct effects *effects)
{
    if (session->screen == SCREEN_LANDING)
        return;
    session->music_on = !session->music_on;
    session_music(session->music_on ? MUSIC_PLAY : MUSIC_PAUSE, at, effects);
    session_say(session, session->music_on ? N_("Music on") : N_("Music off"), "", at);
}

static void change_track(struct session *session, int step, time_ns at, struct effects *effects)
{
    if (session->screen == SCREEN_LANDING)
        return;
    session->music_on = true;
    session_music(step > 0 ? MUSIC_NEXT : MUSIC_PREVIOUS, at, effects);
}

static void change_fixation(struct session *session, time_ns at, struct effects *effects)
{
    static const char *const names[] = {
        [FIXATION_NONE] = "none", [FIXATION_DOT] = "dot", [FIXATION_BULLSEYE] = "bullseye"};
    static const char *const says[] = {[FIXATION_NONE] = N_("Nothing to look at"),
                                       [FIXATION_DOT] = N_("A dot to look at"),
                                       [FIXATION_BULLSEYE] = N_("A bull’s-eye to look at")};
    session_fade(session, at, FADE_NS);
    enum fixation next = session->settings.fixation == FIXATION_NONE  ? FIXATION_DOT
                         : session->settings.fixation == FIXATION_DOT ? FIXATION_BULLSEYE
                                                                      : FIXATION_NONE;
    session->settings.fixation = next;
    setting_word(session, "fixation", names[next], says[next], at, effects);
}

static void setting_switch(const char *name, bool on, time_ns at, struct effects *effects)
{
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = name;
    effect->state = on ? "on" : "off";
}

/* Each press leaves less to be heard: voice and cue sounds, cue sounds alone, nothing; then again
 * all.  So a voice never begins for somebody who wanted quiet. */
static void change_heard(struct session *session, time_ns at, struct effects *effects)
{
    struct settings *settings = &session->settings;
    bool all = !settings->sound_voice && !settings->sound_cues;
    bool voice = all;
    bool cues = all || (settings->sound_voice && settings->sound_cues);
    bool voice_changes = voice != settings->sound_voice;
    const char *said = all             ? N_("Voice and cue sounds on")
                       : voice_changes ? N_("Voice off")
                                       : N_("Cue sounds off");
    if (voice_changes)
        setting_switch("voice", voice, at, effects);
    if (cues != settings->sound_cues)
        setting_switch("cues", cues, at, effects);
    settings->sound_voice = voice;
    settings->sound_cues = cues;
    session_say(session, said, "", at);
    if (!cues)
        effects_add(effects, EFFECT_CUES_STOP, at);
    session_settle_ambience(session, at, effects);
}

static void change_switch(struct session *session, enum action action, time_ns at,
                          struct effects *effects)
{
    session_fade_words(session, at);
    if (action == ACTION_WORDS) {
        bool on = !session->settings.look_words;
        session->settings.look_words = on;
        setting_word(session, "words", on ? "on" : "off", on ? N_("Words on") : N_("Words off"), at,
                     effects);
        return;
    }
    change_heard(session, at, effects);
}

bool session_setting_action(struct session *session, enum action action, time_ns at,
                            struct effects *effects)
{
    if (action == ACTION_NEXT_PALETTE || action == ACTION_PREVIOUS_PALETTE ||
        action == ACTION_DIMMER || action == ACTION_BRIGHTER)
        change_colours(session, action, at, effects);
    else if (action == ACTION_QUIETER || action == ACTION_LOUDER)
        change_volume(session, action == ACTION_LOUDER ? VOLUME_STEP : -VOLUME_STEP, at, effects);
    else if (action == ACTION_MUSIC)
        change_music(session, at, effects);
    else if (action == ACTION_NEXT_TRACK || action == ACTION_PREVIOUS_TRACK)
        change_track(session, action == ACTION_NEXT_TRACK ? +1 : -1, at, effects);
    else if (action == ACTION_FIXATION)
        change_fixation(session, at, effects);
    else if (action == ACTION_WORDS || action == ACTION_CUES)
        change_switch(session, action, at, effects);
    else if (action == ACTION_FULLSCREEN)
        effects_add(effects, EFFECT_FULLSCREEN, at);
    else if (action == ACTION_DISPLAY)
        effects_add(effects, EFFECT_DISPLAY, at);
    else
        return false;
    return true;
}

static void draw_curtain(struct session *session, time_ns at, struct effects *effects)
{
    session_fade(session, at, FADE_CURTAIN_NS);
    session->behind = session->screen;
    session->curtain_space_at = TIME_NEVER;
    session_set_screen(session, SCREEN_CURTAIN, at, effects);
    effects_add(effects, EFFECT_TITLE, at)->on = false;
    effects_add(effects, EFFECT_SILENCE, at)->on = true;
}

/* Behind the curtain nothing had gone on, and nothing goes on at once: it opens paused.  Only an
 * away state did go on, and still does. */
static void curtain_action(struct session *session, enum action action, time_ns at,
                           struct effects *effects)
{
    /* Only a Space right after a Space: a hand that tries the keys does not open it. */
    if (action != ACTION_SPACE) {
        session->curtain_space_at = TIME_NEVER;
        return;
    }
    time_ns first = session->curtain_space_at;
    if (first == TIME_NEVER || at - first > CURTAIN_OPENS_NS) {
        session->curtain_space_at = at;
        return;
    }
    session_fade(session, at, FADE_NS);
    effects_add(effects, EFFECT_TITLE, at)->on = true;
    if (session_clock_runs(session)) {
        session->held = (uint8_t)(session->held & HELD_CARDS);
    } else if (session->behind == SCREEN_TECHNIQUE || session->behind == SCREEN_LANDING) {
        session->held = (uint8_t)((session->held & HELD_CARDS) | HELD_PAUSED);
        if (session->music_on)
            session_music(MUSIC_PAUSE, at, effects);
    }
    effects_add(effects, EFFECT_SILENCE, at)->on = false;
    session_set_screen(session, session->behind, at, effects);
}

static void let_go(struct session *session, time_ns at, struct effects *effects)
{
    session_fade(session, at, FADE_LET_GO_NS);
    effects_add(effects, EFFECT_CUES_STOP, at);
    if (session->music_on) {
        if (session->held & HELD_PAUSED)
            session_music(MUSIC_PLAY, at, effects);
        session_music(MUSIC_BED, at, effects);
    }
    session->held = 0;
    session->let_go_asked = false;
    session->said_at = TIME_NEVER;
    session->notice_at = TIME_NEVER;
    session_set_screen(session, SCREEN_LET_GO, at, effects);
}

static void let_go_action(struct session *session, enum action action, time_ns at,
                          struct effects *effects)
{
    bool asked = session->let_go_asked && at < session->let_go_asked_at + OFFER_NS;
    if (!asked) {
        session_fade(session, at, FADE_NS);
        session->let_go_asked = true;
        session->let_go_asked_at = at;
    } else if (action == ACTION_SPACE || action == ACTION_LET_GO) {
        session_fade(session, at, FADE_NS);
        session->let_go_asked = false;
    } else if (action == ACTION_LEAVE) {
        if (session->music_on)
            session_music(MUSIC_RISE, at, effects);
        session_land(session, at, effects);
    }
}

static void choose(struct session *session, int step, time_ns at, struct effects *effects)
{
    const struct technique *technique = sequencer_technique(&session->visit);
    if (technique->chooses_track) {
        change_track(session, step, at, effects);
        sequencer_extend_settle(&session->visit, &session->settings,
                                session_technique_time(session, at));
        return;
    }
    if (technique->chooses_text) {
        bool settles = (technique->phases[session->visit.phase].flags & PHASE_IS_SETTLE) != 0;
        enum move up = settles ? MOVE_NEXT : MOVE_LEFT;
        enum move down = settles ? MOVE_PREVIOUS : MOVE_RIGHT;
        (void)session_move(session, step > 0 ? up : down, at, effects);
        return;
    }
    if (technique->choose == NULL)
        return;
    session_fade(session, at, FADE_NS);
    char arg[SCENE_ARG_BYTES] = "";
    struct choice chosen = technique->choose(&session->visit, &session->settings, step);
    if (chosen.name == NULL) {
        session->hint_since = at;
        return;
    }
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = chosen.name;
    effect->state = chosen.word;
    effect->value = chosen.value;
    const char *text = technique->choice(&session->visit, &session->settings, arg, sizeof arg);
    sequencer_extend_settle(&session->visit, &session->settings,
                            session_technique_time(session, at));
    const struct phase *phase = &technique->phases[session->visit.phase];
    if ((phase->flags & (PHASE_IS_SETTLE | PHASE_CHOOSES)) == 0 && text != NULL)
        session_say(session, text, arg, at);
    (void)session_move(session, MOVE_CHOICE, at, effects);
}

static void home_action(struct session *session, enum action action, time_ns at,
                        struct effects *effects)
{
    if (action == ACTION_SPACE || action == ACTION_NEXT_STATE) {
        session_start(session, session->chosen, at, effects);
    } else if (action == ACTION_LEAVE) {
        effects_add(effects, EFFECT_QUIT, at);
    } else if (action == ACTION_UP || action == ACTION_DOWN) {
        session->chosen = technique_step(session->chosen, action == ACTION_DOWN ? +1 : -1);
        session->hint_since = at;
    }
}

/* The technique's own meaning of a key comes before everybody's. */
static bool answer(struct session *session, enum action action, time_ns at, struct effects *effects)
{
    const struct technique *technique = sequencer_technique(&session->visit);
    if (technique->answer == NULL)
        return false;
    struct scene picture;
    (void)session_view(session, at, &picture);
    size_t first = effects->count;
    time_ns then = session_technique_time(session, at);
    bool answered = technique->answer(&session->visit, &session->settings, action, then, effects);
    session_times_from(session, effects, first);
    if (answered)
        session_fade_again(session, &picture, at);
    return answered;
}

static void technique_action(struct session *session, enum action action, time_ns at,
                             struct effects *effects)
{
    const struct technique *technique = sequencer_technique(&session->visit);
    bool keeps = technique->keeps_space != NULL && technique->keeps_space(&session->visit);
    uint16_t flags = session_flags(session);
    if (answer(session, action, at, effects))
        return;
    if (action == ACTION_LEAVE && session->screen == SCREEN_LANDING) {
        session_go_home(session, at, effects);
    } else if (action == ACTION_LEAVE) {
        if (!session_move(session, MOVE_LEAVE, at, effects))
            session_land(session, at, effects);
    } else if (action == ACTION_REMOVE) {
        (void)session_move(session, MOVE_REMOVE, at, effects);
    } else if ((flags & PHASE_ANY_KEY) != 0 && action != ACTION_PREVIOUS_STATE) {
        (void)session_move(session, MOVE_SPACE, at, effects);
    } else if (action == ACTION_NEXT_STATE) {
        (void)session_move(session, MOVE_RIGHT, at, effects);
    } else if (action == ACTION_PREVIOUS_STATE) {
        (void)session_move(session, MOVE_LEFT, at, effects);
    } else if (action == ACTION_UP || action == ACTION_DOWN) {
        choose(session, action == ACTION_UP ? +1 : -1, at, effects);
    } else if (action == ACTION_PAUSE && (flags & PHASE_BOUNDED) == 0) {
        session_hold(session, HELD_PAUSED, at, at, effects);
    } else if (action == ACTION_SPACE && (flags & PHASE_BOUNDED) == 0) {
        if (!session_move(session, MOVE_SPACE, at, effects) && !keeps)
            session_hold(session, HELD_PAUSED, at, at, effects);
    } else {
        session_hint(session, at);
    }
}

/* A key that changes how things look or sound; where any key goes on, it does that as well. */
static bool change_setting(struct session *session, enum action action, time_ns at,
                           struct effects *effects)
{
    if (!session_setting_action(session, action, at, effects))
        return false;
    if (session->screen == SCREEN_TECHNIQUE && session->held == 0 &&
        (session_flags(session) & PHASE_ANY_KEY) != 0)
        (void)session_move(session, MOVE_SPACE, at, effects);
    return true;
}

/* Paused: going on, or leaving; keys that move the technique wait until it goes on. */
static void held_action(struct session *session, enum action action, time_ns at,
                        struct effects *effects)
{
    if (action == ACTION_SPACE || action == ACTION_PAUSE)
        session_release(session, HELD_PAUSED | HELD_GAP, at, effects);
    else if (action == ACTION_LEAVE && session->screen == SCREEN_LANDING)
        session_go_home(session, at, effects);
    else if (action == ACTION_LEAVE)
        session_land(session, at, effects);
}

/* The overlay goes with any key; one that means something else then means it.  True if that
 * was all. */
static bool leave_keys(struct session *session, enum action action, time_ns at,
                       struct effects *effects)
{
    session_release(session, HELD_KEYS, at, effects);
    return action == ACTION_KEYS || action == ACTION_LEAVE || action == ACTION_SPACE ||
           action == ACTION_NONE;
}

/* Keys that choose another way, from anywhere; false if the key is none of these. */
static bool change_technique(struct session *session, enum action action, time_ns at,
                             struct effects *effects)
{
    enum technique_id id = session->chosen;
    if (action >= ACTION_TECHNIQUE_1 && action <= ACTION_TECHNIQUE_10) {
        id = (enum technique_id)(action - ACTION_TECHNIQUE_1);
        if (technique_get(id) == NULL)
            return true;
    } else if (action == ACTION_NEXT_TECHNIQUE) {
        id = technique_step(id, +1);
    } else if (action == ACTION_PREVIOUS_TECHNIQUE) {
        id = technique_step(id, -1);
    } else {
        return false;
    }
    session_start(session, id, at, effects);
    return true;
}

/* Where texts are chosen, the keys of the tracks are theirs; false if this is none of them. */
static bool change_text(struct session *session, enum action action, time_ns at,
                        struct effects *effects)
{
    if (session->screen != SCREEN_TECHNIQUE || session->held != 0 ||
        !sequencer_technique(&session->visit)->chooses_text ||
        (action != ACTION_NEXT_TRACK && action != ACTION_PREVIOUS_TRACK))
        return false;
    (void)session_move(session, action == ACTION_NEXT_TRACK ? MOVE_NEXT : MOVE_PREVIOUS, at,
                       effects);
    return true;
}

static void screen_action(struct session *session, enum action action, time_ns at,
                          struct effects *effects)
{
    if (action == ACTION_LET_GO)
        let_go(session, at, effects);
    else if (action == ACTION_KEYS)
        session_hold(session, HELD_KEYS, at, at, effects);
    else if (change_technique(session, action, at, effects) ||
             change_text(session, action, at, effects) ||
             session_shelf_action(session, action, at, effects) ||
             change_setting(session, action, at, effects))
        return;
    else if (session->held != 0)
        held_action(session, action, at, effects);
    else if (session->screen == SCREEN_HOME)
        home_action(session, action, at, effects);
    else
        technique_action(session, action, at, effects);
}

void session_action(struct session *session, enum action action, time_ns at,
                    struct effects *effects)
{
    bool deaf = at < session->screen_since + SESSION_DEAF_NS;
    if (action == ACTION_QUIT) {
        effects_add(effects, EFFECT_QUIT, at);
        return;
    }
    if (deaf && action != ACTION_LEAVE && action != ACTION_CURTAIN)
        return;
    if (session->screen == SCREEN_CURTAIN) {
        curtain_action(session, action, at, effects);
    } else if (action == ACTION_CURTAIN) {
        draw_curtain(session, at, effects);
    } else {
        if ((session->held & HELD_KEYS) != 0 && leave_keys(session, action, at, effects))
            return;
        if (cards_action(session, action, at, effects))
            return;
        if (session->screen == SCREEN_LET_GO && session->held == 0)
            let_go_action(session, action, at, effects);
        else
            screen_action(session, action, at, effects);
    }
}
