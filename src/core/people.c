/* People: whom to call.  The emergency number first, then help lines of the country that the
 * person chose, then their own people.  A country is only ever proposed: a number of another
 * country reaches nobody. */
#include "lacrima/core/people.h"

#include "cards.h"
#include "lacrima/base/text.h"
#include "mark.h"
#include "session_inner.h"
#include "view.h"

#include <string.h>

/* Rows of the chooser that are seen at once, and contacts on one page of the card. */
#define CHOICES_SHOWN      7
#define PAGE_CONTACTS      5

#define LEFT_TO_RIGHT_MARK "\u200E"

/* Where no list is known.  116 123 is not among these: it is not staffed everywhere. */
static const struct people_country elsewhere = {
    .code = COUNTRY_ELSEWHERE,
    .emergency = "112, 911, 999",
};

const struct people_country *people_find(const struct people *people, const char *code)
{
    for (uint8_t i = 0; i < people->country_count; i++) {
        if (text_equal(people->countries[i].code, code))
            return &people->countries[i];
    }
    return NULL;
}

/* Row 0 of the chooser is another country than all that are known. */
static const struct people_country *country_of_row(const struct people *people, uint8_t row)
{
    return row == 0 ? &elsewhere : &people->countries[row - 1];
}

static uint8_t country_count(const struct session *session)
{
    return session->people != NULL ? session->people->country_count : 0;
}

static uint8_t row_of(const struct people *people, const char *code)
{
    const struct people_country *found = people != NULL ? people_find(people, code) : NULL;
    return found == NULL ? 0 : (uint8_t)(found - people->countries + 1);
}

void people_open(struct session *session)
{
    const char *chosen = session->settings.country;
    struct cards *cards = &session->cards;
    cards->page = 0;
    cards->choosing = chosen[0] == '\0';
    const struct people *people = session->people;
    bool proposes = cards->choosing && people != NULL;
    cards->country = row_of(people, proposes ? people->proposed : chosen);
}

void session_people(struct session *session, const struct people *people)
{
    session->people = people;
    session->cards.people_told = true;
    if (session->held & HELD_PEOPLE)
        people_open(session);
}

/* Help lines and the person's own people, one after the other. */
static size_t contacts(const struct session *session)
{
    const struct people_country *country = country_of_row(session->people, session->cards.country);
    return country->contact_count + session->settings.people.count;
}

static uint8_t pages(const struct session *session)
{
    size_t count = contacts(session);
    size_t page = (size_t)cards_rows(session, PAGE_CONTACTS);
    return (uint8_t)(count == 0 ? 1 : (count + page - 1) / page);
}

static void choose(struct session *session, time_ns at, struct effects *effects)
{
    const struct people_country *country = country_of_row(session->people, session->cards.country);
    (void)text_copy(session->settings.country, sizeof session->settings.country, country->code);
    session->cards.choosing = false;
    session->cards.page = 0;
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = "helplines.country";
    effect->state = session->settings.country;
}

static void chooser_key(struct session *session, enum action action, time_ns at,
                        struct effects *effects)
{
    uint8_t *row = &session->cards.country;
    int rows = country_count(session) + 1;
    if (action == ACTION_UP || action == ACTION_DOWN) {
        *row = (uint8_t)((*row + (action == ACTION_DOWN ? 1 : rows - 1)) % rows);
        return;
    }
    if (action == ACTION_SPACE || action == ACTION_NEXT_STATE || action == ACTION_LET_GO) {
        session_fade(session, at, FADE_NS);
        choose(session, at, effects);
    } else if (action == ACTION_LEAVE && session->settings.country[0] != '\0') {
        session_fade(session, at, FADE_NS);
        people_open(session);
    } else if (action == ACTION_LEAVE) {
        cards_close(session, HELD_PEOPLE, at, effects);
    }
}

void people_key(struct session *session, enum action action, time_ns at, struct effects *effects)
{
    struct cards *cards = &session->cards;
    if (cards->choosing) {
        chooser_key(session, action, at, effects);
        return;
    }
    uint8_t count = pages(session);
    if (action == ACTION_LEAVE) {
        cards_close(session, HELD_PEOPLE, at, effects);
    } else if (action == ACTION_SPACE) {
        session_fade(session, at, FADE_NS);
        cards->choosing = true;
    } else if (count > 1 && action != ACTION_PAUSE) {
        bool on = action == ACTION_DOWN || action == ACTION_NEXT_STATE;
        session_fade(session, at, FADE_NS);
        cards->page = (uint8_t)((cards->page + (on ? 1 : count - 1)) % count);
    }
}

/* A number that fits its column, and whose it is. */
static struct scene_line *number_row(struct view *view, const char *number, const char *text)
{
    struct scene_line *line = scene_add_line(view->scene, SCENE_SLOT_LIST, SCENE_STYLE_LARGE, text);
    (void)text_copy(line->key, sizeof line->key, number);
    return line;
}

static void note_row(struct view *view, const char *text, const char *arg)
{
    struct scene_line *line = scene_add_line(view->scene, SCENE_SLOT_LIST, SCENE_STYLE_SMALL, text);
    (void)text_copy(line->arg, sizeof line->arg, arg);
    line->ink = SCENE_INK_FAINT;
}

