/* A technique's machine as Graphviz DOT, drawn from the tables that run. */
#ifndef LACRIMA_APP_DESCRIBE_H
#define LACRIMA_APP_DESCRIBE_H

#include "lacrima/core/technique.h"

#include <stdio.h>

void describe(const struct technique *technique, FILE *out);

#endif
