#include "samples.h"

#include "stage.h"

static void add(struct scene *scene, enum scene_slot slot, enum scene_style style,
                enum scene_ink ink, const char *text)
{
    stage_line(scene, slot, style, "", text)->ink = ink;
}

static void home(struct scene *scene)
{
    static const char *const ways[] = {"avoid blinking",
                                       "breathwork",
                                       "go for a walk",
                                       "listen to music",
                                       "move your body",
                                       "read or watch something sad",
                                       "take a shower",
                                       "talk to a friend or loved one",
                                       "write about how you feel",
                                       "yawn"};
    static const char *const keys[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"};
    add(scene, SCENE_SLOT_UPPER, SCENE_STYLE_LARGE, SCENE_INK_PLAIN, "Lacrima");
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct scene_line *row =
            stage_line(scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY, keys[i], ways[i]);
        row->marked = i == 1;
        row->ink = row->marked ? SCENE_INK_PLAIN : SCENE_INK_FAINT;
    }
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, SCENE_INK_FAINT, "Nothing has to happen here.");
    add(scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, SCENE_INK_FAINT,
        "Space begins, H shows the keys, Esc leaves");
}

static void keys(struct scene *scene)
{
    static const char *const rows[][2] = {
        {"1 2 4 0", "not blinking, breathing, music, yawning"},
        {"Space", "go on, pause, rest my eyes: the hint line says which"},
        {"Enter", "let go: it is here"},
        {"Esc", "leave softly"},
        {"P", "pause, go on"},
        {"Right  Left", "next, previous part"},
        {"Up  Down", "this way's own choice"},
        {"Tab", "next way (Shift: previous)"},
        {"M", "music on, off"},
        {"N", "next track (Shift: previous)"},
        {"-  =", "quieter, louder"},
        {"T", "words on, off"},
        {"V", "cue sounds on, off"},
        {"L", "next palette (Shift: previous)"},
        {"[  ]", "dimmer, brighter"},
        {"X", "what to look at: nothing, a dot, a bull's-eye"},
        {"G", "ground"},
        {"F2", "people"},
        {"F3", "about you"},
        {"C", "curtain; Space twice opens it"},
        {"H  ?  F1", "these keys"},
        {"F  F11", "full screen, window"},
        {"D", "next display"},
        {"Ctrl+C", "copy what is shown"},
        {"Ctrl+Enter", "let go, while writing"},
        {"F4", "write about something else"},
        {"Shift+Tab", "previous way"},
        {"Ctrl+Q", "quit at once"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        (void)stage_line(scene, SCENE_SLOT_TABLE, SCENE_STYLE_SMALL, rows[i][0], rows[i][1]);
}

static void settle_words(struct scene *scene, enum scene_slot slot)
{
    add(scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, SCENE_INK_PLAIN,
        "The song \"Sans titre.flac\" cannot be read; the next one is played.");
    add(scene, slot, SCENE_STYLE_BODY, SCENE_INK_PLAIN,
        "Take your lenses out first, and turn away anything that blows at your face.");
    add(scene, slot, SCENE_STYLE_BODY, SCENE_INK_PLAIN,
        "Blink slowly and fully three times, and then let your eyes rest, open, on the dot.");
    add(scene, slot, SCENE_STYLE_BODY, SCENE_INK_PLAIN,
        "If you like, think of something that hurts; there is nothing you have to feel, and "
        "stopping early is as good as stopping late.");
    add(scene, slot, SCENE_STYLE_BODY, SCENE_INK_PLAIN, "Nothing has to happen here.");
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, SCENE_INK_FAINT,
        "Stop at once if your eyes hurt, if your sight blurs and blinking does not clear it, or "
        "if it feels as though something were in your eye.");
    struct scene_line *choice = stage_line(scene, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, "",
                                           "Up and Down change how long: %s seconds");
    choice->arg[0] = '2';
    choice->arg[1] = '0';
    add(scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, SCENE_INK_FAINT,
        "Space goes on, or wait a moment; Esc leaves softly");
}

static void settle_centre(struct scene *scene)
{
    settle_words(scene, SCENE_SLOT_CENTRE);
}

static void settle_upper(struct scene *scene)
{
    settle_words(scene, SCENE_SLOT_UPPER);
}

static void settle_shape(struct scene *scene)
{
    settle_words(scene, SCENE_SLOT_UPPER);
    scene_add_shape(scene, SCENE_SHAPE_EYELID, 0.3, 1.0);
}

static void breathe(struct scene *scene)
{
    scene_add_shape(scene, SCENE_SHAPE_DISC, 0.7, 1.0);
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, SCENE_INK_PLAIN, "breathe in");
    add(scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, SCENE_INK_FAINT, "Space pauses");
}

static void question(struct scene *scene)
{
    add(scene, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, SCENE_INK_PLAIN,
        "What have I been stepping around, and who would I be if I stopped?");
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, SCENE_INK_FAINT,
        "Take tissues. Twelve minutes.");
}

static void bar(struct scene *scene)
{
    scene_add_shape(scene, SCENE_SHAPE_BAR, 0.6, 1.0);
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, SCENE_INK_PLAIN, "out");
}

static void eyelid(struct scene *scene)
{
    scene_add_shape(scene, SCENE_SHAPE_EYELID, 0.0, 1.0);
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, SCENE_INK_PLAIN, "Slow, full blinks.");
}

static void jaw(struct scene *scene)
{
    scene_add_shape(scene, SCENE_SHAPE_JAW, 1.0, 1.0);
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, SCENE_INK_PLAIN,
        "Pretending counts as yawning.");
}

static void glow(struct scene *scene)
{
    scene_add_shape(scene, SCENE_SHAPE_GLOW, 0.8, 1.0);
    add(scene, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, SCENE_INK_FAINT,
        "Think about a time this song belongs to.");
}

static void dot_over_disc(struct scene *scene)
{
    scene_add_shape(scene, SCENE_SHAPE_BULLSEYE, 1.0, 0.8);
    scene_add_shape(scene, SCENE_SHAPE_DISC, 0.2, 0.6);
}

static void pair(struct scene *scene)
{
    (void)stage_line(scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY, "Space", "stay");
    (void)stage_line(scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY, "Esc", "come back slowly");
}

const struct sample samples[] = {
    {"home", home},
    {"keys", keys},
    {"settle-centre", settle_centre},
    {"settle-upper", settle_upper},
    {"settle-shape", settle_shape},
    {"breathe", breathe},
    {"question", question},
    {"bar", bar},
    {"eyelid", eyelid},
    {"jaw", jaw},
    {"glow", glow},
    {"dot-over-disc", dot_over_disc},
    {"pair", pair},
};

const size_t sample_count = sizeof samples / sizeof samples[0];
