#include "index/matching/lengths.hpp"

#include <limits>
#include <stdexcept>
#include <string>

#include "index/glass/posting_cursor.hpp"
#include "index/glass/run.hpp"
#include "index/matching/bits.hpp"

namespace izde::index::matching {
namespace {

constexpr std::size_t most_keys = std::size_t{1} << 28;

}  // namespace

Lengths::Lengths(const glass::MappedTable& postings) {
    glass::TableCursor finder(postings);
    glass::PostingCursor cursor(finder, std::string(glass::lengths_key));
    cursor.each(0, std::numeric_limits<std::uint32_t>::max(),
                [&](std::uint32_t document, std::uint32_t length) {
                    if (document >= most_keys)
                        throw std::length_error("an index of so many documents cannot be searched");
                    ordinals_.add(document);
                    of_.resize(ordinals_.end());
                    of_.back() = length;
                    ++documents_;
                    words_ += length;
                });
    ordinals_.finish();
    of_.resize(of_.size() + Bits::slack);
    of_.shrink_to_fit();
}

}  // namespace izde::index::matching
