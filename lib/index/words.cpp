#include "index/words.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <fstream>
#include <limits>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include "izde/eight.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/varint.hpp"

#include "index/bytes.hpp"
#include "index/front_heap.hpp"
#include "index/vocabulary_maker.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();

std::uint32_t sum(std::uint32_t a, std::uint32_t b) {
    return a > most - b ? most : a + b;
}

std::uint32_t difference(std::uint32_t a, std::uint32_t b) {
    return a - std::min(a, b);
}

using Step = std::uint32_t (*)(std::uint32_t, std::uint32_t);

WordCount::Lang& lang_of(WordCount& count, std::uint32_t row) {
    auto place = std::ranges::lower_bound(count.langs, row, {}, &WordCount::Lang::row);
    if (place == count.langs.end() || place->row != row) place = count.langs.insert(place, {row, 0});
    return *place;
}

void change(WordCount& to, const WordCount& by, Step step) {
    to.seen = step(to.seen, by.seen);
    to.occurrences = step(to.occurrences, by.occurrences);
    to.lower = step(to.lower, by.lower);
    to.capital = step(to.capital, by.capital);
    to.start = step(to.start, by.start);
    for (const WordCount::Lang& lang : by.langs) {
        std::uint32_t& seen = lang_of(to, lang.row).seen;
        seen = step(seen, lang.seen);
    }
    std::erase_if(to.langs, [](const WordCount::Lang& lang) { return lang.seen == 0; });
}

struct Record {
    std::string folded, exact;
    WordCount count;
    auto key() const { return std::tie(folded, exact); }

    void swap_key(Record& other) {
        folded.swap(other.folded);
        exact.swap(other.exact);
    }
};

// Lengths and numbers stand as varints.
class RecordFile {
  public:
    explicit RecordFile(const fs::path& file) : file_(file), out_(file, std::ios::binary) { see_error(); }
    void put(std::string_view folded, std::string_view exact, const WordCount& count) {
        constexpr std::size_t numbers = 8;  // besides those of languages
        if (exact == folded) exact = {};
        char* to = waiting_.room(folded.size() + exact.size() +
                                 (numbers + 2 * count.langs.size()) * most_varint_bytes);
        to = put_text(to, folded);
        to = put_text(to, exact);
        for (const std::uint32_t number :
             {count.seen, count.occurrences, count.lower, count.capital, count.start})
            to = put_varint(to, number);
        to = put_varint(to, count.langs.size());
        for (const WordCount::Lang& lang : count.langs) {
            to = put_varint(to, lang.row);
            to = put_varint(to, lang.seen);
        }
        waiting_.end_at(to);
        if (waiting_.size() > written_at_once) flush();
    }
    // A failure of any write before shows here.
    void close() {
        flush();
        out_.close();
        see_error();
        if (error_ != 0) throw fs::filesystem_error("cannot write", file_, {error_, std::generic_category()});
    }

  private:
    static constexpr std::size_t written_at_once = 1u << 16;

    void flush() {
        out_.write(waiting_.all().data(), static_cast<std::streamsize>(waiting_.size()));
        waiting_.clear();
        see_error();
    }
    void see_error() {
        if (!out_ && error_ == 0) error_ = errno;
    }

    fs::path file_;
    std::ofstream out_;
    Bytes waiting_;
    int error_ = 0;  // of the first write that failed
};

class RecordReader {
  public:
    explicit RecordReader(const fs::path& file) : file_(file), in_(file, std::ios::binary) {
        if (!in_) raise();
        buffer_.resize(read_at_once);
    }
    // False at the end.
    bool next(Record& record) {
        if (at_ == end_ && !fill()) return false;
        take_text(record.folded);
        take_text(record.exact);
        if (record.exact.empty()) record.exact = record.folded;
        WordCount& count = record.count;
        for (std::uint32_t* const into :
             {&count.seen, &count.occurrences, &count.lower, &count.capital, &count.start})
            *into = number();
        count.langs.clear();
        for (std::uint32_t rest = number(); rest > 0; --rest) {
            const std::uint32_t row = number();
            if (row >= text::languages().size()) raise();
            count.langs.push_back({row, number()});
        }
        return true;
    }

