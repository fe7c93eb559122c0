#include "app.h"
#include "describe.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export.h"
#include "lacrima/base/text.h"
#include "memory.h"
#include "paths.h"
#include "people.h"
#include "shelf_command.h"

#include "lacrima/shelf.h"

/* Where a standard stream is closed, the next file to be opened, a letter or the desktop's socket,
 * would take its number, and whatever is said then would be written into it.  What stands there
 * instead refuses, as a closed stream does. */
static void hold_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) == -1 && errno == EBADF)
            (void)open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

/* What was asked for and could not be written is no success. */
static int printed(int status)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return status;
    (void)fprintf(stderr, "lacrima: standard output: %s\n", strerror(errno));
    return 1;
}

static int wrong_usage(const struct error *error)
{
    (void)fprintf(stderr, "lacrima: %s\n", error->text);
    return 2;
}

static int list(void)
{
    for (enum technique_id id = TECHNIQUE_STARE; id < TECHNIQUE_COUNT; id++) {
        const struct technique *technique = technique_get(id);
        if (technique != NULL)
            (void)printf("%c\t%s\t%s\n", technique_key(id), technique->id, technique->title);
    }
    return 0;
}

static int describe_one(const char *name)
{
    struct error error;
    enum technique_id id = technique_find(name);
    if (id == TECHNIQUE_COUNT) {
        (void)error_set(&error, "--describe %s: there is no such way; lacrima --list names them",
                        name);
        return wrong_usage(&error);
    }
    describe(technique_get(id), stdout);
    return 0;
}

static void print_fault(void *user, const char *line)
{
    (void)user;
    (void)printf("%s\n", line);
}

static size_t check_shelf(const struct options *options)
{
    static struct shelf shelf;
    char path[CONFIG_PATH_BYTES];
    struct error error;
    if (!shelf_path(path, sizeof path, options->data_dir, &error)) {
        (void)printf("%s\n", error.text);
        return 1;
    }
    size_t faults = shelf_read(&shelf, path, print_fault, NULL);
    shelf_finish(&shelf);
    return faults;
}

static int check_config(const struct options *options)
{
    struct config config;
    struct error error;
    char path[CONFIG_PATH_BYTES];
    if (options->config != NULL) {
        (void)text_copy(path, sizeof path, options->config);
    } else if (!config_default_path(path, sizeof path, &error)) {
        (void)printf("%s\n", error.text);
        return 1;
    }
    config_init(&config);
    size_t faults = config_read(&config, path, options->config == NULL, print_fault, NULL);
    config_finish(&config);
    faults += check_shelf(options);
    return faults > 0 ? 1 : 0;
}

static int run(const struct options *options)
{
    /* Too large for a stack frame that every signal and library shares. */
    static struct app app;
    struct error error;
    int status = 0;
    if (app_create(&app, options, &status, &error)) {
        error.text[0] = '\0';
        status = options->render != NULL ? record_run(&app, options->render, &error)
                                         : live_run(&app, &error);
    }
    if (status != 0 && error.text[0] != '\0')
        (void)fprintf(stderr, "lacrima: %s\n", error.text);
    app_destroy(&app);
    return status;
}

int main(int argc, char **argv)
{
    struct options options;
    struct error error;
    (void)platform_now(); /* time begins with the program */
    hold_streams();
    memory_begin();
    (void)setlocale(LC_CTYPE, "");
    (void)setlocale(LC_MESSAGES, "");
    (void)bindtextdomain("lacrima", LACRIMA_LOCALE_DIR);
    (void)bind_textdomain_codeset("lacrima", "UTF-8");
    (void)textdomain("lacrima");
    if (!options_read(&options, argc, argv, &error))
        return wrong_usage(&error);
    if (options.help) {
        options_help(stdout);
        return printed(0);
    }
    if (options.version) {
        (void)printf("lacrima %s\n", LACRIMA_VERSION);
        return printed(0);
    }
    if (options.people != NULL)
        return printed(people_print(&options, stdout));
    if (options.export_letters != NULL)
        return export_letters(&options);
    if (options.shelf_add != NULL)
        return shelf_put(&options);
    if (options.shelf)
        return printed(shelf_list(&options, stdout));
    if (options.list)
        return printed(list());
    if (options.describe != NULL)
        return printed(describe_one(options.describe));
    if (options.check_config)
        return printed(check_config(&options));
    return run(&options);
}
