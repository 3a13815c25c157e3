// A document → what the index holds of it: terms, value slots, the stored record.
#pragma once

#include <cstdint>
#include <string_view>

#include "izde/index/document.hpp"

#include "index/packing.hpp"
#include "index/words.hpp"

namespace izde::index {

// Takes it, in the words of Xapian::Document. Positions come in no promised order; a slot comes once.
class EntrySink {
  public:
    EntrySink() = default;
    EntrySink(const EntrySink&) = delete;
    EntrySink& operator=(const EntrySink&) = delete;
    virtual ~EntrySink() = default;
    virtual void expect(std::string_view) {}  // a term that comes soon
    virtual void add_posting(std::string_view term, std::uint32_t position, std::uint32_t wdf) = 0;
    virtual void add_boolean_term(std::string_view term) = 0;
    virtual void add_value(std::uint32_t slot, std::string_view value) = 0;
    virtual void set_data(std::string_view data) = 0;  // packed
};

// Its words are analysed in its language and counted in `words` as well. Any thread, each with words and a
// packer of its own.
void give_entry(const Document& document, WordCounts& words, Packer& packer, EntrySink& to);

// The postings of the words of title and body alone: those of fields, and those without.
void give_words(const Document& document, EntrySink& to);

// Counts the words alone.
void count_words(const Document& document, WordCounts& words);

}  // namespace izde::index
