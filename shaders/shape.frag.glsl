// Every shape, drawn from its distance function.  KIND is defined before this text when one shape
// is drawn alone: a program then holds only that shape.  Without it, all shapes of the scene are
// mixed over one another in one pass, for where several share a place.
//
// The shapes' sizes are worked out in src/render/shapes.c; what a form holds stands in shapes.h.
uniform vec3 u_field;
uniform int u_shape_count;
uniform vec4 u_shape_kind[SHAPES_MAX];
uniform vec4 u_shape_form[SHAPES_MAX];
uniform vec2 u_shape_centre[SHAPES_MAX];
uniform sampler2D u_noise_tile;

// 1 inside, 0 outside, over one pixel; d: distance outside the edge, px.
float cover(float d)
{
    return clamp(0.5 - d, 0.0, 1.0);
}

// The parts of the pixel at p (from the centre, px, y down) that are accent and that are line.
vec2 disc(vec2 p, vec4 form)
{
    float q2 = dot(p, p) * form.y;
    float e = clamp((1.0 - q2) * (1.0 / DISC_RIM), 0.0, 1.0);
    return vec2((1.0 - DISC_FALLOFF * q2) * e * e * (3.0 - 2.0 * e), 0.0);
}

vec2 ring(vec2 p, float stroke, vec4 form)
{
    return vec2(0.0, cover(abs(length(p) - form.x) - stroke));
}

vec2 bar(vec2 p, float stroke, vec4 form)
{
    vec2 q = vec2(max(abs(p.x) - (form.x - form.y), 0.0), p.y);
    float edge = length(q) - form.y;
    float fill = cover(edge + form.w) * cover(p.x - form.z);
    return vec2(fill, cover(abs(edge) - stroke));
}

// Distance, to first order, from the arc y = height * w(x / half_width).
float arc(vec2 p, float height, float w, float slope)
{
    float steep = height * slope;
    return abs(p.y - height * w) * inversesqrt(1.0 + steep * steep);
}

vec2 eyelid(vec2 p, float stroke, vec4 form)
{
    float u = p.x / form.x;
    float w = 1.0 - u * u;
    float slope = -2.0 * u / form.x;
    float ends = cover(abs(p.x) - form.x);
    float lids = min(arc(p, form.y, w, slope), arc(p, form.z, w, slope));
    float between = cover(form.y * w - p.y) * cover(p.y - form.z * w);
    float iris = cover(length(p - vec2(0.0, IRIS_RISE * form.x)) - form.w) * between;
    return vec2(IRIS_DEPTH * iris, cover(lids - stroke) * ends);
}

// Two half ellipses of one width, the upper and the lower jaw.
vec2 jaw(vec2 p, float stroke, vec4 form)
{
    vec2 q = p / vec2(form.x, p.y < 0.0 ? form.y : form.z);
    vec2 slope = q / vec2(form.x, p.y < 0.0 ? form.y : form.z);
    float f = length(q);
    float d = (f - 1.0) * f * inversesqrt(dot(slope, slope));
    // Beside a closed line the distance to it is taken for too little; the line ends all the same.
    float ends = cover(abs(p.x) - form.x - stroke);
    return vec2(form.w * max(1.0 - f * f, 0.0), cover(abs(d) - stroke) * ends);
}

vec2 glow(vec2 p, vec4 form)
{
    float inside = max(1.0 - dot(p, p) * form.y, 0.0);
    return vec2(form.z * inside * inside * inside, 0.0);
}

// p is from the top left corner here.
vec2 drain(vec2 p, vec4 form)
{
    float e = clamp((p.y - form.x) * form.y, 0.0, 1.0);
    return vec2(e * e * (3.0 - 2.0 * e), 0.0);
}

vec2 fixation_dot(vec2 p, vec4 form)
{
    float t = clamp((form.x + 1.0 - length(p)) * 0.5, 0.0, 1.0);
    return vec2(0.0, t * t * (3.0 - 2.0 * t));
}

vec2 bullseye(vec2 p, vec4 form)
{
    float r = length(p);
    float cross_hair = cover(min(abs(p.x), abs(p.y)) - form.y);
    return vec2(0.0, max(cover(r - form.x) * (1.0 - cross_hair), cover(r - form.y)));
}

vec2 coverage(int kind, vec2 p, float stroke, vec4 form)
{
    if (kind == KIND_DISC)
        return disc(p, form);
    if (kind == KIND_RING)
        return ring(p, stroke, form);
    if (kind == KIND_BAR)
        return bar(p, stroke, form);
    if (kind == KIND_EYELID)
        return eyelid(p, stroke, form);
    if (kind == KIND_JAW)
        return jaw(p, stroke, form);
    if (kind == KIND_GLOW || kind == KIND_EMBER)
        return glow(p, form);
    if (kind == KIND_DRAIN)
        return drain(p, form);
    if (kind == KIND_DOT)
        return fixation_dot(p, form);
    return bullseye(p, form);
}

// A part of a colour over what is there already.  Exact in linear light where that is the field;
// where two things share a pixel, what lies below gives way in codes, which no eye tells apart.
vec4 over(vec4 below, float row, float part)
{
    return mixed(row, part) + (1.0 - part) * (below - vec4(u_field, 0.0));
}

// Triangular noise of up to one code either way, so that a slope of half a code is seen as one.
// How much is worked out with the ramps: none where a shape adds nothing.
vec3 dithered(vec4 codes)
{
    vec3 noise = texture(u_noise_tile, gl_FragCoord.xy * (1.0 / 64.0)).rgb * 2.0 - 1.0;
    return codes.rgb + noise * codes.a;
}

// The pixel's place from a form's centre, y down.
vec2 place(int form)
{
    return vec2(gl_FragCoord.x - u_shape_centre[form].x, u_shape_centre[form].y - gl_FragCoord.y);
}

void main()
{
#ifndef KIND
    vec4 codes = vec4(u_field, 0.0);
    for (int i = 0; i < u_shape_count; i++) {
        vec4 kind = u_shape_kind[i];
        vec2 parts = coverage(int(kind.x), place(i), kind.w, u_shape_form[i]) * kind.y;
        codes = over(over(codes, ROW_ACCENT, parts.x), ROW_LINE, parts.y);
    }
    codes.a = min(codes.a, 1.0);
#else
    vec2 parts = coverage(KIND, place(0), u_shape_kind[0].w, u_shape_form[0]) * u_shape_kind[0].y;
#if KIND == KIND_JAW || KIND == KIND_EYELID
    vec4 codes = over(mixed(ROW_ACCENT, parts.x), ROW_LINE, parts.y);
#elif KIND == KIND_DRAIN
    vec4 codes = mixed(ROW_DRAIN, parts.x);
#else
    // Accent and line keep apart, so one look-up tells either.
    vec4 codes = mixed(parts.y > 0.0 ? ROW_LINE : ROW_ACCENT, max(parts.x, parts.y));
#endif
#endif
    // Of all shapes that are alone, those of thin lines have no slope to be dithered.
#if defined(KIND) && (KIND == KIND_RING || KIND == KIND_DOT || KIND == KIND_BULLSEYE)
    write_codes(codes.rgb);
#else
    write_codes(dithered(codes));
#endif
}
