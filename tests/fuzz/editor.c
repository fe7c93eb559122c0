/* Any bytes as operations on the editor, held to a plain array (tests/editor/model.c). */
#include "fuzz.h"

#include "model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)model_drive(data, size);
    return 0;
}
