// What the screen shows of a part of a colour over the field, for every fragment shader: mixed in
// linear light and encoded into 8-bit sRGB codes beforehand, one row a colour, along the square
// root of the part.  The fourth number is how much to dither.  See src/render/light.h.
uniform sampler2D u_ramps;

out vec4 colour_out;

#define ROW(n) ((float(n) + 0.5) / float(RAMP_ROWS))
#define ROW_ACCENT ROW(RAMP_ACCENT)
#define ROW_LINE ROW(RAMP_LINE)
#define ROW_FIGURE ROW(RAMP_FIGURE)
#define ROW_DRAIN ROW(RAMP_DRAIN)

vec4 mixed(float row, float part)
{
    float along = sqrt(part) * (float(RAMP_STEPS - 1) / float(RAMP_STEPS));
    return texture(u_ramps, vec2(along + 0.5 / float(RAMP_STEPS), row));
}

// Rounded here and not by the driver, so that every machine writes the same byte.
void write_codes(vec3 codes)
{
    colour_out = vec4(floor(codes + 0.5) * (1.0 / 255.0), 1.0);
}
