// The files of web/ as cmake/embed.cmake wrote them into the program.
#pragma once

#include <cstddef>
#include <span>

namespace izde::http {

struct EmbeddedFile {
    const char* name;  // "search.js"
    const unsigned char* bytes;
    std::size_t size;
};

std::span<const EmbeddedFile> embedded_files();

}  // namespace izde::http
