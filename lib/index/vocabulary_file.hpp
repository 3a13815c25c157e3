// Writes the file `vocabulary` of a generation.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/glass/files.hpp"

namespace izde::index {

// Words are added in their order, keys in any. Memory does not grow with them: what is more
// than some megabytes of any part lies in files without a name beside the target until write(). Throws
// std::filesystem::filesystem_error, and std::length_error where words take more than 4 GiB. One thread.
class VocabularyFile {
  public:
    // `keys_at_once`: how many keys are sorted in memory, of 16 bytes each.
    explicit VocabularyFile(std::filesystem::path target, std::size_t keys_at_once = 1u << 20);

    void add(std::string_view word, std::uint32_t occurrences, std::uint32_t flags);
    // Of a word added before, by its number from 0; one twice is one.
    void add_key(std::uint64_t hash, std::uint32_t word);

    // `langs`: as in vocabulary_format::Header. Nothing can be added any more.
    void write(std::uint64_t langs);

  private:
    struct Key {
        std::uint64_t hash = 0;
        std::uint32_t word = 0;  // its number
        auto operator<=>(const Key&) const = default;
    };

    // Bytes that are written once from the beginning, and then read once.
    class Part {
      public:
        explicit Part(std::filesystem::path place) : place_(std::move(place)) {}
        void append(std::string_view bytes);
        template <class Number>
        void append_number(Number number) {
            append({reinterpret_cast<const char*>(&number), sizeof number});
        }
        std::uint64_t size() const { return written_ + waiting_.size(); }
        void copy_to(glass::SequentialFile& file) const;
        void read(std::uint64_t begin, char* to, std::size_t bytes) const;

      private:
        std::filesystem::path place_;
        std::optional<glass::Scratch> file_;
        std::uint64_t written_ = 0;  // bytes in the file
        std::string waiting_;        // what follows them
    };

    Part part(const char* name) const { return Part(target_.string() + "." + name); }
    void sort_keys();
    void end_run();
    template <class Take>
    void each_key(Take take) const;

    std::filesystem::path target_;
    std::size_t keys_at_once_;
    std::vector<Key> keys_;                                        // not yet in a run
    Part runs_;                                                    // keys, sorted in each run
    std::vector<std::pair<std::uint64_t, std::uint64_t>> bounds_;  // of each run, in keys
    Part begins_, occurrences_, flags_, texts_;
    std::uint32_t words_ = 0;
};

}  // namespace izde::index
