/* Support for the journal's tests: a folder of their own, a journal in it, and what was said. */
#ifndef LACRIMA_TESTS_JOURNAL_SUPPORT_H
#define LACRIMA_TESTS_JOURNAL_SUPPORT_H

#include "lacrima/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SAID_BYTES 16384
#define PASS       "a quiet passphrase"
#define OTHER      "another passphrase"
/* 2026-11-25 03:42:00 UTC, the time of these tests. */
#define TEST_TIME INT64_C(1795578120)

struct room {
    char folder[128]; /* of the test; removed with everything in it */
    char home[192];   /* folder/letters: where the journal is */
    struct journal *journal;
    const char *vfs;
    bool threaded;
    bool usual; /* what opening costs in earnest */
    int64_t now;
    char said[SAID_BYTES]; /* every line, with a newline */
};

/* cmocka's setup and teardown: *state is the room, with a synchronous journal of least cost. */
int room_setup(void **state);
int room_teardown(void **state);

/* For programs that are no cmocka test. */
struct room *room_new(void);
void room_free(struct room *room);

/* Closes the journal and makes another one on the same folder; forgets what was said. */
void reopen(struct room *room);

/* Requests and their answers.  They return the answer's result; the last answer's line is in
 * answer_line. */
extern char answer_line[ERROR_TEXT_BYTES];
extern bool answer_restorable;
enum journal_result do_open(struct room *room);
enum journal_result do_begin(struct room *room, const char *pass);
enum journal_result do_unlock(struct room *room, const char *pass);
enum journal_result do_lock(struct room *room);
enum journal_result do_change(struct room *room, const char *old, const char *fresh);
enum journal_result do_restore(struct room *room);
enum journal_result do_remove(struct room *room, int64_t id);
enum journal_result do_export(struct room *room, const char *folder, size_t *count);

/* The caller finishes the answer. */
enum journal_result do_list(struct room *room, struct journal_answer *answer);
enum journal_result do_read(struct room *room, int64_t id, struct journal_answer *answer);

/* A new letter with this text, saved. */
int64_t write_letter(struct room *room, const char *text);
void save_text(struct room *room, int64_t id, const char *text);
void assert_text(struct room *room, int64_t id, const char *text);
void assert_state(struct room *room, enum journal_state state);
void assert_count(struct room *room, size_t count);

/* Paths in the journal's folder; they last until the fourth next call. */
const char *in_home(const struct room *room, const char *name);

/* Files. */
unsigned char *read_file(const char *path, size_t *size); /* to be freed; NULL if there is none */
void write_file(const char *path, const void *bytes, size_t size);
void copy_file(const char *from, const char *to);
bool exists(const char *path);
size_t count_files(const char *folder, const char *begin, const char *end);
/* The only file of the folder with such a name. */
const char *only_file(const char *folder, const char *begin, const char *end);
/* Whether the bytes stand in any file of the folder, its folders too. */
bool anywhere_in(const char *folder, const void *bytes, size_t size);
size_t open_descriptors(void);

#define JOURNAL_TEST(function) cmocka_unit_test_setup_teardown(function, room_setup, room_teardown)

#endif
