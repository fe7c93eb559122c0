/* Says when sway has put a picture on its display: preloaded into it, it keeps the time of each,
 * whose fault it was if that was late, and how much of the processors' time was stolen until then,
 * in the file that LACRIMA_BENCH_SHOWN names.  What a person sees is this, and not when the program
 * drew.  (The compositor's own word for it, wp_presentation, never comes from a display without a
 * screen in wlroots 0.15.)
 *
 * Such a display has no vertical blank but a timer of sway's, set anew when it has run: a picture
 * is shown as late as sway runs.  Of a virtual machine whose processor sleeps meanwhile the host
 * wakes it when it likes, and no count of stolen time tells that one picture from the next, for
 * those counts go by hundredths of a second.  So what is told here is by how much sway ran too
 * late. */
#include "record.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FRAMES_KEPT  16384 /* as in pace.py */
#define STAT_BYTES   256
#define PERIOD_MS    16 /* what wlroots makes of 60 Hz */
#define PERIOD_NS    (PERIOD_MS * 1000000U)
#define STOLEN_FIELD 8 /* of the first line of /proc/stat */

struct frame {
    uint64_t at_ns;     /* CLOCK_MONOTONIC */
    uint64_t waited_ns; /* the display was ready, and nobody had drawn anything */
    uint64_t queued_ns; /* sway waited for a processor, since it began */
    uint64_t stolen;    /* clock ticks since the machine began */
    uint64_t held_ns;   /* the display's turn had come, or sway drew, and sway did not run */
};

struct record {
    uint64_t count;
    struct frame frames[FRAMES_KEPT]; /* a ring */
};

bool wlr_output_commit(void *output);
void wlr_output_send_frame(void *output);
int wl_event_source_timer_update(void *source, int delay_ms);

/* Beside the display on which pictures are shown sway keeps one for none, with a clock of its own.
 */
static void *display;

/* When the display was ready for the next picture, and when sway last looked for one.  0: not yet.
 */
static uint64_t ready_ns, looked_ns;

/* When it was to be ready, and by how much that was missed. */
static uint64_t due_ns, late_ns;

/* When the last picture was shown, and what sway had of the processor as it looked for the next. */
static uint64_t shown_ns, looked_cpu_ns;

/* The display has just been ready: its timer is set next. */
static bool to_be_set;

static uint64_t now_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static uint64_t after(uint64_t late, uint64_t early)
{
    return late > early ? late - early : 0;
}

static struct record *open_record(void)
{
    static struct record nowhere;
    return record_open("LACRIMA_BENCH_SHOWN", &nowhere, sizeof nowhere);
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
    if (real == NULL)
        find_next(&real, "wlr_output_send_frame");
    if (output == display) {
        looked_ns = now_ns();
        looked_cpu_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID);
        if (ready_ns == 0) {
            ready_ns = looked_ns;
            late_ns = due_ns != 0 ? after(ready_ns, due_ns) : 0;
            due_ns = 0;
        }
    }
    real(output);
    to_be_set = output == display;
}

int wl_event_source_timer_update(void *source, int delay_ms)
{
    static int (*real)(void *, int);
    if (real == NULL)
        find_next(&real, "wl_event_source_timer_update");
    if (to_be_set && delay_ms == PERIOD_MS) {
        due_ns = now_ns() + PERIOD_NS;
        to_be_set = false;
    }
    return real(source, delay_ms);
}

bool wlr_output_commit(void *output)
{
    static bool (*real)(void *);
    static struct record *record;
    if (real == NULL) {
        find_next(&real, "wlr_output_commit");
        record = open_record();
    }
    bool fine = real(output);
    struct frame *frame = &record->frames[record->count % FRAMES_KEPT];
    *frame = (struct frame){.at_ns = now_ns(), .queued_ns = queued_ns(), .stolen = stolen()};
    if (output == display) {
        uint64_t cpu_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID) - looked_cpu_ns;
        uint64_t next_ns = shown_ns + PERIOD_NS;
        frame->waited_ns = after(looked_ns, ready_ns > next_ns ? ready_ns : next_ns);
        frame->held_ns = late_ns + after(frame->at_ns - looked_ns, cpu_ns);
    }
    record->count++;
    display = output;
    shown_ns = frame->at_ns;
    ready_ns = 0;
    late_ns = 0;
    return fine;
}
