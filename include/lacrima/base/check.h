/* check(): a condition that only a bug can break.  On in every build; it names the place on
 * standard error and aborts.  Never used for what a person, a file or a driver can do. */
#ifndef LACRIMA_BASE_CHECK_H
#define LACRIMA_BASE_CHECK_H

_Noreturn void check_failed(const char *condition, const char *file, int line);

#define check(condition) ((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))

#endif
