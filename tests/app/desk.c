#include "desk.h"

#include "lacrima/base/text.h"
#include "lacrima/journal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_S 120

static void say(void *user, const char *line)
{
    struct desk *desk = user;
    assert_true(text_append(desk->said, sizeof desk->said, line));
    assert_true(text_append(desk->said, sizeof desk->said, "\n"));
}

static void wake(void *user)
{
    struct desk *desk = user;
    (void)sem_post(&desk->woken);
}

static void kept(void *user, time_ns now, time_ns until)
{
    struct desk *desk = user;
    desk->kept_now = now;
    desk->kept_until = until;
}

static void carry_out(struct desk *desk, struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        if (effect->kind == EFFECT_STATE)
            desk->state = effect->state;
        if (effect->kind == EFFECT_LETTER)
            letter_ask(desk->letter, effect->letter, effect->at);
    }
    effects->count = 0;
}

static void take(struct desk *desk)
{
    struct event event;
    while (letter_poll(desk->letter, desk->now, &event)) {
        struct effects effects = {0};
        session_event(&desk->session, &event, &effects);
        carry_out(desk, &effects);
    }
}

void desk_wait(struct desk *desk, time_ns after_ns)
{
    struct effects effects = {0};
    desk->now += after_ns;
    while (session_run_next(&desk->session, desk->now, &effects))
        carry_out(desk, &effects);
    take(desk);
}

void desk_key_after(struct desk *desk, int32_t key, time_ns after_ns)
{
    desk_wait(desk, after_ns);
    struct event event = {.kind = EVENT_KEY_DOWN, .at = desk->now};
    event.key.typed = event.key.position = key;
    if (session_takes_text(&desk->session) && letter_key(desk->letter, &event.key, event.at)) {
        take(desk);
        return;
    }
    letter_plan_end(desk->letter);
    take(desk);
    struct effects effects = {0};
    session_event(&desk->session, &event, &effects);
    carry_out(desk, &effects);
    event.kind = EVENT_KEY_UP;
    session_event(&desk->session, &event, &effects);
    carry_out(desk, &effects);
    take(desk);
}

void desk_key(struct desk *desk, int32_t key)
{
    desk_key_after(desk, key, SECONDS(1));
}

void desk_type(struct desk *desk, const char *text, time_ns after_ns)
{
    desk_wait(desk, after_ns);
    assert_true(session_takes_text(&desk->session));
    letter_text(desk->letter, text, desk->now);
    take(desk);
}

void desk_await(struct desk *desk)
{
    struct timespec until;
    assert_int_equal(clock_gettime(CLOCK_REALTIME, &until), 0);
    until.tv_sec += PATIENCE_S;
    while (sem_timedwait(&desk->woken, &until) != 0)
        assert_int_equal(errno, EINTR);
    take(desk);
}

void desk_await_kept(struct desk *desk, time_ns until)
{
    while (desk->kept_until < until)
        desk_await(desk);
    assert_int_equal(desk->kept_until, until);
}

void desk_await_due(struct desk *desk)
{
    while (letter_deadline(desk->letter) == TIME_NEVER)
        desk_await(desk);
}

void desk_await_state(struct desk *desk, const char *state)
{
    while (!text_equal(desk->state, state))
        desk_await(desk);
}

void desk_begin(struct desk *desk)
{
    struct settings settings;
    struct effects effects = {0};
    settings_init(&settings);
    session_init(&desk->session, &settings);
    desk->letter = letter_create(&desk->params);
    assert_non_null(desk->letter);
    desk->said[0] = '\0';
    desk->state = "";
    desk->kept_now = desk->kept_until = -1;
    desk->now = 0;
    session_begin(&desk->session, TECHNIQUE_WRITE, 0, &effects);
    carry_out(desk, &effects);
    take(desk);
}

void desk_end(struct desk *desk)
{
    letter_destroy(&desk->letter);
}

void desk_page(struct desk *desk, enum letter_fate fate)
{
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "fate");
    for (int row = 0; row < (int)fate; row++)
        desk_key(desk, KEY_DOWN);
    if (fate == LETTER_FOLD) {
        while (desk->session.visit.letter.journal == LETTER_JOURNAL_UNSEEN)
            desk_await(desk);
        desk_key(desk, KEY_SPACE);
        assert_string_equal(desk->state, "old");
        desk_type(desk, DESK_PASS, SECONDS(1));
        desk_key(desk, KEY_ENTER);
        desk_await_state(desk, "page");
        return;
    }
    desk_key(desk, KEY_SPACE);
    if (fate == LETTER_FILE)
        desk_key(desk, KEY_ENTER);
    assert_string_equal(desk->state, "page");
}

void desk_make_letters(struct desk *desk, const char *const *texts, size_t count)
{
    struct error error = {{0}};
    struct journal *journal = NULL;
    const struct journal_params params = {
        .folder = desk->letters, .synchronous = true, .cost = JOURNAL_COST_LEAST};
    assert_true(journal_create(&journal, &params, &error));
    journal_begin(journal, DESK_PASS, strlen(DESK_PASS));
    for (size_t i = 0; i < count; i++)
        assert_true(
            journal_save(journal, journal_new(journal), texts[i], strlen(texts[i]), &error));
    assert_true(journal_flush(journal, &error));
    journal_destroy(&journal);
}

long desk_read(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return -1;
    size_t length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    (void)fclose(file);
    return (long)length;
}

const char *desk_file(const struct desk *desk)
{
    static char path[512];
    DIR *folder = opendir(desk->folder);
    assert_non_null(folder);
    path[0] = '\0';
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strncmp(entry->d_name, "letter-", 7) != 0)
            continue;
        assert_string_equal(path, "");
        (void)snprintf(path, sizeof path, "%s/%s", desk->folder, entry->d_name);
    }
    (void)closedir(folder);
    return path;
}

int desk_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    const char *tmp = getenv("TMPDIR");
    assert_non_null(desk);
    (void)snprintf(desk->folder, sizeof desk->folder, "%s/lacrima-desk-XXXXXX",
                   tmp != NULL && strlen(tmp) < 64 ? tmp : "/tmp");
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->letters, sizeof desk->letters, "%s/letters", desk->folder);
    assert_int_equal(setenv("HOME", desk->folder, 1), 0);
    assert_int_equal(sem_init(&desk->woken, 0, 0), 0);
    stage_open(&desk->stage, false, 320, 200);
    desk->params = (struct letter_params){
        .render = desk->stage.render,
        .session = &desk->session,
        .text_scale = 1.0F,
        .folder = desk->letters,
        .say = say,
        .say_user = desk,
        .wake = wake,
        .wake_user = desk,
        .kept = kept,
        .kept_user = desk,
    };
    desk_begin(desk);
    *state = desk;
    return 0;
}

static void remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char inner[512];
        if (text_equal(entry->d_name, ".") || text_equal(entry->d_name, ".."))
            continue;
        (void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (unlink(inner) != 0)
            remove_folder(inner);
    }
    (void)closedir(folder);
    (void)rmdir(path);
}

int desk_teardown(void **state)
{
    struct desk *desk = *state;
    desk_end(desk);
    stage_close(&desk->stage);
    remove_folder(desk->folder);
    (void)sem_destroy(&desk->woken);
    free(desk);
    return 0;
}
