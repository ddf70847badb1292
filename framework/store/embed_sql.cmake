# ablate_embed_sql(TARGET folder name): builds every .sql file of the folder into TARGET as the function `<name>_files()`
# that framework/store/sql_files.hpp declares. Run with -P, this file is the generator itself: -DOUT=file.cpp
# -DNAME=query -DFILES="a;b".
if(CMAKE_SCRIPT_MODE_FILE)
  set(code "#include \"store/sql_files.hpp\"\n\n#include <array>\n\nnamespace ablate {\n\n")
  string(APPEND code "std::span<const SqlFile> ${NAME}_files() {\n  static constexpr std::array files = {\n")
  foreach(file IN LISTS FILES)
    cmake_path(GET file STEM stem)
    file(READ ${file} text)
    string(APPEND code "SqlFile{\"${stem}\", R\"sql(${text})sql\"},\n")
  endforeach()
  file(WRITE ${OUT} "${code}};\n  return files;\n}\n\n}  // namespace ablate\n")
  return()
endif()

set(ABLATE_EMBED_SQL_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(ablate_embed_sql target folder name)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/${name}_files.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAME=${name} "-DFILES=${files}" -P ${ABLATE_EMBED_SQL_SCRIPT}
    DEPENDS ${files} ${ABLATE_EMBED_SQL_SCRIPT}
    COMMENT "Building the ${name} files in" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
