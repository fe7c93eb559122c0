/* What no software driver does by itself: preloaded, it loses the context, refuses others and holds
 * a swap up, each when the test puts down a file for it.
 *
 * SHIM_LOSE: where this file is, the context is lost with the next swap, and says so until another
 * is made; the file's text is how many are refused before.  SHIM_HOLD, SHIM_REST: before the next
 * swap, or after it, as many milliseconds as the file says go by.  SHIM_COUNT: this file grows by a
 * byte with each swap.  SHIM_SPEAKS: this file says whether Xlib sends anything to its server in
 * the main thread ("m"), and in any other ("o"). SHIM_REFUSE: so many contexts are refused from the
 * start, and with the first of them the process SHIM_STOP (a window manager) is stopped. */
#define _GNU_SOURCE
#include <SDL.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define CONTEXT_LOST 0x0507u /* GL_CONTEXT_LOST */
#define NAMES_MAX    2000    /* more than the program makes */

struct xcb_connection_t;

typedef unsigned int get_error(void);

static bool lost;
static int refused;
static get_error *real_get_error;

/* The number in the file that the variable names, which is then gone; -1: there is none. */
static int take(const char *variable)
{
    const char *path = getenv(variable);
    FILE *file = path != NULL ? fopen(path, "r") : NULL;
    int number = 0;
    if (file == NULL)
        return -1;
    if (fscanf(file, "%d", &number) != 1)
        number = 0;
    (void)fclose(file);
    (void)unlink(path);
    return number;
}

static unsigned int lost_get_error(void)
{
    return lost ? CONTEXT_LOST : real_get_error();
}

/* What lay in the context is gone with it. */
static void empty(void)
{
    void (**delete_textures)(int, const unsigned int *) = NULL;
    void (**delete_program)(unsigned int) = NULL;
    *(void **)&delete_textures = dlsym(RTLD_DEFAULT, "epoxy_glDeleteTextures");
    *(void **)&delete_program = dlsym(RTLD_DEFAULT, "epoxy_glDeleteProgram");
    for (unsigned int name = 1; name < NAMES_MAX; name++) {
        if (delete_textures != NULL)
            (*delete_textures)(1, &name);
        if (delete_program != NULL)
            (*delete_program)(name);
    }
}

/* The program calls GL through libepoxy's table. */
static void lose(void)
{
    empty();
    get_error **entry = NULL;
    *(void **)&entry = dlsym(RTLD_DEFAULT, "epoxy_glGetError");
    if (entry != NULL && *entry != lost_get_error) {
        real_get_error = *entry;
        *entry = lost_get_error;
    }
    lost = true;
}

static void append(const char *variable, int *file, char letter)
{
    const char *path = getenv(variable);
    if (path != NULL && *file < 0)
        *file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (*file >= 0 && write(*file, &letter, 1) != 1)
        abort();
}

static void count(void)
{
    static int file = -1;
    append("SHIM_COUNT", &file, '.');
}

/* As Xlib sends what it has gathered.  Whoever calls xcb itself has looked it up in the library. */
int xcb_writev(struct xcb_connection_t *connection, struct iovec *parts, int number,
               uint64_t requests)
{
    static int (*_Atomic real)(struct xcb_connection_t *, struct iovec *, int, uint64_t);
    static atomic_flag said[2] = {ATOMIC_FLAG_INIT, ATOMIC_FLAG_INIT};
    bool other = gettid() != getpid();
    int file = -1;
    if (real == NULL) {
        int (*found)(struct xcb_connection_t *, struct iovec *, int, uint64_t) = NULL;
        *(void **)&found = dlsym(dlopen("libxcb.so.1", RTLD_LAZY | RTLD_NOLOAD), "xcb_writev");
        real = found;
    }
    if (!atomic_flag_test_and_set(&said[other]))
        append("SHIM_SPEAKS", &file, other ? 'o' : 'm');
    if (file >= 0)
        (void)close(file);
    return real(connection, parts, number, requests);
}

void SDL_GL_SwapWindow(SDL_Window *window)
{
    static void (*real)(SDL_Window *);
    if (real == NULL)
        *(void **)&real = dlsym(RTLD_NEXT, "SDL_GL_SwapWindow");
    int hold = take("SHIM_HOLD");
    int rest = take("SHIM_REST");
    int lose_it = take("SHIM_LOSE");
    if (hold > 0)
        (void)poll(NULL, 0, hold);
    real(window);
    if (rest > 0)
        (void)poll(NULL, 0, rest);
    count();
    if (lose_it >= 0) {
        refused = lose_it;
        lose();
    }
}

/* Where frames are copied or read, or shown with what is damaged, there is no swap to hang or to
 * count. */
void *SDL_GL_GetProcAddress(const char *name)
{
    static void *(*real)(const char *);
    if (real == NULL)
        *(void **)&real = dlsym(RTLD_NEXT, "SDL_GL_GetProcAddress");
    bool shows = strcmp(name, "glXCopySubBufferMESA") == 0 || strcmp(name, "glReadPixels") == 0 ||
                 strncmp(name, "eglSwapBuffersWithDamage", strlen("eglSwapBuffersWithDamage")) == 0;
    return shows ? NULL : real(name);
}

static int number(const char *variable)
{
    const char *text = getenv(variable);
    return text != NULL ? atoi(text) : 0;
}

static bool refused_at_first(void)
{
    static int asked;
    if (asked == number("SHIM_REFUSE"))
        return false;
    if (asked++ == 0 && number("SHIM_STOP") > 0)
        (void)kill(number("SHIM_STOP"), SIGSTOP);
    return true;
}

SDL_GLContext SDL_GL_CreateContext(SDL_Window *window)
{
    static SDL_GLContext (*real)(SDL_Window *);
    if (real == NULL)
        *(void **)&real = dlsym(RTLD_NEXT, "SDL_GL_CreateContext");
    if (refused_at_first() || (lost && refused-- > 0)) {
        SDL_SetError("the card is away");
        return NULL;
    }
    SDL_GLContext context = real(window);
    lost = lost && context == NULL;
    return context;
}
