/* What the pointer does on the page: a press, a drag, a wheel.
 *
 * A drag that leaves the page by its upper or lower edge takes the page along for as long as the
 * button is down, whether the pointer moves or not; the farther out, the faster. */
#include "letter_inner.h"

#include "lacrima/base/text.h"

/* The page moves so far with each step of a wheel. */
#define WHEEL_LINES 3
/* No oftener than a page that changes by much is drawn (letter_calm.c). */
#define DRAG_NS MILLISECONDS(520)
/* So many lines with each step, and as many more for every line that the pointer is farther out. */
#define DRAG_LINES 2

static bool is_page(const struct letter *letter)
{
    return letter_shows(letter) == LETTER_SHOWS_TEXT && letter->text != NULL;
}

void letter_stand(struct letter *letter, struct letter_spot spot, bool extend)
{
    if (spot.behind)
        editor_place_behind(letter->text, spot.at, extend);
    else
        editor_place(letter->text, spot.at, extend);
}

void letter_point(struct letter *letter, int x_px, int y_px, int clicks, bool extend)
{
    if (!is_page(letter) || letter->composed > 0)
        return;
    letter_settle(letter);
    struct letter_spot spot;
    if (!letter_place_at(letter, x_px, y_px, extend, &spot))
        return;
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    size_t at = spot.behind ? text_previous_cluster(text, length, spot.at) : spot.at;
    if (clicks == 2)
        editor_select_word(letter->text, at);
    else if (clicks > 2)
        editor_select_paragraph(letter->text, at);
    else
        letter_stand(letter, spot, extend);
    letter->goal_x = -1;
}

/* How many lines the page moves with each step of the drag; below 0: up, 0: not at all. */
static int drag_lines(const struct letter *letter, int y_px)
{
    const struct render_room *room = &letter->room;
    int below = y_px - (room->box.y + room->lines * room->line_px);
    int above = room->box.y - y_px;
    int beyond = above > 0 ? above : below;
    if (room->line_px <= 0 || (above <= 0 && below <= 0))
        return 0;
    int lines = DRAG_LINES * (1 + beyond / room->line_px);
    int most = room->lines > 1 ? room->lines - 1 : 1;
    lines = lines < most ? lines : most;
    return above > 0 ? -lines : lines;
}

static void move_page(struct letter *letter, int lines)
{
    int step = lines < 0 ? -1 : 1;
    for (int i = 0; i != lines; i += step)
        letter->top = letter_line_step(letter, letter->top, step);
    letter->follow = false;
    letter->version++;
    letter->seen = 0;
}

void letter_drag(struct letter *letter, int x_px, int y_px, time_ns now)
{
    struct letter_drag *drag = &letter->drag;
    letter_point(letter, x_px, y_px, 1, true);
    bool rested = drag->lines == 0;
    drag->x_px = x_px;
    drag->y_px = y_px;
    drag->lines = is_page(letter) && letter->composed == 0 ? drag_lines(letter, y_px) : 0;
    if (rested)
        drag->due = now;
}

void letter_release(struct letter *letter)
{
    letter->drag.lines = 0;
}

/* How many of so many lines there are below the page. */
static int lines_below(struct letter *letter, int most)
{
    const struct letter_lines *lines = &letter->lines;
    size_t at = lines->count > lines->above ? lines->from[lines->count - 1] : 0;
    for (int i = 0; i < most; i++) {
        size_t next = letter_line_step(letter, at, +1);
        if (next == at)
            return i;
        at = next;
    }
    return most;
}

void letter_drag_poll(struct letter *letter, time_ns now)
{
    struct letter_drag *drag = &letter->drag;
    if (drag->lines == 0 || now < drag->due)
        return;
    if (!is_page(letter) || !session_takes_text(letter->params.session)) {
        drag->lines = 0;
        return;
    }
    size_t top = letter->top;
    letter_settle(letter);
    move_page(letter, drag->lines > 0 ? lines_below(letter, drag->lines) : drag->lines);
    letter_point(letter, drag->x_px, drag->y_px, 1, true);
    drag->due = now + DRAG_NS;
    if (letter->top == top)
        drag->lines = 0;
}

void letter_scroll(struct letter *letter, int steps)
{
    if (is_page(letter))
        move_page(letter, steps * WHEEL_LINES);
}
