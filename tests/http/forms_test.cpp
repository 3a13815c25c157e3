// Feeds and exports, whatever documents hold.
#include <algorithm>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>

#include <catch2/catch.hpp>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <nlohmann/json.hpp>

#include "izde/text/utf8.hpp"

#include "http/export.hpp"
#include "http/feed.hpp"
#include "http/form.hpp"
#include "http/json.hpp"
#include "http/opensearch.hpp"
#include "http/xml.hpp"

using namespace izde;
using namespace izde::http;
using namespace std::string_literals;
using nlohmann::json;

namespace {

const std::vector<std::string>& evil() {
    static const std::vector<std::string> texts = {"<script>alert(1)</script>",
                                                   "]]><a>",
                                                   "&amp;&lt;&#0;",
                                                   "\"'>",
                                                   "a\xff\xfe",
                                                   "\xed\xa0\x80",
                                                   "\xef\xbf\xbe\xef\xbf\xbf",
                                                   "\0\x01\x08\x0b\x0c\x1f\x7f"s,
                                                   "\r\n\t",
                                                   "\xe2\x80\xa8\xe2\x80\xa9",
                                                   "=1+1",
                                                   "+1",
                                                   "-1",
                                                   "@SUM(A1)",
                                                   "\t=1",
                                                   "\r=1",
                                                   "\n=1",
                                                   " =1",
                                                   "\xc2\xa0=1",
                                                   "\xef\xbb\xbf=1",
                                                   "\xe2\x80\x8b@x",
                                                   "\xef\xbc\x9d"
                                                   "1",
                                                   "\x01=1",
                                                   "=cmd|' /C calc'!A0",
                                                   "\",=1,\"",
                                                   ";=1",
                                                   "a\"b",
                                                   "a,b",
                                                   "a\r\nb",
                                                   "мост",
                                                   "桥😀",
                                                   "{searchTerms}",
                                                   std::string(5000, '"')};
    return texts;
}

search::Reply reply_of(const std::string& text) {
    search::Reply reply;
    reply.index = {"g", "2026-11-22T03:15:00Z", 1};
    search::Hit hit;
    auto& document = hit.document;
    for (auto* field : {&document.path, &document.record, &document.url, &document.title, &document.author,
                        &document.place, &document.source, &document.lang, &document.format})
        *field = text;
    document.id = "00000000000000aa";
    hit.title = hit.snippet = {text, {}};
    hit.score = 1.5;
    reply.hits = {hit, hit};
    reply.total = 2;
    return reply;
}

// Strict: what RFC 4180 does not know throws.
std::vector<std::vector<std::string>> read_csv(const std::string& csv) {
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
    for (std::size_t i = 0; i < csv.size();) {
        auto& cell = rows.back().back();
        if (csv[i] == '"') {
            if (!cell.empty()) throw std::runtime_error("a quote inside");
            for (++i; csv.at(i) != '"' || (i + 1 < csv.size() && csv[i + 1] == '"'); ++i) {
                if (csv[i] == '"') ++i;
                cell += csv[i];
            }
            ++i;
        } else if (csv[i] == ',') {
            rows.back().emplace_back();
            ++i;
        } else if (csv.compare(i, 2, "\r\n") == 0) {
            i += 2;
            if (i < csv.size()) rows.emplace_back(1);
        } else if (csv[i] == '\n' || csv[i] == '\r') {
            throw std::runtime_error("a bare line end");
        } else {
            cell += csv[i++];
        }
    }
    return rows;
}

class Xml {
  public:
    explicit Xml(const std::string& text)
        : document_(
              xmlReadMemory(text.data(), static_cast<int>(text.size()), "x", nullptr, XML_PARSE_NONET)) {
        if (document_ == nullptr) throw std::runtime_error("no XML: " + text);
        context_ = xmlXPathNewContext(document_);
        xmlXPathRegisterNs(context_, BAD_CAST "a", BAD_CAST "http://www.w3.org/2005/Atom");
        xmlXPathRegisterNs(context_, BAD_CAST "o", BAD_CAST "http://a9.com/-/spec/opensearch/1.1/");
    }
    Xml(const Xml&) = delete;
    Xml& operator=(const Xml&) = delete;
    ~Xml() {
        xmlXPathFreeContext(context_);
        xmlFreeDoc(document_);
    }
    std::string text(const std::string& path) const {
        auto* found = xmlXPathEvalExpression(BAD_CAST("string(" + path + ")").c_str(), context_);
        std::string value(reinterpret_cast<const char*>(found->stringval));
        xmlXPathFreeObject(found);
        return value;
    }
    int count(const std::string& path) const {
        auto* found = xmlXPathEvalExpression(BAD_CAST("count(" + path + ")").c_str(), context_);
        const int value = static_cast<int>(found->floatval);
        xmlXPathFreeObject(found);
        return value;
    }

