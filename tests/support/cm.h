/* cmocka with the headers it wants before it. */
#ifndef LACRIMA_TESTS_CM_H
#define LACRIMA_TESTS_CM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
