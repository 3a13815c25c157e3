// Writes the file `positions` of a generation.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "index/glass/files.hpp"
#include "index/positions/format.hpp"
#include "index/positions/list.hpp"

namespace izde::index::positions {

// One thread. The bytes of a list depend on its documents and positions only. Memory: some megabytes, one
// byte for each term, and eight for each 128 documents of the term at hand. Throws
// std::filesystem::filesystem_error, and std::length_error for a list of more than 4 GiB.
class Writer {
  public:
    explicit Writer(const std::filesystem::path& generation);

    // Terms ascend; of each the documents, with what put_positions wrote. A term without any is left out.
    void begin(std::string_view term);
    void add(std::uint32_t document, std::string_view positions);
    void end();

    // The same of a list that was written before.
    void copy(std::string_view term, const List& list);

    glass::Written finish();  // writes what waits, and syncs

  private:
    void end_chunk();
    void add_row(std::uint64_t bytes, std::size_t chunks);
    void end_block();

    glass::SequentialFile file_;

    std::string term_, chunk_;
    std::uint64_t list_begin_ = 0;
    std::vector<ChunkBegin> begins_;
    std::uint32_t last_ = 0;           // the document added last
    std::size_t chunk_documents_ = 0;  // in the chunk at hand
    std::size_t chunk_positions_ = 0;  // bytes

    std::string directory_, last_term_;
    std::size_t rows_ = 0;
    std::uint64_t first_beginning_ = 0;
    std::vector<format::BlockEnd> ends_;
};

}  // namespace izde::index::positions
