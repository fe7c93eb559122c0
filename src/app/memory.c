#include "memory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

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

void memory_give_back(void)
{
    (void)malloc_trim(0);
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
