# ablate_embed_page(TARGET folder): builds the files of the live page into TARGET, as the list that framework/serve/page_files.hpp
# declares. Run with -P, this file is the generator itself: -DOUT=file.cpp -DFILES="a;b".
if(CMAKE_SCRIPT_MODE_FILE)
  set(code "#include \"serve/page_files.hpp\"\n\nnamespace ablate {\n")
  string(APPEND code "\nstd::span<const PageFile> page_files() {\n  static constexpr PageFile files[] = {\n")
  foreach(file IN LISTS FILES)
    cmake_path(GET file FILENAME name)
    file(READ ${file} text)
    string(APPEND code "      {\"${name}\", R\"pagefile(${text})pagefile\"},\n")
  endforeach()
  file(WRITE ${OUT} "${code}  };\n  return files;\n}\n\n}  // namespace ablate\n")
  return()
endif()

set(ABLATE_EMBED_PAGE_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(ablate_embed_page target folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.html ${folder}/*.js ${folder}/*.css)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/page_files.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DFILES=${files}" -P ${ABLATE_EMBED_PAGE_SCRIPT}
    DEPENDS ${files} ${ABLATE_EMBED_PAGE_SCRIPT}
    COMMENT "Building the live page in" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