static const char *note_words(uint8_t methods)
{
    if (methods == PEOPLE_CHAT)
        return N_("Write: %s");
    if (methods == PEOPLE_TEXT)
        return N_("Text message: %s");
    return (methods & PEOPLE_TEXT) != 0 ? N_("Call or text: %s") : N_("Call: %s");
}

static void view_contact(struct view *view, const struct people_contact *contact)
{
    struct scene_line *line = number_row(view, contact->number, contact->name);
    line->literal = true;
    note_row(view, note_words(contact->methods), contact->note);
}

/* One of the person's own: the first number large, every way to reach them below. */
static void view_person(struct view *view, const struct person *person)
{
    const char *number = "";
    char ways[SCENE_ARG_BYTES] = "";
    for (size_t i = 0; i < person->link_count; i++) {
        const struct person_link *link = &person->links[i];
        bool shown = link->scheme != LINK_MAILTO && strlen(link->address) < SCENE_KEY_BYTES;
        if (shown && number[0] == '\0') {
            number = link->address;
            continue;
        }
        (void)text_append(ways, sizeof ways, ways[0] == '\0' ? "" : ", ");
        (void)text_append(ways, sizeof ways, link->address);
    }
    number_row(view, number, person->name)->literal = true;
    if (ways[0] != '\0')
        note_row(view, "%s", ways);
}

static void view_emergency(struct view *view, const struct people_country *country)
{
    bool known = country != &elsewhere;
    struct scene_line *line =
        number_row(view, country->emergency, known ? N_("Emergency, %s") : N_("Emergency"));
    (void)text_copy(line->arg, sizeof line->arg, country->name);
    if (country->emergency_note[0] != '\0')
        note_row(view, "%s", country->emergency_note);
    if (!known) {
        note_row(view, N_("One of these in most countries; 000 or 111 in some."), "");
        line = number_row(view, "", N_("findahelpline.com"));
        note_row(view, N_("Help lines of many countries, on a phone or another computer."), "");
    }
}

static void view_checked(struct view *view, const struct people_country *country)
{
    if (country->checked[0] == '\0')
        return;
    struct scene_line *line =
        scene_add_line(view->scene, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, N_("Checked on %s"));
    char *arg = line->arg;
    (void)text_copy(arg, sizeof line->arg, country->checked);
    (void)text_append(arg, sizeof line->arg, ": ");
    (void)text_append(arg, sizeof line->arg, country->source);
    line->ink = SCENE_INK_FAINT;
    if (country->old)
        (void)scene_add_line(view->scene, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL,
                             N_("That is more than a year ago, and numbers change: "
                                "findahelpline.com may know newer ones."));
}

static void view_card(const struct session *session, struct view *view)
{
    const struct cards *cards = &session->cards;
    const struct people_country *country = country_of_row(session->people, cards->country);
    view_emergency(view, country);
    size_t page = (size_t)cards_rows(session, PAGE_CONTACTS);
    size_t first = cards->page * page;
    for (size_t i = first; i < contacts(session) && i < first + page; i++) {
        if (i < country->contact_count)
            view_contact(view, &country->contacts[i]);
        else
            view_person(view, &session->settings.people.people[i - country->contact_count]);
    }
    view_checked(view, country);
    cards_foot(session, view,
               pages(session) > 1 ? N_("Right: more. Space: another country. Esc leaves.")
                                  : N_("Space: another country. Esc leaves."));
}

/* The numbers of the marked country stand below the list, so that nothing has to be chosen
 * before they can be read. */
static void view_marked(struct view *view, const struct people_country *country)
{
    struct scene_line *line =
        scene_add_line(view->scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, N_("Emergency: %s"));
    (void)text_copy(line->arg, sizeof line->arg, country->emergency);
    if (country->contact_count == 0)
        return;
    const struct people_contact *contact = &country->contacts[0];
    line = scene_add_line(view->scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, contact->name);
    line->literal = true;
    /* The mark keeps a number of several parts in its order beside a right-to-left name. */
    (void)text_append(line->text, sizeof line->text, ": " LEFT_TO_RIGHT_MARK);
    (void)text_append(line->text, sizeof line->text, contact->number);
}

static void view_chooser(const struct session *session, struct view *view)
{
    const struct people *people = session->people;
    int rows = country_count(session) + 1;
    int marked = session->cards.country;
    int shown = cards_rows(session, CHOICES_SHOWN);
    int first = cards_first(marked, shown, rows);
    (void)scene_add_line(view->scene, SCENE_SLOT_UPPER, SCENE_STYLE_BODY,
                         N_("Which country are you in?"));
    for (int i = first; i < rows && i < first + shown; i++) {
        const struct people_country *country = country_of_row(people, (uint8_t)i);
        struct scene_line *line = scene_add_line(view->scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY,
                                                 i == 0 ? N_("Another country") : country->name);
        line->literal = i != 0;
        view_row(line, i == marked);
    }
    view_marked(view, country_of_row(people, (uint8_t)marked));
    cards_foot(session, view, N_("Up and Down: more countries. Space chooses. Esc leaves."));
}

void people_view(const struct session *session, struct view *view)
{
    if (session->cards.choosing)
        view_chooser(session, view);
    else
        view_card(session, view);
}
