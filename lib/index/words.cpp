#include "index/words.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <queue>
#include <system_error>

#include "izde/names/keys.hpp"
#include "izde/text/analyze.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"

#include "index/vocabulary_format.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;
namespace format = vocabulary_format;

// Mostly written with a capital where a sentence does not begin; of a word never seen in a sentence's
// middle, always with one.
bool is_name(const WordCount& count) {
    return count.capital > count.lower || (count.lower == 0 && count.start > 0);
}

std::uint32_t sum(std::uint32_t a, std::uint32_t b) {
    return a > std::numeric_limits<std::uint32_t>::max() - b ? std::numeric_limits<std::uint32_t>::max()
                                                             : a + b;
}

void add(WordCount& to, const WordCount& more) {
    to.occurrences = sum(to.occurrences, more.occurrences);
    to.lower = sum(to.lower, more.lower);
    to.capital = sum(to.capital, more.capital);
    to.start = sum(to.start, more.start);
    to.langs |= more.langs;
}

std::uint64_t bit_of(std::string_view lang) {
    const text::LanguageRules* const rules = text::find_language(lang);
    return rules == nullptr ? 0 : std::uint64_t{1} << (rules - text::languages().data());
}

struct Record {
    std::string folded, exact;
    WordCount count;
    auto key() const { return std::tie(folded, exact); }
};

class RecordFile {
  public:
    explicit RecordFile(const fs::path& file) : file_(file), out_(file, std::ios::binary) {}
    void put(const Record& record) {
        put_text(record.folded);
        put_text(record.exact == record.folded ? std::string() : record.exact);
        out_.write(reinterpret_cast<const char*>(&record.count), sizeof record.count);
    }
    // A failure of any write before shows here.
    void close() {
        out_.close();
        if (!out_)
            throw fs::filesystem_error("cannot write", file_, std::make_error_code(std::errc::io_error));
    }

  private:
    void put_text(const std::string& text) {
        static_assert(text::max_token_bytes < 256);
        out_.put(static_cast<char>(text.size()));
        out_.write(text.data(), static_cast<std::streamsize>(text.size()));
    }

    fs::path file_;
    std::ofstream out_;
};

class RecordReader {
  public:
    explicit RecordReader(const fs::path& file) : file_(file), in_(file, std::ios::binary) {
        if (!in_) raise();
    }
    std::optional<Record> next() {
        Record record;
        if (in_.peek() == std::ifstream::traits_type::eof()) return std::nullopt;
        record.folded = text();
        record.exact = text();
        if (record.exact.empty()) record.exact = record.folded;
        in_.read(reinterpret_cast<char*>(&record.count), sizeof record.count);
        if (!in_) raise();
        return record;
    }

  private:
    std::string text() {
        const int bytes = in_.get();
        std::string read(bytes > 0 ? static_cast<std::size_t>(bytes) : 0, '\0');
        in_.read(read.data(), static_cast<std::streamsize>(read.size()));
        return read;
    }
    [[noreturn]] void raise() const {
        throw fs::filesystem_error("cannot read", file_, std::make_error_code(std::errc::io_error));
    }

    fs::path file_;
    std::ifstream in_;
};

// The commonest language of each script among the documents.
class Fallback {
  public:
    explicit Fallback(const std::map<std::string, std::uint64_t>& documents_by_lang) {
        for (const auto& [lang, documents] : documents_by_lang)
            if (text::has_stemmer(lang)) langs_.emplace_back(documents, lang);
        std::ranges::stable_sort(langs_, std::ranges::greater{}, [](const auto& one) { return one.first; });
    }
    std::uint64_t operator()(const std::string& word) const {
        for (const auto& [documents, lang] : langs_)
            if (text::may_be_word_of(word, lang)) return bit_of(lang);
        return 0;
    }

  private:
    std::vector<std::pair<std::uint64_t, std::string>> langs_;
};

class VocabularyFile {
  public:
    explicit VocabularyFile(const std::map<std::string, std::uint64_t>& documents_by_lang)
        : fallback_(documents_by_lang) {
        for (const text::LanguageRules& rules : text::languages()) stemmers_.emplace_back(rules.code);
    }

    void add(const Record& record) {
        const auto number = static_cast<std::uint32_t>(occurrences_.size());
        begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
        texts_ += record.exact;
        occurrences_.push_back(record.count.occurrences);
        const bool name = is_name(record.count);
        flags_.push_back(name ? format::name_flag : 0);
        if (name) add_names(record.exact, number);
        add_stems(record, number, name);
    }

