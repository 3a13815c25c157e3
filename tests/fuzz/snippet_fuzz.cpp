// The first two bytes choose width and language, the first line is wanted, the rest is the text.
#include <array>
#include <vector>

#include "izde/text/analyze.hpp"
#include "izde/text/scan.hpp"
#include "izde/text/utf8.hpp"

#include "require.hpp"
#include "search/snippet.hpp"

namespace {

using namespace izde;

void check(const search::Marked& marked) {
    fuzz::require(text::is_valid_utf8(marked.text), "valid UTF-8");
    std::size_t free = 0;  // where the next mark may begin
    for (const text::Span mark : marked.marks) {
        fuzz::require(mark.begin < mark.end && mark.end <= marked.text.size(), "marks inside, not empty");
        fuzz::require(mark.begin >= free, "marks ascending and apart");
        fuzz::require(fuzz::on_border(marked.text, mark.begin) && fuzz::on_border(marked.text, mark.end),
                      "marks on borders");
        free = mark.end + 1;
    }
}

// Every other word is a prefix, every third begins a new unit.
query::Wanted wanted_of(std::string_view typed, std::string_view lang) {
    query::Wanted wanted;
    std::size_t count = 0;
    for (const text::Token& token : text::analyze(typed, lang)) {
        if (count % 3 != 1) wanted.units.emplace_back();
        wanted.units.back().weight = static_cast<double>(count % 5);
        if (count++ % 2 == 1)
            wanted.units.back().terms.push_back({{}, token.folded});
        else
            wanted.units.back().terms.push_back({{token.exact}, {}});
    }
    return wanted;
}

// A scan holds back no token that is wanted, and changes none.
void check_scan(std::string_view text, std::string_view lang, const query::Wanted& wanted) {
    const search::Finder finder(wanted);
    const text::Scanned scanned = text::scan(text, lang, finder.sieve());
    fuzz::require(scanned.well_formed, "repaired text is well-formed");
    const std::vector<text::Token> tokens = text::analyze(text, lang);
    const auto spans = [](const std::vector<search::Match>& matches) {
        std::vector<text::Span> all;
        for (const search::Match& match : matches) all.push_back(match.span);
        return all;
    };
    fuzz::require(spans(finder.find(scanned.tokens)) == spans(finder.find(tokens)),
                  "a scan finds what an analysis finds");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::array<std::string_view, 4> languages{"en", "ru", "zh", "und"};
    if (size < 2) return 0;
    const std::size_t width = bytes[0];
    const std::string_view lang = languages[bytes[1] % languages.size()];
    const std::string_view all = fuzz::text_of(bytes + 2, size - 2);
    const std::string_view first = all.substr(0, all.find('\n'));
    const std::string_view text = all.substr(first.size());
    const query::Wanted wanted = wanted_of(first, lang);

    const search::Marked marked = search::mark(text, lang, wanted);
    const search::Marked snippet = search::make_snippet(text, lang, wanted, width);
    const search::Marked below_title =
        search::make_snippet(text, lang, wanted, width, text.substr(0, text.find('.')));

    check(marked);
    check(snippet);
    check(below_title);
    fuzz::require(snippet.marks.empty() == below_title.marks.empty(), "a title takes no mark away");
    check_scan(marked.text, lang, wanted);
    fuzz::require(marked.text == text::repair_utf8(text), "a marked text is the text");
    fuzz::require(width == 0 || marked.marks.empty() == snippet.marks.empty(),
                  "a snippet shows a wanted word if there is one");
    fuzz::require(snippet.text.find('\n') == std::string::npos, "a snippet is one line");
    return 0;
}
