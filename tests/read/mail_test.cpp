// Mails.
#include <chrono>

#include "read/mail_header.hpp"
#include "read/mail_text.hpp"
#include "read_all.hpp"
#include "support/encoded.hpp"

using namespace izde::tests;
using izde::index::Document;
using izde::read::Format;

namespace {

Document read_one(const std::string& mail) {
    return izde::tests::read_one(Format::mail, mail, "letters/letter.eml");
}

// With a header that is only there to make it a mail.
Document read_with(const std::string& headers, const std::string& body = "Text. More text.\n") {
    return read_one("To: archive@example.org\n" + headers + "\n" + body);
}

std::vector<std::string> texts_of(const Document& document) {
    std::vector<std::string> texts;
    for (const auto& piece : document.boilerplate) texts.push_back(piece.text);
    return texts;
}

const std::string alternative =
    "Subject: Cranes\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"b\"\n\n";

}  // namespace

TEST_CASE("a mail's headers give its facts", "[read]") {
    const auto document = read_one("From: \"The Steppe Weekly\" <weekly@example.org>\r\n"
                                   "To: reader@example.org\r\n"
                                   "Subject: Cranes return\r\n to the lake\r\n"
                                   "Date: Sun, 31 Mar 2024 23:30:00 -0700\r\n"
                                   "Message-ID: <7@example.org>\r\n"
                                   "List-Id: Steppe news <steppe.example.org>\r\n"
                                   "Archived-At: <https://example.org/cranes>\r\n"
                                   "Content-Language: en\r\n"
                                   "\r\n"
                                   "The cranes are back.\r\n");

    CHECK(document.title == "Cranes return to the lake");
    CHECK(document.title_source == "metadata");
    CHECK(document.author == "The Steppe Weekly");
    CHECK(document.date.value == "2024-03-31");
    CHECK(document.date.source == "metadata");
    CHECK(document.source == "Steppe news");
    CHECK(document.url == "https://example.org/cranes");
    CHECK(document.lang == "en");
    CHECK(document.body == "The cranes are back.\n");
    CHECK(document.format == "eml");
    CHECK(document.encoding == "UTF-8");
    CHECK(document.path == "letters/letter.eml");
    CHECK(document.record.empty());
}

TEST_CASE("mails are read in the encodings of their countries, in head and body", "[read]") {
    struct Row {
        const char* charset;   // as the mail says
        const char* encoding;  // as it is
        const char* subject;
        const char* author;
        const char* body;
        const char* name;
    };
    const Row rows[] = {
        {"koi8-r", "KOI8-R", "Паромы ждут весны", "Айгуль Сапарова",
         "Паромы стоят в порту, вёсла на складе.\n", "KOI8-R"},
        {"windows-1251", "CP1251", "Маяк снова горит", "Пётр Ким",
         "Маяк на мысе зажгли после ремонта, смотритель доволен.\n", "windows-1251"},
        {"utf-8", "UTF-8", "Наурыз мерекесі қарсаңында", "Гүлнәр Әшімова",
         "Алаңда алтыбақан құрылды, қазан толы көже.\n", "UTF-8"},
        {"gb2312", "GB18030", "霍尔果斯口岸的夜班", "张伟", "夜里口岸很安静，他读着朱镕基的书，喝着热茶。\n",
         "GB18030"},
        {"gb18030", "GB18030", "草原上的鹤回来了", "李娜", "草原上的鹤今年回来得很早，牧民们都很高兴。\n",
         "GB18030"},
        {"iso-8859-9", "ISO-8859-9", "Çay bahçesinde şenlik", "Özgür Şahin",
         "Çay bahçesinde şenlik başladı, Iğdır'dan gelenler çaldı.\n", "windows-1254"},
    };

    for (const auto& [charset, encoding, subject, author, body, name] : rows) {
        const std::string head =
            "Subject: " + word(subject, charset, encoding) + "\nFrom: " + word(author, charset, encoding) +
            " <a@example.org>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=" + charset +
            "\nContent-Transfer-Encoding: ";
        const std::string bytes = encoded(body, encoding);
        CAPTURE(charset);
        for (const std::string& transfer : {"8bit\n\n" + bytes, "base64\n\n" + base64(bytes),
                                            "quoted-printable\n\n" + quoted_printable(bytes)}) {
            const auto document = read_one(head + transfer);
            CHECK(document.title == subject);
            CHECK(document.author == author);
            CHECK(document.body == body);
            CHECK(document.encoding == name);
        }
        // Nothing is declared, and the headers are raw bytes.
        const auto raw = read_one("Subject: " + encoded(subject, encoding) + "\nFrom: \"" +
                                  encoded(author, encoding) + "\" <a@example.org>\n\n" + bytes);
        if (std::string(charset) != "iso-8859-9") {
            CHECK(raw.title == subject);
            CHECK(raw.author == author);
            CHECK(raw.body == body);
        }
    }
}

