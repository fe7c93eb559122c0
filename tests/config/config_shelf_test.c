/* The shelf's file: what stands in it, what is wrong in it, and what is written into it. */
#include "support.h"

#include "lacrima/base/text.h"
#include "lacrima/shelf.h"

#include <fcntl.h>
#include <sys/wait.h>

#define RANDOM_SEED 11u
#define ROUNDS      2000
#define BYTES_MAX   4096
#define ADDS        40
#define TEXT_BYTES  8192

static void shelf_file(const struct room *room, char path[160])
{
    (void)snprintf(path, 160, "%s/shelf.ini", room->folder);
}

static size_t read_shelf(struct room *room, struct shelf *shelf, const char *text)
{
    char path[160];
    shelf_file(room, path);
    write_bytes(path, text, strlen(text));
    memset(&room->said, 0, sizeof room->said);
    *shelf = (struct shelf){0};
    size_t count = shelf_read(shelf, path, keep_line, &room->said);
    assert_int_equal(count, room->said.count);
    return shelf->count;
}

static void read_back(const struct room *room, char text[TEXT_BYTES])
{
    char path[160];
    shelf_file(room, path);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(text, 1, TEXT_BYTES - 1, file);
    text[size] = '\0';
    (void)fclose(file);
}

static bool add(const char *path, const struct shelf_entry *entry, struct error *error)
{
    bool added = false;
    return shelf_add(path, &entry, 1, false, &added, error) &&
           (added || error_set(error, "it is there"));
}

static void every_key_is_read(void **state)
{
    struct room *room = *state;
    struct shelf shelf;
    assert_int_equal(read_shelf(room, &shelf,
                                "# mine\n[song]\npath = /m/a.flac\nfrom = 2:14\nto=3:05.5\n"
                                "fade_in = 2.5\nfade_out = 5\nword = the drive home\n"
                                "not_today = 2026-11-26\n[Text]\npath = poem.txt\n"
                                "[photographs]\npath = file:///p/a%20%3B%20b\n"
                                "[film]\npath = \"/f/one.mkv\"\nto = 1:02:03\n"),
                     4);
    assert_said(room, "");
    const struct shelf_entry *song = shelf.entries[0];
    assert_int_equal(song->kind, SHELF_SONG);
    assert_string_equal(song->path, "/m/a.flac");
    assert_int_equal(song->from, SECONDS(134));
    assert_int_equal(song->to, MILLISECONDS(185500));
    assert_int_equal(song->fade_in, MILLISECONDS(2500));
    assert_int_equal(song->fade_out, SECONDS(5));
    assert_string_equal(song->word, "the drive home");
    assert_string_equal(song->not_today, "2026-11-26");
    char beside[160];
    (void)snprintf(beside, sizeof beside, "%s/poem.txt", room->folder);
    assert_string_equal(shelf.entries[1]->path, beside);
    assert_int_equal(shelf.entries[1]->to, TIME_NEVER);
    assert_string_equal(shelf.entries[2]->path, "/p/a ; b");
    assert_int_equal(shelf.entries[3]->kind, SHELF_FILM);
    assert_int_equal(shelf.entries[3]->to, SECONDS(3723));
    shelf_finish(&shelf);
}

/* The entry with the fault is set aside; those around it are not, and neither is one with a key
 * that somebody keeps there for themselves. */
