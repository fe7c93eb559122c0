#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* dl_iterate_phdr */
#endif

#include "memory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <link.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What Mesa's drivers without a graphics card compile shaders with. */
#define COMPILER "libLLVM"

/* From this size on a block is given back the moment it is freed.  Left to itself glibc raises the
 * bound with every large block it sees freed, and a decoded cue or photograph then leaves a hole in
 * the heap as large as it was.  Nothing this large is asked for while frames are drawn. */
#define LARGE_BLOCK (256 * 1024)
/* What is freed is full of it, and what is given full of its complement: zeros. */
#define FREED_BYTE 0xFF

void memory_begin(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
}

void memory_overwrite(bool on)
{
    (void)mallopt(M_PERTURB, on ? FREED_BYTE : 0);
}

/* Whether the library's code is as its file has it. */
static bool is_as_on_disk(const struct dl_phdr_info *library)
{
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &library->dlpi_phdr[i];
        if (header->p_type != PT_DYNAMIC)
            continue;
        const ElfW(Dyn) *entry = (const void *)(library->dlpi_addr + header->p_vaddr);
        for (; entry->d_tag != DT_NULL; entry++) {
            if (entry->d_tag == DT_TEXTREL ||
                (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0))
                return false;
        }
        return true;
    }
    return false;
}

/* Code that is not written to is read from its file again where it is run again. */
static int give_back_code(struct dl_phdr_info *library, size_t size, void *user)
{
    (void)size;
    (void)user;
    if (strstr(library->dlpi_name, COMPILER) == NULL || !is_as_on_disk(library))
        return 0;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &library->dlpi_phdr[i];
        if (header->p_type != PT_LOAD || (header->p_flags & PF_W) != 0)
            continue;
        size_t before = header->p_vaddr % page;
        void *begin = (void *)(library->dlpi_addr + header->p_vaddr - before);
        (void)madvise(begin, header->p_memsz + before, MADV_DONTNEED);
    }
    return 0;
}

void memory_give_back(void)
{
    (void)malloc_trim(0);
    (void)dl_iterate_phdr(give_back_code, NULL);
}
#else
void memory_begin(void)
{
}

void memory_overwrite(bool on)
{
    (void)on;
}

void memory_give_back(void)
{
}
#endif
