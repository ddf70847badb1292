# ablate_embed_templates(TARGET folder chart.js): builds every *.mustache, *.js and *.css of the folder into TARGET, as
# the list `built_in_templates()`, and the library that draws as `chart_script()`: framework/report/templates.hpp declares
# both. Run with -P, this file is the generator itself: -DOUT=file.cpp -DTEMPLATES="a;b" -DCHART=c.
if(CMAKE_SCRIPT_MODE_FILE)
  set(code "#include \"report/templates.hpp\"\n\nnamespace ablate {\n")
  string(APPEND code "\nstd::span<const TemplateFile> built_in_templates() {\n  static constexpr TemplateFile files[] = {\n")
  foreach(file IN LISTS TEMPLATES)
    cmake_path(GET file FILENAME name)
    file(READ ${file} text)
    string(APPEND code "      {\"${name}\", R\"mustache(${text})mustache\"},\n")
  endforeach()
  file(READ ${CHART} text)
  string(APPEND code "  };\n  return files;\n}\n")
  string(APPEND code "\nstd::string_view chart_script() {\n  return R\"mustache(${text})mustache\";\n}\n")
  file(WRITE ${OUT} "${code}\n}  // namespace ablate\n")
  return()
endif()

set(ABLATE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(ablate_embed_templates target folder chart)
  file(GLOB templates CONFIGURE_DEPENDS ${folder}/*.mustache ${folder}/*.js ${folder}/*.css)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/templates.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DTEMPLATES=${templates}" -DCHART=${chart} -P ${ABLATE_EMBED_SCRIPT}
    DEPENDS ${templates} ${chart} ${ABLATE_EMBED_SCRIPT}
    COMMENT "Building the report's templates in" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