TEST_CASE("a charset that is wrong, unknown or missing does not garble the text", "[read]") {
    const std::string text = "Весной паромы снова пойдут через Каспий, обещают в порту.\n";
    for (const char* charset : {"us-ascii", "x-unknown", "unknown-8bit", "koi8-r", "utf-8", ""}) {
        CAPTURE(charset);
        CHECK(read_with("Content-Type: text/plain; charset=\"" + std::string(charset) + "\"\n",
                        encoded(text, "CP1251"))
                  .body == text);
        CHECK(read_with("Content-Type: text/plain; charset=\"" + std::string(charset) + "\"\n", text).body ==
              text);
    }
}

TEST_CASE("encoded words are decoded however they are cut and spelt", "[read]") {
    const std::string two = encoded("鹤", "GB18030");
    struct Row {
        std::string raw;
        const char* text;
    };
    const Row rows[] = {
        {"=?utf-8?Q?a=20b?= =?UTF-8?q?_c?=", "a b c"},
        {"=?utf-8?Q?a?=\r\n =?utf-8?Q?b?= c", "ab c"},
        {"=?gb2312?Q?" + quoted_printable(two.substr(0, 1)) + "?= =?GB2312?B?" + base64(two.substr(1)) + "?=",
         "鹤"},
        {"=?koi8-r*ru?B?" + base64(encoded("Паром", "KOI8-R")) + "?=", "Паром"},
        {"[list] =?utf-8?B?0JzQsNGP0Lo=?= =?koi8-r?B?" + base64(encoded(" горит", "KOI8-R")) + "?=",
         "[list] Маяк горит"},
        {"=?utf-8?B?0JzQsNGP0Lo?=", "Маяк"},  // without padding
        {"=?utf-8?X?no?= =?utf-8?Q?yes?=", "=?utf-8?X?no?= yes"},
        {"=?utf-8?Q?unclosed", "=?utf-8?Q?unclosed"},
        {"=?=?=?utf-8?Q?"
         "?=",
         "=?=?"},
        {"=?utf-8?Q?=0A=07a=?=", "a"},
        {"", ""},
    };

    for (const auto& [raw, text] : rows) {
        CAPTURE(raw);
        CHECK(izde::read::header_text(raw) == text);
    }
}

TEST_CASE("an author is the name in From, or the address without one", "[read]") {
    struct Row {
        const char* from;
        const char* author;
    };
    const Row rows[] = {
        {"Aigul Saparova <a@example.kz>", "Aigul Saparova"},
        {"\"Aigul Saparova\" <a@example.kz>", "Aigul Saparova"},
        {"'Aigul Saparova' <a@example.kz>", "Aigul Saparova"},
        {"\"'Aigul Saparova'\" <a@example.kz>", "Aigul Saparova"},
        {"a@example.kz (Aigul Saparova)", "Aigul Saparova"},
        {"a@example.kz", "a@example.kz"},
        {"<a@example.kz>", "a@example.kz"},
        {"\"A@example.kz\" <a@example.kz>", "a@example.kz"},
        {"\"<a@example.kz>\" <a@example.kz>", "a@example.kz"},
        {"=?utf-8?Q?Saparova=2C_Aigul?= <a@example.kz>", "Saparova, Aigul"},
        {"\"=?utf-8?B?0JzQsNGP0Lo=?=\" <a@example.kz>", "Маяк"},
        {"Газета «Маяк» <a@example.kz>", "Газета «Маяк»"},
        {"A B <a@example.kz>, C D <c@example.kz>", "A B, C D"},
        {"undisclosed-recipients:;", "undisclosed-recipients"},
        {"", ""},
    };

    for (const auto& [from, author] : rows) {
        CAPTURE(from);
        CHECK(read_with("From: " + std::string(from) + "\n").author == author);
    }
}

