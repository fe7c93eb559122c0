#include "offline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void hear_line(void *user, const char *line)
{
    struct offline *scene = user;
    if (scene->line_count < OFFLINE_LINES)
        (void)snprintf(scene->lines[scene->line_count++], sizeof scene->lines[0], "%s", line);
}

void offline_path(const struct offline *scene, char path[256], const char *name)
{
    (void)snprintf(path, 256, "%s/%s", scene->folder, name);
}

int offline_set_up(void **state)
{
    static struct offline scene;
    scene = (struct offline){.folder = "/tmp/lacrima-offline-XXXXXX"};
    *state = &scene;
    return mkdtemp(scene.folder) == NULL;
}

int offline_tear_down(void **state)
{
    struct offline *scene = *state;
    audio_destroy(&scene->audio);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", scene->folder);
    return system(command);
}

void offline_open(struct offline *scene, const char *own_dir, const char *xdg_dir)
{
    /* What the person's environment asks for does not count here. */
    (void)setenv("SDL_AUDIODRIVER", "nosuch", 1);
    struct audio_params params = {.offline = true,
                                  .volume_percent = 100,
                                  .own_dir = own_dir,
                                  .xdg_music_dir = xdg_dir,
                                  .say = hear_line,
                                  .say_user = scene};
    struct error error;
    assert_true(audio_create(&scene->audio, &params, &error));
}

void offline_expect(struct offline *scene, time_ns now, enum audio_event_kind kind, time_ns at)
{
    struct audio_event event;
    assert_true(audio_poll(scene->audio, now, &event));
    assert_int_equal(event.kind, kind);
    assert_true(event.at == at);
}
