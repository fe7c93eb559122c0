#include "lacrima/config.h"

#include "faults.h"
#include "file.h"
#include "keys.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "listed.h"

#include <stdlib.h>
#include <string.h>

/* From here on, what differs from the present settings was changed by keys. */
static void remember_given(struct config *config)
{
    config->given = config->settings;
    text_copy(config->given_display, sizeof config->given_display, config->display);
}

void config_init(struct config *config)
{
    memset(config, 0, sizeof *config);
    settings_init(&config->settings);
    remember_given(config);
}

void config_finish(struct config *config)
{
    if (config == NULL)
        return;
    listed_finish(&config->music);
    listed_finish(&config->texts);
    listed_finish(&config->photos);
    listed_finish(&config->films);
    memset(config, 0, sizeof *config);
}

static size_t read_over(struct config *config, enum keys_file kind, const char *path, bool optional,
                        bool *there, config_say *say, void *user)
{
    check(config != NULL && path != NULL);
    struct faults faults = {.file = path, .say = say, .user = user};
    struct error error;
    char *bytes = NULL;
    size_t size = 0;
    enum file_read read = file_read(path, &bytes, &size, &error);
    *there = read != FILE_ABSENT;
    switch (read) {
    case FILE_READ:
        keys_read(config, kind, bytes, size, &faults);
        break;
    case FILE_ABSENT:
        if (!optional)
            faults_add(&faults, 0, "%s", error.text);
        break;
    case FILE_FAILED:
        faults_add(&faults, 0, "%s", error.text);
        break;
    }
    free(bytes);
    return faults.count;
}

size_t config_read(struct config *config, const char *path, bool optional, config_say *say,
                   void *user)
{
    bool there = false;
    size_t count = read_over(config, KEYS_CONFIG, path, optional, &there, say, user);
    remember_given(config);
    return count;
}

size_t config_state_read(struct config *config, const char *path, config_say *say, void *user)
{
    bool there = false;
    return read_over(config, KEYS_STATE, path, true, &there, say, user);
}

size_t config_about_read(struct config *config, const char *path, bool *there, config_say *say,
                         void *user)
{
    return read_over(config, KEYS_ABOUT, path, true, there, say, user);
}
