/* What is sealed: anew each time, and for its own key, letter and kind alone. */
#include "vault.h"

#include "../support/cm.h"

#include <string.h>

#define LETTER 7
static const unsigned char plain[] = "the same words";
#define SEALED_BYTES (sizeof plain + VAULT_SEALED_MORE)

static void no_two_seals_are_alike(void **state)
{
    (void)state;
    unsigned char one[SEALED_BYTES], other[SEALED_BYTES];
    unsigned char *key = vault_key_new();
    assert_non_null(key);
    vault_seal(one, key, VAULT_BODY, LETTER, plain, sizeof plain);
    vault_seal(other, key, VAULT_BODY, LETTER, plain, sizeof plain);
    /* The mark is a byte of format and the nonce. */
    assert_int_not_equal(memcmp(one + 1, other + 1, VAULT_NONCE_BYTES), 0);
    assert_int_not_equal(
        memcmp(one + VAULT_MARK_BYTES, other + VAULT_MARK_BYTES, SEALED_BYTES - VAULT_MARK_BYTES),
        0);
    vault_free(key);
}

static void it_opens_for_its_own_alone(void **state)
{
    (void)state;
    unsigned char sealed[SEALED_BYTES], opened[sizeof plain];
    unsigned char *key = vault_key_new();
    unsigned char *wrong = vault_key_new();
    assert_true(key != NULL && wrong != NULL);
    vault_seal(sealed, key, VAULT_BODY, LETTER, plain, sizeof plain);
    assert_false(vault_open(opened, wrong, VAULT_BODY, LETTER, sealed, sizeof sealed));
    assert_false(vault_open(opened, key, VAULT_HEAD, LETTER, sealed, sizeof sealed));
    assert_false(vault_open(opened, key, VAULT_BODY, LETTER + 1, sealed, sizeof sealed));
    assert_false(vault_open(opened, key, VAULT_BODY, LETTER, sealed, sizeof sealed - 1));
    assert_false(vault_open(opened, key, VAULT_BODY, LETTER, sealed, VAULT_MARK_BYTES));
    assert_true(vault_open(opened, key, VAULT_BODY, LETTER, sealed, sizeof sealed));
    assert_memory_equal(opened, plain, sizeof plain);
    vault_free(key);
    vault_free(wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_seals_are_alike),
        cmocka_unit_test(it_opens_for_its_own_alone),
    };
    return vault_start() ? cmocka_run_group_tests_name("journal vault", tests, NULL, NULL) : 1;
}