static void faults_are_said_and_set_aside(void **state)
{
    struct room *room = *state;
    struct shelf shelf;
    assert_int_equal(
        read_shelf(room, &shelf,
                   "path = /lost\n[song]\npath = /a\n[song]\nfrom = 1:00\n[song]\npath = /b\n"
                   "from = 1:75\n[song]\npath = /c\nfrom = 1:00\nto = 1:01\n[song]\npath = /d\n"
                   "path = /e\n[poem]\npath = /f\n[song\npath = /g\n[text]\npath = /h\nmine = 4\n"
                   "from = 2:00\n[song]\npath = /i\nfade_in = 0.2\n[song]\npath = /j\nno sign\n"
                   "[song]\npath = /k\nnot_today = yes\n[song] x\npath = /l\n[song]\n"
                   "path = file://other/m\n[film]\npath = /n\n"),
        4);
    assert_said(
        room,
        "shelf.ini:1: path = /lost stands before any [section]; it is left out\n"
        "shelf.ini:4: [song] has no path; it is set aside\n"
        "shelf.ini:8: from: 1:75 is no time like 2:14; the entry is set aside\n"
        "shelf.ini:12: to: this is not at least 3 seconds after its beginning; the entry is set "
        "aside\n"
        "shelf.ini:15: path stands twice, here and on line 14; the entry is set aside\n"
        "shelf.ini:16: there is no section [poem]; what is in it is left out\n"
        "shelf.ini:18: [song has no closing bracket; what follows it is left out\n"
        "shelf.ini:22: text.mine: there is no such key; it stays, and changes nothing\n"
        "shelf.ini:23: from is for songs and films; here it changes nothing\n"
        "shelf.ini:26: fade_in: 0.2 is outside 1 to 30; 1 is used\n"
        "shelf.ini:29: no sign is not \"key = value\"; it is left out\n"
        "shelf.ini:32: not_today: yes is no day like 2026-11-26; the entry is set aside\n"
        "shelf.ini:33: x after the heading is left out\n"
        "shelf.ini:36: path: this address is of no file on this computer; the entry is set "
        "aside\n");
    assert_string_equal(shelf.entries[0]->path, "/a");
    assert_string_equal(shelf.entries[1]->path, "/h");
    assert_string_equal(shelf.entries[2]->path, "/i");
    assert_string_equal(shelf.entries[3]->path, "/n");
    shelf_finish(&shelf);
}

static void times_are_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        time_ns ns; /* < 0: it is none */
    } rows[] = {{"0", 0},
                {"2:14", SECONDS(134)},
                {"134", SECONDS(134)},
                {"75:30", SECONDS(4530)},
                {"1:02:03.25", MILLISECONDS(3723250)},
                {"0:00.0015", MILLISECONDS(1)},
                {"100:00:00", SHELF_TIME_MAX_NS},
                {"100:00:01", -1},
                {"999999999999999999999", -1},
                {"", -1},
                {":", -1},
                {"1:", -1},
                {"1:60", -1},
                {"1:2:3:4", -1},
                {"-1", -1},
                {"1.", -1},
                {"1:00 ", -1},
                {"1,5", -1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        time_ns ns = -1;
        time_ns again = -1;
        char text[SHELF_TIME_BYTES];
        bool read = shelf_time(rows[i].text, &ns);
        assert_int_equal(read, rows[i].ns >= 0);
        if (!read)
            continue;
        assert_int_equal(ns, rows[i].ns);
        shelf_time_text(text, sizeof text, ns);
        assert_true(shelf_time(text, &again) && again == ns);
    }
}

