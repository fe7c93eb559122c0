/* make_letters FOLDER PASSPHRASE TEXT...: folds letters away, for the tests of the program. */
#include "lacrima/journal.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct journal *journal = NULL;
    struct error error = {.text = "usage: make_letters FOLDER PASSPHRASE TEXT..."};
    struct journal_params params = {.synchronous = true, .cost = JOURNAL_COST_LEAST};
    bool made = argc > 3;
    if (made) {
        params.folder = argv[1];
        made = journal_create(&journal, &params, &error);
    }
    if (made)
        journal_begin(journal, argv[2], strlen(argv[2]));
    for (int i = 3; i < argc && made; i++)
        made = journal_save(journal, journal_new(journal), argv[i], strlen(argv[i]), &error);
    made = made && journal_flush(journal, &error);
    if (!made)
        (void)fprintf(stderr, "%s\n", error.text);
    journal_destroy(&journal);
    return made ? 0 : 1;
}
