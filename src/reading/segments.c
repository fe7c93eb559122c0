#include "segments.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#define WORD_BYTES 16

enum { ITERATOR_SENTENCE, ITERATOR_WORD, ITERATOR_LINE, ITERATOR_CHARACTER, ITERATORS };

struct segments {
    UBreakIterator *iterators[ITERATORS];
    const char *text;
    size_t length;
};

/* Behind these a full stop ends no sentence, whatever follows.  Words that often end one ("etc.",
 * "no.", "a.m.") are left to Unicode's rule, which asks whether a small letter follows. */
static const char *const abbreviations[] = {
    "approx", "bspw", "bzw", "ca",  "capt", "cf",  "col", "d.h",  "dr",  "e.g",
    "evtl",   "fig",  "fr",  "gen", "gov",  "hon", "hr",  "i.e",  "lt",  "mlle",
    "mme",    "mr",   "mrs", "ms",  "mt",   "nr",  "pp",  "prof", "rev", "sgt",
    "sra",    "srta", "st",  "u.a", "vgl",  "viz", "vs",  "z.b",
};

/* What ends a clause: Latin, general, Arabic, CJK and Devanagari marks. */
static bool ends_clause(uint32_t c)
{
    static const uint32_t marks[] = {',',    ';',    ':',    0x2013, 0x2014, 0x2026, 0x060C,
                                     0x061B, 0x0964, 0x3001, 0xFF0C, 0xFF1A, 0xFF1B};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (marks[i] == c)
            return true;
    }
    return false;
}

struct segments *segments_create(struct error *error)
{
    static const UBreakIteratorType types[ITERATORS] = {UBRK_SENTENCE, UBRK_WORD, UBRK_LINE,
                                                        UBRK_CHARACTER};
    struct segments *segments = calloc(1, sizeof *segments);
    if (segments == NULL) {
        (void)error_set(error, "out of memory");
        return NULL;
    }
    UErrorCode code = U_ZERO_ERROR;
    /* One locale for all: pages do not depend on the desktop's language. */
    for (size_t i = 0; i < ITERATORS && U_SUCCESS(code); i++)
        segments->iterators[i] = ubrk_open(types[i], "en", NULL, 0, &code);
    if (U_SUCCESS(code))
        return segments;
    (void)error_set(error, "sentences cannot be told apart: ICU says %s", u_errorName(code));
    segments_destroy(&segments);
    return NULL;
}

void segments_set(struct segments *segments, const char *text, size_t length)
{
    segments->text = text;
    segments->length = length;
    for (size_t i = 0; i < ITERATORS; i++) {
        UErrorCode code = U_ZERO_ERROR;
        UText *wrapped = utext_openUTF8(NULL, text, (int64_t)length, &code);
        /* The iterator keeps a shallow copy of its own. */
        ubrk_setUText(segments->iterators[i], wrapped, &code);
        (void)utext_close(wrapped);
        check(U_SUCCESS(code));
    }
}

static size_t following(struct segments *segments, size_t iterator, size_t from)
{
    int32_t at = ubrk_following(segments->iterators[iterator], (int32_t)from);
    return at == UBRK_DONE ? segments->length : (size_t)at;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n';
}

static bool in_table(const char *word)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof abbreviations[0]; i++) {
        if (text_equal_nocase(word, abbreviations[i]))
            return true;
    }
    return false;
}

/* Whether the full stop before `end` belongs to an abbreviation or to a name's initial. */
static bool is_abbreviation(const struct segments *segments, size_t end)
{
    const char *text = segments->text;
    char word[WORD_BYTES];
    while (end > 0 && text[end - 1] == ' ')
        end--;
    if (end == 0 || text[end - 1] != '.')
        return false;
    size_t stop = end - 1;
    size_t begin = stop;
    while (begin > 0 && !is_space(text[begin - 1]) && text[begin - 1] != '(')
        begin--;
    if (stop - begin == 0 || stop - begin >= sizeof word)
        return false;
    memcpy(word, text + begin, stop - begin);
    word[stop - begin] = '\0';
    /* "I." is the person, more often than a name. */
    bool initial = word[1] == '\0' && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I';
    return initial || in_table(word);
}

static size_t next_sentence(struct segments *segments, size_t from)
{
    size_t end = following(segments, ITERATOR_SENTENCE, from);
    while (end < segments->length && is_abbreviation(segments, end))
        end = following(segments, ITERATOR_SENTENCE, end);
    return end;
}

/* Whether the characters just before `end`, blanks left out, end a clause. */
static bool clause_ends_at(const struct segments *segments, size_t from, size_t end)
{
    const char *text = segments->text;
    while (end > from && text[end - 1] == ' ')
        end--;
    size_t at = end;
    while (at > from && ((unsigned char)text[at - 1] & 0xC0u) == 0x80u)
        at--;
    uint32_t c = 0;
    if (at == from)
        return false;
    (void)text_decode(text + at - 1, &c);
    return ends_clause(c);
}

static size_t next_clause(struct segments *segments, size_t from)
{
    size_t end = from;
    do {
        end = following(segments, ITERATOR_LINE, end);
    } while (end < segments->length && !clause_ends_at(segments, from, end));
    return end;
}

size_t segments_next(struct segments *segments, enum segment segment, size_t from)
{
    check(from < segments->length);
    switch (segment) {
    case SEGMENT_SENTENCE:
        return next_sentence(segments, from);
    case SEGMENT_CLAUSE:
        return next_clause(segments, from);
    case SEGMENT_WORD:
        return following(segments, ITERATOR_LINE, from);
    case SEGMENT_CHARACTER:
        break;
    }
    return following(segments, ITERATOR_CHARACTER, from);
}

unsigned segments_words(struct segments *segments, size_t from, size_t to)
{
    UBreakIterator *iterator = segments->iterators[ITERATOR_WORD];
    unsigned words = 0;
    size_t at = from;
    while (at < to) {
        at = following(segments, ITERATOR_WORD, at);
        words += ubrk_getRuleStatus(iterator) >= UBRK_WORD_NUMBER ? 1 : 0;
    }
    return words;
}

void segments_destroy(struct segments **segments)
{
    if (segments == NULL || *segments == NULL)
        return;
    for (size_t i = 0; i < ITERATORS; i++) {
        if ((*segments)->iterators[i] != NULL)
            ubrk_close((*segments)->iterators[i]);
    }
    free(*segments);
    *segments = NULL;
}
