// The promises of clip/clipping.hpp, for any bytes: the first line is the file's path, the rest its body,
// cut at form feeds into the documents of an archive.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "izde/text/letters.hpp"
#include "izde/text/utf8.hpp"

#include "clip/clipping.hpp"
#include "require.hpp"

namespace {

using namespace izde;

std::string without(std::string_view signs, std::string_view text) {
    std::string kept(text);
    std::erase_if(kept, [&](char c) { return signs.find(c) != std::string_view::npos; });
    return kept;
}

// The body with its furniture put back where it stood.
std::string joined(const index::Document& document) {
    std::string text;
    std::size_t at = 0;
    for (const index::Furniture& piece : document.boilerplate) {
        text.append(document.body, at, piece.at - at).append(piece.text);
        at = piece.at;
    }
    return without(" \n", text.append(document.body, at));
}

// What says nothing but a part of the title may be gone; all other lines are there, in their order.
void check_nothing_is_lost(std::string_view before, const index::Document& document) {
    constexpr std::string_view signs = " \"'.,:;!?-()[]|";
    const std::string after = joined(document);
    const std::string title = without(signs, text::comparable(document.title).text);
    std::set<std::size_t> ends{0};  // of what of `after` the lines so far may be
    while (!before.empty()) {
        const std::size_t end = std::min(before.find('\n'), before.size());
        const std::string line = without(" ", before.substr(0, end));
        const bool is_title =
            title.find(without(signs, text::comparable(before.substr(0, end)).text)) != std::string::npos;
        std::set<std::size_t> next;
        for (const std::size_t from : ends) {
            if (std::string_view(after).substr(from).starts_with(line)) next.insert(from + line.size());
            if (is_title) next.insert(from);
        }
        ends = std::move(next);
        before.remove_prefix(std::min(end + 1, before.size()));
    }
    fuzz::require(ends.contains(after.size()), "no text is lost, doubled or moved");
}

void check(const index::Document& document) {
    for (const std::string* field : {&document.title, &document.author, &document.place, &document.source,
                                     &document.url, &document.date.text, &document.date.value}) {
        fuzz::require(text::is_valid_utf8(*field), "fields are UTF-8");
        fuzz::require(field->find('\n') == std::string::npos, "fields are of one line");
    }
    fuzz::require(text::is_valid_utf8(document.body), "the body is UTF-8");
    fuzz::require(document.author.empty() == document.author_source.empty() &&
                      document.place.empty() == document.place_source.empty() &&
                      document.source.empty() == document.source_source.empty(),
                  "what is known says from where");
    fuzz::require(document.date.value.empty() || !document.date.source.empty(), "a date says from where");
    std::size_t last = 0;
    for (const index::Furniture& piece : document.boilerplate) {
        fuzz::require(!piece.text.empty() && text::is_valid_utf8(piece.text), "furniture is text");
        fuzz::require(piece.at >= last && piece.at <= document.body.size(), "furniture in the text's order");
        fuzz::require(fuzz::on_border(document.body, piece.at), "furniture on borders");
        last = piece.at;
    }
}

bool same(const index::Document& one, const index::Document& other) {
    const auto fields = [](const index::Document& document) {
        return std::tie(document.title, document.body, document.boilerplate, document.author, document.place,
                        document.source, document.url, document.date.value, document.date.text);
    };
    return fields(one) == fields(other);
}

void check_clipping(const index::Document& document, const clip::Repetition* archive) {
    index::Document one = document;
    index::Document other = document;
    clip::read_clipping(one, archive);
    clip::read_clipping(other, archive);
    check(one);
    check_nothing_is_lost(document.body, one);
    fuzz::require(same(one, other), "the same again");
}

std::vector<index::Document> documents_of(std::string_view text) {
    std::vector<index::Document> documents;
    const std::size_t head = std::min(text.find('\n'), text.size());
    std::string_view rest = text.substr(std::min(head + 1, text.size()));
    while (documents.empty() || (!rest.empty() && documents.size() < 8)) {
        const std::size_t end = std::min(rest.find('\f'), rest.size());
        index::Document document;
        document.path = text.substr(0, head);
        document.body = rest.substr(0, end);
        documents.push_back(std::move(document));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return documents;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text = text::repair_utf8(fuzz::text_of(bytes, size));
    const auto documents = documents_of(text);
    for (const index::Document& document : documents) check_clipping(document, nullptr);
    // Fewer have nothing that repeats, and tables of counts cost more than a text.
    if (documents.size() < 4) return 0;
    clip::Repetition archive;
    for (const index::Document& document : documents) archive.see(document);
    check_clipping(documents.front(), &archive);
    check_clipping(documents.back(), &archive);
    return 0;
}
