// Two triangles around each stroke, as tight as its width and a smoothed edge allow.
uniform vec2 u_size;
uniform vec4 u_stroke_ends[STROKES_MAX];
uniform vec3 u_stroke_form[STROKES_MAX];

flat out vec4 ends;
flat out vec3 form;

void main()
{
    int stroke = gl_VertexID / 6;
    int corner = gl_VertexID - 6 * stroke;
    corner = corner < 3 ? corner : corner == 3 ? 2 : corner == 4 ? 1 : 3;
    ends = u_stroke_ends[stroke];
    form = u_stroke_form[stroke];
    vec2 reach = ends.zw - ends.xy;
    float size = length(reach);
    vec2 along = (size > 0.0 ? reach / size : vec2(1.0, 0.0)) * (max(form.x, form.y) + 1.0);
    vec2 across = vec2(-along.y, along.x);
    vec2 at = corner < 2 ? ends.xy - along : ends.zw + along;
    at += (corner & 1) == 0 ? -across : across;
    gl_Position = vec4(at / u_size * 2.0 - 1.0, 0.0, 1.0);
}
