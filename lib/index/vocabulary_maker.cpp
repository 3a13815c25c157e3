#include "index/vocabulary_maker.hpp"

#include <algorithm>
#include <fstream>
#include <future>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "izde/names/keys.hpp"
#include "izde/text/language.hpp"
#include "izde/text/stem.hpp"

#include "index/vocabulary_file.hpp"
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

std::uint64_t bit_of(std::string_view lang) {
    const text::LanguageRules* const rules = text::find_language(lang);
    return rules == nullptr ? 0 : std::uint64_t{1} << (rules - text::languages().data());
}

// The commonest language of each script among the documents.
class Fallback {
  public:
    explicit Fallback(const std::map<std::string, std::uint64_t>& documents_by_lang) {
        for (const auto& [lang, documents] : documents_by_lang)
            if (text::has_stemmer(lang)) langs_.emplace_back(documents, lang);
        std::ranges::stable_sort(langs_, std::ranges::greater{}, [](const auto& one) { return one.first; });
    }
    bool is_as(const Fallback& other) const {
        return std::ranges::equal(langs_, other.langs_,
                                  [](const auto& a, const auto& b) { return a.second == b.second; });
    }
    std::uint64_t operator()(const std::string& word) const {
        for (const auto& [documents, lang] : langs_)
            if (text::may_be_word_of(word, lang)) return bit_of(lang);
        return 0;
    }

  private:
    std::vector<std::pair<std::uint64_t, std::string>> langs_;
};

// What the words of an earlier vocabulary are found by.
class EarlierKeys {
  public:
    explicit EarlierKeys(const fs::path& vocabulary)
        : hashes_(vocabulary, std::ios::binary), words_(vocabulary, std::ios::binary) {
        std::error_code unknown;
        const std::uintmax_t bytes = fs::file_size(vocabulary, unknown);
        hashes_.read(reinterpret_cast<char*>(&header_), sizeof header_);
        is_sound_ = hashes_ && !unknown && header_.magic == format::magic &&
                    header_.keys <= bytes / (8 + 4) && header_.words <= bytes;
        if (is_sound_) words_.seekg(static_cast<std::streamoff>(sizeof header_ + header_.keys * 8));
    }
    // False where it cannot be read, or is none.
    bool is_sound() const { return is_sound_; }
    std::size_t words() const { return header_.words; }

    // Once. Takes a hash and a word's number, in the order of the hashes; false where the file ends early.
    template <class Take>
    bool each(Take take) {
        for (std::uint64_t i = 0; i < header_.keys; ++i) {
            std::uint64_t hash = 0;
            std::uint32_t word = 0;
            hashes_.read(reinterpret_cast<char*>(&hash), sizeof hash);
            words_.read(reinterpret_cast<char*>(&word), sizeof word);
            if (!hashes_ || !words_) return false;
            take(hash, word);
        }
        return true;
    }

  private:
    format::Header header_;
    std::ifstream hashes_, words_;
    bool is_sound_ = false;
};

}  // namespace

struct VocabularyMaker::State {
    State(const fs::path& target, const std::map<std::string, std::uint64_t>& documents_by_lang)
        : file_(target), fallback_(documents_by_lang) {
        for (const text::LanguageRules& rules : text::languages()) stemmers_.emplace_back(rules.code);
    }

    void add(const std::string& exact, const WordCount& count) {
        const bool name = add_word(exact, count);
        asked_.push_back({exact, langs_of(exact, count), words_ - 1, name});
        if (asked_.size() == asked_at_once) find_keys();
    }

    void build_on(const fs::path& earlier, const Fallback& fallback_there) {
        EarlierKeys keys(earlier);
        if (!fallback_.is_as(fallback_there) || !keys.is_sound()) return;
        renamed_.assign(keys.words(), none);
        earlier_.emplace(std::move(keys));
    }
    void take_over(const std::string& exact, const WordCount& count, std::size_t earlier) {
        if (earlier >= renamed_.size()) return add(exact, count);
        renamed_[earlier] = words_;
        add_word(exact, count);
    }

