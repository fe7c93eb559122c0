// Where to draw: a box, or a ring-shaped polygon around the centre.  No vertex data: the corners
// follow from the vertex number, so a frame uploads nothing but a few uniforms.
uniform vec2 u_size;
uniform vec4 u_box;
uniform vec3 u_polygon;
uniform vec2 u_centre;

void main()
{
    vec2 at;
    if (u_polygon.z > 0.0) {
        float angle = float(gl_VertexID >> 1) * (6.28318530718 / u_polygon.z);
        float radius = (gl_VertexID & 1) == 0 ? u_polygon.x : u_polygon.y;
        at = u_centre + radius * vec2(cos(angle), sin(angle));
    } else {
        at = u_box.xy + u_box.zw * vec2(gl_VertexID & 1, gl_VertexID >> 1);
        at.y = u_size.y - at.y;
    }
    gl_Position = vec4(at / u_size * 2.0 - 1.0, 0.0, 1.0);
}