TEST_CASE("a date is the day where the sender was, in every form mails have", "[read]") {
    struct Row {
        const char* date;
        const char* value;
    };
    const Row rows[] = {
        {"Tue, 25 Jan 2022 23:59:59 -1200", "2022-01-25"},
        {"Tue, 25 Jan 2022 00:00:01 +1400", "2022-01-25"},
        {"25 Jan 22 10:00 EST", "2022-01-25"},
        {"Tue, 25 Jan 99 10:00:00 PDT", "1999-01-25"},
        {"Tue, 25 Jan 2022 10:00:00 +0600 (Alma-Ata (winter))", "2022-01-25"},
        {"Tue (x), 25 (y) Jan 2022 10:00:00 Z", "2022-01-25"},
        {"Tue Jan 25 10:00:00 2022", "2022-01-25"},
        {"Tue, 25 Jan 2022", "2022-01-25"},
        {"2022-01-25 10:00:00", "2022-01-25"},
        {"25 января 2022", "2022-01-25"},
        {"Tue, 31 Feb 2022 10:00:00 +0000", ""},
        {"soon", ""},
        {"", ""},
    };

    for (const auto& [date, value] : rows) {
        CAPTURE(date);
        const auto document = read_with("Date: " + std::string(date) + "\n");
        CHECK(document.date.value == value);
        CHECK(document.date.text == date);
    }
}

TEST_CASE("a title is the subject without what mail programs put before it", "[read]") {
    struct Row {
        const char* subject;
        const char* title;
    };
    const Row rows[] = {{"Re: Cranes", "Cranes"},
                        {"RE: Fwd: fw: Cranes", "Cranes"},
                        {"Re[2]: Cranes", "Cranes"},
                        {"Ответ: Паром", "Паром"},
                        {"转发：口岸夜班", "口岸夜班"},
                        {"回复: 口岸", "口岸"},
                        {"Ynt: Çay", "Çay"},
                        {"Re: ", "Re:"},
                        {"Reading: a list", "Reading: a list"},
                        {"Re-opened: the bridge", "Re-opened: the bridge"},
                        {"Fwd", "Fwd"},
                        {"[steppe] Re: Cranes", "[steppe] Re: Cranes"}};

    for (const auto& [subject, title] : rows) {
        CAPTURE(subject);
        CHECK(read_with("Subject: " + std::string(subject) + "\n").title == title);
    }
}

TEST_CASE("a source is only what is no person", "[read]") {
    CHECK(read_with("From: Weekly <w@example.org>\n").source.empty());
    CHECK(read_with("Organization: Lake Museum\n").source == "Lake Museum");
    CHECK(read_with("List-Id: <steppe.example.org>\n").source.empty());
    CHECK(read_with("List-Id: \"Steppe news\" <steppe.example.org>\nOrganization: no\n").source ==
          "Steppe news");
    CHECK(read_with("X-Newsletter: Steppe\nOrganization: no\n").source == "Steppe");
}

TEST_CASE("of alternatives the plain text is read, unless it says nothing", "[read]") {
    const std::string page =
        "--b\nContent-Type: text/html; charset=utf-8\n\n<title>Page</title><p>The cranes are <b>back</b> at "
        "the "
        "lake.<p>Two hundred of them were counted by the wardens, who had waited since March for the ice to "
        "break.\n--b--\n";
    const auto plain = read_one(alternative + "--b\n\nThe cranes are back at the lake.\n" + page);
    const auto empty = read_one(alternative + "--b\nContent-Type: text/plain\n\n \n\n" + page);
    const auto stub = read_one(alternative + "--b\n\nSee the page.\n" + page);

    CHECK(plain.body == "The cranes are back at the lake.\n");
    CHECK(empty.body.starts_with("The cranes are back at the lake.\n\nTwo hundred"));
    CHECK(stub.body.starts_with("The cranes are back"));
    CHECK(empty.title == "Cranes");
}

