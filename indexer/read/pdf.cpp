// PDF by poppler: the text of its pages, as it stands in them. What is only a picture of text is none.
#include <array>
#include <ctime>
#include <memory>
#include <vector>

#include <iconv.h>

#include "izde/text/utf8.hpp"

#include "read/formats.hpp"
#include "read/office.hpp"
#include "read/pdf_far_east.hpp"
#include "read/pdf_layout.hpp"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

namespace izde::read {
namespace {

constexpr int most_pages = 5000;
constexpr std::size_t most_words_a_page = 200'000;
constexpr double most_seconds = 6;  // of processor time, looked at between pages

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Not by poppler's own conversion, which loads a module of iconv for it.
std::string utf8_of(const poppler::ustring& utf16) {
    std::string utf8;
    for (std::size_t i = 0; i < utf16.size(); ++i) {
        const char32_t unit = utf16[i];
        const char32_t next = i + 1 < utf16.size() ? utf16[i + 1] : 0;
        const bool is_pair = unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000;
        if (is_pair) {
            text::append_utf8(utf8, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
            ++i;
        } else if (unit != 0 && (unit < 0xD800 || unit > 0xDFFF)) {
            text::append_utf8(utf8, unit);
        }
    }
    return utf8;
}

std::unique_ptr<poppler::document> open(std::string_view bytes) {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    return std::unique_ptr<poppler::document>(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
}

std::string text_of(const poppler::page& page) {
    std::vector<PlacedWord> words;
    for (const poppler::text_box& box : page.text_list()) {
        if (words.size() == most_words_a_page) break;
        const poppler::rectf place = box.bbox();
        words.push_back({utf8_of(box.text()), place.left(), place.top(), place.right(), place.bottom(),
                         box.has_space_after()});
    }
    return page_text(words);
}

// "D:20240405120000+05'00'": the day it was at the place.
std::string day_of(std::string_view date) {
    if (date.starts_with("D:")) date.remove_prefix(2);
    const std::string_view figures = date.substr(0, 8);
    if (figures.size() < 8 || figures.find_first_not_of("0123456789") != std::string_view::npos) return {};
    return std::string(figures.substr(0, 4))
        .append("-")
        .append(figures.substr(4, 2))
        .append("-")
        .append(figures.substr(6));
}

// Why not all of it was read; empty: it was.
std::string read_pages(const poppler::document& pdf, OfficeText& text) {
    const double start = processor_seconds();
    const int pages = pdf.pages();
    for (int number = 0; number < pages && !text.is_cut(); ++number) {
        const std::string rest = "only the first " + std::to_string(number) + " pages were read";
        if (number == most_pages) return rest + ": there are more than that";
        if (processor_seconds() - start > most_seconds) return rest + ": it takes too long";
        const std::unique_ptr<poppler::page> page(pdf.create_page(number));
        if (page) text.chapter(text_of(*page));
    }
    return {};
}

}  // namespace

void read_pdf(std::string_view bytes, const Origin& origin, const Sink& sink) {
    const auto pdf = open(bytes);
    if (!pdf) return sink(fail(Errc::bad_document, "not a PDF, or a damaged one"));
    if (pdf->is_locked()) return sink(fail(Errc::bad_document, "encrypted: it opens by a password only"));
    OfficeText text;
    std::string problem = read_pages(*pdf, text);
    Properties properties;
    properties.title = utf8_of(pdf->info_key("Title"));
    properties.author = utf8_of(pdf->info_key("Author"));
    properties.date = day_of(utf8_of(pdf->info_key("CreationDate")));
    if (text.is_empty() && problem.empty()) problem = "no text in it (scanned?)";
    hand_over(std::move(text), properties, Format::pdf, origin, problem, sink);
}

void prepare_pdf() {
    // Held for good: poppler forgets its tables with its last document, and iconv unloads a converter that
    // nobody uses. poppler takes its words through these two.
    static const std::array<iconv_t, 2> converters{iconv_open("UTF-16", "UTF-8"),
                                                   iconv_open("UTF-8", "UTF-16")};
    static_cast<void>(converters);
    static const std::string bytes = pdf_of_far_east();
    static const std::unique_ptr<poppler::document> kept = open(bytes);
    OfficeText ignored;
    if (kept) read_pages(*kept, ignored);
}

}  // namespace izde::read
