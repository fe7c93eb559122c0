/* 8 talk: three keys make the asking, then the screen belongs to the one who listens.  Nothing is
 * sent or opened by itself, and nothing of it is kept. */
#include "techniques.h"
#include "view.h"

#include "asking.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "mark.h"

enum { SETTLE, WHOM, NEED, HOW, ASK, LINE, REPLY, NOT_NOW, LISTEN, TURN, TURNED, CLOSE };

enum { REPLY_HERE, REPLY_NOT_NOW, REPLIES };

#define MINUTES_MIN   5
#define MINUTES_MAX   30
#define MINUTES_STEP  5
#define NS_PER_MINUTE SECONDS(60)
/* Time to find a day together. */
#define CLOSE_TALK_NS SECONDS(30)
/* A longer list is shown in pages, so that its rows stand still while the mark moves. */
#define PAGE_ROWS 9
/* Large text takes the room of rows. */
#define PAGE_ROWS_LEAST 4
#define ROOMY_PERCENT   125
/* The light sinks in steps too small to be seen; each is one drawing. */
#define LIGHT_STEPS 240
#define LIGHT_FIRST 0.85

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .words = {N_("Asking can be the hard part. Here are words for it."),
                          N_("Three keys: who, what for, and how.")},
                .caution = N_("Choose someone you are safe with. F2 shows help lines."),
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [WHOM] = {.name = "whom",
              .words = {N_("Who would you like to ask?")},
              .hint = N_("Up and Down choose, Space goes on"),
              .length_ns = PHASE_WAITS,
              .previous = SETTLE},
    [NEED] = {.name = "need",
              .words = {N_("What would you like to ask for?")},
              .hint = N_("Up and Down choose, Space goes on, Left goes back"),
              .length_ns = PHASE_WAITS,
              .previous = WHOM},
    [HOW] = {.name = "how",
             .words = {N_("How would you like to ask?")},
             .hint = N_("Up and Down choose, Space goes on, Left goes back"),
             .length_ns = PHASE_WAITS,
             .previous = NEED},
    [ASK] = {.name = "ask",
             .hint = N_("Space goes on, Left goes back"),
             .length_ns = PHASE_WAITS,
             .previous = HOW},
    [LINE] = {.name = "line",
              .words = {N_("F2 shows the numbers. This is enough to say:")},
              .hint = N_("Space goes on, Left goes back"),
              .length_ns = PHASE_WAITS,
              .previous = WHOM},
    [REPLY] = {.name = "reply",
               .words = {N_("And now?")},
               .hint = N_("Up and Down choose, Space goes on, Left goes back"),
               .length_ns = PHASE_WAITS,
               .previous = ASK},
    [NOT_NOW] = {.name = "not-now",
                 .words = {N_("If they can’t now, that says nothing about you.")},
                 .caution = N_("Left: somebody else. F2 shows help lines."),
                 .hint = N_("Space goes on"),
                 .length_ns = PHASE_WAITS,
                 .previous = WHOM},
    [LISTEN] = {.name = "listen",
                .length_ns = PHASE_LENGTH_OWN,
                .previous = REPLY,
                .flags = PHASE_AWAY},
    [TURN] = {.name = "turn",
              .words = {N_("Now the other way round, if you both like.")},
              .hint = N_("Space turns it round, Right leaves it at that"),
              .length_ns = PHASE_WAITS,
              .cue = CUE_BELL,
              .previous = LISTEN},
    [TURNED] = {.name = "turned",
                .length_ns = PHASE_LENGTH_OWN,
                .previous = TURN,
                .flags = PHASE_AWAY},
    [CLOSE] = {.name = "close",
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_TALK_NS,
               .previous = WHOM},
};

static bool help_line(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)at;
    return asking_whom(settings, visit->talk.whom) == WHOM_LINE;
}

