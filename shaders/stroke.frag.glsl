// A line with round ends, wider at one of them.  Where several meet, blending keeps what shows the
// most of the colour; one that clears leaves the field, its edge blended by alpha.
uniform vec3 u_field;

flat in vec4 ends;
flat in vec3 form;

void main()
{
    vec2 from = gl_FragCoord.xy - ends.xy;
    vec2 reach = ends.zw - ends.xy;
    float along = clamp(dot(from, reach) / max(dot(reach, reach), 1e-6), 0.0, 1.0);
    float d = length(from - reach * along) - mix(form.x, form.y, along);
    float cover = clamp(0.5 - d, 0.0, 1.0);
    write_codes(form.z < 0.0 ? u_field : mixed(ROW_FIGURE, cover * form.z).rgb);
    colour_out.a = cover;
}
