/* Files as pages: forward, backward, at a place, of any size, and what is no text. */
#include "../support/cm.h"

#include "lacrima/base/text.h"
#include "lacrima/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATH_BYTES 256
#define PAGES_MAX  4096
#define MIB        (1024 * 1024)

static char folder[] = "/tmp/lacrima-pages-XXXXXX";
static struct reading_page page;
static char said[1024];
static unsigned said_count;

static void say(void *user, const char *line)
{
    (void)user;
    said_count++;
    (void)text_copy(said, sizeof said, line);
}

static const char *path_of(const char *name)
{
    static char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *bytes, size_t size)
{
    FILE *file = fopen(path_of(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* A field of 40 columns: enough of a renderer for where pages end. */
static unsigned columns40(void *user, const char *text, size_t length, enum reading_kind kind)
{
    unsigned lines = 1;
    unsigned column = 0;
    (void)user;
    (void)kind;
    for (size_t i = 0; i < length; i++) {
        bool next = text[i] == '\n' || ++column > 40;
        lines += next;
        column = next ? 0 : column;
    }
    return lines;
}

static struct reading *open_with(const char *name, unsigned words, unsigned lines)
{
    struct reading *reading = NULL;
    struct error error;
    said_count = 0;
    if (!reading_open(&reading, path_of(name), say, NULL, &error))
        fail_msg("%s", error.text);
    const struct reading_limits limits = {
        .words_max = words, .lines_max = lines, .lines = columns40};
    reading_limit(reading, &limits);
    return reading;
}

static const char *paragraph(size_t index)
{
    static char text[READING_PAGE_BYTES + 1];
    assert_true(index < page.paragraph_count);
    memcpy(text, page.text + page.paragraphs[index].at, page.paragraphs[index].length);
    text[page.paragraphs[index].length] = '\0';
    return text;
}

static void refuse(const char *name, const char *why)
{
    struct reading *reading = NULL;
    struct error error = {.text = ""};
    assert_false(reading_open(&reading, path_of(name), say, NULL, &error));
    assert_null(reading);
    if (strstr(error.text, why) == NULL || strstr(error.text, name) == NULL)
        fail_msg("\"%s\" says nothing of \"%s\"", error.text, why);
}

static void what_is_no_text_is_said(void **state)
{
    (void)state;
    write_file("empty.txt", "", 0);
    write_file("wide.txt",
               "\xFF\xFE"
               "a\0",
               4);
    assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
    refuse("empty.txt", "is empty");
    refuse("wide.txt", "UTF-16");
    refuse("absent.txt", "No such file");
    refuse("pipe", "not a file");
    refuse("", "is a folder");
    if (geteuid() != 0) {
        write_file("closed.txt", "a", 1);
        assert_int_equal(chmod(path_of("closed.txt"), 0), 0);
        refuse("closed.txt", "Permission denied");
    }
}

static void blank_files_have_no_page(void **state)
{
    (void)state;
    write_file("blank.txt", " \n\n\t\n", 5);
    struct reading *reading = open_with("blank.txt", 10, 10);
    assert_false(reading_page_at(reading, 0, &page));
    assert_false(reading_next(reading, &page));
    reading_close(&reading);
    assert_null(reading);
    reading_close(&reading);
}

static void pages_end_with_sentences(void **state)
{
    (void)state;
    static const char text[] = "One two three. Four five six. Seven eight nine ten.\n\n"
                               "Eleven twelve. Thirteen.";
    write_file("a.txt", text, sizeof text - 1);
    struct reading *reading = open_with("a.txt", 7, 20);
    assert_true(reading_page_at(reading, 0, &page));
    assert_int_equal(page.paragraph_count, 1);
    assert_int_equal(page.words, 6);
    assert_string_equal(paragraph(0), "One two three. Four five six.");
    assert_true(reading_next(reading, &page));
    assert_int_equal(page.paragraph_count, 2);
    assert_string_equal(paragraph(0), "Seven eight nine ten.");
    assert_string_equal(paragraph(1), "Eleven twelve. Thirteen.");
    assert_false(reading_next(reading, &page));
    assert_true(reading_previous(reading, &page));
    assert_string_equal(paragraph(0), "One two three. Four five six.");
    assert_false(reading_previous(reading, &page));
    assert_true(reading_next(reading, &page));
    assert_string_equal(paragraph(0), "Seven eight nine ten.");
    reading_close(&reading);
}

static void a_long_sentence_is_cut_at_a_clause_else_a_word(void **state)
{
    (void)state;
    static const char clauses[] = "One two three four five six, seven eight nine ten eleven, "
                                  "twelve thirteen fourteen fifteen. Sixteen.";
    write_file("b.txt", clauses, sizeof clauses - 1);
    struct reading *reading = open_with("b.txt", 8, 20);
    assert_true(reading_page_at(reading, 0, &page));
    assert_string_equal(paragraph(0), "One two three four five six,");
    assert_true(reading_next(reading, &page));
    assert_string_equal(paragraph(0),
                        "seven eight nine ten eleven, twelve thirteen fourteen fifteen.");
    reading_close(&reading);
    static const char words[] = "one two three four five six seven eight nine ten";
    write_file("c.txt", words, sizeof words - 1);
    reading = open_with("c.txt", 4, 20);
    assert_true(reading_page_at(reading, 0, &page));
    assert_string_equal(paragraph(0), "one two three four");
    reading_close(&reading);
}

static void a_word_without_end_is_cut_where_it_fits(void **state)
{
    (void)state;
    static char text[70000];
    memset(text, 'a', sizeof text);
    write_file("long.txt", text, sizeof text);
    struct reading *reading = open_with("long.txt", 80, 10);
    size_t total = 0;
    bool there = reading_page_at(reading, 0, &page);
    for (; there; there = reading_next(reading, &page)) {
        assert_true(page.paragraphs[0].length <= 410);
        total += page.paragraphs[0].length;
    }
    assert_int_equal(total, sizeof text);
    reading_close(&reading);
}

static void headings_stand_above_what_they_head(void **state)
{
    (void)state;
    static const char text[] =
        "# First\n\nOne two three four five six.\n\n## Second\n\nSeven eight.";
    write_file("d.md", text, sizeof text - 1);
    struct reading *reading = open_with("d.md", 8, 20);
    assert_string_equal(reading_title(reading), "First");
    assert_true(reading_page_at(reading, 0, &page));
    assert_int_equal(page.paragraph_count, 2);
    assert_int_equal(page.paragraphs[0].kind, READING_HEADING);
    assert_true(reading_next(reading, &page));
    assert_string_equal(paragraph(0), "Second");
    assert_string_equal(paragraph(1), "Seven eight.");
    reading_close(&reading);
}

static void a_front_matter_is_read_and_not_shown(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBF---\r\ntitle: \"The boat\"\r\nabout: A harbour.\r\n"
                               "lang: en\r\n---\r\n\r\nIt came.";
    write_file("e.md", text, sizeof text - 1);
    struct reading *reading = open_with("e.md", 8, 20);
    assert_string_equal(reading_title(reading), "The boat");
    assert_string_equal(reading_about(reading), "A harbour.");
    assert_true(reading_page_at(reading, 0, &page));
    assert_string_equal(paragraph(0), "It came.");
    reading_close(&reading);
    write_file("my letter.txt", "---\ntitle: x\n---\n", 17);
    reading = open_with("my letter.txt", 8, 20);
    assert_string_equal(reading_title(reading), "my letter");
    assert_string_equal(reading_about(reading), "");
    reading_close(&reading);
}

static void a_bad_byte_is_said_once_with_its_line(void **state)
{
    (void)state;
    static const char text[] = "one\ntwo\nthr\xFF"
                               "ee\xFE\n";
    write_file("bad.txt", text, sizeof text - 1);
    struct reading *reading = open_with("bad.txt", 8, 20);
    assert_true(reading_page_at(reading, 0, &page));
    assert_true(reading_page_at(reading, 0, &page));
    assert_int_equal(said_count, 1);
    assert_non_null(strstr(said, "bad.txt:3: not UTF-8 here; shown as \xEF\xBF\xBD"));
    assert_string_equal(paragraph(0), "one\ntwo\nthr\xEF\xBF\xBD"
                                      "ee\xEF\xBF\xBD");
    reading_close(&reading);
}

/* A book of some 300 KB: sentences and paragraphs of many lengths, none of them round. */
static size_t write_book(const char *name, size_t size)
{
    FILE *file = fopen(path_of(name), "wb");
    uint32_t seed = 5;
    size_t written = 0;
    assert_non_null(file);
    while (written < size) {
        seed = seed * 1664525U + 1013904223U;
        unsigned words = 2 + (seed >> 20) % 23;
        for (unsigned i = 0; i < words; i++)
            written += (size_t)fprintf(file, "%s%u", i > 0 ? " word" : "Word", (seed >> i) & 1023U);
        written += (size_t)fprintf(file, (seed >> 8) % 5 == 0 ? ".\n\n" : ". ");
    }
    assert_int_equal(fclose(file), 0);
    return written;
}

static void backward_gives_the_pages_of_forward(void **state)
{
    (void)state;
    static uint64_t from[PAGES_MAX];
    static uint64_t to[PAGES_MAX];
    size_t count = 0;
    (void)write_book("book.txt", 300000);
    struct reading *reading = open_with("book.txt", 70, 14);
    for (bool there = reading_page_at(reading, 0, &page); there;
         there = reading_next(reading, &page)) {
        assert_true(count < PAGES_MAX);
        assert_true(page.words > 0 && page.words <= 105);
        assert_true(count == 0 || page.from >= to[count - 1]);
        assert_int_equal(page.text[page.paragraphs[page.paragraph_count - 1].at +
                                   page.paragraphs[page.paragraph_count - 1].length - 1],
                         '.');
        from[count] = page.from;
        to[count++] = page.to;
    }
    assert_true(count > 600);
    for (size_t i = count - 1; i > 0; i--) {
        assert_true(reading_previous(reading, &page));
        assert_int_equal(page.from, from[i - 1]);
        assert_int_equal(page.to, to[i - 1]);
    }
    assert_false(reading_previous(reading, &page));
    /* Opened anywhere, the page is the same, and so is the one before it. */
    for (size_t i = 1; i < count; i += 37) {
        struct reading *other = open_with("book.txt", 70, 14);
        assert_true(reading_page_at(other, (from[i] + to[i]) / 2, &page));
        assert_int_equal(page.from, from[i]);
        assert_true(reading_previous(other, &page));
        assert_int_equal(page.from, from[i - 1]);
        reading_close(&other);
    }
    reading_close(&reading);
}

static void nothing_of_the_text_is_left_out(void **state)
{
    (void)state;
    size_t size = write_book("whole.txt", 100000);
    char *book = malloc(size + 1);
    FILE *file = fopen(path_of("whole.txt"), "rb");
    assert_true(book != NULL && file != NULL);
    assert_int_equal(fread(book, 1, size, file), size);
    book[size] = '\0';
    assert_int_equal(fclose(file), 0);
    struct reading *reading = open_with("whole.txt", 40, 9);
    const char *at = book;
    for (bool there = reading_page_at(reading, 0, &page); there;
         there = reading_next(reading, &page)) {
        for (size_t i = 0; i < page.paragraph_count; i++) {
            at += strspn(at, " \n");
            assert_memory_equal(at, paragraph(i), page.paragraphs[i].length);
            at += page.paragraphs[i].length;
        }
    }
    assert_int_equal(strspn(at, " \n"), strlen(at));
    reading_close(&reading);
    free(book);
}

static long resident_kib(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static double seconds(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* 200 MB of text (every MiB the same, so it is written quickly): it opens, turns, and jumps
 * without the memory or the time that reading it would take. */
static void a_huge_file_opens_at_once(void **state)
{
    (void)state;
    size_t size = write_book("mib.txt", MIB);
    char *mib = malloc(size);
    FILE *file = fopen(path_of("mib.txt"), "rb");
    assert_true(mib != NULL && file != NULL);
    assert_int_equal(fread(mib, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    file = fopen(path_of("huge.txt"), "wb");
    for (int i = 0; i < 200; i++)
        assert_int_equal(fwrite(mib, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    free(mib);
    long before = resident_kib();
    double began = seconds();
    struct reading *reading = open_with("huge.txt", 70, 14);
    assert_true(reading_page_at(reading, 0, &page));
    for (int i = 0; i < 500; i++)
        assert_true(reading_next(reading, &page));
    assert_true(reading_page_at(reading, UINT64_C(190) * MIB + 77, &page));
    assert_true(page.from <= UINT64_C(190) * MIB + 77 && page.to > UINT64_C(190) * MIB + 77);
    assert_true(reading_previous(reading, &page));
    double took = seconds() - began;
    long grown = resident_kib() - before;
    reading_close(&reading);
    assert_int_equal(remove(path_of("huge.txt")), 0);
    print_message("200 MB: %.3f s, %ld KiB more\n", took, grown);
    assert_true(took < 5.0);
    assert_true(grown < 24 * 1024);
}

/* Somebody saves a shorter text over the one that is being read. */
static void a_file_that_shrinks_ends_where_it_ends(void **state)
{
    (void)state;
    (void)write_book("shrinks.txt", 100000);
    struct reading *reading = open_with("shrinks.txt", 70, 14);
    assert_true(reading_page_at(reading, 0, &page));
    assert_int_equal(truncate(path_of("shrinks.txt"), 20000), 0);
    size_t pages = 1;
    while (reading_next(reading, &page))
        pages++;
    assert_in_range(pages, 20, 100);
    assert_true(reading_previous(reading, &page));
    assert_int_equal(truncate(path_of("shrinks.txt"), 0), 0);
    (void)reading_page_at(reading, 50000, &page);
    reading_close(&reading);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[PATH_BYTES];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_text_is_said),
        cmocka_unit_test(blank_files_have_no_page),
        cmocka_unit_test(pages_end_with_sentences),
        cmocka_unit_test(a_long_sentence_is_cut_at_a_clause_else_a_word),
        cmocka_unit_test(a_word_without_end_is_cut_where_it_fits),
        cmocka_unit_test(headings_stand_above_what_they_head),
        cmocka_unit_test(a_front_matter_is_read_and_not_shown),
        cmocka_unit_test(a_bad_byte_is_said_once_with_its_line),
        cmocka_unit_test(backward_gives_the_pages_of_forward),
        cmocka_unit_test(nothing_of_the_text_is_left_out),
        cmocka_unit_test(a_huge_file_opens_at_once),
        cmocka_unit_test(a_file_that_shrinks_ends_where_it_ends),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
