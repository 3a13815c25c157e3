#include "query/lex.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "izde/text/utf8.hpp"

#include "query/characters.hpp"
#include "query/date_value.hpp"
#include "query/quotes.hpp"

namespace izde::query {
namespace {

constexpr std::uint32_t default_window = 10, widest_window = 50;

bool is_sign(char32_t c) {
    return narrow(c) == U'-' || narrow(c) == U'=' || narrow(c) == U'*';
}

bool is_parenthesis(char32_t c) {
    return narrow(c) == U'(' || narrow(c) == U')';
}

bool ends_chunk(char32_t c) {
    return parts_words(c) || is_parenthesis(c) || is_quote(c);
}

// The bytes up to the next space, quote or parenthesis.
std::size_t chunk_bytes(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size()) {
        const Character c = character_at(text, end);
        if (ends_chunk(c.value)) break;
        end += c.bytes;
    }
    return end;
}

std::string_view cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    return text.substr(0, text::code_point_begin(text, bytes));
}

std::string_view without_stars(std::string_view text) {
    constexpr std::string_view wide_star = "＊";
    while (true) {
        if (text.ends_with('*'))
            text.remove_suffix(1);
        else if (text.ends_with(wide_star))
            text.remove_suffix(wide_star.size());
        else
            return text;
    }
}

// A short prefix would begin half of all words.
bool is_long_enough(std::string_view prefix) {
    std::size_t letters = 0;
    bool unspaced = false;
    for (std::size_t at = 0; at < prefix.size();) {
        const Character c = character_at(prefix, at);
        at += c.bytes;
        const bool mark = c.value >= 0x300 && c.value <= 0x36F;
        if (mark) continue;
        if (!is_wordlike(c.value) || is_unspaced(c.value) != unspaced) letters = 0;
        unspaced = is_unspaced(c.value);
        if (is_wordlike(c.value)) ++letters;
    }
    return letters >= (unspaced ? 1u : 2u);
}

std::optional<Lexeme> read_operator(std::string_view chunk, Warnings* warnings) {
    if (chunk == "OR") return Lexeme{LexemeKind::either, 0, chunk};
    if (chunk == "AND") return Lexeme{LexemeKind::both, 0, chunk};
    if (chunk == "NOT") return Lexeme{LexemeKind::without, 0, chunk};
    if (chunk == "NEAR") return Lexeme{LexemeKind::near, default_window, chunk};
    constexpr std::string_view near = "NEAR/";
    if (!chunk.starts_with(near)) return std::nullopt;
    std::uint32_t window = 0;
    const auto [end, error] =
        std::from_chars(chunk.data() + near.size(), chunk.data() + chunk.size(), window);
    if (end != chunk.data() + chunk.size() || chunk.size() == near.size()) {
        if (warnings != nullptr) warnings->add(Trouble::near_without_number, chunk);
        return std::nullopt;
    }
    const bool wide = error != std::errc{} || window > widest_window;
    if (wide && warnings != nullptr) warnings->add(Trouble::wide_near, chunk);
    return Lexeme{LexemeKind::near, wide ? widest_window : window, chunk};
}

constexpr std::array<std::string_view, 9> fields{"title",  "author", "source", "place",      "lang",
                                                 "format", "path",   "date",   "boilerplate"};

