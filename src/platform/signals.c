#include "signals.h"

#include "clock.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* SIGXFSZ and SIGPIPE are taken so that they do nothing: a file that may not grow (ulimit -f) and a
 * reader of ours that has left are errors of that write, and no reason to end the visit. */
static const int numbers[] = {SIGHUP, SIGCONT, SIGXFSZ, SIGPIPE};

#define NUMBER_COUNT (sizeof numbers / sizeof numbers[0])

/* A handler can reach nothing but statics; there is one process and one window. */
static struct sigaction before[NUMBER_COUNT];
static bool taken[NUMBER_COUNT];
static bool installed;

static void on_signal(int number)
{
    if (number == SIGCONT)
        clock_continued();
    else if (number == SIGHUP)
        (void)raise(SIGTERM); /* SDL's own handler, which also ends its wait */
}

static void mask_continue(bool accept)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCONT);
    (void)pthread_sigmask(accept ? SIG_UNBLOCK : SIG_BLOCK, &set, NULL);
}

void signals_accept(bool accept)
{
    if (installed)
        mask_continue(accept);
}

bool signals_waits_continued(void)
{
    sigset_t set;
    return installed && sigpending(&set) == 0 && sigismember(&set, SIGCONT) == 1;
}

void signals_install(void)
{
    mask_continue(false);
    installed = true;
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        struct sigaction action = {.sa_handler = on_signal};
        sigemptyset(&action.sa_mask);
        if (taken[i] || sigaction(numbers[i], NULL, &before[i]) != 0)
            continue;
        if (before[i].sa_handler != SIG_IGN || numbers[i] == SIGCONT)
            taken[i] = sigaction(numbers[i], &action, NULL) == 0;
    }
}

void signals_restore(void)
{
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        if (taken[i])
            sigaction(numbers[i], &before[i], NULL);
        taken[i] = false;
    }
    if (installed)
        mask_continue(true);
    installed = false;
}
