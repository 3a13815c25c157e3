// A document → what the index holds of it: terms, value slots, the stored record.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/text/token.hpp"

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
    // A term's number, and those of the tokens' exact spellings. A number may be asked for and not be used.
    virtual std::uint32_t number_of(std::string_view term) = 0;
    virtual void numbers_of(std::span<const text::Token> tokens, std::vector<std::uint32_t>& numbers) = 0;
    virtual void add_posting(std::uint32_t term, std::uint32_t position, std::uint32_t wdf) = 0;
    virtual void add_boolean_term(std::string_view term) = 0;
    virtual void add_value(std::uint32_t slot, std::string_view value) = 0;
    virtual void set_data(std::string_view data) = 0;  // packed
};

// Its words are analysed in its language and counted in `words` as well, by the numbers that `to` gives them.
// Any thread, each with words and a packer of its own.
void give_entry(const Document& document, NumberedCounts& words, Packer& packer, EntrySink& to);

// The postings of the words of title and body alone: those of fields, and those without.
void give_words(const Document& document, EntrySink& to);

// Counts the words alone.
void count_words(const Document& document, WordCounts& words);

}  // namespace izde::index