    void write() {
        find_keys();
        take_keys();
        const bool whole = !earlier_ || earlier_->each([this](std::uint64_t hash, std::uint32_t word) {
            if (word < renamed_.size() && renamed_[word] != none) file_.add_key(hash, renamed_[word]);
        });
        if (!whole) throw std::runtime_error("the live vocabulary ends early");
        file_.write(langs_);
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t asked_at_once = 4096;

    struct Asked {
        std::string word;
        std::uint64_t langs;  // a bit for each row of text::languages()
        std::uint32_t number;
        bool is_name;
    };
    using Keys = std::vector<std::pair<std::uint64_t, std::uint32_t>>;  // hashes and numbers of words

    // All but its keys; whether it is a name.
    bool add_word(const std::string& exact, const WordCount& count) {
        const bool name = is_name(count);
        file_.add(exact, count.occurrences, name ? format::name_flag : 0);
        langs_ |= seen_langs(count);
        ++words_;
        return name;
    }

    static std::uint64_t seen_langs(const WordCount& count) {
        std::uint64_t langs = 0;
        for (const WordCount::Lang& lang : count.langs) langs |= std::uint64_t{1} << lang.row;
        return langs;
    }
    std::uint64_t langs_of(const std::string& exact, const WordCount& count) const {
        const std::uint64_t seen = seen_langs(count);
        return seen != 0 ? seen : fallback_(exact);
    }

    // On another thread, while more words come.
    void find_keys() {
        take_keys();
        found_ = std::async(std::launch::async,
                            [this, asked = std::exchange(asked_, {})] { return keys_of(asked); });
    }
    void take_keys() {
        if (!found_.valid()) return;
        for (const auto& [hash, word] : found_.get()) file_.add_key(hash, word);
    }

    Keys keys_of(const std::vector<Asked>& all) const {
        Keys keys;
        for (const Asked& asked : all) {
            if (asked.is_name) add_names(asked.word, asked.number, keys);
            add_stems(asked, keys);
        }
        return keys;
    }

    static void add_names(const std::string& spelling, std::uint32_t number, Keys& keys) {
        for (const std::string& key : names::name_keys(spelling))
            keys.emplace_back(format::name_key(key), number);
    }

    void add_stems(const Asked& asked, Keys& keys) const {
        std::uint64_t langs = asked.langs;
        for (std::size_t row = 0; langs != 0; ++row, langs >>= 1) {
            const std::string_view lang = text::languages()[row].code;
            if ((langs & 1) == 0 || !text::has_stemmer(lang)) continue;
            const std::string stem = stemmers_[row].stem(asked.word);
            keys.emplace_back(format::stem_key(lang, stem), asked.number);
            if (asked.is_name) add_names(stem, asked.number, keys);
        }
    }

    VocabularyFile file_;
    Fallback fallback_;
    std::uint64_t langs_ = 0;
    std::vector<text::Stemmer> stemmers_;  // a row of text::languages() each; of the thread that finds keys
    std::optional<EarlierKeys> earlier_;
    std::vector<std::uint32_t> renamed_;  // by the earlier number
    std::uint32_t words_ = 0;
    std::vector<Asked> asked_;
    std::future<Keys> found_;
};

VocabularyMaker::VocabularyMaker(const fs::path& target,
                                 const std::map<std::string, std::uint64_t>& documents_by_lang)
    : state_(std::make_unique<State>(target, documents_by_lang)) {}
VocabularyMaker::~VocabularyMaker() = default;

void VocabularyMaker::add(const std::string& exact, const WordCount& count) {
    state_->add(exact, count);
}

void VocabularyMaker::build_on(const fs::path& earlier,
                               const std::map<std::string, std::uint64_t>& documents_by_lang) {
    state_->build_on(earlier, Fallback(documents_by_lang));
}

void VocabularyMaker::take_over(const std::string& exact, const WordCount& count, std::size_t earlier) {
    state_->take_over(exact, count, earlier);
}

void VocabularyMaker::write() {
    state_->write();
}

}  // namespace izde::index
