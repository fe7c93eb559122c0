/* Compose: dead keys and the Compose key under Wayland, where SDL 2.26 would do it either always,
 * and then a dead key is no key any more, or never.  SDL is given a table in which each of these
 * keys alone types a character of its own (of Unicode's private use area), and what they make
 * together is found here, by the person's own table. */
#ifndef LACRIMA_PLATFORM_COMPOSE_H
#define LACRIMA_PLATFORM_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>

struct compose;

/* Before SDL begins its video: SDL then finds its table through the environment.  NULL without
 * memory. */
struct compose *compose_create(void);

/* After SDL has ended its video; the environment is as before.  Accepts NULL. */
void compose_destroy(struct compose *compose);

/* Puts into text what has been typed, as far as it is complete; false: nothing yet, or nothing.
 * Without a compose it only leaves out what a dead key typed. */
bool compose_take(struct compose *compose, const char *typed, char *text, size_t size);

/* Forgets what has been begun. */
void compose_reset(struct compose *compose);

#endif
