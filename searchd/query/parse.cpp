// lex → read headlines → drop parentheses that pair with nothing → settle which operators stand between
// operands → build. Nothing here recurses on the input. OR binds closer than standing side by side, NEAR
// closer than OR: a b OR c NEAR d is a (b OR (c NEAR d)). Tested by parse_test.cpp.
#include "query/parse.hpp"

#include <algorithm>
#include <utility>

#include "izde/text/utf8.hpp"

#include "query/characters.hpp"
#include "query/date_value.hpp"
#include "query/headline.hpp"
#include "query/lex.hpp"
#include "query/warnings.hpp"
#include "query/word_count.hpp"

namespace izde::query {
namespace {

using Lexemes = std::vector<Lexeme>;

bool is_leaf(LexemeKind kind) {
    return kind == LexemeKind::word || kind == LexemeKind::exact || kind == LexemeKind::begins ||
           kind == LexemeKind::quoted;
}

bool is_operator(LexemeKind kind) {
    return kind == LexemeKind::either || kind == LexemeKind::both || kind == LexemeKind::near ||
           kind == LexemeKind::without;
}

void drop(Lexemes& lexemes, const std::vector<bool>& dropped) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lexemes.size(); ++i)
        if (!dropped[i]) lexemes[kept++] = lexemes[i];
    lexemes.erase(lexemes.begin() + static_cast<std::ptrdiff_t>(kept), lexemes.end());
}

void drop_unmatched(Lexemes& lexemes, Warnings& warnings) {
    std::vector<bool> dropped(lexemes.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < lexemes.size(); ++i) {
        if (lexemes[i].kind == LexemeKind::open) open.push_back(i);
        if (lexemes[i].kind != LexemeKind::close) continue;
        if (open.empty()) {
            dropped[i] = true;
            warnings.add(Trouble::unmatched_parenthesis, lexemes[i].text);
        } else {
            open.pop_back();
        }
    }
    for (const std::size_t i : open) {
        dropped[i] = true;
        warnings.add(Trouble::unmatched_parenthesis, lexemes[i].text);
    }
    drop(lexemes, dropped);
}

void drop_deep(Lexemes& lexemes, std::size_t limit, Warnings& warnings) {
    std::vector<bool> dropped(lexemes.size());
    std::size_t depth = 0;
    for (std::size_t i = 0; i < lexemes.size(); ++i) {
        const LexemeKind kind = lexemes[i].kind;
        if (kind == LexemeKind::open) dropped[i] = ++depth > limit;
        if (kind == LexemeKind::close) dropped[i] = depth-- > limit;
        if (dropped[i]) warnings.add(Trouble::deep_parentheses, lexemes[i].text);
    }
    drop(lexemes, dropped);
}

// Whether an operand begins at each lexeme. NOT begins one if it has something to exclude.
std::vector<bool> operand_begins(const Lexemes& lexemes) {
    std::vector<bool> begins(lexemes.size() + 1);
    for (std::size_t i = lexemes.size(); i-- > 0;) {
        const LexemeKind kind = lexemes[i].kind;
        const bool ahead =
            kind == LexemeKind::minus || kind == LexemeKind::without || kind == LexemeKind::field;
        begins[i] = is_leaf(kind) || kind == LexemeKind::open || (ahead && begins[i + 1]);
    }
    return begins;
}

bool stands_between_words(const Lexemes& lexemes, std::size_t near) {
    const bool valued = near >= 2 && lexemes[near - 2].kind == LexemeKind::field;
    return lexemes[near - 1].kind == LexemeKind::word && !valued &&
           lexemes[near + 1].kind == LexemeKind::word;
}

// What stands between nothing was meant as a word.
void settle_operators(Lexemes& lexemes, std::size_t most_near, Warnings& warnings) {
    const std::vector<bool> begins = operand_begins(lexemes);
    bool operand_ended = false;
    std::size_t near = 1;  // words joined by NEAR so far
    for (std::size_t i = 0; i < lexemes.size(); ++i) {
        Lexeme& lexeme = lexemes[i];
        if (is_operator(lexeme.kind)) {
            const bool stands = begins[i + 1] && (operand_ended || lexeme.kind == LexemeKind::without);
            if (!stands) {
                warnings.add(Trouble::stray_operator, lexeme.text);
                lexeme.kind = LexemeKind::word;
            } else if (lexeme.kind == LexemeKind::near && !stands_between_words(lexemes, i)) {
                warnings.add(Trouble::near_without_words, lexeme.text);
                lexeme.kind = LexemeKind::both;
            } else if (lexeme.kind == LexemeKind::near && near == most_near) {
                warnings.add(Trouble::many_near, lexeme.text);
                lexeme.kind = LexemeKind::both;
            }
        }
        if (lexeme.kind == LexemeKind::near)
            ++near;
        else if (i == 0 || lexemes[i - 1].kind != LexemeKind::near)
            near = 1;
        operand_ended = is_leaf(lexeme.kind) || lexeme.kind == LexemeKind::close;
    }
}

