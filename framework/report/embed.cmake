# ablate_embed_templates(TARGET folder file...): builds every <stem>.<format>.mustache, <stem>.js and <stem>.css of the
# folder, and the files, into TARGET as the functions `std::string_view <stem>_template()`, `<stem>_script()` and
# `<stem>_style()` that framework/report/templates.hpp declares. Run with -P, this file is the generator itself:
# -DOUT=file.cpp -DTEMPLATES="a;b".
if(CMAKE_SCRIPT_MODE_FILE)
  set(kind_mustache template)
  set(kind_js script)
  set(kind_css style)
  set(code "#include \"ablate/report/templates.hpp\"\n\nnamespace ablate {\n")
  foreach(file IN LISTS TEMPLATES)
    get_filename_component(stem ${file} NAME_WE)
    cmake_path(GET file EXTENSION LAST_ONLY ending)
    string(SUBSTRING ${ending} 1 -1 ending)
    file(READ ${file} text)
    string(APPEND code
      "\nstd::string_view ${stem}_${kind_${ending}}() {\n  return R\"mustache(${text})mustache\";\n}\n")
  endforeach()
  file(WRITE ${OUT} "${code}\n}  // namespace ablate\n")
  return()
endif()

set(ABLATE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(ablate_embed_templates target folder)
  file(GLOB templates CONFIGURE_DEPENDS ${folder}/*.mustache ${folder}/*.js ${folder}/*.css)
  list(APPEND templates ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/templates.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DTEMPLATES=${templates}" -P ${ABLATE_EMBED_SCRIPT}
    DEPENDS ${templates} ${ABLATE_EMBED_SCRIPT}
    COMMENT "Building the report's templates in" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
