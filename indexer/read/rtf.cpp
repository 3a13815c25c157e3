// Rich Text Format: control words, groups, and text in the code page of its font. The groups have a
// stack of their own, so no depth of nesting costs more than its bytes.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <vector>

#include "izde/text/utf8.hpp"

#include "read/encoding.hpp"
#include "read/formats.hpp"
#include "read/office.hpp"
#include "read/rtf_code_page.hpp"

namespace izde::read {
namespace {

constexpr std::size_t deepest = 1000;
constexpr std::size_t most_fonts = 10'000;
constexpr std::size_t most_pending = 64u << 10;
constexpr std::size_t longest_word = 32;  // as the format says

// Destinations that hold no text of the document. Those a reader may not know begin with "\*".
constexpr auto passed_over = std::to_array<std::string_view>(
    {"colortbl", "stylesheet", "pict",    "object",    "fldinst",    "header",  "headerl",
     "headerr",  "headerf",    "footer",  "footerl",   "footerr",    "footerf", "listtext",
     "pntext",   "xe",         "tc",      "rxe",       "annotation", "atnid",   "atnauthor",
     "atntime",  "bkmkstart",  "bkmkend", "themedata", "datastore",  "revtbl",  "listtable",
     "filetbl",  "generator",  "ftnsep",  "ftnsepc",   "ftncn",      "aftnsep", "aftnsepc",
     "aftncn",   "nonshppict", "sp",      "private",   "template"});

struct Sign {
    std::string_view word;
    std::string_view text;
};
constexpr auto signs = std::to_array<Sign>({{"emdash", "—"},
                                            {"endash", "–"},
                                            {"lquote", "‘"},
                                            {"rquote", "’"},
                                            {"ldblquote", "“"},
                                            {"rdblquote", "”"},
                                            {"bullet", "•"},
                                            {"emspace", " "},
                                            {"enspace", " "},
                                            {"qmspace", " "}});

enum class Place : std::uint8_t { body, note, fonts, info, title, author, date, nowhere };

struct Group {
    Place place = Place::body;
    int code_page = 0;     // 0: the document's own
    std::size_t skip = 1;  // what stands behind a "\u" for readers that do not know it
    bool is_hidden = false;
};

struct Control {
    std::string_view word;
    std::optional<int> value;
};

class RtfReader {
  public:
    explicit RtfReader(std::string_view bytes) : bytes_(bytes) {}

    void read();
    std::string problem() const { return problem_; }
    std::string encoding() const { return encoding_of(code_page_); }
    OfficeText take_text() { return std::move(text_); }
    Properties take_properties();

  private:
    void open_group();
    void close_group();
    void control();
    Control take_word();
    void symbol(char c);
    void apply(const Control& control);
    bool apply_place(const Control& control);
    bool apply_character(const Control& control);
    void apply_break(std::string_view word);
    void unicode(int value);
    void font(const Control& control);
    void byte(char c);
    void put(std::string_view text);
    void flush();
    int code_page() const { return group_.code_page == 0 ? code_page_ : group_.code_page; }