  private:
    xmlDoc* document_;
    xmlXPathContext* context_ = nullptr;
};

Feed feed_of(const search::Request& request, const search::Reply& reply, const Params& params) {
    return {request, reply, "https://s.example", params};
}

}  // namespace

TEST_CASE("whatever documents hold, a feed is well-formed and has what Atom asks for", "[http][feed]") {
    for (const auto& text : evil()) {
        CAPTURE(text.substr(0, 40));
        search::Request request;
        request.text = text;
        request.per_page = 20;
        const auto reply = reply_of(text);
        const Params params = {{"q", text}};
        const auto feed = to_atom(feed_of(request, reply, params));
        CHECK(text::is_valid_utf8(feed));
        const Xml xml(feed);
        CHECK(xml.count("/a:feed/a:entry") == 2);
        for (const auto* needed :
             {"/a:feed/a:id", "/a:feed/a:title", "/a:feed/a:updated", "/a:feed/a:author/a:name"})
            CHECK_FALSE(xml.text(needed).empty());
        CHECK(xml.count("//a:entry[a:id and a:title and a:updated]") == 2);
        CHECK(xml.count("//a:link[not(starts-with(@href, 'https://s.example/')) and @rel != 'via']") == 0);
        CHECK(xml.count("//a:link[@rel = 'via' and not(starts-with(@href, 'http'))]") == 0);
    }
}

TEST_CASE("whatever bytes documents and queries hold, every form of answer can be read",
          "[http][feed][export]") {
    // Pieces that are broken, or break something when they meet.
    const std::vector<std::string> pieces = {"\0"s,
                                             "\x01",
                                             "\x1b",
                                             "\x7f",
                                             "\xc2\x85",
                                             "\xe2\x80\xa8",
                                             "\xe2\x80\xae",
                                             "\xe2\x80\x8d",
                                             "\xf0\x9f\x98\x80",
                                             "\xf0\x9f",
                                             "\x80",
                                             "\xc0\xaf",
                                             "\xed\xa0\xbd\xed\xb8\x80",
                                             "\xed\xa0\x80",
                                             "\xef\xbf\xbf",
                                             "\xff",
                                             "\r\n",
                                             "\"",
                                             "<",
                                             "]]>",
                                             "&",
                                             "=",
                                             ",",
                                             "\\u0000",
                                             "a",
                                             "ж",
                                             "字"};
    std::mt19937 random(4180);
    const auto any = [&] {
        std::string text;
        for (auto count = random() % 12; count > 0; --count) text += pieces[random() % pieces.size()];
        return text;
    };
    for (int i = 0; i < 500; ++i) {
        const auto text = any(), query = any();
        CAPTURE(i);
        search::Request request;
        request.text = query;
        const auto reply = reply_of(text);
        const Params params = {{"q", query}};
        const Xml feed(to_atom(feed_of(request, reply, params)));
        CHECK(feed.count("//a:entry") == 2);
        CHECK(read_csv(to_export(ExportForm::csv, reply).body).size() == 3);
        std::istringstream lines(to_export(ExportForm::jsonl, reply).body);
        for (std::string line; std::getline(lines, line);) CHECK(json::accept(line));
        for (const auto& body :
             {to_json(request, reply), to_opensearch_json(query, {}), to_json(query, {{}, {{text, text}}})}) {
            CHECK(json::accept(body));
            CHECK(text::is_valid_utf8(body));
        }
    }
}

