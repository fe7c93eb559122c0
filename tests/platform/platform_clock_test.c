/* The clock: never back, and a stopped process knows for how long it was stopped. */
#include "clock.h"
#include "signals.h"

#include "lacrima/platform.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define STOP_NS MILLISECONDS(300)
#define TRIES   5

static void pass_time(time_ns length)
{
    time_ns until = platform_now() + length;
    while (platform_now() < until) {
    }
}

static void never_goes_back(void **state)
{
    (void)state;
    time_ns last = platform_now();
    assert_true(last >= 0);
    assert_true(last < SECONDS(60)); /* since the first call, not since the machine began */
    for (int i = 0; i < 100000; i++) {
        time_ns now = platform_now();
        assert_true(now >= last);
        last = now;
    }
}

static void running_is_no_suspend(void **state)
{
    (void)state;
    time_ns least = TIME_NEVER;
    for (int i = 0; i < TRIES; i++) {
        time_ns before = platform_suspended();
        pass_time(MILLISECONDS(50));
        least = time_min(least, platform_suspended() - before);
    }
    assert_true(least < MILLISECONDS(20));
}

static void continue_without_stop_counts_little(void **state)
{
    (void)state;
    time_ns least = TIME_NEVER;
    /* Another program may have been let in between the two: once it was not. */
    for (int i = 0; i < TRIES; i++) {
        time_ns before = platform_suspended();
        (void)platform_now();
        clock_continued();
        least = time_min(least, platform_suspended() - before);
    }
    assert_true(least < MILLISECONDS(20));
}

/* In a child: stops itself, and says by its status whether it knows how long. */
static int stopped_child(void)
{
    signals_install();
    time_ns before = platform_suspended();
    if (raise(SIGSTOP) != 0)
        return 2;
    time_ns stop = platform_suspended() - before;
    signals_restore();
    /* A second look must not count the stop again. */
    if (platform_suspended() - before != stop)
        return 3;
    return stop >= STOP_NS && stop < STOP_NS + MINUTES(5) ? 0 : 1;
}

static void a_stop_is_counted(void **state)
{
    int status = 0;
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(stopped_child());
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    assert_true(WIFSTOPPED(status));
    pass_time(STOP_NS);
    assert_int_equal(kill(child, SIGCONT), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(never_goes_back),
        cmocka_unit_test(running_is_no_suspend),
        cmocka_unit_test(continue_without_stop_counts_little),
        cmocka_unit_test(a_stop_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