// "OR" as a word is "or", which nothing takes for an operator when it is read again.
std::string plain_word(std::string_view text) {
    std::string word(text);
    if (!reads_as_operator(word)) return word;
    for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return word;
}

Syntax excluded(Syntax what) {
    All all;
    all.none_of.push_back(std::move(what));
    return {std::move(all)};
}

void move_all(std::vector<Syntax>& from, std::vector<Syntax>& to) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
}

// A (b c) is a b c, and a OR (b OR c) is a OR b OR c: one tree for one meaning.
void require(All& all, Syntax what) {
    auto* const inner = std::get_if<All>(&what.node);
    if (inner == nullptr) return all.of.push_back(std::move(what));
    move_all(inner->of, all.of);
    move_all(inner->none_of, all.none_of);
}

void permit(Any& any, Syntax what) {
    auto* const inner = std::get_if<Any>(&what.node);
    if (inner == nullptr) return any.of.push_back(std::move(what));
    move_all(inner->of, any.of);
}

// How an operand is used, from the signs before it.
struct Use {
    bool negated = false;
    std::string_view field;  // empty: none
};

struct Operand {
    Syntax what;
    bool negated = false;
};

// What stands in one pair of parentheses, or outside of all.
struct Group {
    Use use;
    bool dates = false;  // inside date:( )
    bool joins = false;  // an OR was just read
    All all;
    std::vector<Operand> chain;  // operands joined by OR so far; a lone operand is a chain of one

    void add(Operand operand) {
        begin_operand();
        chain.push_back(std::move(operand));
    }

    // Also for operands that turn out to be nothing, so that an OR does not reach beyond them.
    void begin_operand() {
        if (!joins) end_chain();
        joins = false;
    }

    void end_chain() {
        if (chain.size() == 1 && chain[0].negated) {
            all.none_of.push_back(std::move(chain[0].what));
        } else if (chain.size() == 1) {
            require(all, std::move(chain[0].what));
        } else if (chain.size() > 1) {
            Any any;
            for (Operand& operand : chain)
                permit(any, operand.negated ? excluded(std::move(operand.what)) : std::move(operand.what));
            all.of.push_back({std::move(any)});
        }
        chain.clear();
    }
};

// What half a word costs of Limits::words; places in the text must be compared where words stand in a row.
constexpr std::size_t half_word = 2, half_in_phrase = 3;

class Builder {
  public:
    Builder(const Lexemes& lexemes, const Limits& limits, Warnings& warnings)
        : lexemes_(lexemes), limits_(limits), warnings_(warnings) {}

    Syntax build() {
        groups_.emplace_back();
        while (at_ < lexemes_.size()) step();
        groups_.back().end_chain();
        return {std::move(groups_.back().all)};
    }

  private:
    void step() {
        const Lexeme& lexeme = lexemes_[at_];
        switch (lexeme.kind) {
        case LexemeKind::open:
            open();
            break;
        case LexemeKind::close:
            close();
            break;
        case LexemeKind::minus:
        case LexemeKind::without:
            next_.negated = true;
            break;
        case LexemeKind::field:
            next_.field = lexeme.text;
            break;
        case LexemeKind::either:
            groups_.back().joins = true;
            break;
        case LexemeKind::both:
        case LexemeKind::near:
            break;
        case LexemeKind::word:
        case LexemeKind::exact:
        case LexemeKind::begins:
        case LexemeKind::quoted:
            return add_leaf();
        }
        const bool sign = lexeme.kind == LexemeKind::minus || lexeme.kind == LexemeKind::without ||
                          lexeme.kind == LexemeKind::field;
        if (!sign) next_ = {};
        ++at_;
    }

    void open() {
        Group group;
        group.use = next_;
        group.dates = next_.field == "date" || (groups_.back().dates && next_.field.empty());
        groups_.push_back(std::move(group));
    }

    void close() {
        Group group = std::move(groups_.back());
        groups_.pop_back();
        group.end_chain();
        const bool scoped = !group.use.field.empty() && group.use.field != "date";
        All& all = group.all;
        if (all.of.empty() && all.none_of.empty()) return groups_.back().begin_operand();
        Syntax what =
            all.of.size() == 1 && all.none_of.empty() ? std::move(all.of[0]) : Syntax{std::move(all)};
        if (scoped) what = scope(group.use.field, std::move(what));
        groups_.back().add({std::move(what), group.use.negated});
    }

    void add_leaf() {
        const bool near = at_ + 1 < lexemes_.size() && lexemes_[at_ + 1].kind == LexemeKind::near;
        Syntax what = near ? read_near() : read_leaf(lexemes_[at_++]);
        const bool negated = next_.negated;
        next_ = {};
        const auto* const nothing = std::get_if<All>(&what.node);
        if (nothing != nullptr) return groups_.back().begin_operand();
        groups_.back().add({std::move(what), negated});
    }