/* Whatever a path is made of, it comes back as it was; and what the person wrote stays. */
static void what_is_added_comes_back(void **state)
{
    static const char *const paths[] = {"/m/plain.flac",
                                        "/m/ blank ",
                                        "/m/a ; b # c = [d].ogg",
                                        "/m/\xFF\xFE.mp3",
                                        "/m/tab\tline\n",
                                        "/m/\"quoted\"",
                                        "/m/%41.ogg",
                                        "/m/\xD8\xA2\xD9\x86.ogg"};
    static const char mine[] = "; mine\r\n[song]\r\npath=/mine\r\nmood = blue ; kept\r\n[odd]\r\n"
                               "x\xFF\r\n# no newline at the end";
    struct room *room = *state;
    struct shelf shelf;
    struct error error;
    char path[160];
    char text[TEXT_BYTES];
    assert_int_equal(read_shelf(room, &shelf, mine), 1);
    shelf_finish(&shelf);
    shelf_file(room, path);
    size_t count = sizeof paths / sizeof paths[0];
    for (size_t i = 0; i < count; i++) {
        struct shelf_entry entry;
        shelf_entry_init(&entry, (enum shelf_kind)(i % SHELF_KINDS));
        (void)strcpy(entry.path, paths[i]);
        if (entry.kind == SHELF_SONG || entry.kind == SHELF_FILM) {
            entry.from = SECONDS(134);
            entry.to = MILLISECONDS(185250);
            entry.fade_in = MILLISECONDS(1500);
            entry.fade_out = SECONDS(4);
        }
        (void)strcpy(entry.word, i == 0 ? "" : "a word: # of mine");
        assert_true(add(path, &entry, &error));
    }
    read_back(room, text);
    assert_memory_equal(text, mine, sizeof mine - 1);
    (void)shelf_read(&shelf, path, NULL, NULL);
    assert_int_equal(shelf.count, 1 + count);
    for (size_t i = 0; i < count; i++) {
        const struct shelf_entry *entry = shelf.entries[1 + i];
        assert_string_equal(entry->path, paths[i]);
        assert_int_equal(entry->kind, i % SHELF_KINDS);
        assert_string_equal(entry->word, i == 0 ? "" : "a word: # of mine");
        if (entry->kind != SHELF_SONG)
            continue;
        assert_int_equal(entry->from, SECONDS(134));
        assert_int_equal(entry->to, MILLISECONDS(185250));
        assert_int_equal(entry->fade_in, MILLISECONDS(1500));
    }
    shelf_finish(&shelf);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_word_that_cannot_stand_is_refused(void **state)
{
    struct room *room = *state;
    struct error error;
    char path[160];
    struct shelf_entry entry;
    shelf_file(room, path);
    shelf_entry_init(&entry, SHELF_SONG);
    (void)strcpy(entry.path, "/a");
    (void)strcpy(entry.word, "here ; and gone");
    assert_false(add(path, &entry, &error));
    assert_non_null(strstr(error.text, "here ; and gone"));
    assert_int_equal(access(path, F_OK), -1);
}

/* One thing twice is one entry; what was added is taken off again, and nothing else of the file. */
static void what_came_in_goes_out_again(void **state)
{
    static const char mine[] = "# a\n[song]\nfrom = 5\npath = /a\n; b";
    static struct shelf_entry entries[3];
    const struct shelf_entry *brought[] = {&entries[0], &entries[1], &entries[2]};
    bool added[3] = {false};
    struct room *room = *state;
    struct shelf shelf;
    struct error error;
    char path[160];
    char text[TEXT_BYTES];
    shelf_file(room, path);
    assert_int_equal(read_shelf(room, &shelf, mine), 1);
    shelf_finish(&shelf);
    for (size_t i = 0; i < 3; i++)
        shelf_entry_init(&entries[i], i == 1 ? SHELF_TEXT : SHELF_SONG);
    (void)strcpy(entries[0].path, "/a");
    (void)strcpy(entries[1].path, "/a");
    (void)strcpy(entries[2].path, "/c");
    /* A part of /a is there, and that is enough of it. */
    assert_true(shelf_add(path, brought, 3, true, added, &error));
    assert_true(!added[0] && added[1] && added[2]);
    read_back(room, text);
    assert_string_equal(text, "# a\n[song]\nfrom = 5\npath = /a\n; b\n\n[text]\npath = /a\n"
                              "\n[song]\npath = /c\n");
    assert_true(shelf_add(path, brought, 3, true, added, &error));
    assert_true(!added[0] && !added[1] && !added[2]);
    assert_true(shelf_add(path, brought, 1, false, added, &error) && added[0]);
    assert_true(shelf_take_off(path, &brought[1], 2, &error));
    read_back(room, text);
    assert_string_equal(text, "# a\n[song]\nfrom = 5\npath = /a\n; b\n\n[song]\npath = /a\n");
    assert_false(shelf_take_off(path, &brought[1], 2, &error));
    assert_true(shelf_take_off(path, brought, 1, &error));
    read_back(room, text);
    assert_memory_equal(text, mine, sizeof mine - 1);
    assert_string_equal(text + sizeof mine - 1, "\n");
    /* What has had a line added to it is the person's own. */
    assert_true(shelf_add(path, &brought[2], 1, true, added, &error));
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    (void)fputs("word = hers\n", file);
    (void)fclose(file);
    assert_false(shelf_take_off(path, &brought[2], 1, &error));
    assert_non_null(strstr(error.text, "changed"));
}

static void there_is_an_end_to_it(void **state)
{
    struct room *room = *state;
    struct error error;
    char path[160];
    struct shelf_entry entry;
    shelf_file(room, path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (int i = 0; i < SHELF_ENTRIES_MAX; i++)
        (void)fprintf(file, "[song]\npath = /%d\n", i);
    (void)fclose(file);
    shelf_entry_init(&entry, SHELF_SONG);
    (void)strcpy(entry.path, "/one-more");
    assert_false(add(path, &entry, &error));
    assert_non_null(strstr(error.text, "it is full"));
}

/* Marking changes one line, and taking the mark back leaves the bytes as they were. */
static void a_mark_is_one_line(void **state)
{
    static const char mine[] = "# a\n[song]\npath = /a\nodd = 1\n\n[song]\nfrom = 5\npath = /a";
    struct room *room = *state;
    struct shelf shelf;
    struct error error;
    char path[160];
    char text[TEXT_BYTES];
    shelf_file(room, path);
    assert_int_equal(read_shelf(room, &shelf, mine), 2);
    assert_true(shelf_mark(path, shelf.entries[1], "2026-11-26", &error));
    read_back(room, text);
    assert_string_equal(text, "# a\n[song]\npath = /a\nodd = 1\n\n[song]\nfrom = 5\npath = /a\n"
                              "not_today = 2026-11-26\n");
    assert_true(shelf_mark(path, shelf.entries[0], "2026-11-27", &error));
    assert_true(shelf_mark(path, shelf.entries[1], "2026-11-28", &error));
    read_back(room, text);
    assert_string_equal(text, "# a\n[song]\npath = /a\nnot_today = 2026-11-27\nodd = 1\n\n[song]\n"
                              "from = 5\npath = /a\nnot_today = 2026-11-28\n");
    assert_true(shelf_mark(path, shelf.entries[0], "", &error));
    assert_true(shelf_mark(path, shelf.entries[1], "", &error));
    read_back(room, text);
    assert_memory_equal(text, mine, sizeof mine - 1);
    assert_string_equal(text + sizeof mine - 1, "\n");
    (void)strcpy(shelf.entries[0]->path, "/gone");
    assert_false(shelf_mark(path, shelf.entries[0], "2026-11-28", &error));
    shelf_finish(&shelf);
}

/* Two copies add at once: nothing of either is lost, and nobody ever reads half a file. */
static void two_at_once_lose_nothing(void **state)
{
    struct room *room = *state;
    struct error error;
    char path[160];
    pid_t children[2];
    shelf_file(room, path);
    for (int c = 0; c < 2; c++) {
        children[c] = fork();
        assert_true(children[c] >= 0);
        for (int i = 0; children[c] == 0; i++) {
            struct shelf_entry entry;
            shelf_entry_init(&entry, SHELF_SONG);
            (void)snprintf(entry.path, sizeof entry.path, "/%d/%d", c, i);
            if (i == ADDS || !add(path, &entry, &error))
                _exit(i == ADDS ? 0 : 1);
        }
    }
    for (int c = 0; c < 2; c++) {
        int status = -1;
        assert_int_equal(waitpid(children[c], &status, 0), children[c]);
        assert_int_equal(status, 0);
    }
    struct shelf shelf = {0};
    assert_int_equal(shelf_read(&shelf, path, keep_line, &room->said), 0);
    assert_int_equal(shelf.count, 2 * ADDS);
    shelf_finish(&shelf);
}

static uint32_t random_state = RANDOM_SEED;

static uint32_t random_below(uint32_t bound)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % bound;
}

static void check_line(void *user, const char *line)
{
    const char *path = user;
    unsigned number = 0;
    assert_true(strncmp(line, path, strlen(path)) == 0);
    assert_int_equal(sscanf(line + strlen(path), ":%u: ", &number), 1);
    assert_true(number > 0);
}

static void assert_whole(const struct shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_entry *e = shelf->entries[i];
        assert_in_range(e->kind, 0, SHELF_KINDS - 1);
        assert_true(e->path[0] != '\0' && e->line > 0 && e->path_line > e->line);
        assert_true(e->from >= 0 && e->from <= SHELF_TIME_MAX_NS + NS_PER_S);
        assert_true(e->to == TIME_NEVER || e->to - e->from >= SHELF_PART_NS);
        assert_true(e->fade_in == 0 || e->fade_in >= NS_PER_S);
    }
}

