# ablate_embed_queries(TARGET folder): builds every <name>.sql of the folder into TARGET as the function `query_files()`
# that framework/store/query_files.hpp declares. Run with -P, this file is the generator itself: -DOUT=file.cpp
# -DQUERIES="a;b".
if(CMAKE_SCRIPT_MODE_FILE)
  set(code "#include \"store/query_files.hpp\"\n\n#include <array>\n\nnamespace ablate {\n\n")
  string(APPEND code "std::span<const QueryFile> query_files() {\n  static constexpr std::array files = {\n")
  foreach(file IN LISTS QUERIES)
    cmake_path(GET file STEM name)
    file(READ ${file} text)
    string(APPEND code "QueryFile{\"${name}\", R\"sql(${text})sql\"},\n")
  endforeach()
  file(WRITE ${OUT} "${code}};\n  return files;\n}\n\n}  // namespace ablate\n")
  return()
endif()

set(ABLATE_EMBED_QUERIES_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(ablate_embed_queries target folder)
  file(GLOB queries CONFIGURE_DEPENDS ${folder}/*.sql)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/query_files.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DQUERIES=${queries}" -P ${ABLATE_EMBED_QUERIES_SCRIPT}
    DEPENDS ${queries} ${ABLATE_EMBED_QUERIES_SCRIPT}
    COMMENT "Building the named queries in" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