TEST_CASE("what XML can hold comes through it unchanged", "[http][feed]") {
    for (const auto& text : {"<b>&amp;\"'"s, "мост 桥😀"s, "a\r\nb\tc"s, "]]>"s}) {
        const Xml xml("<x>" + xml_escaped(text) + "</x>");
        CHECK(xml.text("/x") == text);
    }
    CHECK(xml_escaped("a\x01"
                      "b\xff"
                      "c\xef\xbf\xbf") == "a\xef\xbf\xbd"
                                          "b\xef\xbf\xbd"
                                          "c\xef\xbf\xbd");
}

TEST_CASE("a feed names its neighbours, the page that shows the same, and how much there is",
          "[http][feed]") {
    search::Request request;
    request.text = "bridge & ferry";
    request.per_page = 2;
    request.page = 2;
    auto reply = reply_of("t");
    reply.total = 5;
    const Params params = {
        {"q", "bridge & ferry"}, {"lang", "kk"}, {"per_page", "2"}, {"page", "2"}, {"from", ""}};

    const Xml xml(to_atom(feed_of(request, reply, params)));

    const std::string start = "https://s.example/feed.atom?q=bridge%20%26%20ferry&lang=kk&per_page=2";
    CHECK(xml.text("//a:link[@rel='self']/@href") == start + "&page=2");
    CHECK(xml.text("//a:link[@rel='next']/@href") == start + "&page=3");
    CHECK(xml.text("//a:link[@rel='previous']/@href") == start);
    CHECK(xml.text("/a:feed/a:id") == start);
    CHECK(xml.text("/a:feed/a:link[@rel='alternate']/@href") ==
          "https://s.example/?q=bridge%20%26%20ferry&lang=kk&sort=newest");
    CHECK(xml.text("//o:totalResults") == "5");
    CHECK(xml.text("//o:startIndex") == "3");
    CHECK(xml.text("//o:itemsPerPage") == "2");
    request.page = 3;
    CHECK(Xml(to_atom(feed_of(request, reply, params))).count("//a:link[@rel='next']") == 0);
}

TEST_CASE("an entry is updated when the index first saw it, published on the day it is dated",
          "[http][feed]") {
    auto reply = reply_of("t");
    reply.hits.push_back(reply.hits.front());
    reply.hits[0].document.first_seen = 1'790'000'000;
    reply.hits[0].document.date = {"2022", index::Precision::year, "byline", "2022"};
    reply.hits[1].document.first_seen = 1'700'000'000;
    reply.hits[1].document.date = {"1899-05-07", index::Precision::day, "byline", "7 May 1899"};
    const Xml xml(to_atom(feed_of({}, reply, {})));
    CHECK(xml.text("/a:feed/a:updated") == "2026-09-21T14:13:20Z");
    CHECK(xml.text("//a:entry[1]/a:updated") == "2026-09-21T14:13:20Z");
    CHECK(xml.text("//a:entry[2]/a:updated") == "2023-11-14T22:13:20Z");
    CHECK(xml.text("//a:entry[2]/a:published") == "1899-05-07T00:00:00Z");
    CHECK(xml.text("//a:entry[3]/a:updated") == "2026-11-22T03:15:00Z");
    CHECK(xml.count("//a:published") == 1);
    reply.hits.clear();
    CHECK(Xml(to_atom(feed_of({}, reply, {}))).text("/a:feed/a:updated") == "2026-11-22T03:15:00Z");
}

