/* Pictures: a person's photographs over the field, as textures. */
#ifndef LACRIMA_RENDER_PICTURES_H
#define LACRIMA_RENDER_PICTURES_H

#include "lacrima/base/error.h"
#include "lacrima/core/scene.h"

#include <stdbool.h>

struct render;

struct pictures {
    struct picture_texture {
        unsigned int texture; /* 0: none */
        int width, height;    /* px */
    } items[SCENE_PICTURES];
};

/* Whether any of the scene's pictures can be seen. */
bool pictures_visible(const struct render *render, const struct scene *scene);

bool pictures_draw(struct render *render, const struct scene *scene, struct error *error);

void pictures_finish(struct pictures *pictures);

#endif
