// The words of a generation, and which of them are forms of one word. Of scripts without spaces it has
// the characters.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "izde/deadline.hpp"
#include "izde/remembered.hpp"
#include "izde/result.hpp"
#include "izde/text/near.hpp"

namespace izde::index {

// The index itself holds spellings only; what is known of them beyond that stands here, so that one
// word typed becomes all the forms that its documents really have. Read-only and mapped into memory:
// any thread may use it, and it stays whole when its file is removed. All text is UTF-8.
class Vocabulary {
  public:
    static Result<Vocabulary> open(const std::filesystem::path& generation);
    Vocabulary(Vocabulary&&) noexcept;
    Vocabulary& operator=(Vocabulary&&) noexcept;
    ~Vocabulary();

    // Those that words were seen in, if only in a paragraph.
    std::vector<std::string> languages() const;

    // No list is longer; the most frequent words are taken then.
    static constexpr std::size_t max_forms = 128;

    // The spellings that differ in accents only: "urumqi" → urumqi, ürümqi. As text::Token::folded.
    std::vector<std::string> spellings(std::string_view folded) const;

    // The spellings seen in texts of a language that have this stem, as text::Stemmer makes it.
    std::vector<std::string> forms(std::string_view lang, std::string_view stem) const;

    // The names with this key of names::name_keys, by their own spelling or a stem's.
    std::vector<std::string> namesakes(std::string_view key) const;

    // The most frequent words that begin so, without regard to accents.
    std::vector<std::string> completions(std::string_view folded, std::size_t limit) const;

    // Those from one to before another, without regard to accents, by bytes: "5a" to "5z" are 5bn and 5km.
    std::vector<std::string> between(std::string_view from, std::string_view to, std::size_t limit) const;

    struct Word {
        std::string exact;
        std::uint64_t occurrences = 0;  // in titles and bodies
        bool name = false;              // mostly written with a capital inside of sentences
    };
    std::optional<Word> find(std::string_view exact) const;

    // Words of titles and bodies that `folded` may be a misspelling of, the likeliest first: by what
    // they differ in and how often they occur. All words are looked at only where none with its first
    // letter is near, nor one with another first letter that is one edit away; where the deadline passes,
    // those that were looked at are all.
    struct Neighbour {
        Word word;
        text::Neighbourhood::Distance distance;
    };
    std::vector<Neighbour> near(std::string_view folded, std::size_t most_edits, std::size_t limit,
                                const Deadline* deadline = nullptr) const;

    // What queries made of its words, such as all forms of one, by names that they choose.
    Remembered<std::vector<std::string>>& remembered() const;

    // How many words begin so, without regard to accents.
    std::size_t count_beginning(std::string_view folded) const;

    // Whether a part of its file is gone or cannot be read; then what it said counts for nothing.
    bool is_lost() const;

    // Reads all of it from the disk, and makes what near() looks at first: 4 bytes of memory a word.
    void warm() const;

    std::size_t size() const;
    Word word(std::size_t i) const;  // i < size(); in order of folded, then exact spelling

  private:
    struct State;
    explicit Vocabulary(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
