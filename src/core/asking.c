#include "asking.h"

#include "lacrima/base/check.h"
#include "mark.h"

#define CLOSE_ONES  (1U << WHOM_PERSON | 1U << WHOM_FRIEND | 1U << WHOM_FAMILY)
#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* Each way twice: to someone, and to someone with a name.  NULL: not offered. */
struct need {
    unsigned whom; /* 1 << enum whom, ... */
    const char *row;
    const char *draft[HOWS];
    const char *named[HOWS];
    struct listening listening; /* NULL: the usual one */
};

static const struct need needs[] = {
    {.whom = CLOSE_ONES,
     .row = N_("Twenty minutes, no advice, only an ear"),
     .draft = {N_("Have you twenty minutes? I don’t need advice, only an ear."),
               N_("Have you twenty minutes for me today? I don’t need advice, only an ear."),
               N_("Hello, it’s me. Have you twenty minutes? I don’t need advice, only an ear.")},
     .named =
         {N_("%s, have you twenty minutes? I don’t need advice, only an ear."),
          N_("%s, have you twenty minutes for me today? I don’t need advice, only an ear."),
          N_("Hello %s, it’s me. Have you twenty minutes? I don’t need advice, only an ear.")}},
    {.whom = CLOSE_ONES,
     .row = N_("Company, without talking"),
     .draft = {N_("Would you sit with me for a while? We don’t have to talk."),
               N_("Would you come and sit with me for a while? We don’t have to talk."),
               N_("Hello, it’s me. Would you stay on the line for a while? We don’t have to "
                  "talk.")},
     .named = {N_("%s, would you sit with me for a while? We don’t have to talk."),
               N_("%s, would you come and sit with me for a while? We don’t have to talk."),
               N_("Hello %s, it’s me. Would you stay on the line for a while? We don’t have to "
                  "talk.")},
     .listening = {N_("Be here."), N_("Nothing needs to be said.")}},
    {.whom = CLOSE_ONES,
     .row = N_("To be held for a while"),
     .draft = {N_("Would you hold me for a while? Nothing needs to be said."),
               N_("Would you come and hold me for a while? Nothing needs to be said."),
               N_("Hello, it’s me. Would you come and hold me for a while? Nothing needs to be "
                  "said.")},
     .named = {N_("%s, would you hold me for a while? Nothing needs to be said."),
               N_("%s, would you come and hold me for a while? Nothing needs to be said."),
               N_("Hello %s, it’s me. Would you come and hold me for a while? Nothing needs to "
                  "be said.")},
     .listening = {N_("Stay close."), N_("Nothing needs to be said.")}},
    {.whom = CLOSE_ONES,
     .row = N_("A call later today"),
     .draft = {N_("Could I call you later today? There is something I would like to tell you."),
               N_("Could I call you later today? There is something I would like to tell you."),
               N_("Hello, it’s me. Could we speak later today? There is something I would like "
                  "to tell you.")},
     .named = {N_("%s, could I call you later today? There is something I would like to tell "
                  "you."),
               N_("%s, could I call you later today? There is something I would like to tell "
                  "you."),
               N_("Hello %s, it’s me. Could we speak later today? There is something I would "
                  "like to tell you.")}},
    {.whom = CLOSE_ONES,
     .row = N_("A walk together"),
     .draft = {N_("Would you walk with me for a while? I may talk, or not."),
               N_("Would you come for a walk with me today? I may talk, or not."),
               N_("Hello, it’s me. Would you come for a walk with me today? I may talk, or not.")},
     .named = {N_("%s, would you walk with me for a while? I may talk, or not."),
               N_("%s, would you come for a walk with me today? I may talk, or not."),
               N_("Hello %s, it’s me. Would you come for a walk with me today? I may talk, or "
                  "not.")}},
    {.whom = CLOSE_ONES,
     .row = N_("Help finding a therapist"),
     .draft = {N_("Would you help me find a therapist? It is hard to do alone just now."),
               N_("Would you help me find a therapist this week? It is hard to do alone just "
                  "now."),
               N_("Hello, it’s me. Would you help me find a therapist? It is hard to do alone "
                  "just now.")},
     .named = {N_("%s, would you help me find a therapist? It is hard to do alone just now."),
               N_("%s, would you help me find a therapist this week? It is hard to do alone just "
                  "now."),
               N_("Hello %s, it’s me. Would you help me find a therapist? It is hard to do alone "
                  "just now.")}},
    {.whom = 1U << WHOM_THERAPIST,
     .row = N_("A first appointment"),
     .draft = {N_("I am looking for someone to talk to. Have you a place, or do you know who has?"),
               N_("Hello, I am looking for someone to talk to. Have you a place, or do you know "
                  "who has?"),
               N_("Hello, I am looking for someone to talk to. Have you a place, or do you know "
                  "who has?")}},
    {.whom = 1U << WHOM_THERAPIST,
     .row = N_("An hour sooner than agreed"),
     .draft = {N_("It is a hard week. Could we meet again sooner than usual?"),
               N_("It is a hard week. Have you an hour before our next appointment?"),
               N_("Hello, it is a hard week. Have you an hour before our next appointment?")}},
    {.whom = 1U << WHOM_THERAPIST,
     .row = N_("To say that the tears don’t come"),
     .draft = {N_("There is something I would like to cry about, and can’t. May we stay with it?"),
               N_("There is something I would like to cry about, and can’t. May we speak of it "
                  "next time?"),
               N_("Hello. There is something I would like to cry about, and can’t. May we speak "
                  "of it next time?")}},
    {.whom = 1U << WHOM_GROUP,
     .row = N_("To come and only listen"),
     .draft =
         {N_("May I sit with you today? I would like only to listen."),
          N_("May I come to your next meeting? I would like only to listen at first."),
          N_("Hello. May I come to your next meeting? I would like only to listen at first.")}},
    {.whom = 1U << WHOM_GROUP,
     .row = N_("To be heard there"),
     .draft = {N_("May I speak for a few minutes? I don’t need answers."),
               N_("May I speak for a few minutes when we meet? I don’t need answers."),
               N_("Hello. May I speak for a few minutes when we meet? I don’t need answers.")}},
    {.whom = 1U << WHOM_LISTENER,
     .row = N_("To be heard, without advice"),
     .draft = {NULL, N_("Have you time for me now? I don’t need advice, only an ear."),
               N_("Hello. Have you time for me now? I don’t need advice, only an ear.")}},
    {.whom = 1U << WHOM_LISTENER,
     .row = N_("To tell what I can’t cry about"),
     .draft = {NULL,
               N_("There is something I can’t cry about. May I write it to you, as it comes?"),
               N_("Hello. There is something I can’t cry about. May I tell you, as it comes?")}},
    {.whom = 1U << WHOM_LINE,
     .row = N_("To talk to someone"),
     .draft = {NULL, NULL, N_("I would like to talk to someone. I don’t know where to begin.")}},
};