  private:
    static constexpr std::size_t read_at_once = 1u << 16;

    // False at the end of the file.
    bool fill() {
        in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        if (in_.bad()) raise();
        at_ = 0;
        end_ = static_cast<std::size_t>(in_.gcount());
        return end_ > 0;
    }
    unsigned char byte() {
        if (at_ == end_ && !fill()) raise();
        return static_cast<unsigned char>(buffer_[at_++]);
    }
    std::uint32_t number() {
        if (at_ < end_ && static_cast<unsigned char>(buffer_[at_]) < 0x80)
            return static_cast<unsigned char>(buffer_[at_++]);
        const auto value = read_varint([this] { return static_cast<int>(byte()); });
        if (!value || *value > most) raise();
        return static_cast<std::uint32_t>(*value);
    }
    void take_text(std::string& to) {
        std::size_t left = number();
        if (left > text::max_token_bytes) raise();
        to.clear();
        while (left > 0) {
            if (at_ == end_ && !fill()) raise();
            const std::size_t some = std::min(left, end_ - at_);
            to.append(buffer_, at_, some);
            at_ += some;
            left -= some;
        }
    }
    [[noreturn]] void raise() const {
        throw fs::filesystem_error("cannot read", file_, std::make_error_code(std::errc::io_error));
    }

    fs::path file_;
    std::ifstream in_;
    std::string buffer_;
    std::size_t at_ = 0, end_ = 0;
};

// Each word of several files once, in order; those of which nothing is left are passed over.
class Merged {
  public:
    Merged(const std::vector<fs::path>& files, const std::vector<fs::path>& without) {
        for (const fs::path& file : files) open(file, sum);
        for (const fs::path& file : without) open(file, difference);
    }
    // None at the end. Until the next call.
    const Record* next() {
        while (!heads_.empty()) {
            // Sums before differences: the files stand in that order.
            Source& first = *heads_.front().source;
            untouched_ = first.number == 0 ? first.read - 1 : touched;
            merged_.count.clear();
            change(merged_.count, first.record.count, first.step);
            merged_.swap_key(first.record);
            advance(first);
            while (!heads_.empty() && heads_.front().source->record.key() == merged_.key()) {
                Source& source = *heads_.front().source;
                untouched_ = touched;
                change(merged_.count, source.record.count, source.step);
                advance(source);
            }
            if (merged_.count.seen > 0) return &merged_;
        }
        return nullptr;
    }

    // The number that the last one has in the first file, where it is of that one alone.
    static constexpr std::size_t touched = std::numeric_limits<std::size_t>::max();
    std::size_t untouched() const { return untouched_; }

  private:
    struct Source {
        RecordReader reader;
        Step step;
        std::size_t number;
        std::size_t read = 0;
        Record record = {};  // the last one
        auto key() const { return std::tie(record.folded, record.exact, number); }

        bool next() {
            if (!reader.next(record)) return false;
            ++read;
            return true;
        }
    };
    struct Head {
        std::uint64_t beginning;  // of the key, as a number that sorts as it does
        Source* source;
    };
    struct Before {
        bool operator()(const Head& a, const Head& b) const {
            return a.beginning != b.beginning ? a.beginning < b.beginning : a.source->key() < b.source->key();
        }
    };

    static Head head_of(Source& source) {
        return {__builtin_bswap64(eight::load_beginning(source.record.folded)), &source};
    }
    void open(const fs::path& file, Step step) {
        sources_.push_back({RecordReader(file), step, sources_.size()});
        if (sources_.back().next()) heads_.push(head_of(sources_.back()));
    }
    // The front.
    void advance(Source& source) {
        if (source.next())
            heads_.replace_front(head_of(source));
        else
            heads_.pop_front();
    }

