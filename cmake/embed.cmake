# embed_folder(FOLDER OUTPUT.cpp): at build time, writes the page's files into a C++ source that
# defines what searchd/http/embedded.hpp declares.
# embed_text(FILES OUTPUT.cpp HEADER NAMESPACE FUNCTION): the same for texts, one after the other, as
# the std::string_view FUNCTION() that HEADER declares in NAMESPACE.
# This file is the functions and, run with -P, the tool.

set(embed_tool ${CMAKE_CURRENT_LIST_FILE})

function(embed_folder folder output)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.html ${folder}/*.css ${folder}/*.js ${folder}/*.json ${folder}/*.svg)
  if(NOT files)
    message(FATAL_ERROR "there is no page in ${folder}")
  endif()
  add_custom_command(
    OUTPUT ${output} DEPENDS ${files} ${embed_tool} VERBATIM
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DOUTPUT=${output} -P ${embed_tool}
    COMMENT "embedding ${folder}")
endfunction()

function(embed_text files output header namespace function)
  add_custom_command(
    OUTPUT ${output} DEPENDS ${files} ${embed_tool} VERBATIM
    COMMAND ${CMAKE_COMMAND} "-DTEXTS=${files}" -DOUTPUT=${output} -DHEADER=${header} -DNAMESPACE=${namespace}
            -DFUNCTION=${function} -P ${embed_tool}
    COMMENT "embedding ${function}")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE AND TEXTS)
  set(bytes "")
  foreach(file IN LISTS TEXTS)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," of_file "${hex}")
    string(APPEND bytes "${of_file}")
  endforeach()
  file(WRITE ${OUTPUT}
    "// Written by cmake/embed.cmake.\n#include \"${HEADER}\"\n\n"
    "namespace ${NAMESPACE} {\nnamespace {\n\nconstexpr char text[] = {${bytes}'\\0'};\n\n}  // namespace\n\n"
    "std::string_view ${FUNCTION}() {\n    return {text, sizeof text - 1};\n}\n\n}  // namespace ${NAMESPACE}\n")
elseif(CMAKE_SCRIPT_MODE_FILE)
  set(arrays "")
  set(table "")
  set(number 0)
  foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    file(READ ${file} hex HEX)
    string(LENGTH "${hex}" size)
    math(EXPR size "${size} / 2")
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    # An array must have an element, also for an empty file.
    string(APPEND arrays "constexpr unsigned char file_${number}[] = {${bytes}0};\n")
    string(APPEND table "    {\"${name}\", file_${number}, ${size}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(WRITE ${OUTPUT}
    "// Written by cmake/embed.cmake.\n#include \"http/embedded.hpp\"\n\n"
    "namespace izde::http {\nnamespace {\n\n${arrays}\n"
    "constexpr EmbeddedFile files[] = {\n${table}};\n\n}  // namespace\n\n"
    "std::span<const EmbeddedFile> embedded_files() {\n    return files;\n}\n\n}  // namespace izde::http\n")
endif()
