/* Whatever bytes a file holds: nothing is overrun, every text ends, and a country that is known
 * keeps its emergency number. */
#include "../support/cm.h"

#include "lacrima/base/text.h"
#include "lacrima/helplines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS     4000
#define FILE_BYTES 16384

static const struct helplines_date near_day = {2026, 11, 25};
static uint32_t seed = 20261125;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % sides;
}

static void hear(void *user, const char *line)
{
    size_t *lines = user;
    assert_true(strlen(line) > 0 && strchr(line, '\n') == NULL);
    (*lines)++;
}

static bool ends(const char *text, size_t size)
{
    return memchr(text, '\0', size) != NULL;
}

static void read_bytes(const char *name, const char *bytes, size_t size)
{
    struct people_country country;
    size_t lines = 0;
    memset(&country, 0xA5, sizeof country);
    if (!helplines_read(&country, name, bytes, size, &near_day, hear, &lines))
        return;
    assert_true(ends(country.code, sizeof country.code) && ends(country.name, sizeof country.name));
    assert_true(ends(country.emergency, sizeof country.emergency));
    assert_true(country.emergency[0] >= '*' && country.emergency[0] <= '9');
    assert_true(ends(country.source, sizeof country.source));
    assert_true(country.contact_count <= PEOPLE_CONTACTS_MAX);
    for (uint8_t i = 0; i < country.contact_count; i++) {
        const struct people_contact *contact = &country.contacts[i];
        assert_true(contact->methods != 0 && ends(contact->number, sizeof contact->number));
        assert_true(ends(contact->name, sizeof contact->name) && contact->name[0] != '\0');
        assert_true(ends(contact->note, sizeof contact->note));
    }
}

static size_t read_asset(const char *code, char *bytes)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s.json", LACRIMA_HELPLINES, code);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, FILE_BYTES, file);
    assert_int_equal(fclose(file), 0);
    assert_true(size > 0 && size < FILE_BYTES);
    return size;
}

/* A real file, spoilt: bytes changed, cut out, doubled, or the end cut off. */
static size_t spoil(char *bytes, size_t size)
{
    static const char marks[] = "{}[]\",:\\0\x80\xFF\n\x01+-e";
    for (uint32_t n = 1 + dice(6); n > 0 && size > 8; n--) {
        size_t at = dice((uint32_t)size - 4);
        size_t length = 1 + dice(40);
        length = at + length < size ? length : size - at;
        if (dice(3) == 0) {
            memmove(bytes + at, bytes + at + length, size - at - length);
            size -= length;
        } else if (dice(4) == 0 && size + length < FILE_BYTES) {
            memmove(bytes + at + length, bytes + at, size - at);
            size += length;
        } else if (dice(8) == 0) {
            size = at;
        } else {
            bytes[at] = marks[dice(sizeof marks - 1)];
        }
    }
    return size;
}

static void spoilt_files(void **state)
{
    (void)state;
    static const char *const codes[] = {"US", "DE", "JP", "IL", "IN"};
    static char whole[FILE_BYTES];
    for (int i = 0; i < ROUNDS; i++) {
        const char *code = codes[dice(sizeof codes / sizeof codes[0])];
        char name[16];
        (void)snprintf(name, sizeof name, "%s.json", code);
        size_t size = spoil(whole, read_asset(code, whole));
        /* A block of its own size, so that a byte read behind it is found. */
        char *bytes = malloc(size + 1);
        assert_non_null(bytes);
        memcpy(bytes, whole, size);
        char *exact = realloc(bytes, size > 0 ? size : 1);
        assert_non_null(exact);
        read_bytes(name, exact, size);
        free(exact);
    }
}

static void noise(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS / 4; i++) {
        char bytes[300];
        size_t size = dice(sizeof bytes);
        for (size_t k = 0; k < size; k++)
            bytes[k] = (char)dice(256);
        read_bytes("DE.json", bytes, size);
        read_bytes("", bytes, size);
    }
}

static void depth_and_length(void **state)
{
    (void)state;
    size_t size = HELPLINES_FILE_BYTES_MAX;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, '[', size);
    read_bytes("DE.json", bytes, size);
    memset(bytes, '9', size);
    read_bytes("DE.json", bytes, size);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spoilt_files),
        cmocka_unit_test(noise),
        cmocka_unit_test(depth_and_length),
    };
    return cmocka_run_group_tests_name("helplines garbage", tests, NULL, NULL);
}