static bool not_now(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)settings;
    (void)at;
    return visit->talk.reply == REPLY_NOT_NOW;
}

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, NULL, NULL, WHOM},
    {SETTLE, CAUSE_SPACE, NULL, NULL, WHOM},
    {WHOM, CAUSE_SPACE, help_line, "a help line", LINE},
    {WHOM, CAUSE_SPACE, NULL, NULL, NEED},
    {NEED, CAUSE_SPACE, NULL, NULL, HOW},
    {HOW, CAUSE_SPACE, NULL, NULL, ASK},
    {ASK, CAUSE_SPACE, NULL, NULL, REPLY},
    {LINE, CAUSE_SPACE, NULL, NULL, CLOSE},
    {REPLY, CAUSE_SPACE, not_now, "not now", NOT_NOW},
    {REPLY, CAUSE_SPACE, NULL, NULL, LISTEN},
    {NOT_NOW, CAUSE_SPACE, NULL, NULL, CLOSE},
    {LISTEN, CAUSE_TIME, NULL, NULL, TURN},
    {TURN, CAUSE_RIGHT, NULL, NULL, CLOSE},
    {TURN, CAUSE_SPACE, NULL, NULL, TURNED},
    {TURNED, CAUSE_TIME, NULL, NULL, CLOSE},
    {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

static struct asking asking_of(const struct visit *visit)
{
    const struct talk_state *talk = &visit->talk;
    return (struct asking){.whom = talk->whom, .need = talk->need, .how = (enum how)talk->how};
}

static time_ns minutes_ns(const struct settings *settings)
{
    return settings->talk_min * NS_PER_MINUTE;
}

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    return visit->phase == SETTLE ? settle_length(visit, settings) : minutes_ns(settings);
}

/* The bell that ends the second listening; what else leads to `close` needs none. */
static bool mark(const struct visit *visit, const struct settings *settings, uint8_t n,
                 struct mark *mark)
{
    *mark = (struct mark){.after = minutes_ns(settings), .cue = CUE_BELL};
    return visit->phase == TURNED && n == 0;
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    struct talk_state *talk = &visit->talk;
    (void)from;
    switch (visit->phase) {
    case WHOM:
        talk->heard = false;
        break;
    case HOW: {
        /* The way chosen before may not suit what is asked for now. */
        struct asking asking = asking_of(visit);
        while (!asking_offers(settings, &asking, (enum how)talk->how))
            talk->how = (uint8_t)((talk->how + 1) % HOWS);
        break;
    }
    case ASK:
    case LINE:
        talk->copied = false;
        break;
    case REPLY:
        talk->reply = REPLY_HERE;
        break;
    case LISTEN:
        talk->heard = true;
        break;
    default:
        break;
    }
}

static uint8_t step_row(uint8_t row, int step, size_t count)
{
    return (uint8_t)view_row_step(row, step, (int32_t)count);
}

static struct choice choose_minutes(struct settings *settings, int step)
{
    int32_t next = settings->talk_min + step * MINUTES_STEP;
    settings->talk_min = next < MINUTES_MIN ? MINUTES_MIN : next > MINUTES_MAX ? MINUTES_MAX : next;
    return (struct choice){.name = "talk.minutes", .value = settings->talk_min};
}

static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    struct talk_state *talk = &visit->talk;
    struct asking asking = asking_of(visit);
    switch (visit->phase) {
    case SETTLE:
        return choose_minutes(settings, step);
    case WHOM:
        talk->whom = step_row(talk->whom, step, asking_whom_count(settings));
        talk->need = 0;
        break;
    case NEED:
        talk->need = step_row(talk->need, step,
                              asking_need_count(settings, asking_whom(settings, talk->whom)));
        break;
    case HOW:
        do
            talk->how = step_row(talk->how, step, HOWS);
        while (!asking_offers(settings, &asking, (enum how)talk->how));
        break;
    case REPLY:
        talk->reply = step_row(talk->reply, step, REPLIES);
        break;
    default:
        break;
    }
    /* Whom someone would ask, and for what, is nobody's setting: no file and no log says it. */
    return (struct choice){.name = NULL};
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    if (visit->phase != SETTLE)
        return NULL;
    text_from_milli(arg, arg_size, settings->talk_min * INT64_C(1000));
    return N_("Up and Down: %s minutes for each to be heard");
}

