#include "read/office.hpp"

#include <algorithm>
#include <array>

#include "izde/text/language.hpp"

#include "clip/date.hpp"
#include "read/formats.hpp"
#include "read/lines.hpp"
#include "read/persons.hpp"
#include "read/tidy.hpp"
#include "read/unpack.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_property = 4096;
constexpr std::size_t longest_title = 500;

// What names a file, at the end of a title.
constexpr auto endings = std::to_array<std::string_view>(
    {".doc",  ".docx", ".docm", ".dot",  ".dotx", ".odt",  ".rtf", ".txt", ".pdf",
     ".indd", ".qxd",  ".qxp",  ".pmd",  ".p65",  ".cdr",  ".tex", ".dvi", ".ps",
     ".htm",  ".html", ".xls",  ".xlsx", ".ppt",  ".pptx", ".wpd", ".fm"});

constexpr auto fillers = std::to_array<std::string_view>({"untitled",
                                                          "untitled document",
                                                          "unknown",
                                                          "no title",
                                                          "title",
                                                          "document",
                                                          "powerpoint presentation",
                                                          "slide 1",
                                                          "без названия",
                                                          "без имени",
                                                          "документ",
                                                          "无标题",
                                                          "未命名",
                                                          "(anonymous)",
                                                          "(unspecified)",
                                                          "normal",
                                                          "template",
                                                          "word document",
                                                          "microsoft word document",
                                                          "document microsoft word"});

bool is_numbered_filler(std::string_view title) {
    const std::size_t end = title.find_last_not_of("0123456789");
    if (end == std::string_view::npos) return true;  // figures alone
    const std::string_view word = title.substr(0, end + 1);
    for (const std::string_view filler :
         {"document", "doc", "Документ", "документ", "Құжат", "文档", "untitled-"})
        if (word == filler) return true;
    return false;
}

}  // namespace

bool OfficeText::has_room(std::size_t bytes) {
    is_cut_ = is_cut_ || body_.size() + notes_.size() + bytes > most_text_bytes;
    return !is_cut_;
}

void OfficeText::chapter(std::string_view lines) {
    if (!has_room(lines.size())) return;
    body_.break_paragraph();
    body_.add_preformatted(lines);
    body_.break_paragraph();
}

void OfficeText::text(std::string_view text) {
    if (!has_room(text.size())) return;
    if (text == "\t")
        flow().break_cell();
    else
        flow().add(text);
}

void OfficeText::between_blocks() {
    if (cells_.empty() || in_note_)
        flow().break_paragraph();
    else
        flow().break_line();
}

void OfficeText::open_paragraph() {
    if (in_note_ || cells_.empty())
        flow().break_paragraph();
    else if (cells_.back()++ > 0)
        flow().break_line();
    paragraph_begin_ = flow().size();
    is_heading_ = false;
}

void OfficeText::close_paragraph() {
    if (is_heading_ && heading_.empty() && !in_note_ && flow().size() > paragraph_begin_) {
        heading_ = one_line(flow().since(paragraph_begin_).substr(0, longest_property));
        if (heading_.size() > longest_title) heading_.clear();
    }
    is_heading_ = false;
    if (in_note_ || cells_.empty()) flow().break_paragraph();
}

void OfficeText::open_cell() {
    flow().break_cell();
    cells_.push_back(0);
}

void OfficeText::close_cell() {
    if (!cells_.empty()) cells_.pop_back();
}

void OfficeText::open_note() {
    in_note_ = true;
    notes_.break_paragraph();
}

void OfficeText::close_note() {
    in_note_ = false;
}

std::string OfficeText::take() {
    std::string all = body_.take();
    const std::string notes = notes_.take();
    if (!notes.empty()) all.append("\n\n").append(notes);
    return paragraphs(all);
}

std::string declared_title(std::string_view declared) {
    std::string title = one_line(declared.substr(0, longest_property));
    const std::size_t program = title.find(" - ");
    if (program != std::string::npos && ascii_lower(title).starts_with("microsoft "))
        title = one_line(std::string_view(title).substr(program + 3));
    const std::string lower = ascii_lower(title);
    const auto is_end = [&](std::string_view ending) { return lower.ends_with(ending); };
    const bool is_path =
        title.find_first_of("\\/") != std::string::npos && title.find(' ') == std::string::npos;
    const bool is_filler = std::ranges::find(fillers, std::string_view(lower)) != fillers.end() ||
                           is_numbered_filler(title) || is_numbered_filler(lower);
    if (title.size() > longest_title || is_path || is_filler || std::ranges::any_of(endings, is_end))
        return {};
    return title;
}