    std::string_view bytes_;
    std::size_t at_ = 0;
    Group group_;
    std::vector<Group> groups_;
    std::size_t too_deep_ = 0;  // groups open beyond the deepest, which are read as one
    bool is_optional_ = false;  // behind "\*"
    std::size_t to_skip_ = 0;
    std::string pending_;  // bytes in code_page(), and
    char16_t high_ = 0;    // half of a character
    int code_page_ = 1252;
    int font_ = 0;
    std::unordered_map<int, int> font_pages_;
    OfficeText text_;
    bool in_paragraph_ = false;
    Properties properties_;
    std::array<int, 3> day_{};
    std::string problem_;
};

void RtfReader::read() {
    while (at_ < bytes_.size()) {
        const char c = bytes_[at_++];
        if (c == '{')
            open_group();
        else if (c == '}')
            close_group();
        else if (c == '\\')
            control();
        else if (c != '\r' && c != '\n' && c != '\0')
            byte(c);
        if (groups_.empty() && too_deep_ == 0 && c == '}') break;  // the end; some append junk
    }
    flush();
    if (!groups_.empty()) problem_ = "cut off before its end";
    if (in_paragraph_) text_.close_paragraph();
}

void RtfReader::open_group() {
    flush();
    to_skip_ = 0;
    if (groups_.size() >= deepest)
        ++too_deep_;
    else
        groups_.push_back(group_);
    is_optional_ = false;
}

void RtfReader::close_group() {
    flush();
    to_skip_ = 0;
    is_optional_ = false;
    if (too_deep_ > 0) {
        --too_deep_;
    } else if (!groups_.empty()) {
        const bool ends_note = group_.place == Place::note && groups_.back().place != Place::note;
        group_ = groups_.back();
        groups_.pop_back();
        if (ends_note) text_.close_note();
    }
}

Control RtfReader::take_word() {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::size_t begin = at_;
    while (at_ < bytes_.size() && at_ - begin < longest_word && is_letter(bytes_[at_])) ++at_;
    Control control{bytes_.substr(begin, at_ - begin), std::nullopt};
    const std::size_t figures = at_;
    if (at_ + 1 < bytes_.size() && bytes_[at_] == '-' && is_digit(bytes_[at_ + 1])) ++at_;
    while (at_ < bytes_.size() && at_ - figures < 11 && is_digit(bytes_[at_])) ++at_;
    int value = 0;
    if (std::from_chars(bytes_.data() + figures, bytes_.data() + at_, value).ec == std::errc())
        control.value = value;
    if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
    return control;
}

void RtfReader::control() {
    if (at_ >= bytes_.size()) return;
    const char c = bytes_[at_];
    if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
        ++at_;
        return symbol(c);
    }
    const Control control = take_word();
    if (control.word == "bin") {
        at_ +=
            std::min(bytes_.size() - at_, static_cast<std::size_t>(std::max(0, control.value.value_or(0))));
        return;
    }
    if (to_skip_ > 0 && control.word != "u") {
        --to_skip_;
        return;
    }
    apply(control);
    is_optional_ = false;
}

void RtfReader::symbol(char c) {
    if (c == '\'') {
        int value = 0;
        const std::string_view hex = bytes_.substr(at_, 2);
        const auto read = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
        at_ += static_cast<std::size_t>(read.ptr - hex.data());
        if (read.ec == std::errc()) byte(static_cast<char>(value));
    } else if (to_skip_ > 0) {
        --to_skip_;
    } else if (c == '*') {
        is_optional_ = true;
    } else if (c == '~') {
        put("\u00A0");
    } else if (c == '_') {
        put("-");
    } else if (c == '\r' || c == '\n') {
        apply_break("par");
    } else if (c == '\\' || c == '{' || c == '}') {
        byte(c);
    }
}

void RtfReader::apply(const Control& control) {
    if (apply_place(control) || group_.place == Place::nowhere) return;
    if (group_.place == Place::fonts || control.word == "f") return font(control);
    if (group_.place == Place::date) {
        for (std::size_t i = 0; i < day_.size(); ++i)
            if (control.word == std::array{"yr", "mo", "dy"}.at(i)) day_.at(i) = control.value.value_or(0);
        return;
    }
    if (!apply_character(control)) apply_break(control.word);
}

// Where what follows in the group belongs.
bool RtfReader::apply_place(const Control& control) {
    const std::string_view word = control.word;
    const bool in_info = group_.place == Place::info;
    const auto go = [&](Place place) {
        flush();
        if (group_.place != Place::nowhere) group_.place = place;
        return true;
    };
    if (word == "fonttbl") return go(Place::fonts);
    if (word == "info") return go(Place::info);
    if (in_info && word == "title") return go(Place::title);
    if (in_info && word == "author") return go(Place::author);
    if (in_info && word == "creatim") return go(Place::date);
    if (in_info) return go(Place::nowhere);
    if (word == "footnote" && group_.place == Place::body) {
        go(Place::note);
        text_.open_note();
        return true;
    }
    if (std::ranges::find(passed_over, word) != passed_over.end()) return go(Place::nowhere);
    return is_optional_ && word != "shppict" ? go(Place::nowhere) : false;
}

bool RtfReader::apply_character(const Control& control) {
    const std::string_view word = control.word;
    const int value = control.value.value_or(0);
    if (word == "u") {
        unicode(value);
    } else if (word == "uc") {
        group_.skip = static_cast<std::size_t>(std::clamp(value, 0, 16));
    } else if (word == "ansicpg" && value > 0) {
        code_page_ = value;
    } else if (word == "mac") {
        code_page_ = 10000;
    } else if (word == "pc") {
        code_page_ = 437;
    } else if (word == "pca") {
        code_page_ = 850;
    } else if (word == "deff") {
        font_ = value;
    } else if (word == "v" || word == "deleted") {
        flush();
        group_.is_hidden = control.value.value_or(1) != 0;
    } else if (word == "plain") {
        flush();
        group_.is_hidden = false;
    } else {
        const auto sign = std::ranges::find(signs, word, &Sign::word);
        if (sign == signs.end()) return false;
        put(sign->text);
    }
    return true;
}

void RtfReader::apply_break(std::string_view word) {
    const bool is_paragraph = word == "par" || word == "sect" || word == "page" || word == "column";
    const bool is_row = word == "row" || word == "nestrow" || word == "line" || word == "softline";
    const bool is_cell = word == "cell" || word == "nestcell" || word == "tab";
    if (!is_paragraph && !is_row && !is_cell) return;
    if (group_.place != Place::body && group_.place != Place::note) return;
    flush();
    if (is_cell) return text_.tab();
    if (is_row) return text_.line_break();
    text_.close_paragraph();
    in_paragraph_ = false;
}

// A sign beyond the first 65,536 comes as two halves, signed as 16 bits are.
void RtfReader::unicode(int value) {
    to_skip_ = 0;
    const auto half = static_cast<char16_t>(value & 0xFFFF);
    const bool is_low = half >= 0xDC00 && half < 0xE000;
    const char16_t high = std::exchange(high_, char16_t{0});
    std::string utf8;
    if (half >= 0xD800 && half < 0xDC00)
        high_ = half;
    else if (is_low && high != 0)
        text::append_utf8(utf8, 0x10000 + ((static_cast<char32_t>(high) - 0xD800) << 10) + (half - 0xDC00u));
    else if (!is_low && half != 0)
        text::append_utf8(utf8, half);
    const char16_t kept = high_;
    if (!utf8.empty()) put(utf8);
    high_ = kept;
    to_skip_ = group_.skip;
}

void RtfReader::font(const Control& control) {
    const int value = control.value.value_or(0);
    if (group_.place == Place::fonts) {
        if (control.word == "f") font_ = value;
        const int page = control.word == "cpg"        ? value
                         : control.word == "fcharset" ? page_of_charset(value)
                                                      : 0;
        if (page > 0 && font_pages_.size() < most_fonts) font_pages_[font_] = page;
        return;
    }
    const auto known = font_pages_.find(value);
    const int page = known == font_pages_.end() ? 0 : known->second;
    if (page == group_.code_page) return;
    flush();
    group_.code_page = page;
}

void RtfReader::byte(char c) {
    if (to_skip_ > 0) {
        --to_skip_;
        return;
    }
    if (group_.place == Place::nowhere || group_.place == Place::fonts || group_.place == Place::info ||
        group_.place == Place::date || group_.is_hidden)
        return;
    high_ = 0;
    // A long text without a break is decoded in pieces, none of which may part two bytes of one sign.
    if (pending_.size() >= most_pending && static_cast<unsigned char>(c) < 0x21) flush();
    pending_ += c;
}

void RtfReader::put(std::string_view text) {
    flush();
    if (group_.is_hidden) return;
    constexpr std::size_t longest_fact = 4096;
    if (group_.place == Place::title && properties_.title.size() < longest_fact) properties_.title += text;
    if (group_.place == Place::author && properties_.author.size() < longest_fact) properties_.author += text;
    if (group_.place != Place::body && group_.place != Place::note) return;
    if (!std::exchange(in_paragraph_, true) && group_.place == Place::body) text_.open_paragraph();
    text_.text(text);
}

void RtfReader::flush() {
    if (pending_.empty()) return;
    const std::string bytes = std::exchange(pending_, {});
    const bool is_ascii =
        std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    put(is_ascii ? bytes : decode_as(bytes, encoding_of(code_page())));
}

Properties RtfReader::take_properties() {
    if (day_[0] > 0 && day_[1] > 0 && day_[2] > 0) {
        for (const int part : day_)
            properties_.date += (properties_.date.empty() ? ""
                                 : part < 10              ? "-0"
                                                          : "-") +
                                std::to_string(part);
    }
    return std::move(properties_);
}

}  // namespace

void read_rtf(std::string_view bytes, const Origin& origin, const Sink& sink) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n"), bytes.size()));
    if (!bytes.starts_with("{\\rtf"))
        return sink(fail(Errc::bad_document, "not RTF: it does not begin like it"));
    RtfReader reader(bytes);
    reader.read();
    const std::string encoding = reader.encoding();
    hand_over(reader.take_text(), reader.take_properties(), Format::rtf, origin, reader.problem(),
              [&](Result<index::Document> document) {
                  if (document) document->encoding = encoding;
                  sink(std::move(document));
              });
}

}  // namespace izde::read
