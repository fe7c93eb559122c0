/* Says when sway has put a picture on its display: preloaded into it, it keeps the time of each,
 * whose fault it was if that was late, and how much of the processors' time was stolen until then,
 * in the file that LACRIMA_BENCH_SHOWN names.  What a person sees is this, and not when the program
 * drew.  (The compositor's own word for it, wp_presentation, never comes from a display without a
 * screen in wlroots 0.15.) */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define FRAMES_KEPT  16384 /* as in pace.py */
#define STAT_BYTES   256
#define STOLEN_FIELD 8 /* of the first line of /proc/stat */

struct frame {
    uint64_t at_ns;     /* CLOCK_MONOTONIC */
    uint64_t waited_ns; /* the display was ready, and nobody had drawn anything */
    uint64_t queued_ns; /* sway waited for a processor, since it began */
    uint64_t stolen;    /* clock ticks since the machine began */
};

struct record {
    uint64_t count;
    struct frame frames[FRAMES_KEPT]; /* a ring */
};

bool wlr_output_commit(void *output);
void wlr_output_send_frame(void *output);

/* Beside the display on which pictures are shown sway keeps one for none, with a clock of its own.
 */
static void *display;

/* When the display was ready for the next picture, and when sway last looked for one.  0: not yet.
 */
static uint64_t ready_ns, looked_ns;

static uint64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static struct record *open_record(void)
{
    static struct record nowhere;
    const char *path = getenv("LACRIMA_BENCH_SHOWN");
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return &nowhere;
    void *mapped = mmap(NULL, sizeof nowhere, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    (void)close(fd);
    return mapped != MAP_FAILED ? mapped : &nowhere;
}

static uint64_t stolen(void)
{
    static int fd = -1;
    char text[STAT_BYTES];
    if (fd < 0)
        fd = open("/proc/stat", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? pread(fd, text, sizeof text - 1, 0) : -1;
    if (length <= 0)
        return 0;
    text[length] = '\0';
    char *at = strchr(text, ' ');
    uint64_t value = 0;
    for (int field = 1; at != NULL && field <= STOLEN_FIELD; field++)
        value = strtoull(at, &at, 10);
    return value;
}

/* How long this thread could have run and did not, as another did. */
static uint64_t queued_ns(void)
{
    static int fd = -1;
    char text[STAT_BYTES];
    if (fd < 0)
        fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? pread(fd, text, sizeof text - 1, 0) : -1;
    if (length <= 0)
        return 0;
    text[length] = '\0';
    const char *at = strchr(text, ' ');
    return at != NULL ? strtoull(at, NULL, 10) : 0;
}

/* The display is ready, or something has come after it was. */
void wlr_output_send_frame(void *output)
{
    static void (*real)(void *);
    if (real == NULL) {
        void *symbol = dlsym(RTLD_NEXT, "wlr_output_send_frame");
        memcpy(&real, &symbol, sizeof real);
    }
    if (output == display) {
        looked_ns = now_ns();
        if (ready_ns == 0)
            ready_ns = looked_ns;
    }
    real(output);
}

bool wlr_output_commit(void *output)
{
    static bool (*real)(void *);
    static struct record *record;
    if (real == NULL) {
        void *symbol = dlsym(RTLD_NEXT, "wlr_output_commit");
        memcpy(&real, &symbol, sizeof real);
        record = open_record();
    }
    bool fine = real(output);
    struct frame *frame = &record->frames[record->count % FRAMES_KEPT];
    frame->at_ns = now_ns();
    frame->waited_ns = output == display ? looked_ns - ready_ns : 0;
    frame->queued_ns = queued_ns();
    frame->stolen = stolen();
    record->count++;
    display = output;
    ready_ns = 0;
    return fine;
}