    // As much of a leaf's text as may be had; nothing more after a cut.
    std::string_view take_leaf(std::string_view text, std::size_t half) {
        const Counted counted = take_words(text, left_ / half);
        const std::string_view rest = text.substr(counted.text.size());
        const std::size_t cost = std::max<std::size_t>(counted.halves, 2) * half;
        const bool affordable = cost <= left_;
        if (rest.empty() && affordable) return left_ -= cost, counted.text;
        warnings_.add(Trouble::many_words, affordable ? rest : text);
        left_ = 0;
        return affordable ? counted.text : std::string_view();
    }

    Syntax read_near() {
        Near near{{}, lexemes_[at_ + 1].window};
        while (true) {
            const std::string_view text = take_leaf(lexemes_[at_++].text, half_in_phrase);
            if (!text.empty()) near.words.push_back(plain_word(text));
            if (at_ >= lexemes_.size() || lexemes_[at_].kind != LexemeKind::near) break;
            near.window = std::min(near.window, lexemes_[at_++].window);
        }
        if (near.words.empty()) return {All{}};
        if (near.words.size() == 1) return {Word{std::move(near.words[0])}};
        return {std::move(near)};
    }

    // An empty All if there is nothing to look for.
    Syntax read_leaf(const Lexeme& lexeme) {
        const std::string phrase =
            lexeme.kind == LexemeKind::quoted ? read_phrase(lexeme.text) : std::string();
        const bool dated = next_.field == "date" || (groups_.back().dates && next_.field.empty());
        const std::string_view typed = lexeme.kind == LexemeKind::quoted ? phrase : lexeme.text;
        if (typed.empty()) return {All{}};
        const bool plain = lexeme.kind == LexemeKind::word || lexeme.kind == LexemeKind::quoted;
        if (dated && plain && is_date_value(typed)) {
            const bool fits = dates_++ < limits_.dates;
            if (!fits) warnings_.add(Trouble::many_dates, typed);
            const bool taken = fits && !take_leaf("date", half_word).empty();
            if (is_backwards(typed)) warnings_.add(Trouble::backwards_date, typed);
            return taken ? scope("date", {Word{std::string(typed)}}) : Syntax{All{}};
        }
        const bool in_a_row = lexeme.kind == LexemeKind::quoted || lexeme.kind == LexemeKind::exact;
        const std::string_view text = take_leaf(typed, in_a_row ? half_in_phrase : half_word);
        if (text.empty()) return {All{}};
        if (dated) warnings_.add(Trouble::bad_date, text);
        Syntax leaf = text.size() < typed.size() && lexeme.kind == LexemeKind::begins
                          ? Syntax{Word{plain_word(text)}}
                          : make_leaf(lexeme, text);
        return next_.field.empty() || dated ? std::move(leaf) : scope(next_.field, std::move(leaf));
    }

    std::string read_phrase(std::string_view typed) {
        std::string phrase = text::collapse_spaces(typed);
        if (phrase.size() > limits_.phrase_bytes) {
            warnings_.add(Trouble::long_text, phrase);
            const std::size_t end = text::code_point_begin(phrase, limits_.phrase_bytes);
            const std::size_t space = phrase.rfind(' ', end);
            phrase.resize(space == std::string::npos || space == 0 ? end : space);
        }
        return has_wordlike(phrase) ? phrase : std::string();
    }

    Syntax make_leaf(const Lexeme& lexeme, std::string_view text) {
        const LexemeKind kind = lexeme.kind;
        if (kind == LexemeKind::exact) return {Exact{std::string(text)}};
        if (kind == LexemeKind::quoted) return {Quoted{std::string(text), lexeme.printed}};
        if (kind == LexemeKind::begins) {
            if (prefixes_++ < limits_.prefixes) return {Begins{std::string(text)}};
            warnings_.add(Trouble::many_prefixes, text);
        }
        return {Word{plain_word(text)}};
    }

    static Syntax scope(std::string_view field, Syntax what) {
        Scoped scoped{std::string(field), {}};
        scoped.of.push_back(std::move(what));
        return {std::move(scoped)};
    }

    const Lexemes& lexemes_;
    const Limits& limits_;
    Warnings& warnings_;
    std::size_t at_ = 0, prefixes_ = 0, dates_ = 0;
    std::size_t left_ = 2 * half_word * limits_.words;
    Use next_;
    std::vector<Group> groups_;
};

}  // namespace

Parsed parse(std::string_view typed, const Limits& limits) {
    const std::string text = text::repair_utf8(typed);
    Warnings warnings;
    Lexemes lexemes = lex(text, limits, warnings);
    read_headline(lexemes, warnings);
    drop_unmatched(lexemes, warnings);
    drop_deep(lexemes, limits.depth, warnings);
    settle_operators(lexemes, limits.near_words, warnings);
    Syntax syntax = Builder(lexemes, limits, warnings).build();
    return {std::move(syntax), warnings.take()};
}

}  // namespace izde::query
