/* Preloaded, it lets a folder take as long to be opened as a test wants: as $LACRIMA_FOLDER is
 * opened, it waits until somebody writes into the pipe $LACRIMA_GATE. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef DIR *open_folder(const char *path);

DIR *opendir(const char *path)
{
    const char *folder = getenv("LACRIMA_FOLDER");
    const char *gate = getenv("LACRIMA_GATE");
    void *symbol = dlsym(RTLD_NEXT, "opendir");
    open_folder *real;
    memcpy(&real, &symbol, sizeof real);
    if (folder != NULL && gate != NULL && strcmp(path, folder) == 0) {
        int pipe = open(gate, O_RDONLY | O_CLOEXEC);
        char byte;
        (void)!read(pipe, &byte, 1);
        (void)close(pipe);
    }
    return real(path);
}