static const char *const whom_rows[WHOMS] = {
    [WHOM_FRIEND] = N_("A friend"),
    [WHOM_FAMILY] = N_("Someone in the family"),
    [WHOM_THERAPIST] = N_("A therapist"),
    [WHOM_GROUP] = N_("A group"),
    [WHOM_LISTENER] = N_("A listener online"),
    [WHOM_LINE] = N_("A help line"),
};

size_t asking_whom_count(const struct settings *settings)
{
    return settings->people.count + WHOMS - WHOM_FRIEND;
}

enum whom asking_whom(const struct settings *settings, size_t whom)
{
    check(whom < asking_whom_count(settings));
    size_t own = settings->people.count;
    return whom < own ? WHOM_PERSON : (enum whom)(WHOM_FRIEND + (whom - own));
}

struct words asking_whom_words(const struct settings *settings, size_t whom)
{
    enum whom kind = asking_whom(settings, whom);
    if (kind == WHOM_PERSON)
        return (struct words){.text = settings->people.people[whom].name, .literal = true};
    return (struct words){.text = whom_rows[kind]};
}

static bool is_for(const struct need *need, enum whom whom)
{
    return (need->whom & 1U << whom) != 0;
}

static size_t built_in_count(enum whom whom)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(needs); i++)
        count += is_for(&needs[i], whom) ? 1 : 0;
    return count;
}

/* The table's row, or NULL for one of the person's own openers. */
static const struct need *need_row(enum whom whom, size_t need)
{
    for (size_t i = 0; i < COUNT(needs); i++) {
        if (is_for(&needs[i], whom) && need-- == 0)
            return &needs[i];
    }
    return NULL;
}

size_t asking_need_count(const struct settings *settings, enum whom whom)
{
    return built_in_count(whom) + (whom == WHOM_LINE ? 0 : settings->people.opener_count);
}

static struct words opener(const struct settings *settings, enum whom whom, size_t need)
{
    size_t index = need - built_in_count(whom);
    check(index < settings->people.opener_count);
    return (struct words){.text = settings->people.openers[index], .literal = true};
}

struct words asking_need_words(const struct settings *settings, enum whom whom, size_t need)
{
    const struct need *row = need_row(whom, need);
    return row != NULL ? (struct words){.text = row->row} : opener(settings, whom, need);
}

bool asking_offers(const struct settings *settings, const struct asking *asking, enum how how)
{
    const struct need *row = need_row(asking_whom(settings, asking->whom), asking->need);
    return row == NULL || row->draft[how] != NULL;
}

struct words asking_how_words(enum how how)
{
    static const char *const rows[HOWS] = {
        [HOW_SAY] = N_("Say it"), [HOW_MESSAGE] = N_("Write a message"), [HOW_CALL] = N_("Call")};
    check(how < HOWS);
    return (struct words){.text = rows[how]};
}

struct words asking_draft(const struct settings *settings, const struct asking *asking)
{
    enum whom whom = asking_whom(settings, asking->whom);
    const struct need *row = need_row(whom, asking->need);
    check(asking_offers(settings, asking, asking->how));
    if (row == NULL)
        return opener(settings, whom, asking->need);
    if (whom != WHOM_PERSON)
        return (struct words){.text = row->draft[asking->how]};
    return (struct words){.text = row->named[asking->how],
                          .arg = settings->people.people[asking->whom].name};
}

struct listening asking_listening(const struct settings *settings, const struct asking *asking)
{
    const struct need *row = need_row(asking_whom(settings, asking->whom), asking->need);
    if (row != NULL && row->listening.first != NULL)
        return row->listening;
    return (struct listening){N_("Listen."), N_("You don’t have to fix it.")};
}

static bool carries(enum link_scheme scheme, enum how how)
{
    return how == HOW_CALL      ? scheme == LINK_TEL
           : how == HOW_MESSAGE ? scheme == LINK_SMS || scheme == LINK_MAILTO
                                : false;
}

const struct person_link *asking_link(const struct settings *settings, const struct asking *asking)
{
    if (asking_whom(settings, asking->whom) != WHOM_PERSON)
        return NULL;
    const struct person *person = &settings->people.people[asking->whom];
    for (size_t i = 0; i < person->link_count; i++) {
        if (carries(person->links[i].scheme, asking->how))
            return &person->links[i];
    }
    return NULL;
}