    std::deque<Source> sources_;
    FrontHeap<Head, Before> heads_;
    Record merged_;
    std::size_t untouched_ = touched;
};

constexpr std::size_t most_open = 64;  // files at once

void merge_at_once(const std::vector<fs::path>& files, const std::vector<fs::path>& without,
                   const fs::path& target) {
    Merged merged(files, without);
    RecordFile out(target);
    while (const Record* const record = merged.next()) out.put(record->folded, record->exact, record->count);
    out.close();
}

// The same words in no more files than can be open at once: some are merged, for as long as it is there.
class Fewer {
  public:
    Fewer(std::vector<fs::path> files, const fs::path& target) : left_(std::move(files)) {
        while (left_.size() > most_open) {
            std::vector<fs::path> fewer;
            for (std::size_t begin = 0; begin < left_.size(); begin += most_open) {
                const auto first = left_.begin() + static_cast<std::ptrdiff_t>(begin);
                const auto count = std::min(most_open, left_.size() - begin);
                made_.push_back(target.string() + "." + std::to_string(made_.size()));
                merge_at_once({first, first + static_cast<std::ptrdiff_t>(count)}, {}, made_.back());
                fewer.push_back(made_.back());
            }
            left_ = std::move(fewer);
        }
    }
    Fewer(const Fewer&) = delete;
    Fewer& operator=(const Fewer&) = delete;
    ~Fewer() {
        std::error_code ignored;
        for (const fs::path& file : made_) fs::remove(file, ignored);
    }
    const std::vector<fs::path>& files() const { return left_; }

  private:
    std::vector<fs::path> left_, made_;
};

}  // namespace

void NumberedCounts::make_room(Numbers numbers) {
    if (numbers.empty()) return;
    const std::uint32_t last = *std::ranges::max_element(numbers);
    if (last >= counts_.size()) counts_.resize(std::size_t{last} + 1);
}

NumberedCounts::Count& NumberedCounts::see(const text::Token& token, std::uint32_t number) {
    Count& count = counts_[number];
    count.seen = sum(count.seen, 1);
    if (const text::LanguageRules* const rules = text::find_language(token.lang)) {
        const auto row = static_cast<std::uint32_t>(rules - text::languages().data());
        if (count.lang.seen == 0) count.lang.row = row;
        if (count.lang.row == row)
            count.lang.seen = sum(count.lang.seen, 1);
        else
            see_other_lang(count, row);
    }
    return count;
}

void NumberedCounts::see_other_lang(Count& count, std::uint32_t row) {
    for (std::uint32_t at = count.more_langs; at != 0; at = langs_[at - 1].next)
        if (WordCount::Lang& lang = langs_[at - 1].lang; lang.row == row) {
            lang.seen = sum(lang.seen, 1);
            return;
        }
    langs_.push_back({{row, 1}, count.more_langs});
    count.more_langs = static_cast<std::uint32_t>(langs_.size());
}

WordCount NumberedCounts::count_of(std::uint32_t number) const {
    const Count& count = counts_[number];
    WordCount found{count.seen, count.occurrences, count.lower, count.capital, count.start, {}};
    if (count.lang.seen != 0) found.langs.push_back(count.lang);
    for (std::uint32_t at = count.more_langs; at != 0; at = langs_[at - 1].next)
        found.langs.push_back(langs_[at - 1].lang);
    std::ranges::sort(found.langs, {}, &WordCount::Lang::row);
    return found;
}

