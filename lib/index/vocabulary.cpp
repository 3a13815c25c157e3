#include "izde/index/vocabulary.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <span>
#include <utility>

#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"

#include "index/mapped_file.hpp"
#include "index/vocabulary_format.hpp"

namespace izde::index {
namespace {

namespace format = vocabulary_format;

Failure damaged(const std::filesystem::path& file) {
    return fail(Errc::index_corrupt, file.string() + " is damaged", "run: izde-indexer rebuild");
}

// How much likelier a word is for being e times as frequent, beside one edit.
constexpr double frequency_weight = 0.07;

// On top for what stands in the index once, and is as likely a misspelling itself.
constexpr double lone_word = 1.0;

std::string first_letter(std::string_view word) {
    std::size_t bytes = word.empty() ? 0 : 1;
    while (bytes < word.size() && (static_cast<unsigned char>(word[bytes]) & 0xC0) == 0x80) ++bytes;
    return std::string(word.substr(0, bytes));
}

// Words looked at for one beginning; of a shorter one, the first in order.
constexpr std::size_t max_completions_scanned = 20'000;

// Words compared between two looks at the clock.
constexpr std::size_t near_at_once = 4096;

}  // namespace

struct Vocabulary::State {
    explicit State(const std::filesystem::path& path) : file(path) {}

    bool lay_out() {
        format::Header header;
        const std::string_view bytes = file.bytes();
        if (bytes.size() < sizeof header) return false;
        std::memcpy(&header, bytes.data(), sizeof header);
        constexpr std::uint64_t limit = 0xFFFFFFFF;
        if (header.magic != format::magic || header.words >= limit || header.keys >= limit * 4 ||
            header.text_bytes > limit)
            return false;
        const std::uint64_t wanted =
            sizeof header + header.keys * (8 + 4) + (3 * header.words + 1) * 4 + header.text_bytes;
        if (wanted != bytes.size()) return false;
        const auto* at = bytes.data() + sizeof header;
        const auto take = [&at]<class T>(std::span<const T>& array, std::uint64_t count) {
            array = {reinterpret_cast<const T*>(at), count};
            at += count * sizeof(T);
        };
        langs = header.langs;
        take(hashes, header.keys);
        take(key_words, header.keys);
        take(begins, header.words + 1);
        take(occurrences, header.words);
        take(flags, header.words);
        texts = {at, header.text_bytes};
        return true;
    }

    // Empty for what a damaged file makes of a number.
    std::string_view exact(std::size_t word) const {
        if (word >= occurrences.size()) return {};
        const std::size_t begin = begins[word], end = begins[word + 1];
        return begin <= end && end <= texts.size() ? texts.substr(begin, end - begin) : std::string_view();
    }
    std::string folded(std::size_t word) const { return text::without_accents(exact(word)); }

    // Most words have no accents to leave out.
    bool is_before(std::size_t word, std::string_view wanted) const {
        const std::string_view spelling = exact(word);
        const bool ascii = std::ranges::none_of(spelling, [](char c) { return (c & 0x80) != 0; });
        return ascii ? spelling < wanted : text::without_accents(spelling) < wanted;
    }

