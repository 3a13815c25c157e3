#include "read/memory.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>

#include <libxml/xmlmemory.h>

namespace izde::read {
namespace {

void (*end_now)() = nullptr;  // NOLINT: libxml2 hands nothing to its allocators that could carry it

void* sure(void* memory, std::size_t bytes) {
    if (memory == nullptr && bytes > 0) end_now();
    return memory;
}

// Its parser of HTML gives each attribute a buffer of so many bytes, and grows it at the first letter.
constexpr std::size_t first_buffer = 100;

void* give(std::size_t bytes) {
    return sure(std::malloc(bytes == first_buffer ? 2 * bytes : bytes), bytes);
}

void* resize(void* memory, std::size_t bytes) {
    if (bytes == 2 * first_buffer && ::malloc_usable_size(memory) >= bytes) return memory;
    return sure(std::realloc(memory, bytes), bytes);
}

}  // namespace

void end_without_memory(void (*end)()) {
    end_now = end;
    std::set_new_handler(end);
    xmlMemSetup(
        [](void* memory) { std::free(memory); }, give, resize,
        [](const char* text) { return static_cast<char*>(sure(::strdup(text), std::strlen(text) + 1)); });
}

}  // namespace izde::read