/* Damaged files: nothing breaks, what is said has its line, and a mark or an entry that is written
 * into one leaves all of its other bytes. */
static void damaged_files_lose_nothing(void **state)
{
    static const char good[] =
        "# a\n[song]\npath = ~/a.flac\nfrom = 1:00\nto = 2:00.5\nfade_in = 3\nword = w\n[text]\n"
        "path = \"b.md\"\nnot_today = 2026-01-01\n[photographs]\npath = file:///c%20d\n[film]\n"
        "path = /e\nfade_out = 1.5\n";
    static const char *const pieces[] = {"[",        "]",           "=",       "\n",   ";",
                                         "\"",       " ",           "%",       "\xC3", "\r",
                                         "[song]\n", "path = /x\n", "from = ", ":",    "file://"};
    struct room *room = *state;
    char path[160];
    shelf_file(room, path);
    for (int round = 0; round < ROUNDS; round++) {
        char bytes[BYTES_MAX];
        size_t size = sizeof good - 1;
        memcpy(bytes, good, size);
        for (uint32_t n = 1 + random_below(8); n > 0; n--) {
            size_t at = random_below((uint32_t)size);
            if (random_below(2) == 0) {
                bytes[at] = (char)random_below(256);
                continue;
            }
            const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
            memmove(bytes + at + strlen(piece), bytes + at, size - at);
            memcpy(bytes + at, piece, strlen(piece));
            size += strlen(piece);
        }
        (void)unlink(path);
        write_bytes(path, bytes, size);
        struct shelf shelf = {0};
        (void)shelf_read(&shelf, path, check_line, path);
        assert_whole(&shelf);
        /* What is written is put on the disk, which takes its time. */
        if (round % 40 == 0) {
            struct error error;
            struct shelf_entry entry;
            struct shelf after = {0};
            char text[TEXT_BYTES];
            shelf_entry_init(&entry, SHELF_TEXT);
            (void)strcpy(entry.path, "/added");
            assert_true(add(path, &entry, &error));
            read_back(room, text);
            assert_memory_equal(text, bytes, size);
            (void)shelf_read(&after, path, NULL, NULL);
            assert_true(after.count > 0);
            assert_string_equal(after.entries[after.count - 1]->path, "/added");
            assert_int_equal(after.count, shelf.count + 1);
            assert_true(shelf_mark(path, &entry, "2026-02-03", &error));
            assert_true(shelf_mark(path, &entry, "", &error));
            char again[TEXT_BYTES];
            read_back(room, again);
            assert_string_equal(again, text);
            shelf_finish(&after);
        }
        shelf_finish(&shelf);
    }
}

