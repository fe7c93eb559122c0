#include "stream.h"

#include "lacrima/base/check.h"

#include <SDL.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define RING        65536U /* frames, a power of two: 1.4 s lie between a slow disk and a gap */
#define RING_MASK   (RING - 1U)
#define BLOCK       4096U  /* decoded at once */
#define FIRST       16384U /* so many are there when it says that it is ready */
#define PATIENCE_MS 30000U /* of one who waits: then it is silence after all */

struct stream {
    char *path;
    struct decoder_order order;
    void (*wake)(void *user);
    void *wake_user;
    atomic_int holders; /* who opened it, and the thread */
    atomic_bool stop;
    pthread_mutex_t waking;
    sem_t room;          /* posted when the thread may go on, */
    atomic_bool waiting; /* for which it waits */
    atomic_int state;    /* enum stream_state; what it tells is written before */
    struct decoder_info info;
    struct error error;
    atomic_bool over; /* the last frame has been written */
    /* Frames written and taken since the beginning; each is written by one thread. */
    atomic_uint_fast64_t written, taken;
    float *ring; /* RING frames */
};

static void let_go(struct stream *stream)
{
    if (atomic_fetch_sub(&stream->holders, 1) > 1)
        return;
    (void)sem_destroy(&stream->room);
    (void)pthread_mutex_destroy(&stream->waking);
    free(stream->ring);
    free(stream->path);
    free(stream);
}

static void become(struct stream *stream, enum stream_state state)
{
    atomic_store(&stream->state, (int)state);
    /* Once it is closed, who was to be woken may be gone. */
    (void)pthread_mutex_lock(&stream->waking);
    if (!atomic_load(&stream->stop) && stream->wake != NULL)
        stream->wake(stream->wake_user);
    (void)pthread_mutex_unlock(&stream->waking);
}

static size_t filled(const struct stream *stream)
{
    return (size_t)(atomic_load(&stream->written) - atomic_load(&stream->taken));
}

static void wait_for_room(struct stream *stream)
{
    atomic_store(&stream->waiting, true);
    while (filled(stream) + BLOCK > RING && !atomic_load(&stream->stop))
        (void)sem_wait(&stream->room);
    atomic_store(&stream->waiting, false);
}

/* The ring is a whole number of blocks, so that none is cut in two. */
static bool write_block(struct stream *stream, struct decoder *decoder)
{
    uint64_t written = atomic_load(&stream->written);
    size_t at = (size_t)(written & RING_MASK);
    size_t room = RING - at < BLOCK ? RING - at : BLOCK;
    size_t got = decoder_read(decoder, &stream->ring[2 * at], room);
    atomic_store(&stream->written, written + got);
    if (got < room)
        atomic_store(&stream->over, true);
    return got == room;
}

static void decode(struct stream *stream, struct decoder *decoder)
{
    stream->ring = malloc(RING * 2 * sizeof *stream->ring);
    if (stream->ring == NULL) {
        (void)error_set(&stream->error, "out of memory");
        become(stream, STREAM_FAILED);
        return;
    }
    bool goes_on = true;
    while (goes_on && filled(stream) < FIRST && !atomic_load(&stream->stop))
        goes_on = write_block(stream, decoder);
    if (filled(stream) == 0) {
        (void)error_set(&stream->error, "holds no sound");
        become(stream, STREAM_FAILED);
        return;
    }
    become(stream, STREAM_READY);
    while (goes_on && !atomic_load(&stream->stop)) {
        wait_for_room(stream);
        if (!atomic_load(&stream->stop))
            goes_on = write_block(stream, decoder);
    }
}

static void *thread_main(void *user)
{
    struct stream *stream = user;
    struct decoder *decoder;
    switch (decoder_open(&decoder, stream->path, &stream->order, &stream->info, &stream->error)) {
    case DECODER_OPEN:
        decode(stream, decoder);
        break;
    case DECODER_FAILED:
        become(stream, STREAM_FAILED);
        break;
    case DECODER_ELSEWHERE:
        become(stream, STREAM_ELSEWHERE);
        break;
    }
    decoder_close(&decoder);
    let_go(stream);
    return NULL;
}

struct stream *stream_open(const char *path, const struct decoder_order *order,
                           void (*wake)(void *user), void *wake_user)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL)
        return NULL;
    stream->path = strdup(path);
    stream->order = *order;
    stream->wake = wake;
    stream->wake_user = wake_user;
    atomic_store(&stream->holders, 2);
    (void)pthread_mutex_init(&stream->waking, NULL);
    pthread_t thread;
    bool made = stream->path != NULL && sem_init(&stream->room, 0, 0) == 0;
    if (!made || pthread_create(&thread, NULL, thread_main, stream) != 0) {
        if (made)
            (void)sem_destroy(&stream->room);
        free(stream->path);
        free(stream);
        return NULL;
    }
    (void)pthread_detach(thread);
    return stream;
}

enum stream_state stream_state(const struct stream *stream)
{
    return (enum stream_state)atomic_load(&stream->state);
}

const struct decoder_info *stream_info(const struct stream *stream)
{
    check(stream_state(stream) == STREAM_READY);
    return &stream->info;
}

const char *stream_error(const struct stream *stream)
{
    check(stream_state(stream) == STREAM_FAILED);
    return stream->error.text;
}

static size_t wait_for_frames(const struct stream *stream, size_t frames)
{
    uint64_t begun_ms = SDL_GetTicks64();
    while (filled(stream) < frames && !atomic_load(&stream->over) &&
           SDL_GetTicks64() - begun_ms < PATIENCE_MS)
        SDL_Delay(1);
    return filled(stream);
}

size_t stream_take(struct stream *stream, float *out, size_t frames, bool patient, bool *over)
{
    if (patient)
        (void)wait_for_frames(stream, frames);
    /* Asked in this order: what was written last is seen with the end behind it. */
    bool ended = atomic_load(&stream->over);
    size_t ready = filled(stream);
    size_t count = ready < frames ? ready : frames;
    uint64_t taken = atomic_load(&stream->taken);
    for (size_t done = 0; done < count;) {
        size_t at = (size_t)((taken + done) & RING_MASK);
        size_t run = RING - at < count - done ? RING - at : count - done;
        memcpy(&out[2 * done], &stream->ring[2 * at], 2 * run * sizeof *out);
        done += run;
    }
    atomic_store(&stream->taken, taken + count);
    *over = ended && count == ready;
    if (filled(stream) < RING / 2 && atomic_exchange(&stream->waiting, false))
        (void)sem_post(&stream->room);
    return count;
}

void stream_close(struct stream **stream_in)
{
    struct stream *stream = *stream_in;
    if (stream == NULL)
        return;
    *stream_in = NULL;
    (void)pthread_mutex_lock(&stream->waking);
    atomic_store(&stream->stop, true);
    (void)pthread_mutex_unlock(&stream->waking);
    (void)sem_post(&stream->room);
    let_go(stream);
}