TEST_CASE("whatever documents hold, an export is a table without formulas", "[http][export]") {
    for (const auto& text : evil()) {
        CAPTURE(text.substr(0, 40));
        const auto reply = reply_of(text);
        const auto csv = to_export(ExportForm::csv, reply).body;
        CHECK(text::is_valid_utf8(csv));
        const auto rows = read_csv(csv);
        REQUIRE(rows.size() == 3);
        for (const auto& row : rows) {
            CHECK(row.size() == 14);
            for (const auto& cell : row)
                if (!cell.empty())
                    CHECK(std::string_view("=+-@\t\r\n").find(cell.front()) == std::string_view::npos);
        }
        const auto lines = to_export(ExportForm::jsonl, reply).body;
        CHECK(text::is_valid_utf8(lines));
        CHECK(std::ranges::count(lines, '\n') == 2);
        const auto first = json::parse(lines.substr(0, lines.find('\n')));
        CHECK(first.size() == 14);
        if (text::is_valid_utf8(text)) CHECK(first["title"] == text);
    }
}

TEST_CASE("a cell that a spreadsheet would take for a formula has an apostrophe before it",
          "[http][export]") {
    struct Row {
        std::string text, cell;
    };
    for (const auto& [text, cell] : std::vector<Row>{{"", "\"\""},
                                                     {"plain", "\"plain\""},
                                                     {"a=b", "\"a=b\""},
                                                     {"say \"hi\", now", "\"say \"\"hi\"\", now\""},
                                                     {"=1", "\"'=1\""},
                                                     {"+1", "\"'+1\""},
                                                     {"-5 degrees", "\"'-5 degrees\""},
                                                     {"@x", "\"'@x\""},
                                                     {"\tx", "\"'\tx\""},
                                                     {"\rx", "\"'\rx\""},
                                                     {" =1", "\"' =1\""},
                                                     {"\x01=1", "\"'  =1\""s.replace(2, 2, " ")},
                                                     {"\xef\xbc\x9d"
                                                      "1",
                                                      "\"'\xef\xbc\x9d"
                                                      "1\""},
                                                     {"\xef\xbb\xbf=1", "\"'\xef\xbb\xbf=1\""}}) {
        CHECK(csv_cell(text) == cell);
    }
}

TEST_CASE("an export that has not all says so in its headers and in the file's name", "[http][export]") {
    auto reply = reply_of("t");
    const auto headers = [&](ExportForm form) {
        const auto answer = to_export(form, reply);
        return std::map<std::string, std::string>(answer.headers.begin(), answer.headers.end());
    };
    CHECK(headers(ExportForm::csv)["Izde-Complete"] == "yes");
    CHECK(headers(ExportForm::csv)["Content-Disposition"] == "attachment; filename=\"izde-2.csv\"");
    reply.total = 12'345;
    CHECK(headers(ExportForm::jsonl)["Izde-Complete"] == "no");
    CHECK(headers(ExportForm::jsonl)["Izde-Total"] == "12345");
    CHECK(headers(ExportForm::jsonl)["Content-Disposition"] ==
          "attachment; filename=\"izde-2-of-12345.jsonl\"");
    reply.total = 2;
    reply.timed_out = true;
    CHECK(headers(ExportForm::csv)["Izde-Complete"] == "no");
}

TEST_CASE("the OpenSearch description is well-formed and leads to this server", "[http][feed]") {
    for (const auto* base : {"https://s.example", "http://[::1]:8080", "http://a\"b<c>&d"}) {
        const Xml xml(to_opensearch_description(base));
        CHECK(xml.text("//o:ShortName").size() <= 16);
        CHECK(xml.count("//o:Url") == 4);
        CHECK(xml.text("//o:Url[@type='text/html']/@template") == base + "/?q={searchTerms}"s);
        CHECK(xml.text("//o:Url[@rel='suggestions']/@template") ==
              base + "/api/v1/suggest?form=opensearch&q={searchTerms}"s);
        CHECK(xml.count("//o:Url[@type='application/atom+xml']") == 1);
    }
    const search::Suggestions some{.index = {}, .items = {{"water works", ""}, {"\xff", "1"}}};
    CHECK(to_opensearch_json("wa", some) == "[\"wa\",[\"water works\",\"\xef\xbf\xbd\"]]");
}

TEST_CASE("a form is encoded so that it is decoded to the same", "[http][params]") {
    for (const auto& text : evil()) {
        const Params params = {{text, text}, {"q", "a b+c&d=e%41"}, {"", ""}};
        CHECK(decode_form(encode_form(params)) == params);
    }
}