    // The first word whose folded spelling is not before this one.
    std::size_t lower_bound(std::string_view wanted) const {
        std::size_t low = 0, high = occurrences.size();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (is_before(middle, wanted))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    // Each number is read once: what is sorted must not change meanwhile, as a file may that is lost.
    void keep_most_frequent(std::vector<std::size_t>& words, std::size_t limit) const {
        std::vector<std::pair<std::uint32_t, std::size_t>> counted;
        counted.reserve(words.size());
        for (const std::size_t word : words) counted.emplace_back(occurrences[word], word);
        std::ranges::stable_sort(counted, std::ranges::greater{}, [](const auto& one) { return one.first; });
        for (std::size_t i = 0; i < limit; ++i) words[i] = counted[i].second;
        words.resize(limit);
    }

    std::vector<std::string> most_frequent(std::vector<std::size_t> words, std::size_t limit) const {
        if (words.size() > limit) keep_most_frequent(words, limit);
        std::vector<std::string> spelt;
        spelt.reserve(words.size());
        for (const std::size_t word : words)
            if (!exact(word).empty()) spelt.emplace_back(exact(word));
        return spelt;
    }

    const std::vector<text::Sketch>& sketches() const {
        std::call_once(sketched_, [this] {
            sketches_.reserve(occurrences.size());
            for (std::size_t word = 0; word < occurrences.size(); ++word)
                sketches_.push_back(text::sketch_of(exact(word)));
        });
        return sketches_;
    }

    struct Found {
        std::size_t word;
        text::Neighbourhood::Distance distance;
        double rank;
    };
    void add_near(const text::Neighbourhood& wanted, std::size_t first, std::size_t last,
                  std::vector<Found>& found, const Deadline* deadline) const {
        const std::span<const text::Sketch> sketches = this->sketches();
        for (std::size_t word = first; word < last; ++word) {
            if (word % near_at_once == 0 && has_passed(deadline)) return;
            if (!wanted.may_be_near(sketches[word]) || occurrences[word] == 0) continue;
            const auto distance = wanted.distance_to(exact(word));
            if (!distance) continue;
            const double often = frequency_weight * std::log(occurrences[word]);
            found.push_back(
                {word, *distance, distance->cost + (occurrences[word] == 1 ? lone_word : -often)});
        }
    }
    std::pair<std::size_t, std::size_t> spelt(std::string_view wanted) const {
        const std::size_t first = lower_bound(wanted);
        std::size_t last = first;
        while (last < occurrences.size() && folded(last) == wanted) ++last;
        return {first, last};
    }

    std::vector<std::string> with_key(std::uint64_t key) const {
        const auto first = std::ranges::lower_bound(hashes, key);
        std::vector<std::size_t> words;
        for (auto at = first; at != hashes.end() && *at == key; ++at) {
            const std::size_t word = key_words[static_cast<std::size_t>(at - hashes.begin())];
            if (word < occurrences.size()) words.push_back(word);
        }
        return most_frequent(std::move(words), max_forms);
    }

    MappedFile file;
    std::uint64_t langs = 0;
    std::span<const std::uint64_t> hashes;
    std::span<const std::uint32_t> key_words, begins, occurrences, flags;
    std::string_view texts;
    Remembered<std::vector<std::string>> remembered;
    Remembered<std::vector<Neighbour>> neighbours;

  private:
    mutable std::once_flag sketched_;
    mutable std::vector<text::Sketch> sketches_;  // of each word
};

Vocabulary::Vocabulary(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vocabulary::Vocabulary(Vocabulary&&) noexcept = default;
Vocabulary& Vocabulary::operator=(Vocabulary&&) noexcept = default;
Vocabulary::~Vocabulary() = default;

Result<Vocabulary> Vocabulary::open(const std::filesystem::path& generation) {
    const std::filesystem::path file = generation / format::file_name;
    try {
        auto state = std::make_unique<State>(file);
        if (!state->lay_out()) return damaged(file);
        return Vocabulary(std::move(state));
    } catch (const std::filesystem::filesystem_error&) {
        return fail(Errc::index_corrupt, "cannot read " + file.string(), "run: izde-indexer rebuild");
    }
}

std::vector<std::string> Vocabulary::spellings(std::string_view folded) const {
    std::vector<std::size_t> words;
    for (std::size_t word = state_->lower_bound(folded); word < size() && state_->folded(word) == folded;
         ++word)
        words.push_back(word);
    return state_->most_frequent(std::move(words), max_forms);
}

std::vector<std::string> Vocabulary::forms(std::string_view lang, std::string_view stem) const {
    return state_->with_key(format::stem_key(lang, stem));
}

std::vector<std::string> Vocabulary::namesakes(std::string_view key) const {
    return state_->with_key(format::name_key(key));
}

std::optional<Vocabulary::Word> Vocabulary::find(std::string_view exact) const {
    const std::string folded = text::without_accents(exact);
    for (std::size_t i = state_->lower_bound(folded); i < size() && state_->folded(i) == folded; ++i)
        if (state_->exact(i) == exact) return word(i);
    return std::nullopt;
}

std::vector<std::string> Vocabulary::completions(std::string_view folded, std::size_t limit) const {
    std::vector<std::size_t> words;
    for (std::size_t word = state_->lower_bound(folded);
         word < size() && words.size() < max_completions_scanned && state_->folded(word).starts_with(folded);
         ++word)
        words.push_back(word);
    return state_->most_frequent(std::move(words), limit);
}

std::vector<std::string> Vocabulary::between(std::string_view from, std::string_view to,
                                             std::size_t limit) const {
    std::vector<std::size_t> words;
    for (std::size_t word = state_->lower_bound(from);
         word < size() && words.size() < max_completions_scanned && state_->folded(word) < to; ++word)
        words.push_back(word);
    return state_->most_frequent(std::move(words), limit);
}

std::vector<std::string> Vocabulary::languages() const {
    std::vector<std::string> seen;
    const auto known = text::languages();
    for (std::size_t row = 0; row < known.size(); ++row)
        if ((state_->langs >> row & 1) != 0) seen.emplace_back(known[row].code);
    return seen;
}

std::vector<Vocabulary::Neighbour> Vocabulary::near(std::string_view folded, std::size_t most_edits,
                                                    std::size_t limit, const Deadline* deadline) const {
    std::string name(folded);
    name.append(1, '\0').append(std::to_string(most_edits)).append(1, ' ').append(std::to_string(limit));
    if (auto known = state_->neighbours.find(name)) return *std::move(known);
    const text::Neighbourhood wanted(folded, most_edits);
    std::vector<State::Found> found;
    const std::string letter = first_letter(folded);
    const std::size_t first = state_->lower_bound(letter), last = state_->lower_bound(letter + "\xFF");
    state_->add_near(wanted, first, last, found, deadline);
    if (std::ranges::none_of(found, [](const State::Found& one) { return one.distance.edits == 1; }))
        for (const std::string& word : text::with_other_beginning(folded)) {
            const auto [begin, end] = state_->spelt(word);
            state_->add_near(wanted, begin, end, found, deadline);
        }
    if (found.empty()) {
        state_->add_near(wanted, 0, first, found, deadline);
        state_->add_near(wanted, last, size(), found, deadline);
    }
    std::ranges::stable_sort(found, {}, &State::Found::rank);
    if (found.size() > limit) found.resize(limit);
    std::vector<Neighbour> neighbours;
    neighbours.reserve(found.size());
    for (const State::Found& one : found) neighbours.push_back({word(one.word), one.distance});
    if (!has_passed(deadline)) state_->neighbours.keep(name, neighbours);
    return neighbours;
}

Remembered<std::vector<std::string>>& Vocabulary::remembered() const {
    return state_->remembered;
}

std::size_t Vocabulary::count_beginning(std::string_view folded) const {
    return state_->lower_bound(std::string(folded) + "\xFF") - state_->lower_bound(folded);
}

bool Vocabulary::is_lost() const {
    return state_->file.is_lost();
}

void Vocabulary::warm() const {
    state_->file.populate();
    state_->sketches();
}

std::size_t Vocabulary::size() const {
    return state_->occurrences.size();
}

Vocabulary::Word Vocabulary::word(std::size_t i) const {
    return {std::string(state_->exact(i)), state_->occurrences[i],
            (state_->flags[i] & format::name_flag) != 0};
}

}  // namespace izde::index