TEST_CASE("texts of a mixed mail are joined; of attachments the names are kept apart", "[read]") {
    const auto document = read_one(
        "Subject: Minutes\nContent-Type: multipart/mixed; boundary=b\n\nnot shown\n"
        "--b\n\nFirst part.\n"
        "--b\nContent-Type: application/pdf; name=\"=?utf-8?B?0JzQsNGP0Lo=?=.pdf\"\n"
        "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nNot read.\n"
        "--b\nContent-Type: text/html\n\n<p>Second <i>part</i>.\n"
        "--b--\nnot shown either\n");

    CHECK(document.body == "First part.\n\nSecond part.\n");
    CHECK(texts_of(document) == std::vector<std::string>{"Маяк.pdf", "notes.txt"});
    CHECK(document.boilerplate.at(0).at == std::string("First part.\n").size());
}

TEST_CASE("a mail passed on without a word is the mail within", "[read]") {
    const std::string inner =
        "From: The Steppe Weekly <w@example.org>\nSubject: Cranes return\nDate: Sun, 31 Mar 2024 07:00:00 "
        "+0500\n\nThe cranes are back.\n--b--\n";
    const std::string outer =
        "From: Me <me@example.org>\nSubject: Fwd: look\nDate: Mon, 1 Apr 2024 10:00:00 +0000\n"
        "Content-Type: multipart/mixed; boundary=b\n\n";
    const auto silent = read_one(outer + "--b\n\n\n--b\nContent-Type: message/rfc822\n\n" + inner);
    const auto spoken =
        read_one(outer + "--b\n\nWorth reading.\n--b\nContent-Type: message/rfc822\n\n" + inner);

    CHECK(silent.title == "Cranes return");
    CHECK(silent.author == "The Steppe Weekly");
    CHECK(silent.date.value == "2024-03-31");
    CHECK(silent.body == "The cranes are back.\n");
    CHECK(spoken.title == "look");
    CHECK(spoken.author == "Me");
    CHECK(spoken.body == "Worth reading.\n\nThe cranes are back.\n");
}

TEST_CASE("quoted mails and signatures are set aside, where they stood", "[read]") {
    const auto document = read_with(
        "Subject: Re: lake\n", "Yes, they are back.\n\n"
                               "On 12 May 2023, Aigul <a@example.kz> wrote:\n> Are the cranes\n>> back?\n\n"
                               "Two hundred of them.\n\n-- \nPyotr\nLake Museum\n");

    CHECK(document.body == "Yes, they are back.\n\nTwo hundred of them.\n");
    REQUIRE(document.boilerplate.size() == 2);
    CHECK(document.boilerplate[0].text ==
          "On 12 May 2023, Aigul <a@example.kz> wrote:\n> Are the cranes\n>> back?");
    CHECK(document.boilerplate[0].at == std::string("Yes, they are back.\n").size());
    CHECK(document.boilerplate[1].text == "--\nPyotr\nLake Museum");
    CHECK(document.boilerplate[1].at == document.body.size());
}

TEST_CASE("a text that is all quoted is the text", "[read]") {
    CHECK(read_with("Subject: a\n", "> The cranes\n> are back.\n").body == "The cranes\nare back.\n");
    CHECK(read_with("Subject: a\n", "No quote: 5 > 3.\n").body == "No quote: 5 > 3.\n");
}

TEST_CASE("lines that a program broke are joined again", "[read]") {
    struct Row {
        const char* text;
        const char* joined;
        bool delete_space;
    };
    const Row rows[] = {{"a \nb\nc\n", "a b\nc\n", false},
                        {"口岸 \n夜班\n", "口岸夜班\n", true},
                        {"> a \n> b\n>> c \nd\n", "> a b\n>> c \nd\n", false},
                        {" >no quote\n From x\n", ">no quote\nFrom x\n", false},
                        {"a \n-- \nb\n", "a \n-- \nb\n", false},
                        {"", "", false}};

    for (const auto& [text, joined, delete_space] : rows) {
        CAPTURE(text);
        CHECK(izde::read::unflowed(text, delete_space) == joined);
    }
    CHECK(read_with("Content-Type: text/plain; format=Flowed\n", "The cranes \nare back. Yes.\n").body ==
          "The cranes are back. Yes.\n");
}

