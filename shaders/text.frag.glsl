// One rasterised line of text: coverage in a texture of exactly its box, one texel a pixel.  What a
// pixel of so much ink shows stands in its look's row (src/render/looks.h).
uniform vec2 u_glyph_at;
uniform int u_glyph_look;
uniform sampler2D u_glyphs;
uniform sampler2D u_looks;

void main()
{
    // The texture's rows run down, gl_FragCoord's up.
    ivec2 at = ivec2(gl_FragCoord.x - u_glyph_at.x, u_glyph_at.y - gl_FragCoord.y);
    float coverage = texelFetch(u_glyphs, at, 0).r;
    // A tall mark may reach into the box of the line above; what is empty here leaves it alone.
    if (coverage == 0.0)
        discard;
    colour_out = texelFetch(u_looks, ivec2(int(coverage * 255.0 + 0.5), u_glyph_look), 0);
}
