/* Cards: what lies over a screen and leaves it as it was: about you, ground, people. */
#ifndef LACRIMA_CORE_CARDS_H
#define LACRIMA_CORE_CARDS_H

#include "lacrima/core/session.h"
#include "view.h"

#define HELD_CARDS (HELD_ABOUT | HELD_GROUND | HELD_PEOPLE)

/* "About you": before an answer. */
#define CARDS_ANSWERED     "●"
#define CARDS_NOT_ANSWERED "○"

/* The card on top, as --events calls it. */
const char *cards_name(const struct session *session);

/* Opens a card, or gives the key to the one on top; false if the key means here what it means
 * everywhere. */
bool cards_action(struct session *session, enum action action, time_ns at, struct effects *effects);

/* Home was reached: the first time "about you" lies over it. */
void cards_arrive_home(struct session *session);

/* The screen has changed: says that "about you" has been seen, once it is left by whatever key. */
void cards_notice(struct session *session, time_ns at, struct effects *effects);

void cards_view(const struct session *session, struct view *view);

/* Puts a card on top and takes away what lay over its place. */
void cards_open(struct session *session, enum held card, time_ns at, struct effects *effects);
void cards_close(struct session *session, enum held card, time_ns at, struct effects *effects);

/* The line at the foot of a card: what a key has just changed, else this hint. */
void cards_foot(const struct session *session, struct view *view, const char *hint);

/* How many rows of a list stand on the field at once, so that a large text stays large; and the
 * first of them, so that the marked one is in their middle. */
int cards_rows(const struct session *session, int most);
int cards_first(int marked, int shown, int rows);

/* The three of them: a key that is theirs, and what is seen. */
void about_open(struct session *session);
void about_key(struct session *session, enum action action, time_ns at, struct effects *effects);
void about_view(const struct session *session, struct view *view);
void ground_open(struct session *session, time_ns at, struct effects *effects);
void ground_key(struct session *session, enum action action, time_ns at, struct effects *effects);
void ground_view(const struct session *session, struct view *view);
void people_open(struct session *session);
void people_key(struct session *session, enum action action, time_ns at, struct effects *effects);
void people_view(const struct session *session, struct view *view);

#endif
