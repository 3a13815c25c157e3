// A tree in the query language again; what parse() makes of it is the same tree.
#include "query/characters.hpp"
#include "query/headline.hpp"
#include "query/lex.hpp"
#include "query/parse.hpp"
#include "query/quotes.hpp"

namespace izde::query {
namespace {

std::string write(const Syntax& syntax);

template <class... Cases>
struct Choice : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Choice(Cases...) -> Choice<Cases...>;  // clang 14 cannot do without

std::string in_parentheses(const std::string& text) {
    return "(" + text + ")";
}

bool contains_closer(std::string_view text, const Quote& quote) {
    for (std::size_t at = 0; at < text.size();) {
        const Character c = character_at(text, at);
        if (closes(quote, c.value)) return true;
        at += c.bytes;
    }
    return false;
}

std::string in_quotes(const std::string& text) {
    const Quote* fitting = &quotes().front();
    for (const Quote& quote : quotes()) {
        if (contains_closer(text, quote)) continue;
        fitting = &quote;
        break;
    }
    return std::string(fitting->left) + text + std::string(fitting->right);
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string all;
    for (const std::string& part : parts) {
        if (!all.empty()) all += between;
        all += part;
    }
    return all;
}

template <class Kind>
bool is(const Syntax& syntax) {
    return std::holds_alternative<Kind>(syntax.node);
}

// A minus before other signs than these is no minus.
bool excludes_directly(std::string_view written) {
    if (written.empty()) return false;
    const char32_t first = character_at(written, 0).value;
    return first == U'=' || is_wordlike(first) || quote_opened_by(first) != nullptr;
}

std::string exclusion(const Syntax& what) {
    const std::string written = write(what);
    const bool loose = is<All>(what) || is<Any>(what) || is<Near>(what) || !excludes_directly(written);
    return "-" + (loose ? in_parentheses(written) : written);
}

std::string alternative(const Syntax& part) {
    const auto* const all = std::get_if<All>(&part.node);
    if (all != nullptr && all->of.empty() && all->none_of.size() == 1) return exclusion(all->none_of.front());
    return all != nullptr || is<Any>(part) ? in_parentheses(write(part)) : write(part);
}

std::string alternatives(const Any& any) {
    std::vector<std::string> parts;
    for (const Syntax& part : any.of) parts.push_back(alternative(part));
    return joined(parts, " OR ");
}

// OR binds closer than standing side by side, so its parentheses are for the reader alone. They
// must not push others over the limit of depth.
std::string requirement(const Syntax& part, bool alone) {
    const std::string written = write(part);
    const bool for_readers = is<Any>(part) && !alone && written.find('(') == std::string::npos;
    return is<All>(part) || for_readers ? in_parentheses(written) : written;
}

std::string requirements(const All& all) {
    const bool alone = all.of.size() + all.none_of.size() == 1;
    std::vector<std::string> parts;
    for (const Syntax& part : all.of) parts.push_back(requirement(part, alone));
    for (const Syntax& part : all.none_of) parts.push_back(exclusion(part));
    return joined(parts, " ");
}

std::string scoped_value(const std::string& field, const Syntax& value) {
    const std::string written = write(value);
    const bool single = is<Word>(value) || is<Exact>(value) || is<Begins>(value) || is<Quoted>(value);
    const std::string direct = field + ":" + written;
    return single && field_prefix(direct).bytes > 0 ? direct : field + ":" + in_parentheses(written);
}

std::string write(const Syntax& syntax) {
    const Choice writer{
        [](const Word& word) { return word.text; },
        [](const Exact& exact) { return "=" + exact.text; },
        [](const Begins& begins) { return begins.text + "*"; },
        [](const Quoted& quoted) { return in_quotes(quoted.text); },
        [](const Near& near) { return joined(near.words, " NEAR/" + std::to_string(near.window) + " "); },
        [](const Scoped& scoped) {
            return scoped_value(scoped.field, scoped.of.empty() ? Syntax{All{}} : scoped.of.front());
        },
        [](const All& all) { return requirements(all); },
        [](const Any& any) { return alternatives(any); },
    };
    return std::visit(writer, syntax.node);
}

}  // namespace

// Parentheses say that a text is no headline.
std::string to_string(const Syntax& syntax) {
    const std::string written = write(syntax);
    return reads_as_headline(written) ? in_parentheses(written) : written;
}

}  // namespace izde::query
