/* Some hundred thousand random operations, each also done on a plain array. */
#include "../support/cm.h"

#include "model.h"

#define SEQUENCES 400
#define BYTES     2000

static void random_operations_agree(void **state)
{
    (void)state;
    static uint8_t data[BYTES];
    uint32_t seed = 20261125;
    size_t operations = 0;
    for (int i = 0; i < SEQUENCES; i++) {
        for (size_t k = 0; k < BYTES; k++) {
            seed = seed * 1664525U + 1013904223U;
            data[k] = (uint8_t)(seed >> 16);
        }
        operations += model_drive(data, BYTES);
    }
    assert_true(operations >= 300000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_operations_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
