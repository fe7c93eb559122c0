#include "lacrima/base/boxes.h"

#include <stdint.h>
#include <string.h>

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

static int64_t area(struct box box)
{
    return (int64_t)box.width * box.height;
}

bool box_is_empty(struct box box)
{
    return box.width <= 0 || box.height <= 0;
}

struct box box_around(struct box a, struct box b)
{
    int x = least(a.x, b.x);
    int y = least(a.y, b.y);
    return (struct box){x, y, most(a.x + a.width, b.x + b.width) - x,
                        most(a.y + a.height, b.y + b.height) - y};
}

struct box box_common(struct box a, struct box b)
{
    int x = most(a.x, b.x);
    int y = most(a.y, b.y);
    struct box both = {x, y, least(a.x + a.width, b.x + b.width) - x,
                       least(a.y + a.height, b.y + b.height) - y};
    return box_is_empty(both) ? (struct box){0} : both;
}

struct box boxes_around(const struct boxes *boxes)
{
    struct box all = {0};
    for (size_t i = 0; i < boxes->count; i++)
        all = i == 0 ? boxes->items[i] : box_around(all, boxes->items[i]);
    return all;
}

/* By how much the one around both is larger than they are. */
static int64_t growth(struct box a, struct box b)
{
    return area(box_around(a, b)) - area(a) - area(b);
}

static bool are_one(struct box a, struct box b)
{
    return growth(a, b) <= BOX_COST_PX + (area(a) + area(b)) / BOX_PARTS;
}

static void take_out(struct boxes *boxes, size_t i)
{
    boxes->items[i] = boxes->items[--boxes->count];
}

/* With what it is taken into it grows, and may then be as one with another. */
static struct box gather(struct boxes *boxes, struct box box)
{
    for (size_t i = 0; i < boxes->count;) {
        if (!are_one(boxes->items[i], box)) {
            i++;
            continue;
        }
        box = box_around(boxes->items[i], box);
        take_out(boxes, i);
        i = 0;
    }
    return box;
}

void boxes_add(struct boxes *boxes, struct box box)
{
    if (box_is_empty(box))
        return;
    box = gather(boxes, box);
    if (boxes->count < BOXES_MAX) {
        boxes->items[boxes->count++] = box;
        return;
    }
    struct box all[BOXES_MAX + 1];
    memcpy(all, boxes->items, sizeof boxes->items);
    all[BOXES_MAX] = box;
    size_t one = 0;
    size_t other = 1;
    for (size_t i = 0; i < BOXES_MAX; i++) {
        for (size_t k = i + 1; k <= BOXES_MAX; k++) {
            if (growth(all[i], all[k]) < growth(all[one], all[other])) {
                one = i;
                other = k;
            }
        }
    }
    boxes->count = 0;
    for (size_t i = 0; i <= BOXES_MAX; i++) {
        if (i != one && i != other)
            boxes->items[boxes->count++] = all[i];
    }
    box = gather(boxes, box_around(all[one], all[other]));
    boxes->items[boxes->count++] = box;
}
