// One rasterised line of text: coverage in a texture of exactly its box, one texel a pixel.  A page
// is full of it, so each way to draw it is a program of its own: a driver may run both sides of a
// branch.
uniform vec2 u_glyph_at;
uniform vec3 u_glyph_row;
uniform float u_glyph_alpha;
uniform sampler2D u_glyphs;

void main()
{
    // The texture's rows run down, gl_FragCoord's up.
    ivec2 at = ivec2(gl_FragCoord.x - u_glyph_at.x, u_glyph_at.y - gl_FragCoord.y);
    float coverage = texelFetch(u_glyphs, at, 0).r;
    // A tall mark may reach into the box of the line above; what is empty here leaves it alone.
    if (coverage == 0.0)
        discard;
    float part = coverage * u_glyph_alpha;
#if defined(TEXT_OVER)
    // Where the field is not flat the driver mixes, in codes; on text no eye tells that apart.
    colour_out = vec4(floor(mixed(ROW(u_glyph_row.x), 1.0).rgb + 0.5) * (1.0 / 255.0), part);
#elif defined(TEXT_WARM)
    vec3 codes = mixed(ROW(u_glyph_row.x), part).rgb;
    write_codes(mix(codes, mixed(ROW(u_glyph_row.y), part).rgb, u_glyph_row.z));
#else
    write_codes(mixed(ROW(u_glyph_row.x), part).rgb);
#endif
}