bool equal_without_case(std::string_view typed, std::string_view lower) {
    return std::ranges::equal(
        typed, lower, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

constexpr std::size_t longest_name = std::string_view("boilerplate：x").size();

// "title:" with nothing directly behind it.
bool is_field_alone(std::string_view chunk) {
    constexpr std::string_view wide_colon = "：";
    const std::size_t sign = chunk.ends_with(':') ? 1 : chunk.ends_with(wide_colon) ? wide_colon.size() : 0;
    if (sign == 0) return false;
    const std::string_view name = chunk.substr(0, chunk.size() - sign);
    return std::ranges::any_of(fields,
                               [&](std::string_view field) { return equal_without_case(name, field); });
}

class Lexer {
  public:
    Lexer(std::string_view typed, const Limits& limits, Warnings& warnings)
        : typed_(typed), limits_(limits), warnings_(warnings) {}

    std::vector<Lexeme> run() {
        while (at_ < typed_.size()) step();
        return std::move(lexemes_);
    }

  private:
    enum class Place : std::uint8_t { token, value };  // where a word stands: a value follows its field

    void step() {
        const Character c = character_at(typed_, at_);
        if (parts_words(c.value)) {
            at_ += c.bytes;
            fresh_ = true;
        } else if (is_parenthesis(c.value)) {
            const bool opens = narrow(c.value) == U'(';
            push(opens ? LexemeKind::open : LexemeKind::close, typed_.substr(at_, c.bytes));
            at_ += c.bytes;
            fresh_ = opens;
        } else if (is_quote(c.value)) {
            read_quote(c);
        } else {
            read_signs();
        }
    }

    // Within a chunk a quotation mark may also be an inch or a stray; it opens a phrase if one
    // can be seen: a word follows it and its partner comes later.
    bool opens_phrase(const Quote& quote, Character mark) {
        if (fresh_) return true;
        const std::size_t next = at_ + mark.bytes;
        return next < typed_.size() && !parts_words(character_at(typed_, next).value) &&
               last_closer(quote) > at_;
    }

    std::size_t last_closer(const Quote& quote) {
        auto& last = last_closers_[static_cast<std::size_t>(&quote - quotes().data())];
        if (last) return *last;
        last = 0;
        for (std::size_t at = 0; at < typed_.size();) {
            const Character c = character_at(typed_, at);
            if (closes(quote, c.value)) last = at;
            at += c.bytes;
        }
        return *last;
    }

    void read_quote(Character mark) {
        const Quote* const quote = quote_opened_by(mark.value);
        if (quote == nullptr || !opens_phrase(*quote, mark)) {
            at_ += mark.bytes;
            fresh_ = false;
            return;
        }
        const std::size_t begin = at_ + mark.bytes;
        std::size_t end = begin, after = typed_.size();
        while (end < typed_.size()) {
            const Character c = character_at(typed_, end);
            if (closes(*quote, c.value)) {
                after = end + c.bytes;
                break;
            }
            end += c.bytes;
        }
        const std::string_view inside = typed_.substr(begin, end - begin);
        if (end == typed_.size() && swallows_syntax(inside)) warnings_.add(Trouble::unclosed_quote, inside);
        push(LexemeKind::quoted, inside);
        lexemes_.back().printed = mark.value != U'"' && mark.value != U'＂';
        at_ = after;
        fresh_ = false;
    }

    // An unclosed quote is how a phrase looks while it is typed; it is odd only with more in it.
    static bool swallows_syntax(std::string_view inside) {
        return inside.find_first_of("():*\"") != std::string_view::npos ||
               inside.find(" -") != std::string_view::npos || inside.find(" OR ") != std::string_view::npos;
    }

    // The - = * that may stand before a word. More than a sign means has no meaning at all.
    void read_signs() {
        const std::size_t begin = at_;
        std::size_t count = 0;
        char32_t first = 0, last = 0, next = 0;
        while (at_ < typed_.size()) {
            const Character c = character_at(typed_, at_);
            if (!is_sign(c.value)) {
                next = c.value;
                break;
            }
            last = narrow(c.value);
            if (count++ == 0) first = last;
            at_ += c.bytes;
        }
        const bool followed = is_wordlike(next) || quote_opened_by(next) != nullptr || narrow(next) == U'(';
        const bool minus =
            fresh_ && followed && first == U'-' && (count == 1 || (count == 2 && last == U'='));
        const bool exact = is_wordlike(next) && last == U'=' && (count == 1 || minus);
        const bool equals = last == U'=' && (count == 1 || minus);
        if (minus) push(LexemeKind::minus, typed_.substr(begin, at_ - begin));
        if (count > 0 && fresh_ && !minus && !equals) tell_of_signs(first, begin);
        if (exact) return read_chunk(LexemeKind::exact, Place::token);
        if (next != 0 && !ends_chunk(next)) read_word();
    }

    void tell_of_signs(char32_t first, std::size_t begin) {
        const std::string_view word = typed_.substr(at_, chunk_bytes(typed_.substr(at_)));
        if (!has_wordlike(word)) return;
        if (first == U'-') warnings_.add(Trouble::stray_minus, word);
        if (first == U'*')
            warnings_.add(Trouble::stray_star, typed_.substr(begin, at_ + word.size() - begin));
    }

    void read_word() {
        const FieldPrefix field = field_prefix(typed_.substr(at_));
        if (field.bytes == 0) {
            const std::string_view chunk =
                typed_.substr(at_, chunk_bytes(cut(typed_.substr(at_), longest_name)));
            if (is_field_alone(chunk)) warnings_.add(Trouble::field_without_value, chunk);
            return read_chunk(LexemeKind::word, Place::token);
        }
        const std::string_view value = typed_.substr(at_ + field.bytes);
        // Not the whole chunk: that would make date:date:date: cost its square.
        const std::string_view chunk = value.substr(0, chunk_bytes(cut(value, longest_date + 1)));
        if (field.name == "date" && !chunk.empty() && !is_date_value(chunk)) {
            tell_of_date(field.bytes);
            at_ += field.bytes;
            return;
        }
        push(LexemeKind::field, field.name);
        at_ += field.bytes;
        fresh_ = true;
        if (chunk.starts_with('=')) ++at_;
        if (chunk.empty() || chunk == "=") return;
        read_chunk(chunk[0] == '=' ? LexemeKind::exact : LexemeKind::word, Place::value);
    }

    void tell_of_date(std::size_t name_bytes) {
        if (warnings_.told(Trouble::bad_date)) return;
        const std::string_view value = typed_.substr(at_ + name_bytes);
        warnings_.add(Trouble::bad_date, typed_.substr(at_, name_bytes + chunk_bytes(value)));
    }

    void read_chunk(LexemeKind kind, Place place) {
        const std::string_view typed = typed_.substr(at_, chunk_bytes(typed_.substr(at_)));
        at_ += typed.size();
        fresh_ = false;
        std::string_view text = cut(typed, limits_.phrase_bytes);
        if (text.size() < typed.size()) warnings_.add(Trouble::long_text, typed);
        const std::string_view starred = text;
        text = without_stars(text);
        if (!has_wordlike(text)) {
            if (place == Place::value || follows_minus()) push(LexemeKind::quoted, {});
            return;
        }
        const bool star = text.size() < starred.size();
        if (text.find('*') != std::string_view::npos || (star && kind == LexemeKind::exact))
            warnings_.add(Trouble::stray_star, starred);
        if (star && kind == LexemeKind::word) {
            if (is_long_enough(text))
                kind = LexemeKind::begins;
            else
                warnings_.add(Trouble::short_prefix, starred);
        }
        const auto op = kind == LexemeKind::word && place == Place::token && !star && !follows_minus()
                            ? read_operator(text, &warnings_)
                            : std::nullopt;
        if (op)
            lexemes_.push_back(*op);
        else
            push(kind, text);
    }

    bool follows_minus() const { return !lexemes_.empty() && lexemes_.back().kind == LexemeKind::minus; }

    void push(LexemeKind kind, std::string_view text) { lexemes_.push_back({kind, 0, text}); }

    std::string_view typed_;
    const Limits& limits_;
    Warnings& warnings_;
    std::size_t at_ = 0;
    bool fresh_ = true;  // nothing of a token has been read yet
    std::array<std::optional<std::size_t>, 16> last_closers_;
    std::vector<Lexeme> lexemes_;
};

// http://x and note: x name no field's value; a path may begin with its slash.
bool begins_value(std::string_view text, std::string_view field) {
    if (text.empty()) return false;
    const char32_t first = narrow(character_at(text, 0).value);
    if (quote_opened_by(first) != nullptr || first == U'(') return true;
    if (first == U'=') {
        if (text.size() < 2 || text[0] != '=') return false;
        const char32_t second = character_at(text, 1).value;
        return is_wordlike(second) || quote_opened_by(second) != nullptr;
    }
    if (first == U'-' || first == U'*' || first == U':') return false;
    if (first == U'/' && field != "path") return false;
    for (std::size_t at = 0; at < text.size();) {
        const Character c = character_at(text, at);
        if (ends_chunk(c.value)) return false;
        if (is_wordlike(c.value)) return true;
        at += c.bytes;
    }
    return false;
}

}  // namespace

std::vector<Lexeme> lex(std::string_view typed, const Limits& limits, Warnings& warnings) {
    return Lexer(typed, limits, warnings).run();
}

bool reads_as_operator(std::string_view word) {
    return read_operator(word, nullptr).has_value();
}

FieldPrefix field_prefix(std::string_view text) {
    constexpr std::string_view colon = ":", wide_colon = "：";
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto letters = static_cast<std::size_t>(std::ranges::find_if_not(text, letter) - text.begin());
    const std::string_view rest = text.substr(letters);
    const std::size_t sign = rest.starts_with(colon)        ? colon.size()
                             : rest.starts_with(wide_colon) ? wide_colon.size()
                                                            : 0;
    if (sign == 0) return {};
    for (const std::string_view field : fields)
        if (equal_without_case(text.substr(0, letters), field) && begins_value(rest.substr(sign), field))
            return {field, letters + sign};
    return {};
}

}  // namespace izde::query
