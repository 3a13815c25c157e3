#include "index/glass/batch.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "index/positions/code.hpp"

namespace izde::index::glass {
namespace {

// As Xapian itself allows.
constexpr std::size_t max_term_bytes = 245;
constexpr std::size_t max_term_key_bytes = max_key_bytes - 1 - max_ascending_bytes;

// A document so large leaves no memory behind it.
constexpr std::size_t kept_occurrences = 1u << 16;

void check(std::string_view term) {
    const auto nuls = static_cast<std::size_t>(std::ranges::count(term, '\0'));
    if (term.empty() || term.size() > max_term_bytes || term.size() + nuls > max_term_key_bytes)
        throw std::length_error("a term of a document is " +
                                std::string(term.empty() ? "empty" : "too long for the index"));
}

}  // namespace

void Batch::begin(std::uint32_t key) {
    documents_.push_back({key, 0, postings_.size()});
}

std::uint32_t Batch::number_of(std::string_view term) {
    const std::uint32_t number = terms_.number_of(term);
    check_terms();
    return number;
}

void Batch::numbers_of(std::span<const text::Token> tokens, std::vector<std::uint32_t>& numbers) {
    terms_.numbers_of(tokens, numbers);
    check_terms();
}

// Those that are new.
void Batch::check_terms() {
    for (auto number = static_cast<std::uint32_t>(entry_of_term_.size()); number < terms_.size(); ++number) {
        const std::string_view term = terms_.term(number);
        if (term.empty() || term.size() * 2 > max_term_key_bytes) check(term);
        entry_of_term_.push_back(none);
    }
}

inline Batch::Entry& Batch::entry_of(std::uint32_t term) {
    const std::uint32_t entry = entry_of_term_[term];
    const bool is_there = entry < entries_.size() && entries_[entry].term == term;
    return is_there ? entries_[entry] : new_entry(term);
}

Batch::Entry& Batch::new_entry(std::uint32_t term) {
    entry_of_term_[term] = static_cast<std::uint32_t>(entries_.size());
    return entries_.emplace_back(Entry{term, 0});
}

void Batch::add_term(std::string_view term, std::uint32_t wdf) {
    entry_of(number_of(term)).wdf += wdf;
}

void Batch::add_posting(std::uint32_t term, std::uint32_t position, std::uint32_t wdf) {
    Entry& entry = entry_of(term);
    entry.wdf += wdf;
    const auto number = static_cast<std::uint32_t>(occurrences_.size());
    occurrences_.push_back({position, none});
    if (entry.first == none)
        entry.first = number;
    else
        occurrences_[entry.last].next = number;
    entry.last = number;
}

void Batch::add_value(std::uint32_t slot, std::string_view value) {
    if (value.empty()) return;
    const auto document = static_cast<std::uint32_t>(documents_.size() - 1);
    values_.push_back({slot, document, value_bytes_.size(), value.size()});
    value_bytes_ += value;
}

void Batch::set_data(std::string_view data) {
    if (data.empty()) return;
    const std::uint32_t key = documents_.back().key;
    put_varint(docdata_, key - last_stored_);
    put_text(docdata_, data);
    last_stored_ = key;
}

void Batch::end() {
    DocumentEntry& document = documents_.back();
    for (const Entry& entry : entries_) {
        document.length += entry.wdf;
        statistics_.most_wdf = std::max(statistics_.most_wdf, entry.wdf);
        postings_.push_back({entry.term, entry.wdf, pack_positions(entry)});
    }
    statistics_.see_document(document.key, document.length);
    entries_.clear();
    occurrences_.clear();
    if (occurrences_.capacity() > kept_occurrences) {
        std::vector<Occurrence>().swap(occurrences_);
        std::vector<Entry>().swap(entries_);
    }
}

std::uint32_t Batch::pack_positions(const Entry& entry) {
    if (entry.first == none) return none;
    if (positions_.size() >= none) throw std::length_error("a batch of documents is too long for the index");
    const std::size_t begin = positions_.size();
    positions_ += '\0';  // of how many bytes follow, nearly always one
    if (!put_ascending_positions(entry)) {
        positions_.resize(begin + 1);
        positions::put_positions(positions_, sorted_positions(entry));
    }
    size_.clear();
    put_varint(size_, positions_.size() - begin - 1);
    if (size_.size() == 1)
        positions_[begin] = size_.front();
    else
        positions_.replace(begin, 1, size_);
    return static_cast<std::uint32_t>(begin);
}

// False where they are not in order, as those of titles may be.
bool Batch::put_ascending_positions(const Entry& entry) {
    std::uint32_t last = 0;
    for (std::uint32_t at = entry.first; at != none; at = occurrences_[at].next) {
        const std::uint32_t position = occurrences_[at].position;
        if (position <= last && at != entry.first) return false;
        positions::put_number(positions_, position - std::exchange(last, position));
    }
    return true;
}

const std::vector<std::uint32_t>& Batch::sorted_positions(const Entry& entry) {
    found_.clear();
    for (std::uint32_t at = entry.first; at != none; at = occurrences_[at].next)
        found_.push_back(occurrences_[at].position);
    std::ranges::sort(found_);
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return found_;
}

Run Batch::write(Scratch& scratch, const std::vector<std::uint32_t>& order) {
    std::vector<std::size_t> begins;
    const std::vector<Posting> sorted = by_term(begins);
    const auto written = [&](std::string_view section) {
        return Section{scratch.append(section), section.size()};
    };
    Run run;
    run.statistics = statistics_;
    run.docdata = written(docdata_);
    std::string().swap(docdata_);
    run.positions = written(positions_section(order, sorted, begins).all());
    std::string().swap(positions_);
    run.postings = written(postings_section(order, sorted, begins, run.values).all());
    return run;
}

// Of each term the postings in the order of the documents; begins[term] is where they begin.
std::vector<Batch::Posting> Batch::by_term(std::vector<std::size_t>& begins) const {
    begins.assign(terms_.size() + 1, 0);
    for (const Posting& posting : postings_) ++begins[posting.term + 1];
    for (std::size_t term = 1; term < begins.size(); ++term) begins[term] += begins[term - 1];
    std::vector<std::size_t> next(begins.begin(), begins.end() - 1);
    std::vector<Posting> sorted(postings_.size());
    for (std::size_t document = 0; document < documents_.size(); ++document) {
        const std::size_t end =
            document + 1 < documents_.size() ? documents_[document + 1].postings : postings_.size();
        for (std::size_t i = documents_[document].postings; i < end; ++i)
            sorted[next[postings_[i].term]++] = {static_cast<std::uint32_t>(document), postings_[i].wdf,
                                                 postings_[i].positions};
    }
    return sorted;
}

Bytes Batch::postings_section(const std::vector<std::uint32_t>& order, const std::vector<Posting>& sorted,
                              const std::vector<std::size_t>& begins, ValueStatistics& statistics) {
    Bytes section;
    std::string key;
    KeyWriter keys;
    put_values(section, keys, statistics);
    put_lengths(section, keys);
    for (const std::uint32_t term : order) {
        if (begins[term] == begins[term + 1]) continue;
        key.clear();
        put_term(key, terms_.term(term));
        keys.put(section, key);
        std::uint64_t occurrences = 0;
        for (std::size_t i = begins[term]; i < begins[term + 1]; ++i) occurrences += sorted[i].wdf;
        const std::size_t documents = begins[term + 1] - begins[term];
        char* to = section.room((1 + documents) * 2 * most_varint_bytes);
        to = put_varint(to, documents);
        to = put_varint(to, occurrences);
        std::uint32_t last = 0;
        for (std::size_t i = begins[term]; i < begins[term + 1]; ++i) {
            const std::uint32_t document = documents_[sorted[i].term].key;
            to = put_varint(to, document - std::exchange(last, document));
            to = put_varint(to, sorted[i].wdf);
        }
        section.end_at(to);
    }
    return section;
}

void Batch::put_values(Bytes& to, KeyWriter& keys, ValueStatistics& statistics) {
    std::map<std::string, std::vector<const Value*>> by_key;
    for (const Value& value : values_) {
        std::string key(values_key);
        put_varint(key, value.slot);
        by_key[key].push_back(&value);
        statistics[value.slot].add(std::string_view(value_bytes_).substr(value.begin, value.bytes));
    }
    for (const auto& [key, values] : by_key) {
        keys.put(to, key);
        to.put_number(values.size());
        to.put_number(0);
        std::uint32_t last = 0;
        for (const Value* const value : values) {
            const std::uint32_t document = documents_[value->document].key;
            to.put_number(document - std::exchange(last, document));
            to.put_text(std::string_view(value_bytes_).substr(value->begin, value->bytes));
        }
    }
}

void Batch::put_lengths(Bytes& to, KeyWriter& keys) const {
    if (documents_.empty()) return;
    keys.put(to, lengths_key);
    to.put_number(documents_.size());
    to.put_number(0);
    std::uint32_t last = 0;
    for (const DocumentEntry& document : documents_) {
        to.put_number(document.key - std::exchange(last, document.key));
        to.put_number(document.length);
    }
}

Bytes Batch::positions_section(const std::vector<std::uint32_t>& order, const std::vector<Posting>& sorted,
                               const std::vector<std::size_t>& begins) const {
    Bytes section;
    KeyWriter keys;
    for (const std::uint32_t term : order) {
        const auto first = sorted.begin() + static_cast<std::ptrdiff_t>(begins[term]);
        const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(begins[term + 1]);
        const auto count = std::count_if(first, last, [](const Posting& p) { return p.positions != none; });
        if (count == 0) continue;
        keys.put(section, terms_.term(term));
        section.put_number(static_cast<std::uint64_t>(count));
        std::uint32_t before = 0;
        for (auto posting = first; posting != last; ++posting) {
            if (posting->positions == none) continue;
            const std::uint32_t document = documents_[posting->term].key;
            const std::string_view packed = std::string_view(positions_).substr(posting->positions);
            std::string_view rest = packed;
            const auto bytes = static_cast<std::size_t>(take_varint(rest).value_or(0));
            const std::size_t behind = packed.size() - rest.size() + bytes;  // of their size and themselves
            char* const to = section.room(most_varint_bytes + behind);
            section.end_at(std::ranges::copy(packed.substr(0, behind),
                                             put_varint(to, document - std::exchange(before, document)))
                               .out);
        }
    }
    return section;
}

}  // namespace izde::index::glass
