# ablate_embed(TARGET FUNCTION ROOT PATTERN...): builds the files below ROOT that match into TARGET, as the function
# `std::span<const EmbeddedFile> FUNCTION()`, which a header declares with framework/base/embedded_file.hpp. Their names are
# their paths below ROOT, and in the order of these. Run with -P, this file is the generator itself: -DOUT=file.cpp
# -DFUNCTION=name -DROOT=folder -DFILES="a;b".
if(CMAKE_SCRIPT_MODE_FILE)
  set(code "#include \"base/embedded_file.hpp\"\n\nnamespace ablate {\n\n")
  string(APPEND code "std::span<const EmbeddedFile> ${FUNCTION}();\n\n")
  string(APPEND code "std::span<const EmbeddedFile> ${FUNCTION}() {\n  static constexpr EmbeddedFile files[] = {\n")
  foreach(name IN LISTS FILES)
    file(READ ${ROOT}/${name} text)
    string(APPEND code "      {\"${name}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  file(WRITE ${OUT} "${code}  };\n  return files;\n}\n\n}  // namespace ablate\n")
  return()
endif()

set(ABLATE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(ablate_embed target function root)
  foreach(pattern IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS RELATIVE ${root} ${root}/${pattern})
    if(NOT found)
      message(FATAL_ERROR "nothing to build in: ${root}/${pattern}")
    endif()
    list(APPEND files ${found})
  endforeach()
  list(SORT files)
  list(TRANSFORM files PREPEND ${root}/ OUTPUT_VARIABLE paths)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/${function}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DFUNCTION=${function} -DROOT=${root} "-DFILES=${files}" -P ${ABLATE_EMBED_SCRIPT}
    DEPENDS ${paths} ${ABLATE_EMBED_SCRIPT}
    COMMENT "Building in ${function}" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
