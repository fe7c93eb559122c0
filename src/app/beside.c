#include "beside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 4096

/* Every visit holds the first byte shared; who finds it held was not the first.  A lock of this
 * kind ends with the process, however that ends. */
bool beside_another(void)
{
    const char *folder = getenv("XDG_RUNTIME_DIR");
    char path[PATH_BYTES];
    if (folder == NULL || folder[0] != '/' ||
        snprintf(path, sizeof path, "%s/lacrima.lock", folder) >= (int)sizeof path)
        return false;
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0)
        return false;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    bool another = fcntl(file, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    struct flock ours = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_len = 1};
    (void)fcntl(file, F_SETLK, &ours); /* the file stays open as long as the visit is on */
    return another;
}
