#include "pair.h"

#include <epoxy/gl.h>

#include <stdlib.h>
#include <string.h>

static uint64_t random_state;

void chance_begin(uint64_t seed)
{
    random_state = seed;
}

unsigned below(unsigned bound)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(random_state >> 33) % bound;
}

float part(void)
{
    return (float)below(9) / 8.0F;
}

static void make_buffers(struct pair *pair)
{
    glGenFramebuffers(BUFFERS, pair->buffers);
    glGenRenderbuffers(BUFFERS, pair->colours);
    for (int i = 0; i < BUFFERS; i++) {
        glBindRenderbuffer(GL_RENDERBUFFER, pair->colours[i]);
        glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, pair->stage.width, pair->stage.height);
        glBindFramebuffer(GL_FRAMEBUFFER, pair->buffers[i]);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                                  pair->colours[i]);
        assert_int_equal(glCheckFramebufferStatus(GL_FRAMEBUFFER), GL_FRAMEBUFFER_COMPLETE);
    }
}

void pair_open(struct pair *pair, bool gles, int width, int height)
{
    memset(pair, 0, sizeof *pair);
    stage_open(&pair->stage, gles, width, height);
    struct render_params params = {
        .width_px = width, .height_px = height, .gles = gles, .offscreen = true};
    struct error error = {{0}};
    assert_true(render_create(&pair->over, &params, &error));
    pair->own_buffer = pair->over->framebuffer;
    make_buffers(pair);
    size_t size = (size_t)width * (size_t)height * 3;
    pair->rgb = calloc(size, 1);
    pair->before = calloc(size, 1);
    assert_true(pair->rgb != NULL && pair->before != NULL);
}

void pair_close(struct pair *pair)
{
    glDeleteFramebuffers(BUFFERS, pair->buffers);
    glDeleteRenderbuffers(BUFFERS, pair->colours);
    pair->over->framebuffer = pair->own_buffer;
    render_destroy(&pair->over);
    stage_close(&pair->stage);
    free(pair->rgb);
    free(pair->before);
}

void pair_spoil(unsigned buffer)
{
    glBindFramebuffer(GL_FRAMEBUFFER, buffer);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(1.0F, 0.0F, 1.0F, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

static void compare_span(const struct pair *pair, const uint8_t *a, const uint8_t *b, int y,
                         int from, int to, const char *what)
{
    size_t row = (size_t)y * (size_t)pair->stage.width;
    size_t at = 3 * (row + (size_t)from);
    if (from >= to || memcmp(a + at, b + at, 3 * (size_t)(to - from)) == 0)
        return;
    for (int x = from; x < to; x++) {
        at = 3 * (row + (size_t)x);
        if (memcmp(a + at, b + at, 3) != 0)
            fail_msg("frame %ld: %s at %d,%d: %d %d %d for %d %d %d", pair->frame, what, x, y,
                     a[at], a[at + 1], a[at + 2], b[at], b[at + 1], b[at + 2]);
    }
}

static bool is_in_row(const struct box *box, int y)
{
    return y >= box->y && y < box->y + box->height;
}

/* How far the row is of one sort from there on: in some box, or in none. */
static int sort_ends(const struct boxes *but, int x, int y, int width, bool *inside)
{
    int end = width;
    *inside = false;
    for (size_t i = 0; but != NULL && i < but->count; i++) {
        const struct box *box = &but->items[i];
        if (!is_in_row(box, y) || x >= box->x + box->width)
            continue;
        if (x >= box->x) {
            *inside = true;
            return box->x + box->width;
        }
        end = box->x < end ? box->x : end;
    }
    return end;
}

void pair_compare(const struct pair *pair, const uint8_t *a, const uint8_t *b,
                  const struct boxes *but, const char *what)
{
    int width = pair->stage.width;
    for (int y = 0; y < pair->stage.height; y++) {
        for (int x = 0, end; x < width; x = end) {
            bool inside = false;
            end = sort_ends(but, x, y, width, &inside);
            if (!inside)
                compare_span(pair, a, b, y, x, end, what);
        }
    }
}

void pair_draw(struct pair *pair, const struct scene *scene, const struct page *page)
{
    size_t size = (size_t)pair->stage.width * (size_t)pair->stage.height * 3;
    memcpy(pair->before, pair->stage.rgb, size);
    stage_draw_page(&pair->stage, scene, page);
    size_t chosen = below(3) == 0 ? below(BUFFERS) : (size_t)pair->frame % (1 + below(BUFFERS));
    long age = pair->drawn_at[chosen] > 0 ? pair->frame + 1 - pair->drawn_at[chosen] : 0;
    if (age == 0)
        pair_spoil(pair->buffers[chosen]);
    pair->frame++;
    pair->over->framebuffer = pair->buffers[chosen];
    struct boxes changed;
    assert_true(render_draw_over(pair->over, scene, page, (int)age, &changed, NULL));
    pair->kinds[pair->over->frame->repair.kind]++;
    pair->drawn_at[chosen] = pair->frame;
    render_read(pair->over, pair->rgb, size);
    pair_compare(pair, pair->rgb, pair->stage.rgb, NULL, "drawn over");
    if (pair->frame > 1)
        pair_compare(pair, pair->before, pair->stage.rgb, &changed, "outside of what has changed");
}
