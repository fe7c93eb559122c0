#include "pages.h"

#include <string.h>

const struct page_sample page_samples[] = {
    {"english",
     "# What was left unsaid\n"
     "I have begun this letter eleven times, and each time I got as far as your name. It is an odd "
     "thing to write to somebody who will not read it; the hand waits for an answer all the same.\n"
     "\n"
     "You would have laughed at the weather today. It rained on one side of the street only, and "
     "the neighbours stood on the other and watched, as one watches a stranger who talks to "
     "himself. I thought of the summer with the broken tap, and of how you said that a house "
     "which drips is at least a house that tells you something.\n"
     "\n"
     "There is more. There is the Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel that "
     "you kept in the drawer, and the photograph behind it. I have not moved either. I have not "
     "moved anything, and I do not know whether that is love or only tiredness.\n"},
    {"arabic",
     "# ما لم يُقَل\n"
     "بدأتُ هذه الرسالة إحدى عشرة مرة، وفي كل مرة لم أصل إلا إلى اسمك. غريبٌ أن يكتب المرء إلى من لن "
     "يقرأ؛ واليد تنتظر جوابًا رغم ذلك.\n"
     "\n"
     "كنتَ ستضحك من طقس اليوم. نزل المطر في 12 من الشهر على جانب واحد من الشارع، ووقف الجيران في "
     "الجانب الآخر ينظرون. قالت Anna إن البيت الذي يقطر ماؤه بيتٌ يحدّثك على الأقل.\n"},
    {"hebrew",
     "התחלתי את המכתב הזה אחת עשרה פעמים, ובכל פעם הגעתי רק עד לשמך. מוזר לכתוב אל מי שלא יקרא; "
     "והיד ממתינה לתשובה בכל זאת.\n"
     "היית צוחק ממזג האוויר היום (21 מעלות), אמרה Anna Karenina בטלפון, והלכה.\n"},
    {"japanese",
     "この手紙を書きはじめたのは、もう十一回目になる。そのたびに、あなたの名前のところで止まってし"
     "ま"
     "う。読まれることのない手紙を書くのは、おかしなものだ。それでも手は返事を待っている。\n"
     "今日の天気を、あなたはきっと笑っただろう。雨は通りの片側にだけ降って、「まるで独り言を言う人"
     "を"
     "見るように」と近所の人たちは向こう側から眺めていた。\n"},
    {"thai", "ฉันเริ่มเขียนจดหมายฉบับนี้มาแล้วสิบเอ็ดครั้งและทุกครั้งก็ไปได้แค่ชื่อของเธอมันแปลกที่เขียนถึงคนที่จะ"
             "ไม่ได้อ่านแต่มือก็ยังรอคำตอบอยู่ น้ำตาจะมาหรือไม่ก็ได้\n"},
    {"mixed",
     "In the margin she had written שלום עולם, and below it مرحبا بالعالم 42, and then "
     "世界よ、こんに"
     "ちは; e\xCC\x81te\xCC\x81 and naïve Ångström; Слёзы, если придут; Δάκρυα; आँसू आएँ या न आएँ.\n"
     "שלום says the first line of the postcard, and the rest of it is in English, as always, with "
     "12 kisses.\n"
     "😀 a face, 👩‍👩‍👧 a family, 🇩🇪 a flag, 👍🏽 a thumb, and \xFF a "
     "broken "
     "byte.\n"
     "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
     "\n"},
};

const size_t page_sample_count = sizeof page_samples / sizeof page_samples[0];

static int height_of(const struct page *page)
{
    int height = 0;
    for (size_t i = 0; i < page->line_count; i++)
        height += page->lines[i].heading ? 2 : 1;
    return height;
}

static void add_paragraph(struct stage *stage, const struct render_room *room, struct page *page,
                          struct render_paragraph paragraph)
{
    size_t starts[PAGE_LINES_MAX];
    size_t next = 0;
    paragraph.direction = render_page_direction(paragraph.text, paragraph.length);
    size_t count =
        render_page_break(stage->render, room, &paragraph, 0, starts, PAGE_LINES_MAX, &next);
    for (size_t i = 0; i < count; i++) {
        if (height_of(page) + (paragraph.heading ? 2 : 1) > room->lines)
            return;
        size_t end = i + 1 < count ? starts[i + 1] : next;
        page->lines[page->line_count++] = (struct page_line){.text = paragraph.text + starts[i],
                                                             .length = (uint32_t)(end - starts[i]),
                                                             .direction = paragraph.direction,
                                                             .heading = paragraph.heading,
                                                             .alpha = 1.0F};
    }
}

void pages_fill(struct stage *stage, const struct scene *scene, const char *text, struct page *page)
{
    struct render_room room;
    render_page_room(stage->render, scene->text_scale, &room);
    memset(page, 0, sizeof *page);
    page->version = 1;
    page->alpha = 1.0F;
    while (*text != '\0') {
        const char *end = strchr(text, '\n');
        bool heading = strncmp(text, "# ", 2) == 0;
        text += heading ? 2 : 0;
        add_paragraph(stage, &room, page,
                      (struct render_paragraph){
                          .text = text, .length = (size_t)(end - text), .heading = heading});
        text = end + 1;
    }
}

static uint32_t part_of(const struct page_line *line, uint32_t numerator)
{
    uint32_t byte = line->length * numerator / 4;
    while (byte > 0 && ((unsigned char)line->text[byte] & 0xC0u) == 0x80u)
        byte--;
    return byte;
}

void pages_mark(struct page *page)
{
    size_t end = page->line_count - 1 < 4 ? page->line_count - 1 : 4;
    for (size_t i = 1; i < end; i++) {
        const struct page_line *line = &page->lines[i];
        page->selected[page->selected_count++] =
            (struct page_span){.line = (uint16_t)i,
                               .from = i == 1 ? part_of(line, 2) : 0,
                               .to = i + 1 == end ? part_of(line, 3) : line->length};
    }
    uint16_t last = (uint16_t)(page->line_count - 1);
    const struct page_line *line = &page->lines[last];
    page->composed[page->composed_count++] =
        (struct page_span){.line = last, .from = part_of(line, 3), .to = line->length};
    page->cursor = true;
    page->cursor_line = last;
    page->cursor_byte = line->length;
}
