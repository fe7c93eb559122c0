/* Keys: what each "key = value" of lacrima.ini and of the state file means. */
#ifndef LACRIMA_CONFIG_KEYS_H
#define LACRIMA_CONFIG_KEYS_H

#include "faults.h"
#include "lacrima/config.h"

#include <stddef.h>

enum keys_file {
    KEYS_CONFIG, /* everything may stand in it */
    KEYS_STATE,  /* only what keys change */
    KEYS_ABOUT   /* only what "about you" asks */
};

/* Reads a whole file's text over *config. */
void keys_read(struct config *config, enum keys_file kind, const char *bytes, size_t size,
               struct faults *faults);

#endif
