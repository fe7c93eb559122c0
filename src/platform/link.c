/* Links: given to the desktop's own opener, without a shell and without waiting for it. */
#include "link.h"
#include "inner.h"

#include "lacrima/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define OPENER           "xdg-open"
#define LINK_BYTES_MAX   2048
#define ENVIRONMENT_ROOM 512

/* Between two looks at what an opener came to, and how long a look is worth while: a mail program
 * may stay for hours, and has then been opened. */
#define LINK_LOOK_NS     MILLISECONDS(100)
#define LINK_PATIENCE_NS SECONDS(10)

extern char **environ;

bool link_is_allowed(const char *url, struct error *error)
{
    static const char *const schemes[] = {"tel:", "mailto:", "sms:", "https:"};
    size_t length = strlen(url);
    bool known = false;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        char begin[16];
        size_t bytes = strlen(schemes[i]);
        if (length <= bytes)
            continue;
        memcpy(begin, url, bytes);
        begin[bytes] = '\0';
        known = known || text_equal_nocase(begin, schemes[i]);
    }
    if (!known)
        return error_set(error, "Only tel:, mailto:, sms: and https: links are opened.");
    bool clean = length <= LINK_BYTES_MAX;
    for (size_t i = 0; clean && i < length; i++)
        clean = url[i] > ' ' && url[i] <= '~';
    return clean || error_set(error, "The link has characters that no link has, or is too long.");
}

/* What this program set for SDL alone is not for others. */
static bool is_ours(const char *entry)
{
    static const char *const ours[] = {"XCOMPOSEFILE=", "SDL_VIDEO_X11_WMCLASS=lacrima",
                                       "SDL_VIDEO_WAYLAND_WMCLASS=lacrima"};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (strncmp(entry, ours[i], strlen(ours[i])) == 0)
            return true;
    }
    return false;
}

static void copy_environment(char *copy[ENVIRONMENT_ROOM])
{
    size_t count = 0;
    for (char **entry = environ; *entry != NULL && count + 1 < ENVIRONMENT_ROOM; entry++) {
        if (!is_ours(*entry))
            copy[count++] = *entry;
    }
    copy[count] = NULL;
}

/* Standard output may be the events', and what an opener says might name a person. */
static bool silence(posix_spawn_file_actions_t *actions)
{
    return posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ==
               0 &&
           posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0;
}

/* Returns what went wrong, as errno has it; 0: nothing. */
static int spawn(const char *url, pid_t *pid)
{
    static char opener[] = OPENER;
    char *copied = strdup(url);
    char *const arguments[] = {opener, copied, NULL};
    char *environment[ENVIRONMENT_ROOM];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t nothing;
    sigemptyset(&nothing);
    copy_environment(environment);
    if (copied == NULL || posix_spawn_file_actions_init(&actions) != 0) {
        free(copied);
        return ENOMEM;
    }
    int why = ENOMEM;
    if (posix_spawnattr_init(&attributes) == 0) {
        /* In a group of its own, so that what ends this program does not end that one, and with
         * the signals as any program finds them. */
        (void)posix_spawnattr_setsigmask(&attributes, &nothing);
        (void)posix_spawnattr_setpgroup(&attributes, 0);
        (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
        if (silence(&actions))
            why = posix_spawnp(pid, OPENER, &actions, &attributes, arguments, environment);
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    text_wipe(copied, strlen(copied));
    free(copied);
    return why;
}

bool platform_open_link(struct platform *platform, const char *url, struct error *error)
{
    if (!link_is_allowed(url, error))
        return false;
    if (platform->params.offscreen)
        return true;
    int slot = 0;
    while (slot < PLATFORM_LINKS_MAX && platform->links[slot].pid != 0)
        slot++;
    if (slot == PLATFORM_LINKS_MAX)
        return error_set(error, "Several links are being opened already.");
    pid_t pid = 0;
    int why = spawn(url, &pid);
    if (why == ENOENT)
        return error_set(error, "The link cannot be opened: there is no " OPENER
                                "; on Debian, install xdg-utils.");
    if (why != 0)
        return error_set(error, "The link cannot be opened: %s.", strerror(why));
    platform->links[slot] = (struct link){.pid = pid, .began_at = platform_now()};
    return true;
}

void links_run(struct platform *platform)
{
    for (int i = 0; i < PLATFORM_LINKS_MAX; i++) {
        struct link *link = &platform->links[i];
        int status = 0;
        if (link->pid == 0 || waitpid(link->pid, &status, WNOHANG) == 0)
            continue;
        link->pid = 0;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            say(platform, "The desktop did not open the link; it may have no program for it.");
    }
}

time_ns links_look_at(const struct platform *platform, time_ns now)
{
    for (int i = 0; i < PLATFORM_LINKS_MAX; i++) {
        const struct link *link = &platform->links[i];
        if (link->pid != 0 && now < link->began_at + LINK_PATIENCE_NS)
            return now + LINK_LOOK_NS;
    }
    return TIME_NEVER;
}