/* The sentence that is shown now. */
static struct words draft_now(const struct visit *visit, const struct settings *settings)
{
    struct asking asking = asking_of(visit);
    if (visit->phase == LINE)
        asking = (struct asking){.whom = visit->talk.whom, .how = HOW_CALL};
    return asking_draft(settings, &asking);
}

static bool answer(struct visit *visit, struct settings *settings, enum action action, time_ns at,
                   struct effects *effects)
{
    struct asking asking = asking_of(visit);
    const struct person_link *link = NULL;
    if (visit->phase == ASK && action == ACTION_OPEN)
        link = asking_link(settings, &asking);
    bool copies = (visit->phase == ASK || visit->phase == LINE) && action == ACTION_COPY;
    if (!copies && link == NULL)
        return false;
    struct words words = draft_now(visit, settings);
    struct effect *effect = effects_add(effects, copies ? EFFECT_CLIPBOARD : EFFECT_LINK, at);
    effect->name = words.text;
    effect->state = words.arg;
    effect->on = words.literal;
    effect->link = link;
    visit->talk.copied = visit->talk.copied || copies;
    return true;
}

/* The lists and the sentence are what these states are; they stay when words are off. */
static struct scene_line *add_words(struct view *view, enum scene_slot slot, enum scene_style style,
                                    struct words words)
{
    struct scene_line *line = scene_add_line(view->scene, slot, style, words.text);
    line->literal = words.literal;
    (void)text_copy(line->arg, sizeof line->arg, words.arg);
    return line;
}

struct list {
    size_t count, chosen;
    size_t page; /* rows that are seen at once */
};

static struct list list_of(const struct settings *settings, size_t count, size_t chosen)
{
    size_t rows = PAGE_ROWS * ROOMY_PERCENT / (size_t)settings->text_scale_percent;
    rows = rows < PAGE_ROWS_LEAST ? PAGE_ROWS_LEAST : rows > PAGE_ROWS ? PAGE_ROWS : rows;
    return (struct list){.count = count, .chosen = chosen, .page = rows};
}

/* Whether this row is on the chosen one's page. */
static bool on_page(const struct list *list, size_t row)
{
    return row / list->page == list->chosen / list->page;
}

static void add_row(struct view *view, const struct list *list, size_t row, struct words words)
{
    if (!on_page(list, row))
        return;
    view_row(add_words(view, SCENE_SLOT_LIST, SCENE_STYLE_BODY, words), row == list->chosen);
}

/* A page that is not all of it says so. */
static void add_more(struct view *view, const struct list *list)
{
    if (list->count > list->page)
        add_words(view, SCENE_SLOT_LIST, SCENE_STYLE_BODY,
                  (struct words){.text = "\xE2\x80\xA6", .literal = true})
            ->ink = SCENE_INK_FAINT;
}

static void view_whom(const struct visit *visit, struct view *view)
{
    const struct settings *settings = view->settings;
    struct list list = list_of(settings, asking_whom_count(settings), visit->talk.whom);
    for (size_t i = 0; i < list.count; i++)
        add_row(view, &list, i, asking_whom_words(settings, i));
    add_more(view, &list);
}

static void view_need(const struct visit *visit, struct view *view)
{
    const struct settings *settings = view->settings;
    enum whom whom = asking_whom(settings, visit->talk.whom);
    struct list list = list_of(settings, asking_need_count(settings, whom), visit->talk.need);
    for (size_t i = 0; i < list.count; i++)
        add_row(view, &list, i, asking_need_words(settings, whom, i));
    add_more(view, &list);
}

