#include "index/vocabulary_file.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "index/vocabulary_format.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;
namespace format = vocabulary_format;

constexpr std::size_t kept_in_memory = 4u << 20;  // of a part
constexpr std::size_t copied_at_once = 1u << 18;

}  // namespace

void VocabularyFile::Part::append(std::string_view bytes) {
    waiting_ += bytes;
    if (waiting_.size() < kept_in_memory) return;
    if (!file_) {
        file_.emplace(place_);
        fs::remove(place_);  // it is read by who has it open
    }
    file_->append(waiting_);
    written_ += waiting_.size();
    waiting_.clear();
}

void VocabularyFile::Part::read(std::uint64_t begin, char* to, std::size_t bytes) const {
    if (begin < written_) {
        const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, written_ - begin));
        file_->read(begin, to, here);
        to += here;
        begin += here;
        bytes -= here;
    }
    if (bytes > 0) waiting_.copy(to, bytes, static_cast<std::size_t>(begin - written_));
}

void VocabularyFile::Part::copy_to(glass::SequentialFile& file) const {
    std::string piece;
    for (std::uint64_t at = 0; at < written_; at += piece.size()) {
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(copied_at_once, written_ - at)));
        read(at, piece.data(), piece.size());
        file.append(piece);
    }
    file.append(waiting_);
}

VocabularyFile::VocabularyFile(fs::path target, std::size_t keys_at_once)
    : target_(std::move(target)), keys_at_once_(keys_at_once), runs_(part("keys")), begins_(part("begins")),
      occurrences_(part("occurrences")), flags_(part("flags")), texts_(part("texts")) {}

void VocabularyFile::add(std::string_view word, std::uint32_t occurrences, std::uint32_t flags) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    if (texts_.size() + word.size() > most || words_ + 1 >= most)
        throw std::length_error("all words that differ take more than 4 GiB");
    begins_.append_number(static_cast<std::uint32_t>(texts_.size()));
    occurrences_.append_number(occurrences);
    flags_.append_number(flags);
    texts_.append(word);
    ++words_;
}

void VocabularyFile::add_key(std::uint64_t hash, std::uint32_t word) {
    if (keys_.size() >= keys_at_once_) end_run();
    keys_.push_back({hash, word});
}

void VocabularyFile::sort_keys() {
    std::ranges::sort(keys_);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
}

void VocabularyFile::end_run() {
    sort_keys();
    const std::uint64_t begin = runs_.size() / sizeof(Key);
    runs_.append({reinterpret_cast<const char*>(keys_.data()), keys_.size() * sizeof(Key)});
    bounds_.emplace_back(begin, begin + keys_.size());
    keys_.clear();
}

// All keys in their order, each once.
template <class Take>
void VocabularyFile::each_key(Take take) const {
    struct Run {
        std::uint64_t begin, end;  // of what was not read yet
        std::vector<Key> read;     // the next one last
    };
    constexpr std::size_t at_once = 1u << 20;  // keys of all runs
    const std::size_t piece =
        std::clamp<std::size_t>(at_once / std::max<std::size_t>(bounds_.size(), 1), 64, 1u << 14);
    std::vector<Run> runs;
    for (const auto& [begin, end] : bounds_) runs.push_back({begin, end, {}});
    std::vector<std::pair<Key, std::size_t>> heads;  // a heap, the lowest in front
    const auto advance = [&](std::size_t number) {
        Run& run = runs[number];
        if (run.read.empty() && run.begin < run.end) {
            run.read.resize(static_cast<std::size_t>(std::min<std::uint64_t>(piece, run.end - run.begin)));
            runs_.read(run.begin * sizeof(Key), reinterpret_cast<char*>(run.read.data()),
                       run.read.size() * sizeof(Key));
            run.begin += run.read.size();
            std::ranges::reverse(run.read);
        }
        if (run.read.empty()) return;
        heads.emplace_back(run.read.back(), number);
        run.read.pop_back();
        std::ranges::push_heap(heads, std::ranges::greater{});
    };
    for (std::size_t number = 0; number < runs.size(); ++number) advance(number);
    std::optional<Key> last;
    while (!heads.empty()) {
        std::ranges::pop_heap(heads, std::ranges::greater{});
        const auto [key, number] = heads.back();
        heads.pop_back();
        if (key != last) take(key);
        last = key;
        advance(number);
    }
}

void VocabularyFile::write(std::uint64_t langs) {
    Part hashes = part("hashes"), numbers = part("numbers");
    const auto put = [&](const Key& key) {
        hashes.append_number(key.hash);
        numbers.append_number(key.word);
    };
    if (bounds_.empty()) {
        sort_keys();
        std::ranges::for_each(keys_, put);
    } else {
        end_run();
        each_key(put);
    }
    keys_ = {};
    begins_.append_number(static_cast<std::uint32_t>(texts_.size()));
    const format::Header header{format::magic, langs, words_, hashes.size() / sizeof(std::uint64_t),
                                texts_.size()};
    glass::SequentialFile file(target_);
    file.append({reinterpret_cast<const char*>(&header), sizeof header});
    for (const Part* const each : {&hashes, &numbers, &begins_, &occurrences_, &flags_, &texts_})
        each->copy_to(file);
    file.sync();
}

}  // namespace izde::index