    void write(const fs::path& file) {
        std::ranges::sort(keys_);
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
        begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
        const format::Header header{format::magic, langs_, occurrences_.size(), keys_.size(), texts_.size()};
        std::ofstream out(file, std::ios::binary);
        const auto put = [&out](const auto* data, std::size_t count) {
            out.write(reinterpret_cast<const char*>(data),
                      static_cast<std::streamsize>(count * sizeof *data));
        };
        put(&header, 1);
        for (const auto& [hash, word] : keys_) put(&hash, 1);
        for (const auto& [hash, word] : keys_) put(&word, 1);
        put(begins_.data(), begins_.size());
        put(occurrences_.data(), occurrences_.size());
        put(flags_.data(), flags_.size());
        put(texts_.data(), texts_.size());
        out.close();
        if (!out) throw fs::filesystem_error("cannot write", file, std::make_error_code(std::errc::io_error));
    }

  private:
    void add_names(const std::string& spelling, std::uint32_t number) {
        for (const std::string& key : names::name_keys(spelling))
            keys_.emplace_back(format::name_key(key), number);
    }

    void add_stems(const Record& record, std::uint32_t number, bool name) {
        std::uint64_t langs = record.count.langs;
        langs_ |= langs;
        if (langs == 0) langs = fallback_(record.exact);
        for (std::size_t row = 0; langs != 0; ++row, langs >>= 1) {
            const std::string_view lang = text::languages()[row].code;
            if ((langs & 1) == 0 || !text::has_stemmer(lang)) continue;
            const std::string stem = stemmers_[row].stem(record.exact);
            keys_.emplace_back(format::stem_key(lang, stem), number);
            if (name) add_names(stem, number);
        }
    }

    Fallback fallback_;
    std::uint64_t langs_ = 0;
    std::vector<text::Stemmer> stemmers_;  // a row of text::languages() each
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys_;
    std::vector<std::uint32_t> begins_, occurrences_, flags_;
    std::string texts_;
};

// Each word of several files once, in order.
class Merged {
  public:
    explicit Merged(const std::vector<fs::path>& files) {
        for (const fs::path& file : files) {
            readers_.emplace_back(file);
            advance(readers_.size() - 1);
        }
    }
    std::optional<Record> next() {
        if (heads_.empty()) return std::nullopt;
        Record merged = take();
        while (!heads_.empty() && heads_.top().first.key() == merged.key()) add(merged.count, take().count);
        return merged;
    }

  private:
    using Head = std::pair<Record, std::size_t>;
    struct Later {
        bool operator()(const Head& a, const Head& b) const { return a.first.key() > b.first.key(); }
    };

    Record take() {
        Head head = heads_.top();
        heads_.pop();
        advance(head.second);
        return std::move(head.first);
    }
    void advance(std::size_t reader) {
        if (auto record = readers_[reader].next()) heads_.emplace(*std::move(record), reader);
    }

    std::vector<RecordReader> readers_;
    std::priority_queue<Head, std::vector<Head>, Later> heads_;
};

}  // namespace

void WordCounts::add(const std::vector<text::Token>& tokens) {
    for (const text::Token& token : tokens) {
        if (token.kind == text::TokenKind::pair) continue;
        WordCount& count = words_[token.exact];
        count.occurrences = sum(count.occurrences, 1);
        if (token.casing == text::Casing::lower) count.lower = sum(count.lower, 1);
        if (token.casing == text::Casing::capital) count.capital = sum(count.capital, 1);
        if (token.casing == text::Casing::start) count.start = sum(count.start, 1);
        count.langs |= bit_of(token.lang);
    }
}

void WordCounts::note(const std::vector<text::Token>& tokens) {
    for (const text::Token& token : tokens)
        if (token.kind != text::TokenKind::pair) words_[token.exact].langs |= bit_of(token.lang);
}

void WordCounts::write(const fs::path& file) const {
    std::vector<Record> records;
    records.reserve(words_.size());
    for (const auto& [exact, count] : words_) records.push_back({text::without_accents(exact), exact, count});
    std::ranges::sort(records, {}, [](const Record& record) { return record.key(); });
    RecordFile out(file);
    for (const Record& record : records) out.put(record);
    out.close();
}

void merge_words(const std::vector<fs::path>& files, const fs::path& target) {
    {
        Merged merged(files);
        RecordFile out(target);
        while (const auto record = merged.next()) out.put(*record);
        out.close();
    }
    for (const fs::path& file : files) fs::remove(file);
}

void write_vocabulary(const fs::path& words, const fs::path& target,
                      const std::map<std::string, std::uint64_t>& documents_by_lang) {
    RecordReader in(words);
    VocabularyFile vocabulary(documents_by_lang);
    while (const auto record = in.next()) vocabulary.add(*record);
    vocabulary.write(target);
}

}  // namespace izde::index