TEST_CASE("what is no mail, or says nothing, is an error", "[read]") {
    for (const std::string& bytes : {std::string(), std::string("Just a text.\n\nMore.\n"),
                                     std::string(1000, '\0'), std::string("\n\n\n"), std::string("From ")}) {
        CAPTURE(bytes.substr(0, 20));
        const auto found = read_all(Format::mail, bytes);
        CHECK(found.documents.empty());
        REQUIRE(found.errors.size() == 1);
        CHECK(found.errors[0].message == "not a mail: it has none of a mail's headers");
    }
    CHECK(read_all(Format::mail, "From: a@example.org\n\n").errors.at(0).message == "no subject and no text");
}

TEST_CASE("a mail saved with a BOM, in UTF-16 or with its mailbox's first line is one", "[read]") {
    const std::string mail = "Subject: Паром\nFrom: a@example.org\n\nТекст.\n";
    CHECK(read_one("\xEF\xBB\xBF" + mail).title == "Паром");
    CHECK(read_one("\r\n\r\n" + mail).title == "Паром");
    CHECK(read_one("From a@example.org Tue Jan 25 10:00:00 2022\n" + mail).title == "Паром");
    CHECK(read_one("\xFF\xFE" + encoded(mail, "UTF-16LE")).title == "Паром");
}

TEST_CASE("hostile mails cost little and do no harm", "[read]") {
    std::string nested;
    std::string digests = "To: a\nContent-Type: multipart/digest; boundary=b\n\n";
    std::string messages;
    std::string parts = "To: a\nSubject: Parts\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nText.\n";
    std::string headers = "Subject: Headers\n";
    std::string addresses = "Subject: Addresses\nFrom: ";
    for (int i = 0; i < 20'000; ++i) {
        const std::string name = "b" + std::to_string(i);
        nested += "To: a\nContent-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
        messages += "To: a\nContent-Type: message/rfc822\n\n";
        digests += "--b\n\nSubject: c\n\nText.\n";
    }
    for (int i = 0; i < 400'000; ++i) {
        parts += "--b\n\n";
        headers += "X: y\n";
        addresses += "a,";
    }
    const std::string many_words = "Subject: a\nFrom: " + repeat("=?utf-8?Q?a?= ", 4000) + "<a@b>\n\nText.\n";
    struct Row {
        const char* what;
        std::string mail;
    };
    const Row rows[] = {
        {"depth", nested},
        {"messages", messages},
        {"digests", digests},
        {"parts", parts},
        {"headers", headers + "\nText.\n"},
        {"addresses", addresses + "\n\nText.\n"},
        {"words", many_words},
        {"comments", "Subject: a\nFrom: " + std::string(60'000, '(') + "\n\nText.\n"},
        {"groups", "Subject: a\nFrom: " + repeat("a:", 30'000) + "\n\nText.\n"},
        {"dates", "Subject: a\nDate: " + std::string(60'000, '(') + "\n\nText.\n"},
        {"truncated", "Subject: a\nContent-Transfer-Encoding: base64\n\nVGV4dA=\n=\n=="},
        {"NULs", std::string("Subject: a\0b\nFrom: \0\n\nTe\0xt.\n", 29)},
        {"boundary", "Subject: a\nContent-Type: multipart/mixed; boundary=\"\"\n\n----\n--\n\nText.\n"},
        {"quotes", "Subject: a\n\n" + repeat("> \n\n:\n", 100'000)},
    };

    for (const auto& [what, mail] : rows) {
        CAPTURE(what);
        const auto start = std::chrono::steady_clock::now();
        const auto found = read_all(Format::mail, mail);
        CHECK(found.documents.size() + found.errors.size() >= 1);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    }
}

TEST_CASE("a header of 50 MB is shortened and the mail is read", "[read]") {
    const auto document = read_with("Subject: Cranes\nX-Noise: " + std::string(50u << 20, 'x') + "\n");

    CHECK(document.title == "Cranes");
    CHECK(document.body == "Text. More text.\n");
}

TEST_CASE("a mail of too many parts gives what was read, and says so", "[read]") {
    const auto found =
        read_all(Format::mail, "Subject: Parts\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nText.\n" +
                                   repeat("--b\n\nMore.\n", 2000));

    REQUIRE(found.documents.size() == 1);
    CHECK(found.documents[0].title == "Parts");
    REQUIRE(found.errors.size() == 1);
    CHECK(found.errors[0].message == "too many parts or headers; the rest of the mail is not read");
}
