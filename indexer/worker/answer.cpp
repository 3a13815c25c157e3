#include "worker/answer.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "izde/index/record.hpp"
#include "izde/text/language.hpp"
#include "izde/text/utf8.hpp"

#include "worker/limits.hpp"

namespace izde::worker {
namespace {

using index::Document;

constexpr auto origins = std::to_array<std::string_view>(
    {"", "metadata", "heading", "byline", "dateline", "text", "url", "file-name", "first-line", "lead"});

constexpr auto formats =
    std::to_array<std::string_view>({"txt", "markdown", "html", "json", "jsonl", "csv", "tsv", "eml", "mbox",
                                     "rss", "atom", "pdf", "docx", "odt", "epub", "rtf"});

constexpr std::size_t longest_name = 64;  // of an encoding

bool is_one_of(std::string_view word, std::span<const std::string_view> known) {
    return std::ranges::find(known, word) != known.end();
}

bool is_one_line(std::string_view text) {
    return text.find('\n') == std::string_view::npos;
}

bool is_name(std::string_view text) {
    return text.size() <= longest_name &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

bool is_web_address(std::string_view url) {
    // As readers let them pass, capitals of the scheme as well.
    constexpr std::string_view scheme = "http";
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    const bool begins =
        url.size() > scheme.size() &&
        std::equal(scheme.begin(), scheme.end(), url.begin(), [&](char a, char b) { return a == lower(b); });
    const std::string_view rest = begins ? url.substr(scheme.size()) : url;
    const bool is_http = begins && (rest.starts_with("://") ||
                                    (lower(rest.front()) == 's' && rest.substr(1).starts_with("://")));
    return is_http && url.find_first_of(" \n") == std::string_view::npos;
}

// "2022", "2022-01", "2022-01-25", as long as the precision says.
bool is_date(const index::Date& date) {
    constexpr std::array<std::size_t, 4> lengths{0, 4, 7, 10};
    if (date.value.size() != lengths.at(static_cast<std::size_t>(date.precision))) return false;
    for (std::size_t i = 0; i < date.value.size(); ++i) {
        const char c = date.value[i];
        if (i == 4 || i == 7 ? c != '-' : c < '0' || c > '9') return false;
    }
    return true;
}

bool is_valid_text(const Document& document) {
    for (const std::string* text :
         {&document.record, &document.title, &document.body, &document.url, &document.author, &document.place,
          &document.source, &document.date.text, &document.lang})
        if (!text::is_valid_utf8(*text)) return false;
    return is_one_line(document.record) && is_one_line(document.title) && is_one_line(document.author) &&
           is_one_line(document.place) && is_one_line(document.source);
}

bool has_known_names(const Document& document) {
    for (const std::string* origin : {&document.title_source, &document.author_source, &document.place_source,
                                      &document.source_source, &document.date.source})
        if (!is_one_of(*origin, origins)) return false;
    return is_one_of(document.format, formats) && is_name(document.encoding);
}

bool has_sound_furniture(const Document& document) {
    std::size_t at = 0;
    for (const index::Furniture& piece : document.boilerplate) {
        if (piece.at < at || piece.text.empty() || !text::is_valid_utf8(piece.text)) return false;
        at = piece.at;
    }
    return true;
}

}  // namespace

Result<Document> check_record(std::string_view bytes, const std::string& path) {
    auto read = index::read_record(bytes);
    const bool sound = read && read->path == path && read->id.empty() && read->group.empty() &&
                       read->similar == 0 && read->first_seen == 0 && is_valid_text(*read) &&
                       has_known_names(*read) && is_date(read->date) &&
                       (read->url.empty() || is_web_address(read->url)) && has_sound_furniture(*read);
    if (!sound) return fail(Errc::bad_document, "its reader answered nonsense");
    read->lang = text::canonical_language(read->lang);
    return read;
}

Answer::Answer(std::string path, std::uint64_t file_bytes, std::uint64_t most, bool at_once,
               const read::Sink& sink)
    : path_(std::move(path)), bytes_left_(max_answer_bytes(at_once, file_bytes)), most_(most),
      at_once_(at_once), sink_(sink) {}

Answer::State Answer::take(const Frame& frame) {
    const std::uint64_t size = frame.payload.size() + answer_overhead;
    if (size > bytes_left_) return State::nonsense;
    bytes_left_ -= size;
    switch (frame.kind) {
    case Kind::document:
        return take_document(frame.payload);
    case Kind::error:
        return hand_over(fail(Errc::bad_document, text::repair_utf8(frame.payload)));
    case Kind::done:
        finish();
        return State::done;
    case Kind::last:
        finish();
        return State::done_and_gone;
    case Kind::hello:
    case Kind::request:
        break;
    }
    return State::nonsense;
}

Answer::State Answer::take_document(std::string_view record) {
    auto document = check_record(record, path_);
    if (!document) return State::nonsense;
    return hand_over(std::move(document));
}

Answer::State Answer::hand_over(Result<Document>&& document) {
    ++taken_;
    if (at_once_)
        sink_(std::move(document));
    else
        kept_.push_back(std::move(document));
    return taken_ < most_ ? State::unfinished : State::enough;
}

void Answer::finish() {
    for (auto& document : kept_) sink_(std::move(document));
    kept_.clear();
}

}  // namespace izde::worker
