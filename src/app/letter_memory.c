/* Locked memory: where a letter is, and nowhere else. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* mlock2 */
#endif

#include "letter_inner.h"
#include "memory.h"

#include <sodium.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static const struct editor_params text_params = {.text_max = JOURNAL_TEXT_BYTES_MAX};
static const struct editor_params entry_params = {.text_max = JOURNAL_PASSPHRASE_BYTES_MAX,
                                                  .one_line = true};

/* A crash leaves no dump, and nobody else's debugger reads along.  What libraries have held of it,
 * when it was pasted above all, is overwritten as they free it. */
static void guard(struct letter *letter)
{
    struct rlimit none;
    letter->dumpable_before = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
    (void)getrlimit(RLIMIT_CORE, &letter->core_before);
    none = letter->core_before;
    none.rlim_cur = 0;
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    memory_overwrite(true);
}

static void unguard(const struct letter *letter)
{
    (void)setrlimit(RLIMIT_CORE, &letter->core_before);
    (void)prctl(PR_SET_DUMPABLE, letter->dumpable_before, 0, 0, 0);
    memory_overwrite(false);
}

/* The whole pages that libsodium fills and locks are given back and locked again as they come to be
 * used: a letter takes the memory that it is long, and no page of it is ever written to a disk. */
static bool lock_when_used(char *memory, size_t size)
{
#ifdef MLOCK_ONFAULT
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t before = (page - (uintptr_t)memory % page) % page;
    if (size < before + page)
        return false;
    char *whole = memory + before;
    size_t bytes = (size - before) / page * page;
    size_t behind = size - before - bytes;
    return munlock(whole, bytes) == 0 && madvise(whole, bytes, MADV_DONTNEED) == 0 &&
           mlock2(whole, bytes, MLOCK_ONFAULT) == 0 && mlock(memory, before) == 0 &&
           mlock(whole + bytes, behind) == 0;
#else
    (void)memory;
    (void)size;
    return false;
#endif
}

/* Memory that is all zero.  libsodium locks what it gives, but does not say when that was refused;
 * so it is asked again. */
static void *allocate(struct letter *letter, size_t size)
{
    void *memory = sodium_malloc(size);
    if (memory == NULL)
        return NULL;
    sodium_memzero(memory, size);
    if (!lock_when_used(memory, size) && sodium_mlock(memory, size) != 0)
        letter->unlocked = true;
    return memory;
}

static void free_all(struct letter *letter)
{
    sodium_free(letter->text_memory);
    sodium_free(letter->entry_memory);
    sodium_free(letter->locked);
    letter->text_memory = NULL;
    letter->entry_memory = NULL;
    letter->locked = NULL;
    letter->text = NULL;
    letter->entry = NULL;
}

bool letter_memory(struct letter *letter)
{
    if (letter->text_memory != NULL)
        return true;
    if (sodium_init() < 0)
        return false;
    letter->unlocked = false;
    /* The text's needs most of what may be locked, so the passphrase's comes first. */
    size_t locked_bytes = (sizeof *letter->locked + 15) / 16 * 16;
    letter->locked = allocate(letter, locked_bytes);
    letter->entry_memory = allocate(letter, editor_bytes(&entry_params));
    letter->text_memory = allocate(letter, editor_bytes(&text_params));
    if (letter->locked == NULL || letter->entry_memory == NULL || letter->text_memory == NULL) {
        free_all(letter);
        return false;
    }
    letter->text = editor_init(letter->text_memory, &text_params);
    letter->entry = editor_init(letter->entry_memory, &entry_params);
    guard(letter);
    return true;
}

void letter_forget(struct letter *letter)
{
    if (letter->text_memory == NULL)
        return;
    letter_hold_end(letter);
    editor_clear(letter->text);
    editor_clear(letter->entry);
    free_all(letter);
    unguard(letter);
    letter->page = (struct page){0};
    letter->plan = (struct letter_plan){0};
    letter->front = LETTER_SHOWS_NOTHING;
    letter->turn.leaves = false;
    letter->composed = 0;
    letter_rows_forget(letter);
    letter->near.known = false;
    letter->top = 0;
    letter->aside = 0;
    letter->version++;
    render_forget(letter->params.render);
}
