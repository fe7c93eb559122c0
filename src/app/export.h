/* --export-letters: the folded letters as plain text files, without a display. */
#ifndef LACRIMA_APP_EXPORT_H
#define LACRIMA_APP_EXPORT_H

#include "options.h"

/* Asks for the passphrase, on the terminal without echo, or reads one line of standard input where
 * that is none.  Returns the exit status; what went otherwise is one line on standard error. */
int export_letters(const struct options *options);

#endif