void hand_over(OfficeText text, const Properties& properties, Format format, const Origin& origin,
               std::string problem, const Sink& sink) {
    if (text.is_cut() && problem.empty())
        problem = "more than " + std::to_string(most_text_bytes >> 20) + " MiB of text";
    index::Document document;
    document.path = origin.path;
    document.format = to_string(format);
    document.encoding = "UTF-8";
    const std::string heading = text.heading();
    document.body = text.take();
    document.title = declared_title(properties.title);
    document.title_source = document.title.empty() ? "" : "metadata";
    if (!heading.empty() &&
        (document.title.empty() || document.body.find(document.title) == std::string::npos)) {
        document.title = heading;
        document.title_source = "heading";
    }
    document.author = persons(properties.author);
    if (!document.author.empty()) document.author_source = "metadata";
    document.date = clip::read_date(one_line(properties.date), "metadata");
    if (!properties.lang.empty()) document.lang = text::canonical_language(one_line(properties.lang));
    const bool is_empty = document.body.empty();
    if (!is_empty) {
        drop_repeated_title(document);
        sink(std::move(document));
    }
    if (!problem.empty())
        sink(fail(Errc::bad_document, is_empty ? problem : problem + "; what follows is not read"));
    else if (is_empty)
        sink(fail(Errc::bad_document, "no text in it"));
}

std::string* PropertyReader::place_of(std::string_view name) {
    if (name == "title") return &found_.title;
    if (name == "creator") return &found_.author;
    if (name == "initial-creator") return &initial_author_;
    if (name == "created" || name == "creation-date") return &created_;
    if (name == "date") return &changed_;
    if (name == "language") return &found_.lang;
    return nullptr;
}

// Of several creators the names follow each other; of several titles, dates and languages the first counts.
XmlHandler PropertyReader::handler() {
    XmlHandler handler;
    handler.open = [this](std::string_view name, const XmlAttributes&) {
        current_ = place_of(name);
        if (current_ == nullptr || current_->empty()) return;
        if (current_ == &found_.author)
            current_->append(", ");
        else
            current_ = nullptr;
    };
    handler.close = [this](std::string_view) { current_ = nullptr; };
    handler.text = [this](std::string_view text) {
        if (current_ != nullptr && current_->size() + text.size() <= longest_property) current_->append(text);
    };
    return handler;
}

Properties PropertyReader::take() {
    if (!initial_author_.empty()) found_.author = initial_author_;
    found_.date = created_.empty() ? changed_ : created_;
    return std::move(found_);
}

Parts::Parts(std::istream& in) : in_(in) {
    if (can_seek(in)) {
        source_ = &in_;
    } else {
        std::string bytes = read_bytes(in, max_file_bytes);
        if (in.bad()) failure_ = "the file cannot be read to its end";
        if (bytes.size() > max_file_bytes) failure_ = over_limit("larger", max_file_bytes);
        memory_.str(std::move(bytes));
        source_ = &memory_;
    }
    std::array<char, 8> begin{};
    source_->read(begin.data(), begin.size());
    if (std::string_view(begin.data(), begin.size()) == "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
        failure_ = "encrypted, or of an old format under a new name";
    rewind();
    if (failure_.empty()) failure_ = Unpacker(*source_, Packing::zip, max_file_bytes).failure();
}

void Parts::rewind() {
    if (source_->eof() && !source_->bad()) source_->clear();
    source_->rdbuf()->pubseekpos(0, std::ios::in);
}

bool Parts::read_part(std::string_view name, const XmlHandler& handler, std::string& problem) {
    rewind();
    Unpacker zip(*source_, Packing::zip, max_file_bytes);
    while (zip.next()) {
        if (zip.name() != name) continue;
        const std::string broken =
            read_xml([&](char* to, std::size_t size) { return zip.read(to, size); }, handler);
        problem = zip.problem().empty() ? broken : zip.problem();
        return true;
    }
    problem = zip.failure();
    return false;
}

bool Parts::read_part(std::string_view name, const XmlHandler& handler) {
    std::string ignored;
    return read_part(name, handler, ignored);
}

std::string Parts::take_all(const std::function<bool(const std::string&)>& wanted,
                            const std::function<void(const std::string&, std::string)>& sink) {
    rewind();
    Unpacker zip(*source_, Packing::zip, max_file_bytes);
    std::string problem;
    while (zip.next()) {
        if (!wanted(zip.name())) continue;
        std::string bytes;
        std::array<char, 64u << 10> piece{};
        for (std::size_t got = piece.size(); got == piece.size();) {
            got = zip.read(piece.data(), piece.size());
            bytes.append(piece.data(), got);
        }
        if (!zip.problem().empty()) problem = zip.name() + ": " + zip.problem();
        sink(zip.name(), std::move(bytes));
    }
    return zip.failure().empty() ? problem : zip.failure();
}

}  // namespace izde::read
