// One rasterised line of text: coverage in a texture of exactly its box, one texel a pixel.
uniform vec4 u_glyph_map;
uniform vec3 u_glyph_row;
uniform float u_glyph_alpha;
uniform float u_glyph_over;
uniform sampler2D u_glyphs;

void main()
{
    float coverage = texture(u_glyphs, gl_FragCoord.xy * u_glyph_map.xy + u_glyph_map.zw).r;
    // A tall mark may reach into the box of the line above; what is empty here leaves it alone.
    if (coverage == 0.0)
        discard;
    float part = coverage * u_glyph_alpha;
    // Where the field is not flat the driver mixes, in codes; on text no eye tells that apart.
    if (u_glyph_over > 0.0) {
        colour_out = vec4(floor(mixed(ROW(u_glyph_row.x), 1.0).rgb + 0.5) * (1.0 / 255.0), part);
        return;
    }
    vec3 codes = mixed(ROW(u_glyph_row.x), part).rgb;
    if (u_glyph_row.z > 0.0)
        codes = mix(codes, mixed(ROW(u_glyph_row.y), part).rgb, u_glyph_row.z);
    write_codes(codes);
}
