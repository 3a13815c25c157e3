// Mailboxes.
#include "read_all.hpp"

using izde::read::Format;
using izde::tests::read_all;

namespace {

std::string mail(const std::string& subject, const std::string& id, const std::string& body) {
    return "From a@example.org Tue Jan 25 10:00:00 2022\nSubject: " + subject +
           (id.empty() ? "" : "\nMessage-ID: <" + id + ">") + "\n\n" + body + "\n";
}

}  // namespace

TEST_CASE("each mail of a mailbox is a document, known by its Message-ID or its number", "[read]") {
    const auto found =
        read_all(Format::mbox, mail("One", "1@example.org", "Text.\n") + mail("Two", "", "Text.\n") +
                                   mail("Three", "1@example.org", "Text.\n") + mail("Four", "4", "Text.\n"));

    REQUIRE(found.errors.empty());
    REQUIRE(found.documents.size() == 4);
    CHECK(found.documents[0].record == "1@example.org");
    CHECK(found.documents[1].record == "2");
    CHECK(found.documents[2].record == "3");
    CHECK(found.documents[3].record == "4");
    CHECK(found.documents[3].title == "Four");
    CHECK(found.documents[0].format == "mbox");
    CHECK(found.documents[0].path == "file");
}

TEST_CASE("only a line with a time, behind an empty one, parts mails", "[read]") {
    const auto found =
        read_all(Format::mbox, mail("One", "1", "Text.\nFrom b Tue Jan 25 10:00:00 2022\n\nFrom now on.\n"));

    REQUIRE(found.documents.size() == 1);
    CHECK(found.documents[0].body == "Text.\nFrom b Tue Jan 25 10:00:00 2022\n\nFrom now on.\n");
}

TEST_CASE("a mailbox's mark is taken off quoted From lines", "[read]") {
    CHECK(read_all(Format::mbox, mail("One", "1", "Text.\n\n>From here on.\n\nMore >From there.\n"))
              .documents.at(0)
              .body == "Text.\n\nFrom here on.\n\nMore >From there.\n");
}

TEST_CASE("a mail that cannot be read is an error by its number, and the next is read", "[read]") {
    const std::string large = std::string(izde::read::max_file_bytes, 'x') + '\n';
    std::string lines;
    while (lines.size() < izde::read::max_file_bytes) lines += std::string(1u << 20, 'x') + '\n';
    const auto found =
        read_all(Format::mbox,
                 mail("One", "1", "Text.\n") + "From b Tue Jan 25 10:00:00 2022\n\nno header\n\n" +
                     mail("Large", "3", large) + mail("Large", "4", lines) + mail("Five", "5", "Text.\n"));

    REQUIRE(found.documents.size() == 2);
    CHECK(found.documents[1].title == "Five");
    REQUIRE(found.errors.size() == 3);
    CHECK(found.errors[0].message == "message 2: not a mail: it has none of a mail's headers");
    CHECK(found.errors[1].message == "message 3: larger than 64 MiB");
    CHECK(found.errors[2].message == "message 4: larger than 64 MiB");
}

TEST_CASE("an empty mailbox holds nothing; a single mail by that name is read", "[read]") {
    CHECK(read_all(Format::mbox, "\n\n").documents.empty());
    CHECK(read_all(Format::mbox, "").errors.empty());
    CHECK(read_all(Format::mbox, "Subject: One\n\nText.\n").documents.at(0).title == "One");
}
