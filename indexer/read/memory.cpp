#include "read/memory.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

#include <libxml/xmlmemory.h>

namespace izde::read {
namespace {

void (*end_now)() = nullptr;  // NOLINT: libxml2 hands nothing to its allocators that could carry it

void* sure(void* memory, std::size_t bytes) {
    if (memory == nullptr && bytes > 0) end_now();
    return memory;
}

}  // namespace

void end_without_memory(void (*end)()) {
    end_now = end;
    std::set_new_handler(end);
    xmlMemSetup(
        [](void* memory) { std::free(memory); },
        [](std::size_t bytes) { return sure(std::malloc(bytes), bytes); },
        [](void* memory, std::size_t bytes) { return sure(std::realloc(memory, bytes), bytes); },
        [](const char* text) { return static_cast<char*>(sure(::strdup(text), std::strlen(text) + 1)); });
}

}  // namespace izde::read
