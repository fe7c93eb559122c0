/* Pages leave no words behind: no copy is kept while they are shown, and what was made of them is
 * overwritten when the renderer forgets. */
#include "pages.h"

#include "../support/cm.h"
#include "inner.h"

#include <epoxy/gl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The words, kept here so that a search for them does not find this test. */
#define VEIL 0x5A
static const char veiled[] = "\x2B\x2F\x2D\x3F\x28\x2E\x20\x2F\x33\x35\x2A";
#define SECRET_BYTES (sizeof veiled - 1)

static void unveil(char *text)
{
    for (size_t i = 0; i < SECRET_BYTES; i++)
        text[i] = (char)(veiled[i] ^ VEIL);
}

static bool holds_secret(const char *bytes, size_t size)
{
    const char *end = bytes + size;
    for (const char *at = bytes; at < end; at++) {
        at = memchr(at, veiled[0] ^ VEIL, (size_t)(end - at));
        if (at == NULL || (size_t)(end - at) < SECRET_BYTES)
            return false;
        size_t same = 1;
        while (same < SECRET_BYTES && at[same] == (char)(veiled[same] ^ VEIL))
            same++;
        if (same == SECRET_BYTES)
            return true;
    }
    return false;
}

/* AddressSanitizer's shadow: terabytes of address, with states in it and no bytes of anyone's. */
#define SHADOW_BYTES (1UL << 40)

/* How many of the process's writable mappings hold the words. */
static int mappings_with_secret(void)
{
    enum { chunk = 1 << 16 };
    static char bytes[chunk];
    FILE *maps = fopen("/proc/self/maps", "r");
    FILE *memory = fopen("/proc/self/mem", "r");
    assert_true(maps != NULL && memory != NULL);
    char line[512];
    int found = 0;
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from = 0;
        unsigned long to = 0;
        char mode[8];
        if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) != 3 || mode[1] != 'w' ||
            to - from >= SHADOW_BYTES)
            continue;
        bool here = false;
        for (unsigned long at = from; at < to && !here; at += chunk - SECRET_BYTES) {
            size_t wanted = to - at < chunk ? to - at : chunk;
            if (fseek(memory, (long)at, SEEK_SET) != 0)
                break;
            size_t got = fread(bytes, 1, wanted, memory);
            here = holds_secret(bytes, got);
            memset(bytes, 0, sizeof bytes);
        }
        if (here)
            (void)fprintf(stderr, "held by %s", line);
        found += here ? 1 : 0;
    }
    (void)fclose(memory);
    (void)fclose(maps);
    return found;
}

static void draw_secret(struct stage *stage, char *text)
{
    struct scene scene;
    static struct page page;
    size_t start = 0;
    size_t next = 0;
    struct render_room room;
    stage_night(&scene);
    memset(&page, 0, sizeof page);
    page.version = 1;
    page.alpha = 1.0F;
    page.line_count = 1;
    page.lines[0] = (struct page_line){.text = text, .length = SECRET_BYTES, .alpha = 1.0F};
    page.selected[page.selected_count++] = (struct page_span){.line = 0, .from = 2, .to = 5};
    page.cursor = true;
    render_page_room(stage->render, 1.0F, &room);
    struct render_paragraph p = {.text = text, .length = SECRET_BYTES};
    assert_int_equal(render_page_break(stage->render, &room, &p, 0, &start, 1, &next), 1);
    uint16_t line = 0;
    uint32_t byte = 0;
    stage_draw_page(stage, &scene, &page);
    assert_true(render_page_point(stage->render, &room, &page, 700, 100, &line, &byte));
}

static void no_words_are_kept(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    char *text = malloc(SECRET_BYTES);
    assert_non_null(text);
    unveil(text);
    draw_secret(&stage, text);
    assert_true(mappings_with_secret() > 0);
    memset(text, 0, SECRET_BYTES);
    assert_true(text[0] == 0);
    free(text);
    /* Even before the renderer forgets. */
    assert_int_equal(mappings_with_secret(), 0);
    render_forget(stage.render);
    assert_int_equal(mappings_with_secret(), 0);
    stage_close(&stage);
}

static bool all_zero(const void *bytes, size_t size)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < size; i++) {
        if (b[i] != 0)
            return false;
    }
    return true;
}

static const struct text_line *only_line(const struct text_cache *texts)
{
    const struct text_line *found = NULL;
    for (size_t i = 0; i < TEXT_CACHE_LINES_MAX; i++) {
        if (texts->lines[i].texture == 0)
            continue;
        assert_null(found);
        found = &texts->lines[i];
    }
    assert_non_null(found);
    return found;
}

/* The light in the texture, read through a framebuffer that outlives its name. */
static long light_in(int width, int height)
{
    static uint8_t pixels[1280 * 200 * 4];
    assert_true(width <= 1280 && height <= 200);
    memset(pixels, 0, sizeof pixels);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    assert_int_equal(glGetError(), GL_NO_ERROR);
    long light = 0;
    for (int i = 0; i < width * height; i++)
        light += pixels[4 * i];
    return light;
}

static void forgetting_overwrites_everything(void **state)
{
    (void)state;
    for (int gles = 0; gles < 2; gles++) {
        struct stage stage;
        stage_open(&stage, gles == 1, 1280, 800);
        char text[SECRET_BYTES];
        unveil(text);
        draw_secret(&stage, text);
        struct text_cache *texts = stage.render->texts;
        struct text_line line = *only_line(texts);
        struct text_name key = texts->key;
        GLuint witness = 0;
        glGenFramebuffers(1, &witness);
        glBindFramebuffer(GL_FRAMEBUFFER, witness);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, line.texture,
                               0);
        assert_true(light_in(line.width, line.height) > 0);
        glBindFramebuffer(GL_FRAMEBUFFER, stage.render->framebuffer);
        assert_false(all_zero(texts->widths, sizeof texts->widths));

        render_forget(stage.render);
        assert_false(glIsTexture(line.texture));
        glBindFramebuffer(GL_FRAMEBUFFER, witness);
        assert_int_equal(light_in(line.width, line.height), 0);
        glBindFramebuffer(GL_FRAMEBUFFER, stage.render->framebuffer);
        glDeleteFramebuffers(1, &witness);
        assert_true(all_zero(texts->lines, sizeof texts->lines));
        assert_true(all_zero(texts->widths, sizeof texts->widths));
        assert_true(memcmp(&key, &texts->key, sizeof key) != 0);
        assert_true(all_zero(stage.render->layout, sizeof *stage.render->layout));

        /* And all is drawn again as before. */
        draw_secret(&stage, text);
        assert_int_equal(render_text_boxes(stage.render, NULL, 0), 1);
        stage_close(&stage);
    }
}

static size_t lines_kept(const struct text_cache *texts)
{
    size_t count = 0;
    for (size_t i = 0; i < TEXT_CACHE_LINES_MAX; i++)
        count += texts->lines[i].name.low != 0 ? 1 : 0;
    return count;
}

/* A letter that is typed draws its own line anew and no other. */
static void typing_draws_one_line(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct scene scene;
    static struct page page;
    stage_night(&scene);
    pages_fill(&stage, &scene, page_samples[0].text, &page);
    stage_draw_page(&stage, &scene, &page);
    size_t before = lines_kept(stage.render->texts);
    assert_true(before > 4 && page.lines[2].length > 1);
    page.lines[2].length -= 1;
    stage_draw_page(&stage, &scene, &page);
    assert_int_equal(lines_kept(stage.render->texts), before + 1);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_words_are_kept),
        cmocka_unit_test(forgetting_overwrites_everything),
        cmocka_unit_test(typing_draws_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
