// One or two photographs over the field, dimmed so far that no area of them is brighter than
// u_picture_most.  A code's square stands for its light: near enough to sRGB, never darker than it
// where it matters, exact where only one thing is seen, and a root a pixel instead of a power.
uniform vec3 u_field;
uniform vec4 u_picture_map[2];
uniform vec2 u_picture_edge[2];
uniform vec2 u_picture_part;
uniform float u_picture_most;
uniform sampler2D u_picture_a;
uniform sampler2D u_picture_b;
uniform sampler2D u_noise_tile;

#define LUMINANCE vec3(0.2126, 0.7152, 0.0722)
// Of what a photograph may show at most, so much is where its light begins to be held back: shades
// keep more of themselves than what is bright, as in a room whose lamp is turned down.
#define SOFT 12.0

// Light, and how much of it is seen here: less along its edges, nothing outside.
vec4 seen(vec4 texel, vec2 at, vec2 edge, float part)
{
    vec2 inward = clamp(min(at, 1.0 - at) / edge, 0.0, 1.0);
    inward *= inward * (3.0 - 2.0 * inward);
    vec3 light = texel.rgb * texel.rgb;
    float soft = SOFT * u_picture_most;
    light *= u_picture_most * (1.0 + soft) / (dot(light, LUMINANCE) + soft);
    return vec4(light, part * inward.x * inward.y * texel.a);
}

void main()
{
    vec2 at_a = gl_FragCoord.xy * u_picture_map[0].xy + u_picture_map[0].zw;
    vec2 at_b = gl_FragCoord.xy * u_picture_map[1].xy + u_picture_map[1].zw;
    vec4 a = seen(texture(u_picture_a, at_a), at_a, u_picture_edge[0], u_picture_part.x);
    vec4 b = seen(texture(u_picture_b, at_b), at_b, u_picture_edge[1], u_picture_part.y);
    vec3 field = u_field * (1.0 / 255.0);
    vec3 light = field * field * (1.0 - a.a - b.a) + a.rgb * a.a + b.rgb * b.a;
    vec3 noise = texture(u_noise_tile, gl_FragCoord.xy * (1.0 / 64.0)).rgb * 2.0 - 1.0;
    write_codes(255.0 * sqrt(max(light, 0.0)) + noise * min(4.0 * (a.a + b.a), 1.0));
}
