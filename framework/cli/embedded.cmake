# ablate_embed_files(TARGET root path...): builds files of the source tree into TARGET; framework/cli/embedded.hpp gives
# them back by their paths. Run with -P, this file is the generator itself: -DOUT=file.cpp -DROOT=folder -DPATHS="a;b".
if(CMAKE_SCRIPT_MODE_FILE)
  set(code "#include \"cli/embedded.hpp\"\n\n#include <stdexcept>\n#include <string>\n\nnamespace ablate {\n\n")
  string(APPEND code "std::string_view embedded_file(std::string_view path_in_repo) {\n")
  foreach(path IN LISTS PATHS)
    file(READ ${ROOT}/${path} text)
    string(APPEND code "  if (path_in_repo == \"${path}\") return R\"embedded(${text})embedded\";\n")
  endforeach()
  string(APPEND code "  throw std::logic_error(\"not built in: \" + std::string(path_in_repo));\n}\n\n}  // namespace ablate\n")
  file(WRITE ${OUT} "${code}")
  return()
endif()

set(ABLATE_EMBED_FILES_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(ablate_embed_files target root)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/embedded.cpp)
  list(TRANSFORM ARGN PREPEND ${root}/ OUTPUT_VARIABLE files)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DROOT=${root} "-DPATHS=${ARGN}" -P ${ABLATE_EMBED_FILES_SCRIPT}
    DEPENDS ${files} ${ABLATE_EMBED_FILES_SCRIPT}
    COMMENT "Building help pages and completion scripts in" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
