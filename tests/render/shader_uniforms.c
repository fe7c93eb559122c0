/* The list of uniforms against the GLSL: every uniform of every shader is in the list with its
 * type and length, and every one in the list is in a shader. */
#include "shader_sources.h"
#include "uniforms.h"

#include "../support/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *type, *name;
    int length;
    int seen;
};

static struct entry entries[] = {
#define X(type, name, length) {#type, #name, length, 0},
    UNIFORM_LIST(X)
#undef X
};

#define ENTRIES (sizeof entries / sizeof entries[0])

static int length_in(const char *brackets)
{
    if (brackets[0] != '[')
        return 1;
    if (strncmp(brackets, "[SHAPES_MAX]", strlen("[SHAPES_MAX]")) == 0)
        return UNIFORM_SHAPES_MAX;
    if (strncmp(brackets, "[STROKES_MAX]", strlen("[STROKES_MAX]")) == 0)
        return UNIFORM_STROKES_MAX;
    return atoi(brackets + 1);
}

static void check_declaration(const char *file, const char *type, const char *rest)
{
    char name[64] = "";
    assert_int_equal(strncmp(rest, "u_", 2), 0);
    size_t length = strcspn(rest + 2, "[;, ");
    assert_true(length > 0 && length < sizeof name);
    memcpy(name, rest + 2, length);
    for (size_t i = 0; i < ENTRIES; i++) {
        if (strcmp(entries[i].name, name) != 0)
            continue;
        if (strcmp(entries[i].type, type) != 0)
            fail_msg("%s: u_%s is %s, not %s", file, name, type, entries[i].type);
        assert_int_equal(entries[i].length, length_in(rest + 2 + length));
        entries[i].seen++;
        return;
    }
    fail_msg("%s: u_%s is not in uniforms.h", file, name);
}

static void the_list_is_what_the_shaders_have(void **state)
{
    (void)state;
    assert_true(shader_source_count >= 4);
    for (size_t s = 0; s < shader_source_count; s++) {
        for (int n = 0; n < shader_sources[s].line_count; n++) {
            const char *line = shader_sources[s].lines[n];
            if (strncmp(line, "uniform ", 8) != 0) {
                assert_null(strstr(line, "uniform "));
                continue;
            }
            char type[32] = "";
            size_t length = strcspn(line + 8, " ");
            assert_true(length > 0 && length < sizeof type);
            memcpy(type, line + 8, length);
            check_declaration(shader_sources[s].file, type, line + 8 + length + 1);
        }
    }
    for (size_t i = 0; i < ENTRIES; i++) {
        if (entries[i].seen == 0)
            fail_msg("no shader has u_%s", entries[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_list_is_what_the_shaders_have)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
