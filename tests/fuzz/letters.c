/* Any bytes as the file of letters.  After the first byte come, if it is even, the whole file; if
 * it is odd, edits of a sound one, four bytes each: where (two),
 * a count and what to write.  Whatever it is: nothing crashes, what can be read is what was
 * written, and a file that is not opened is still there, to the bit, or was set aside so. */
#include "fuzz.h"

#include "lacrima/base/check.h"
#include "lacrima/journal.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PASS       "pass"
#define LETTERS    3
#define FILE_BYTES (1 << 20)
#define PATH_BYTES 512

static const char *const texts[LETTERS] = {"Dear M,\n", "", "I never said it."};
static char folder[PATH_BYTES];
static int64_t ids[LETTERS];
static unsigned char sound[FILE_BYTES];
static size_t sound_size;

static const char *path_of(const char *name)
{
    static char paths[2][PATH_BYTES * 2];
    static int which;
    which = 1 - which;
    (void)snprintf(paths[which], sizeof paths[which], "%s/%s", folder, name);
    return paths[which];
}

static size_t read_whole(const char *name, unsigned char *into)
{
    FILE *file = fopen(path_of(name), "rb");
    if (file == NULL)
        return 0;
    size_t size = fread(into, 1, FILE_BYTES, file);
    (void)fclose(file);
    return size;
}

static void clear(void)
{
    DIR *names = opendir(folder);
    check(names != NULL);
    for (struct dirent *entry = readdir(names); entry != NULL; entry = readdir(names)) {
        if (entry->d_name[0] != '.')
            (void)unlink(path_of(entry->d_name));
    }
    (void)closedir(names);
}

static void leave(void)
{
    clear();
    (void)rmdir(folder);
}

static void unheard(void *user, const char *line)
{
    (void)user;
    (void)line;
}

static struct journal *begin(void)
{
    const struct journal_params params = {
        .folder = folder, .synchronous = true, .cost = JOURNAL_COST_LEAST, .say = unheard};
    struct journal *journal = NULL;
    struct error error;
    check(journal_create(&journal, &params, &error));
    return journal;
}

static enum journal_result take(struct journal *journal, struct journal_answer *answer)
{
    check(journal_poll(journal, answer));
    return answer->result;
}

static void make_sound_one(void)
{
    const char *base = getenv("TMPDIR");
    struct error error;
    (void)snprintf(folder, sizeof folder, "%s/lacrima-fuzz-XXXXXX", base != NULL ? base : "/tmp");
    check(mkdtemp(folder) != NULL);
    check(atexit(leave) == 0);
    struct journal *journal = begin();
    journal_begin(journal, PASS, strlen(PASS));
    for (int i = 0; i < LETTERS; i++) {
        ids[i] = journal_new(journal);
        check(journal_save(journal, ids[i], texts[i], strlen(texts[i]), &error));
    }
    check(journal_flush(journal, &error));
    journal_destroy(&journal);
    sound_size = read_whole("letters.db", sound);
    check(sound_size > 0);
}

static size_t make_file(unsigned char *bytes, const uint8_t *data, size_t size)
{
    if (size == 0 || data[0] % 2 == 0) {
        size_t length = size > 0 ? size - 1 : 0;
        length = length < FILE_BYTES ? length : FILE_BYTES;
        if (length > 0)
            memcpy(bytes, data + 1, length);
        return length;
    }
    memcpy(bytes, sound, sound_size);
    for (size_t i = 1; i + 4 <= size; i += 4) {
        size_t at = (size_t)(data[i] * 256 + data[i + 1]) % sound_size;
        size_t count = data[i + 2] % 32 + 1U;
        for (size_t j = at; j < at + count && j < sound_size; j++)
            bytes[j] = data[i + 3];
    }
    return sound_size;
}

static void read_what_there_is(struct journal *journal)
{
    struct journal_answer answer;
    journal_list(journal);
    (void)take(journal, &answer);
    journal_answer_finish(&answer);
    for (int i = 0; i < LETTERS; i++) {
        journal_read(journal, ids[i]);
        if (take(journal, &answer) == JOURNAL_DONE)
            check(strcmp(answer.text, texts[i]) == 0);
        journal_answer_finish(&answer);
    }
}

static bool kept_anywhere(const unsigned char *bytes, size_t size)
{
    static unsigned char found[FILE_BYTES];
    bool kept = false;
    DIR *names = opendir(folder);
    check(names != NULL);
    for (struct dirent *entry = readdir(names); entry != NULL; entry = readdir(names)) {
        if (entry->d_name[0] != '.' && read_whole(entry->d_name, found) == size)
            kept = kept || memcmp(found, bytes, size) == 0;
    }
    (void)closedir(names);
    return kept;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned char bytes[FILE_BYTES];
    struct journal_answer answer;
    if (sound_size == 0)
        make_sound_one();
    clear();
    size_t length = make_file(bytes, data, size);
    FILE *file = fopen(path_of("letters.db"), "wb");
    check(file != NULL);
    check(fwrite(bytes, 1, length, file) == length);
    check(fclose(file) == 0);
    struct journal *journal = begin();
    journal_open(journal);
    (void)take(journal, &answer);
    journal_answer_finish(&answer);
    if (journal_state(journal) == JOURNAL_LOCKED) {
        journal_unlock(journal, PASS, strlen(PASS));
        bool unlocked = take(journal, &answer) == JOURNAL_DONE;
        journal_answer_finish(&answer);
        if (unlocked)
            read_what_there_is(journal);
    } else {
        check(kept_anywhere(bytes, length));
    }
    journal_destroy(&journal);
    return 0;
}