static void view_how(const struct visit *visit, struct view *view)
{
    struct asking asking = asking_of(visit);
    struct list list = list_of(view->settings, HOWS, visit->talk.how);
    for (enum how how = HOW_SAY; how < HOWS; how++) {
        if (asking_offers(view->settings, &asking, how))
            add_row(view, &list, how, asking_how_words(how));
    }
}

static void view_reply(const struct visit *visit, struct view *view)
{
    static const char *const rows[REPLIES] = {N_("They are here, or on the line"),
                                              N_("Not now, or no answer yet")};
    struct list list = list_of(view->settings, REPLIES, visit->talk.reply);
    for (size_t i = 0; i < REPLIES; i++)
        add_row(view, &list, i, (struct words){.text = rows[i]});
}

static void add_key(struct view *view, const char *text, const char *arg)
{
    struct scene_line *line = view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, text, 1.0);
    if (line == NULL)
        return;
    line->ink = SCENE_INK_FAINT;
    (void)text_copy(line->arg, sizeof line->arg, arg);
}

static void view_draft(const struct visit *visit, struct view *view)
{
    const struct settings *settings = view->settings;
    struct asking asking = asking_of(visit);
    add_words(view, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, draft_now(visit, settings));
    if (visit->phase == ASK && asking_link(settings, &asking) != NULL)
        add_key(view,
                asking.how == HOW_CALL ? N_("O opens a call to %s") : N_("O opens a message to %s"),
                settings->people.people[asking.whom].name);
    add_key(view, visit->talk.copied ? N_("Copied.") : N_("Ctrl+C copies it"), NULL);
}

/* For the one who listens: two short sentences, and a light that sinks for as long as it takes. */
static void view_listen(const struct visit *visit, struct view *view)
{
    struct asking asking = asking_of(visit);
    struct listening words = asking_listening(view->settings, &asking);
    time_ns length = visit->due - visit->entered;
    time_ns step = length / LIGHT_STEPS;
    time_ns passed = (view->now - visit->entered) / step;
    scene_add_shape(view->scene, SCENE_SHAPE_GLOW,
                    LIGHT_FIRST * (1.0 - (double)passed / LIGHT_STEPS), 1.0);
    view_changes_at(view, visit->entered + (passed + 1) * step);
    (void)view_line(view, SCENE_SLOT_UPPER, SCENE_STYLE_LARGE, words.first, 1.0);
    (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, words.second, 1.0);
}

static void view_close(const struct visit *visit, struct view *view)
{
    static const char *const heard[] = {
        N_("Before you part, if you like: name a day to speak again."),
        N_("A few days from now, or two weeks. Nothing of it is kept here.")};
    static const char *const alone[] = {N_("The sentence keeps. It can be said another day."),
                                        N_("F2 shows help lines.")};
    for (size_t i = 0; i < 2; i++)
        (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                        visit->talk.heard ? heard[i] : alone[i], 1.0);
}

static void view(const struct visit *visit, struct view *view)
{
    const struct phase *phase = &phases[visit->phase];
    bool lists = true;
    switch (visit->phase) {
    case WHOM:
        view_whom(visit, view);
        break;
    case NEED:
        view_need(visit, view);
        break;
    case HOW:
        view_how(visit, view);
        break;
    case REPLY:
        view_reply(visit, view);
        break;
    case ASK:
    case LINE:
        view_draft(visit, view);
        break;
    case LISTEN:
    case TURNED:
        view_listen(visit, view);
        break;
    case CLOSE:
        view_close(visit, view);
        break;
    default:
        lists = false;
        break;
    }
    view_words(view, phase, lists ? SCENE_SLOT_UPPER : SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
}

const struct technique technique_talk = {
    .id = "talk",
    .title = N_("Talking to someone"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .mark = mark,
    .enter = enter,
    .choose = choose,
    .choice = choice,
    .answer = answer,
    .view = view,
};
