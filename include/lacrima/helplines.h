/* Helplines: emergency numbers and help lines, read from one JSON file per country
 * (assets/helplines/XX.json) into the value that the people card shows.  Wraps jansson, chosen over
 * cJSON because it says the line of what it cannot read, refuses a key given twice, and checks
 * UTF-8.
 *
 * A number is kept exactly as it is dialled there: none is completed, and none is looked up.
 * Whatever is wrong with the files, every country that is known keeps its emergency number: those
 * stand in a table of the program as well. */
#ifndef LACRIMA_HELPLINES_H
#define LACRIMA_HELPLINES_H

#include "lacrima/core/people.h"

#include <stdbool.h>
#include <stddef.h>

#define HELPLINES_FILE_BYTES_MAX (256 * 1024)

struct helplines_date {
    int year, month, day; /* year 0: the day is not known, and nothing counts as old */
};

/* Hears one fault line, "file:line: what". */
typedef void helplines_say(void *user, const char *line);

/* Fills *people (all but .proposed) from the folder, sorted by English names; what is damaged is
 * said and left out, down to the country's emergency number alone.  Returns the number of faults.
 * say may be NULL. */
size_t helplines_load(struct people *people, const char *folder, const struct helplines_date *today,
                      helplines_say *say, void *user);

/* Reads one country's file of this name ("DE.json") from memory; what the files' reader and its
 * tests share.  False if nothing can be used; what can is in *country. */
bool helplines_read(struct people_country *country, const char *name, const char *bytes,
                    size_t size, const struct helplines_date *today, helplines_say *say,
                    void *user);

/* The territory that the locale names, if there is one: "de_AT.UTF-8" proposes "AT"; "C", "eo" and
 * "POSIX" propose nothing (an empty code).  locale may be NULL. */
void helplines_propose(char code[COUNTRY_BYTES], const char *locale);

#endif
