#define _GNU_SOURCE /* a timer of one thread; gettid; ppoll */
#include "signals.h"

#include "clock.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid /* glibc has no name for it */
#endif

#define RING_NS   MILLISECONDS(3)
#define RINGS_MAX 1000

/* SIGXFSZ and SIGPIPE are taken so that they do nothing: a file that may not grow (ulimit -f) and a
 * reader of ours that has left are errors of that write, and no reason to end the visit.  SIGALRM
 * is the bell's. */
static const int numbers[] = {SIGHUP, SIGCONT, SIGXFSZ, SIGPIPE, SIGALRM};

#define NUMBER_COUNT (sizeof numbers / sizeof numbers[0])

/* A handler can reach nothing but statics; there is one process and one window. */
static struct sigaction before[NUMBER_COUNT];
static bool taken[NUMBER_COUNT];
static bool installed;

static timer_t bell;
static bool rings;
/* Counted as they are heard: while the whole machine stood still it was one. */
static volatile sig_atomic_t rings_left;

static void set_bell(long ns)
{
    const struct itimerspec every = {.it_value.tv_nsec = ns, .it_interval.tv_nsec = ns};
    (void)timer_settime(bell, 0, &every, NULL);
}

static void on_signal(int number)
{
    if (number == SIGALRM) {
        if (rings_left > 0 && --rings_left == 0)
            set_bell(0);
    } else if (number == SIGCONT) {
        clock_continued();
    } else if (number == SIGHUP) {
        (void)raise(SIGTERM); /* SDL's own handler, which also ends its wait */
    }
}

static void mask(int number, bool accept)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    (void)pthread_sigmask(accept ? SIG_UNBLOCK : SIG_BLOCK, &set, NULL);
}

void signals_accept(bool accept)
{
    if (installed)
        mask(SIGCONT, accept);
}

void signals_poll(struct pollfd *files, nfds_t count, time_ns ns)
{
    const struct timespec limit = {.tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S};
    sigset_t set;
    (void)pthread_sigmask(SIG_BLOCK, NULL, &set);
    if (installed)
        sigdelset(&set, SIGCONT);
    (void)ppoll(files, count, &limit, &set);
}

bool signals_waits_continued(void)
{
    sigset_t set;
    return installed && sigpending(&set) == 0 && sigismember(&set, SIGCONT) == 1;
}

void signals_install(void)
{
    mask(SIGCONT, false);
    installed = true;
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        struct sigaction action = {.sa_handler = on_signal};
        sigemptyset(&action.sa_mask);
        if (taken[i] || sigaction(numbers[i], NULL, &before[i]) != 0)
            continue;
        bool needed = numbers[i] == SIGCONT || numbers[i] == SIGALRM;
        if (before[i].sa_handler != SIG_IGN || needed)
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
        mask(SIGCONT, true);
    installed = false;
}

void signals_ring_begin(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID,
                             .sigev_signo = SIGALRM,
                             .sigev_notify_thread_id = gettid()};
    rings = installed && timer_create(CLOCK_MONOTONIC, &event, &bell) == 0;
    if (!rings)
        return;
    mask(SIGALRM, true);
    rings_left = RINGS_MAX;
    set_bell((long)RING_NS);
}

bool signals_ring_end(void)
{
    if (!rings)
        return true;
    bool early = rings_left > 0;
    rings = false;
    rings_left = 0;
    (void)timer_delete(bell);
    return early;
}
