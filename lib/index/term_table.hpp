// Numbers for terms, in the order they are first seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "izde/text/token.hpp"

namespace izde::index {

// Their bytes lie one behind the other, so a term costs some 60 bytes besides its own. One thread.
class TermTable {
  public:
    std::uint32_t number_of(std::string_view term);  // a new one where it was not seen before
    // The same of each token's exact spelling: the table fits no cache, and is fetched for some of them at
    // once.
    void numbers_of(std::span<const text::Token> tokens, std::vector<std::uint32_t>& numbers);
    std::string_view term(std::uint32_t number) const {
        return std::string_view(bytes_).substr(terms_[number].begin, terms_[number].bytes);
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(terms_.size()); }
    std::vector<std::uint32_t> sorted() const;  // numbers by the bytes of their terms
    void clear();                               // and gives the memory back

  private:
    struct Term {
        std::uint64_t begin;
        std::uint32_t bytes;
    };
    // A short term stands here whole, so that finding it touches nothing else.
    struct Place {
        std::uint64_t mark = 0;  // of its bytes
        std::uint32_t hash = 0;
        std::uint32_t number = 0;  // and 1; 0: free
    };
    std::uint32_t number_of(std::string_view term, std::uint32_t hash);
    void grow();

    std::string bytes_;
    std::vector<Term> terms_;
    std::vector<Place> places_;  // by hash, the next free place
};

}  // namespace izde::index
