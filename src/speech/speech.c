#include "lacrima/speech.h"

#include "lacrima/base/text.h"
#include "spd.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How long a server is waited for that is to fall silent. */
#define GOODBYE_NS 300000000L
#define SECOND_NS  1000000000L

struct speech {
    pthread_mutex_t mutex;
    pthread_cond_t asked;  /* the thread has something to do */
    pthread_cond_t parted; /* the thread has ended */
    char language[SPEECH_LANGUAGE_BYTES];
    void (*wake)(void *user);
    void *wake_user;
    /* Under the mutex: */
    char text[SPEECH_TEXT_BYTES]; /* "": nothing waits to be said */
    bool hush;                    /* what is being said is to break off */
    bool failed;                  /* nothing is said before speech_again */
    bool trouble_waits;
    struct error trouble;
    bool leaves;   /* the owner wants no more */
    bool has_left; /* the thread does nothing more */
    bool let_be;   /* nobody waits for it: the thread itself frees all */
    /* The thread's own: */
    struct spd spd;
    char saying[SPEECH_TEXT_BYTES];
};

static void forget(struct speech *speech)
{
    (void)pthread_cond_destroy(&speech->asked);
    (void)pthread_cond_destroy(&speech->parted);
    (void)pthread_mutex_destroy(&speech->mutex);
    free(speech);
}

static void fail(struct speech *speech, const struct error *error)
{
    (void)pthread_mutex_lock(&speech->mutex);
    speech->failed = true;
    speech->text[0] = '\0';
    speech->trouble = *error;
    speech->trouble_waits = !speech->leaves;
    void (*wake)(void *) = speech->leaves ? NULL : speech->wake;
    /* Under the lock: once it is left the owner may be gone. */
    if (wake != NULL)
        wake(speech->wake_user);
    (void)pthread_mutex_unlock(&speech->mutex);
}

static bool converse(struct speech *speech, bool hush, bool says)
{
    bool fine = true;
    if (hush || says)
        fine = spd_be_quiet(&speech->spd);
    if (fine && says)
        fine = spd_speak(&speech->spd, speech->saying);
    return fine;
}

/* Takes what waits; what has come while a connection opened is the newest. */
static bool take(struct speech *speech, bool *hush)
{
    (void)pthread_mutex_lock(&speech->mutex);
    bool says = speech->text[0] != '\0' && !speech->leaves;
    (void)text_copy(speech->saying, sizeof speech->saying, speech->text);
    speech->text[0] = '\0';
    *hush = speech->hush || speech->leaves;
    speech->hush = false;
    (void)pthread_mutex_unlock(&speech->mutex);
    return says;
}

static void turn(struct speech *speech, bool wants)
{
    struct error error;
    bool hush = false;
    if (wants && speech->spd.connection == NULL &&
        !spd_begin(&speech->spd, speech->language, &error)) {
        fail(speech, &error);
        return;
    }
    bool says = take(speech, &hush);
    if (speech->spd.connection == NULL || converse(speech, hush, says))
        return;
    spd_end(&speech->spd);
    (void)error_set(&error, "the voice is gone: Speech Dispatcher has ended; "
                            "V, until the voice is on again, tries anew");
    fail(speech, &error);
}

static void *run(void *user)
{
    struct speech *speech = user;
    (void)pthread_mutex_lock(&speech->mutex);
    while (!speech->leaves) {
        if (speech->text[0] == '\0' && !speech->hush) {
            (void)pthread_cond_wait(&speech->asked, &speech->mutex);
            continue;
        }
        bool wants = speech->text[0] != '\0';
        (void)pthread_mutex_unlock(&speech->mutex);
        turn(speech, wants);
        (void)pthread_mutex_lock(&speech->mutex);
    }
    (void)pthread_mutex_unlock(&speech->mutex);
    turn(speech, false); /* the last words break off */
    spd_end(&speech->spd);
    (void)pthread_mutex_lock(&speech->mutex);
    speech->has_left = true;
    bool let_be = speech->let_be;
    (void)pthread_cond_signal(&speech->parted);
    (void)pthread_mutex_unlock(&speech->mutex);
    if (let_be)
        forget(speech);
    return NULL;
}

bool speech_create(struct speech **speech_out, const struct speech_params *params,
                   struct error *error)
{
    *speech_out = NULL;
    struct speech *speech = calloc(1, sizeof *speech);
    if (speech == NULL)
        return error_set(error, "no memory for a voice");
    (void)pthread_mutex_init(&speech->mutex, NULL);
    (void)pthread_cond_init(&speech->asked, NULL);
    pthread_condattr_t clock;
    (void)pthread_condattr_init(&clock);
    (void)pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&speech->parted, &clock);
    (void)pthread_condattr_destroy(&clock);
    (void)text_copy(speech->language, sizeof speech->language, params->language);
    speech->wake = params->wake;
    speech->wake_user = params->wake_user;
    pthread_t thread;
    int why = pthread_create(&thread, NULL, run, speech);
    if (why != 0) {
        forget(speech);
        return error_set(error, "no thread for a voice: %s", strerror(why));
    }
    (void)pthread_detach(thread);
    *speech_out = speech;
    return true;
}

void speech_say(struct speech *speech, const char *text)
{
    (void)pthread_mutex_lock(&speech->mutex);
    if (!speech->failed) {
        (void)text_copy(speech->text, sizeof speech->text, text);
        (void)pthread_cond_signal(&speech->asked);
    }
    (void)pthread_mutex_unlock(&speech->mutex);
}

void speech_hush(struct speech *speech)
{
    (void)pthread_mutex_lock(&speech->mutex);
    speech->text[0] = '\0';
    speech->hush = !speech->failed;
    (void)pthread_cond_signal(&speech->asked);
    (void)pthread_mutex_unlock(&speech->mutex);
}

void speech_again(struct speech *speech)
{
    (void)pthread_mutex_lock(&speech->mutex);
    speech->failed = false;
    (void)pthread_mutex_unlock(&speech->mutex);
}

bool speech_trouble(struct speech *speech, struct error *error)
{
    (void)pthread_mutex_lock(&speech->mutex);
    bool waits = speech->trouble_waits;
    speech->trouble_waits = false;
    if (waits)
        *error = speech->trouble;
    (void)pthread_mutex_unlock(&speech->mutex);
    return waits;
}

void speech_destroy(struct speech **speech_in)
{
    struct speech *speech = *speech_in;
    if (speech == NULL)
        return;
    *speech_in = NULL;
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    long ns = until.tv_nsec + GOODBYE_NS;
    until.tv_sec += ns / SECOND_NS;
    until.tv_nsec = ns % SECOND_NS;
    (void)pthread_mutex_lock(&speech->mutex);
    speech->leaves = true;
    (void)pthread_cond_signal(&speech->asked);
    while (!speech->has_left &&
           pthread_cond_timedwait(&speech->parted, &speech->mutex, &until) != ETIMEDOUT)
        continue;
    bool has_left = speech->has_left;
    speech->let_be = !has_left;
    (void)pthread_mutex_unlock(&speech->mutex);
    if (has_left)
        forget(speech);
}
