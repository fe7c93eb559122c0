/* Reader: holds what is read and puts it on the field.  The session asks (enum read_ask) and is
 * answered by events; the words themselves go from the file to the page and nowhere else. */
#ifndef LACRIMA_APP_READER_H
#define LACRIMA_APP_READER_H

#include "library.h"

#include "lacrima/base/time.h"
#include "lacrima/config.h"
#include "lacrima/core/effect.h"
#include "lacrima/core/event.h"
#include "lacrima/core/page.h"
#include "lacrima/render.h"
#include "lacrima/shelf.h"

#include <stdbool.h>

struct reader; /* owned by who created it */

struct reader_params {
    struct render *render; /* must outlive the reader */
    float text_scale;
    const char *text, *folder, *film; /* asked for by name, so first of all, or NULL */
    const struct config_list *texts, *photos, *films; /* of the person's own; outlive the reader */
    const struct settings *settings;                  /* how loud a film is; likewise */
    const struct shelf *shelf; /* likewise; what of it is left out, in its order: */
    const bool *left_out;      /* looked at whenever something is chosen */
    bool mute;
    const char *pieces;      /* the folder of Lacrima's own */
    const char *places_path; /* where places are kept; NULL: nowhere */
    bool offline;            /* a recording: every answer comes at once */
    void (*say)(void *user, const char *line);
    void *say_user;
    void (*wake)(void *user); /* an answer waits; from any thread */
    void *wake_user;
};

/* NULL without memory.  No file is touched before the first question. */
struct reader *reader_create(const struct reader_params *params);

/* Something more to read or to look at (its path is copied), if it is not there yet; first: it is
 * what is chosen next.  False if there is no room for it. */
bool reader_add(struct reader *reader, const struct library_item *item, bool first, time_ns at);

/* The tag of what is chosen; 0: it is not from the shelf. */
int32_t reader_tag(const struct reader *reader);

void reader_ask(struct reader *reader, enum read_ask ask, time_ns at);

/* Takes the next answer that is there by now; false if there is none. */
bool reader_poll(struct reader *reader, time_ns now, struct event *event);

/* The page as it is seen at this time; visible: the scene's `page`.  NULL: there is none.  until:
 * lowered to when it changes next.  What it points to stays until the next call of any of these. */
const struct page *reader_page(struct reader *reader, float visible, time_ns now, time_ns *until);

/* Another number is another picture of a film. */
uint64_t reader_picture_version(const struct reader *reader);

/* What was asked for waits for a folder that is being read. */
bool reader_waits(const struct reader *reader);

/* A film goes on. */
bool reader_plays(const struct reader *reader);

/* Settings have changed; all sound of a film away at once, or back. */
void reader_settings(struct reader *reader);
void reader_silence(struct reader *reader, bool on);

/* The field has another size: the page is set anew, from where it began. */
void reader_resize(struct reader *reader);

/* The renderer has lost its pictures: the one that is looked at is asked for once more. */
void reader_restore(struct reader *reader);

/* Nothing is read any more, and no picture is seen: gives back what they take up. */
void reader_rest(struct reader *reader);

/* Writes the places, if any has changed. */
void reader_keep(struct reader *reader);

void reader_destroy(struct reader **reader);

#endif
