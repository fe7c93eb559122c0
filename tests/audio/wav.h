/* WAV files of two channels, written sample by sample. */
#ifndef LACRIMA_TESTS_AUDIO_WAV_H
#define LACRIMA_TESTS_AUDIO_WAV_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A file that is to hold so many frames; each sample has so many bytes. */
FILE *wav_begin(const char *path, uint32_t rate, uint32_t bytes, uint32_t frames);

/* The lowest bytes of a value, the least first. */
void wav_put(FILE *file, uint32_t value, size_t bytes);

#endif
