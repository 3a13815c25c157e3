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
                    if (document >= of_.size())
                        of_.resize((std::size_t{document} / window_keys + 2) * window_keys);
                    of_[document] = length;
                    end_ = document + 1;
                    ++documents_;
                    words_ += length;
                });
    of_.shrink_to_fit();
}

}  // namespace izde::index::matching