void NumberedCounts::add(std::span<const text::Token> tokens, Numbers numbers) {
    constexpr std::size_t ahead = 6;  // the counts fit no cache, and are fetched meanwhile
    make_room(numbers);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const text::Token& token = tokens[i];
        if (i + ahead < tokens.size()) __builtin_prefetch(&counts_[numbers[i + ahead]], 1);
        if (token.kind == text::TokenKind::pair) continue;
        Count& count = see(token, numbers[i]);
        count.occurrences = sum(count.occurrences, 1);
        if (token.casing == text::Casing::lower) count.lower = sum(count.lower, 1);
        if (token.casing == text::Casing::capital) count.capital = sum(count.capital, 1);
        if (token.casing == text::Casing::start) count.start = sum(count.start, 1);
    }
}

void NumberedCounts::note(std::span<const text::Token> tokens, Numbers numbers) {
    make_room(numbers);
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (tokens[i].kind != text::TokenKind::pair) see(tokens[i], numbers[i]);
}

void NumberedCounts::write(const TermTable& words, const std::vector<std::uint32_t>& order,
                           const fs::path& file) const {
    struct Accented {
        std::string folded;
        std::uint32_t number;
    };
    std::vector<std::uint32_t> plain;  // in the order of what is written, as nearly all are
    std::vector<Accented> accented;
    for (const std::uint32_t number : order) {
        if (number >= counts_.size() || counts_[number].seen == 0) continue;
        const std::string_view exact = words.term(number);
        if (std::string folded = text::without_accents(exact); folded == exact)
            plain.push_back(number);
        else
            accented.push_back({std::move(folded), number});
    }
    std::ranges::stable_sort(accented, {}, &Accented::folded);
    RecordFile out(file);
    auto next = accented.begin();
    const auto put_accented = [&] {
        out.put(next->folded, words.term(next->number), count_of(next->number));
        ++next;
    };
    for (const std::uint32_t number : plain) {
        const std::string_view exact = words.term(number);
        while (next != accented.end() &&
               std::pair<std::string_view, std::string_view>(next->folded, words.term(next->number)) <
                   std::pair(exact, exact))
            put_accented();
        out.put(exact, exact, count_of(number));
    }
    while (next != accented.end()) put_accented();
    out.close();
}

void WordCounts::add(std::span<const text::Token> tokens) {
    words_.numbers_of(tokens, numbers_);
    counts_.add(tokens, numbers_);
}

void WordCounts::note(std::span<const text::Token> tokens) {
    words_.numbers_of(tokens, numbers_);
    counts_.note(tokens, numbers_);
}

void merge_words(const std::vector<fs::path>& files, const std::vector<fs::path>& without,
                 const fs::path& target) {
    const Fewer few(files, target);
    merge_at_once(few.files(), without, target);
}

void write_words(const std::vector<fs::path>& files, const fs::path& words, const fs::path& vocabulary,
                 const std::map<std::string, std::uint64_t>& documents_by_lang) {
    const Fewer few(files, words);
    Merged merged(few.files(), {});
    VocabularyMaker made(vocabulary, documents_by_lang);
    RecordFile out(words);
    while (const Record* const record = merged.next()) {
        out.put(record->folded, record->exact, record->count);
        made.add(record->exact, record->count);
    }
    out.close();
    made.write();
}

void revise_words(const EarlierWords& before, const std::vector<fs::path>& come,
                  const std::vector<fs::path>& gone, const fs::path& words, const fs::path& vocabulary,
                  const std::map<std::string, std::uint64_t>& documents_by_lang) {
    const fs::path all_come = words.string() + ".come", all_gone = words.string() + ".gone";
    merge_words(come, {}, all_come);
    merge_words(gone, {}, all_gone);
    VocabularyMaker made(vocabulary, documents_by_lang);
    made.build_on(before.vocabulary, before.documents_by_lang);
    Merged merged({before.words, all_come}, {all_gone});
    RecordFile out(words);
    while (const Record* const record = merged.next()) {
        out.put(record->folded, record->exact, record->count);
        // `touched` is no word's number.
        made.take_over(record->exact, record->count, merged.untouched());
    }
    out.close();
    made.write();
    fs::remove(all_come);
    fs::remove(all_gone);
}

}  // namespace izde::index