static void a_full_shelf_says_so(void **state)
{
    struct room *room = *state;
    static char text[(SHELF_ENTRIES_MAX + 2) * 24];
    struct shelf shelf;
    size_t used = 0;
    for (int i = 0; i < SHELF_ENTRIES_MAX + 1; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "[song]\npath = /%d\n", i);
    assert_int_equal(read_shelf(room, &shelf, text), SHELF_ENTRIES_MAX);
    assert_said(room, "shelf.ini:1025: there is room for 512 entries; this one is set aside\n");
    shelf_finish(&shelf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(every_key_is_read),
        CONFIG_TEST(faults_are_said_and_set_aside),
        CONFIG_TEST(times_are_read_and_written),
        CONFIG_TEST(what_is_added_comes_back),
        CONFIG_TEST(a_word_that_cannot_stand_is_refused),
        CONFIG_TEST(what_came_in_goes_out_again),
        CONFIG_TEST(there_is_an_end_to_it),
        CONFIG_TEST(a_mark_is_one_line),
        CONFIG_TEST(two_at_once_lose_nothing),
        CONFIG_TEST(damaged_files_lose_nothing),
        CONFIG_TEST(a_full_shelf_says_so),
    };
    return cmocka_run_group_tests_name("shelf", tests, NULL, NULL);
}
