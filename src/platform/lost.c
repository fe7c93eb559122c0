#include "lost.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A disk that sleeps takes some of this.  Counted in rests, so that where the whole machine stood
 * still it has its time too. */
#define REST_NS   100000000L
#define RESTS_MAX 150

/* Written by hand: whoever says it may be in the middle of anything. */
static char line[256];
static void (*keep)(void *user);
static void *keep_user;

void lost_begin(const struct platform_params *params)
{
    line[0] = '\0';
    if (params->lost_line != NULL)
        (void)snprintf(line, sizeof line, "lacrima: %s\n", params->lost_line);
    keep = params->keep;
    keep_user = params->keep_user;
}

void lost_say(void)
{
    static atomic_flag said = ATOMIC_FLAG_INIT;
    if (!atomic_flag_test_and_set(&said))
        (void)!write(STDERR_FILENO, line, strlen(line));
}

static void *end_at_last(void *user)
{
    const struct timespec rest = {.tv_nsec = REST_NS};
    (void)user;
    for (int i = 0; i < RESTS_MAX; i++)
        (void)nanosleep(&rest, NULL);
    lost_say();
    _exit(EXIT_FAILURE);
}

void lost_limit(void)
{
    static atomic_flag begun = ATOMIC_FLAG_INIT;
    pthread_t thread;
    if (atomic_flag_test_and_set(&begun))
        return;
    if (pthread_create(&thread, NULL, end_at_last, NULL) == 0)
        (void)pthread_detach(thread);
}

/* No exit: what is done at one would go through GLX, which may wait for the display that this
 * thread is inside of. */
void lost_end(void)
{
    static bool ending;
    lost_say();
    if (!ending) {
        ending = true;
        lost_limit();
        if (keep != NULL)
            keep(keep_user);
    }
    _exit(EXIT_FAILURE);
}

void lost_wait(void)
{
    lost_limit();
    (void)end_at_last(NULL);
    _exit(EXIT_FAILURE);
}
