# Writes OUTPUT, a C file that holds the text of each GLSL file in SHADERS as an array of lines,
# matched by src/render/shader_sources.h.  Lines, not one string: C promises only 4095 characters
# in a string literal, and glShaderSource takes an array as it is.
set(text "/* Written by shaders/embed.cmake; not by hand. */\n#include \"shader_sources.h\"\n")
set(table "")
foreach(path IN LISTS SHADERS)
  get_filename_component(file ${path} NAME)
  string(MAKE_C_IDENTIFIER ${file} name)
  file(READ ${path} body)
  string(REPLACE "\\" "\\\\" body "${body}")
  string(REPLACE "\"" "\\\"" body "${body}")
  string(REGEX REPLACE "([^\n]*)\n" "    \"\\1\\\\n\",\n" body "${body}")
  string(APPEND text "\nstatic const char *const ${name}[] = {\n${body}};\n")
  string(APPEND table "    {\"${file}\", ${name}, (int)(sizeof ${name} / sizeof ${name}[0])},\n")
endforeach()
string(APPEND text "\nconst struct shader_source shader_sources[] = {\n${table}};\n"
  "\nconst size_t shader_source_count = sizeof shader_sources / sizeof shader_sources[0];\n")
file(WRITE ${OUTPUT} "${text}")
