// Every format, in the scripts and encodings it comes in: libraries find their tables in the sandbox, too.
#include "support/encoded.hpp"
#include "support/made_office.hpp"
#include "support/made_pdf.hpp"
#include "worker/reading.hpp"

using namespace izde;
using namespace izde::tests;

namespace {

struct Made {
    std::string path;
    std::string bytes;
    std::string text;  // some document of it holds this
};

struct FarEastern {
    const char* ordering;
    const char* encoding;
    const char* codes;
    const char* text;
};

constexpr auto far_eastern = std::to_array<FarEastern>(
    {{"GB1", "GBK-EUC-H", "B1B1BEA9", "北京"},        {"GB1", "GBK-EUC-V", "B1B1BEA9", "北京"},
     {"GB1", "GB-EUC-H", "B1B1BEA9", "北京"},         {"GB1", "GBKp-EUC-H", "B1B1BEA9", "北京"},
     {"GB1", "UniGB-UCS2-H", "53174EAC", "北京"},     {"GB1", "UniGB-UTF16-H", "53174EAC", "北京"},
     {"Japan1", "90ms-RKSJ-H", "938C8B9E", "東京"},   {"Japan1", "90msp-RKSJ-H", "938C8B9E", "東京"},
     {"Japan1", "EUC-H", "C5ECB5FE", "東京"},         {"Japan1", "H", "456C357E", "東京"},
     {"Japan1", "UniJIS-UCS2-H", "67714EAC", "東京"}, {"Japan1", "UniJIS-UTF16-H", "67714EAC", "東京"},
     {"CNS1", "ETen-B5-H", "A578A55F", "台北"},       {"CNS1", "B5pc-H", "A578A55F", "台北"},
     {"CNS1", "UniCNS-UCS2-H", "53F05317", "台北"},   {"CNS1", "UniCNS-UTF16-H", "53F05317", "台北"},
     {"Korea1", "KSCms-UHC-H", "BCADBFEF", "서울"},   {"Korea1", "KSC-EUC-H", "BCADBFEF", "서울"},
     {"Korea1", "UniKS-UCS2-H", "C11CC6B8", "서울"},  {"Korea1", "UniKS-UTF16-H", "C11CC6B8", "서울"}});

std::vector<Made> pdfs() {
    std::vector<Made> all;
    for (const FarEastern& one : far_eastern) {
        const std::string font = "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /" +
                                 std::string(one.encoding) +
                                 " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A "
                                 "/CIDSystemInfo << /Registry (Adobe) /Ordering (" +
                                 one.ordering +
                                 ") /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /A "
                                 "/Flags 4 >> >>] >>";
        all.push_back({std::string(one.encoding) + ".pdf", pdf({shown({{72, 700, 12, one.codes}})}, "", font),
                       one.text});
    }
    all.push_back({"latin.pdf", pdf({shown({{72, 700, 12, hex_of("A bell for the lighthouse")}})}),
                   "A bell for the lighthouse"});
    all.push_back({"russian.pdf",
                   pdf({shown({{72, 700, 12, utf16_hex(u"Паром через реку")}})},
                       "/Title <FEFF041F04300440043E043C>", unicode_font(), unicode_font_parts()),
                   "Паром через реку"});
    return all;
}

struct Charset {
    const char* name;
    const char* text;
};

constexpr auto charsets = std::to_array<Charset>({{"koi8-r", "Паром через реку снова ходит"},
                                                  {"windows-1251", "Паром через реку снова ходит"},
                                                  {"iso-8859-5", "Паром через реку снова ходит"},
                                                  {"ibm866", "Паром через реку снова ходит"},
                                                  {"iso-8859-1", "Die Fähre über den Fluß fährt"},
                                                  {"windows-1254", "Vapur nehirde yeniden çalışıyor"},
                                                  {"gb2312", "渡船又开始运行了"},
                                                  {"gb18030", "渡船又开始运行了"},
                                                  {"big5", "渡船又開始運行了"},
                                                  {"iso-2022-jp", "渡し船がまた動き始めた"},
                                                  {"shift_jis", "渡し船がまた動き始めた"},
                                                  {"euc-jp", "渡し船がまた動き始めた"},
                                                  {"euc-kr", "나룻배가 다시 다닌다"},
                                                  {"utf-7", "Паром через реку снова ходит"},
                                                  {"utf-16", "Паром через реку снова ходит"}});

std::string mail(const Charset& charset) {
    const std::string subject = word(charset.text, charset.name, charset.name);
    return "From: " + subject +
           " <a@example.kz>\r\nDate: Mon, 15 May 2023 10:00:00 +0600\r\nSubject: " + subject +
           "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=" + charset.name +
           "\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           base64(encoded(std::string(charset.text) + "\n", charset.name)) + "\r\n";
}

std::vector<Made> mails() {
    std::vector<Made> all;
    std::string box;
    for (const Charset& charset : charsets) {
        all.push_back({std::string(charset.name) + ".eml", mail(charset), charset.text});
        box += "From a@example.kz Mon May 15 10:00:00 2023\n" + mail(charset) + "\n";
    }
    all.push_back({"all.mbox", box, charsets.front().text});
    return all;
}

std::string escaped(const std::string& bytes) {
    std::string rtf;
    for (const char c : bytes) {
        char escape[5];
        std::snprintf(escape, sizeof escape, "\\'%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        rtf += escape;
    }
    return rtf;
}

std::vector<Made> texts() {
    std::vector<Made> all;
    for (const auto& [page, charset, text] :
         {std::tuple{"1251", "windows-1251", "Паром через реку"}, std::tuple{"936", "gbk", "渡船又开始"},
          std::tuple{"932", "cp932", "渡し船がまた"}, std::tuple{"950", "big5", "渡船又開始"},
          std::tuple{"949", "uhc", "나룻배가"}, std::tuple{"866", "ibm866", "Паром через реку"}})
        all.push_back(
            {std::string(page) + ".rtf",
             "{\\rtf1\\ansi\\ansicpg" + std::string(page) + " " + escaped(encoded(text, charset)) + "\\par}",
             text});
    for (const Charset& charset : charsets) {
        const std::string_view name = charset.name;
        if (name.starts_with("utf-")) continue;  // no page declares these in its own bytes
        all.push_back({std::string(name) + ".html",
                       "<html><head><meta charset=\"" + std::string(name) +
                           "\"><title>A</title></head><body><p>" +
                           encoded(charset.text + std::string(" "), charset.name) + "</p></body></html>",
                       charset.text});
        all.push_back({std::string(name) + ".xml",
                       "<?xml version=\"1.0\" encoding=\"" + std::string(name) +
                           "\"?><rss version=\"2.0\"><channel><title>A</title><item><title>" +
                           encoded(charset.text + std::string(" "), charset.name) +
                           "</title><description>b</description></item></channel></rss>",
                       charset.text});
    }
    return all;
}

std::vector<Made> offices_and_archives() {
    const std::string text = "Паром через реку снова ходит.";
    const std::string story = "渡船又开始运行了。";
    const std::string word_file = docx(paragraph(text));
    const std::string odt_file = odt("<text:p>" + text + "</text:p>");
    const std::string book = epub({{"a.xhtml", chapter("<p>" + story + "</p>")}});
    std::string lines;
    for (int i = 0; i < 1000; ++i)
        lines += "{\"id\": \"" + std::to_string(i) + "\", \"title\": \"A\", \"text\": \"" + text + "\"}\n";
    const NamedFiles members{{"Паром.docx", word_file},
                             {"folder/b.odt", odt_file},
                             {"渡船.epub", book},
                             {encoded("Паром.txt", "ibm866"), text},
                             {"china.pdf", pdfs().front().bytes},
                             {"letter.eml", mails().front().bytes},
                             {"news.jsonl.gz", gzipped(lines)},
                             {"page.html.zst", zstandard("<p>" + text + "</p>")}};
    return {{"a.docx", word_file, text},
            {"a.odt", odt_file, text},
            {"a.epub", book, story},
            {"a.zip", zipped(members), story},
            {"lines.jsonl.gz", gzipped(lines), text},
            {"table.csv.zst", zstandard("title,text\nA," + text + "\n"), text},
            {"page.html.gz", gzipped("<p>" + text + "</p>"), text}};
}

bool holds(const Told& told, const std::string& text) {
    return std::any_of(told.records.begin(), told.records.end(), [&](const std::string& bytes) {
        const index::Document document = expect(index::read_record(bytes));
        return (document.title + "\n" + document.body).find(text) != std::string::npos;
    });
}

void check_both_ways(const std::vector<Made>& files) {
    const TempDir dir;
    const auto spawner = expect(worker::Spawner::start(Sandbox::required));
    worker::Pool one(*spawner, 1);
    for (const Made& file : files) {
        INFO(file.path);
        const indexer::Entry entry{std::filesystem::canonical(dir.write(file.path, file.bytes)), "s",
                                   file.path, 0};
        const Told there = tell(entry, {{}, &one, nullptr});
        const Told here = tell(entry, {{}, nullptr, nullptr});
        CHECK(there.records == here.records);
        CHECK(there.errors == here.errors);
        CHECK(holds(there, file.text));
    }
}

}  // namespace

TEST_CASE("a worker reads PDFs of every script, also without embedded fonts", "[worker][formats]") {
    check_both_ways(pdfs());
}

TEST_CASE("a worker reads mails of every encoding", "[worker][formats]") {
    check_both_ways(mails());
}

TEST_CASE("a worker reads pages, feeds and RTF of every encoding", "[worker][formats]") {
    check_both_ways(texts());
}

TEST_CASE("a worker reads office files, books and archives", "[worker][formats]") {
    check_both_ways(offices_and_archives());
}
