// Which encoding bytes are in.
#include <stdexcept>
#include <vector>

#include <iconv.h>

#include <catch2/catch.hpp>

#include "izde/text/utf8.hpp"

#include "read/encoding.hpp"

using izde::read::decode;

namespace {

std::string encode(std::string utf8, const char* encoding) {
    const iconv_t converter = iconv_open(encoding, "UTF-8");
    std::string bytes(4 * utf8.size() + 16, '\0');
    char* in = utf8.data();
    char* out = bytes.data();
    std::size_t in_left = utf8.size();
    std::size_t out_left = bytes.size();
    const std::size_t result = iconv(converter, &in, &in_left, &out, &out_left);
    iconv_close(converter);
    if (result == static_cast<std::size_t>(-1)) throw std::runtime_error(utf8 + " does not fit " + encoding);
    bytes.resize(bytes.size() - out_left);
    return bytes;
}

struct Row {
    const char* text;
    const char* encoding;  // as iconv names it
    const char* expected;  // as izde names it
};

const std::string long_russian =
    "Городской совет собрался в понедельник и решил построить новый мост через реку до наступления весны. "
    "Деньги на строительство уже выделены, сообщил глава совета.";
const std::string long_kazakh_in_russian_letters =
    "Қала кеңесі дүйсенбі күні жиналып, көктемге дейін жаңа көпір салуға шешім қабылдады.";
const std::string long_chinese =
    "市议会星期一开会，同意在春天到来之前建成一座新的大桥。议长表示，资金已经到位，工程很快就会开始。";
const std::string long_traditional =
    "市議會星期一開會，同意在春天到來之前建成一座新的大橋。議長表示，資金已經到位，工程很快就會開始。";

const Row rows[] = {
    {"Мост построят к весне", "CP1251", "windows-1251"},
    {"Новый мост через реку откроют", "CP1251", "windows-1251"},
    {"Совет решил: мост нужен городу", "CP1251", "windows-1251"},
    {"«Мост» – это дорого, но нужно", "CP1251", "windows-1251"},
    {"МОСТ ПОСТРОЯТ К ВЕСНЕ, РЕШИЛ ГОРОДСКОЙ СОВЕТ", "CP1251", "windows-1251"},
    {"Президент России и Казахстана", "CP1251", "windows-1251"},
    {"Міська рада вирішила збудувати новий міст через річку", "CP1251", "windows-1251"},
    {"Казакстан Республикасынын Президенти сапармен барды", "CP1251", "windows-1251"},
    {"Bridge News: Мост построят к весне, 2022", "CP1251", "windows-1251"},
    {"В Алматы прошёл съезд строителей мостов", "CP1251", "windows-1251"},
    {long_russian.c_str(), "CP1251", "windows-1251"},
    {"Мост построят к весне", "KOI8-R", "KOI8-R"},
    {"Новый мост через реку откроют", "KOI8-R", "KOI8-R"},
    {"Совет решил: мост нужен городу", "KOI8-R", "KOI8-R"},
    {"В Москве открыли выставку о строителях", "KOI8-R", "KOI8-R"},
    {long_russian.c_str(), "KOI8-R", "KOI8-R"},
    {"Мост построят к весне, решил городской совет", "CP866", "IBM866"},
    {long_russian.c_str(), "CP866", "IBM866"},
    {"Новый мост через реку откроют весной", "ISO-8859-5", "ISO-8859-5"},
    {long_russian.c_str(), "ISO-8859-5", "ISO-8859-5"},
    {"哈萨克斯坦总统访问中国", "GB18030", "GB18030"},
    {"新的大桥将在春天建成，市长说。", "GBK", "GB18030"},
    {"中国和哈萨克斯坦签署合作协议", "GB2312", "GB18030"},
    {"两国领导人在北京举行会谈", "GBK", "GB18030"},
    {long_chinese.c_str(), "GB18030", "GB18030"},
    {"哈薩克總統訪問中國並舉行會談", "BIG5", "Big5"},
    {"市議會決定在春天以前建成新的大橋", "BIG5", "Big5"},
    {long_traditional.c_str(), "BIG5", "Big5"},
    {"市議会は月曜日に新しい橋の建設を決めました。", "SHIFT_JIS", "Shift_JIS"},
    {"春までに橋が完成する予定です。", "SHIFT_JIS", "Shift_JIS"},
    {"市議会は月曜日に新しい橋の建設を決めました。", "EUC-JP", "EUC-JP"},
    {"시의회는 월요일에 새로운 다리를 건설하기로 결정했다.", "EUC-KR", "windows-949"},
    {"La forêt brûlée près du château a été fermée.", "CP1252", "windows-1252"},
    {"Die Brücke über den Fluß wird im Frühjahr eröffnet.", "ISO-8859-1", "windows-1252"},
    {"“The bridge” – it’s ready", "CP1252", "windows-1252"},
    {"Le café d’à côté", "CP1252", "windows-1252"},
    {"El alcalde dijo: ¿Qué pasará mañana con el puente?", "ISO-8859-1", "windows-1252"},
    {"A naïve plan for a café on the bridge", "ISO-8859-1", "windows-1252"},
    {"The bridge will be built before the spring.", "UTF-16LE", "UTF-16LE"},
    {"The bridge will be built before the spring.", "UTF-16BE", "UTF-16BE"},
    {"Мост построят к весне, решил городской совет", "UTF-16LE", "UTF-16LE"},
    {"Мост построят к весне, решил городской совет", "UTF-16BE", "UTF-16BE"},
    {"Жаңа көпір көктемге дейін салынады", "UTF-16LE", "UTF-16LE"},
    {"新的大桥将在春天建成，市长说。", "UTF-16LE", "UTF-16LE"},
    {"新的大桥将在春天建成，市长说。", "UTF-16BE", "UTF-16BE"},
    {"Мост построят к весне", "UTF-8", "UTF-8"},
    {long_kazakh_in_russian_letters.c_str(), "UTF-8", "UTF-8"},
    {"新的大桥将在春天建成", "UTF-8", "UTF-8"},
    {"Le café d’à côté", "UTF-8", "UTF-8"},
    {"plain letters", "ASCII", "UTF-8"},
    {"Η πόλη αποφάσισε να χτίσει μια νέα γέφυρα στο ποτάμι πριν από την άνοιξη.", "ISO-8859-7", "ISO-8859-7"},
    {"המועצה החליטה לבנות גשר חדש מעל הנהר לפני האביב, אמר ראש העיר.", "CP1255", "windows-1255"},
    {"قرر مجلس المدينة بناء جسر جديد فوق النهر قبل الربيع، كما قال رئيس المجلس.", "CP1256", "windows-1256"},
    {"Şehir meclisi ırmağın üzerine yeni bir köprü yapılmasına karar verdi, başkan öyle dedi.", "CP1254",
     "windows-1254"},
    {"Rada miasta zdecydowała, że nowy most przez rzekę zostanie zbudowany przed wiosną.", "ISO-8859-2",
     "ISO-8859-2"},
};

}  // namespace

TEST_CASE("the encoding of at least 95 of 100 texts is detected", "[read]") {
    std::vector<std::string> wrong;
    for (const auto& [text, encoding, expected] : rows) {
        const auto decoded = decode(encode(text, encoding));
        if (decoded.text != text)
            wrong.push_back(std::string(encoding) + " read as " + decoded.encoding + ": " + decoded.text);
        if (decoded.text == text && decoded.encoding != expected)
            wrong.push_back(std::string(encoding) + " called " + decoded.encoding + ": " + text);
    }

    for (const auto& line : wrong) UNSCOPED_INFO(line);
    CHECK(std::size(rows) >= 40);
    CHECK(wrong.size() * 20 <= std::size(rows));
}

TEST_CASE("every detected text stays detected with other line ends, and with English before it", "[read]") {
    std::size_t wrong = 0;
    for (const auto& [text, encoding, expected] : rows) {
        const std::string longer = "Clipped from the paper, page 7:\r\n" + std::string(text) + "\r\n";
        const auto decoded = decode(encode(longer, encoding));
        if (decoded.text == "Clipped from the paper, page 7:\n" + std::string(text) + "\n") continue;
        ++wrong;
        UNSCOPED_INFO(std::string(encoding) + " read as " + decoded.encoding + ": " + decoded.text);
    }

    CHECK(wrong * 20 <= std::size(rows));
}

TEST_CASE("a byte order mark decides and leaves the text", "[read]") {
    struct Mark {
        std::string mark;
        const char* encoding;
    };
    const Mark marks[] = {{"\xEF\xBB\xBF", "UTF-8"},
                          {"\xFF\xFE", "UTF-16LE"},
                          {"\xFE\xFF", "UTF-16BE"},
                          {std::string("\xFF\xFE\0\0", 4), "UTF-32LE"},
                          {std::string("\0\0\xFE\xFF", 4), "UTF-32BE"}};

    for (const auto& [mark, encoding] : marks) {
        const auto decoded = decode(mark + encode("Мост 大桥", encoding), "windows-1251");

        CHECK(decoded.encoding == encoding);
        CHECK(decoded.text == "Мост 大桥");
    }
}

TEST_CASE("a declared encoding is believed if the bytes fit it and read like text", "[read]") {
    const std::string russian = encode("Мост", "CP1251");

    CHECK(decode(russian, "windows-1251").text == "Мост");
    CHECK(decode(russian, "cp1251").encoding == "windows-1251");
    CHECK(decode(encode("大桥", "GBK"), "gb2312").text == "大桥");
    CHECK(decode(encode("€ – café", "CP1252"), "iso-8859-1").text == "€ – café");
    CHECK(decode(encode("橋が完成する", "SHIFT_JIS"), "x-sjis").text == "橋が完成する");
    CHECK(decode(encode("橋", "ISO-2022-JP"), "ISO-2022-JP").text == "橋");
    CHECK(decode("Plain letters, and more of them.", "utf-8").encoding == "UTF-8");
}

TEST_CASE("ASCII is read as it is where a set with ASCII in it is declared, and escapes where they are",
          "[read]") {
    const std::string plain = "Plain letters, {signs} ~ \\ + & and 42 figures.";
    CHECK(decode(plain, "iso-8859-1").text == plain);
    CHECK(decode(plain, "iso-8859-1").encoding == "windows-1252");
    CHECK(decode(plain, "us-ascii").encoding == "windows-1252");
    CHECK(decode(plain, "koi8-r").encoding == "KOI8-R");
    CHECK(decode("One\r\ntwo\rthree", "koi8-r").text == "One\ntwo\nthree");
    const std::string japanese = encode("橋が完成する。橋が完成する。", "ISO-2022-JP");
    CHECK(decode(japanese, "iso-2022-jp").text == "橋が完成する。橋が完成する。");
}

TEST_CASE("a declared encoding that cannot be true is not believed", "[read]") {
    CHECK(decode("Мост построят", "windows-1251").encoding == "UTF-8");
    CHECK(decode(encode(long_russian, "CP1251"), "utf-8").text == long_russian);
    CHECK(decode(encode(long_russian, "CP1251"), "no-such-encoding").text == long_russian);
    CHECK(decode(encode(long_russian, "CP1251"), "utf-16").text == long_russian);
    CHECK(decode(encode(long_russian, "CP1251"), "KOI8-R").text == long_russian);
    CHECK(decode("plain", std::string(1u << 20, 'x')).text == "plain");
}

TEST_CASE("damaged UTF-8 stays UTF-8, with a mark for what is lost", "[read]") {
    std::size_t inside = 101;
    while ((static_cast<unsigned char>(long_russian[inside]) & 0xC0) != 0x80) ++inside;
    const std::string cut = long_russian.substr(0, inside);

    const auto decoded = decode(cut);
    const auto mixed = decode(long_russian + "\x93quoted\x94" + long_russian);

    CHECK(decoded.encoding == "UTF-8");
    CHECK(izde::text::is_valid_utf8(decoded.text));
    CHECK(decoded.text.ends_with("\uFFFD"));
    CHECK(mixed.encoding == "UTF-8");
    CHECK(mixed.text.find("quoted") != std::string::npos);
}

TEST_CASE("lines end in one newline and hold no NUL", "[read]") {
    CHECK(decode("a\r\nb\rc\nd\r\r\ne").text == "a\nb\nc\nd\n\ne");
    CHECK(decode(std::string("many letters stand around one \0 zero", 36)).text ==
          "many letters stand around one  zero");
}

TEST_CASE("any bytes become valid UTF-8", "[read]") {
    unsigned state = 1;
    for (int round = 0; round < 300; ++round) {
        std::string bytes;
        for (int i = 0; i < round; ++i) {
            state = state * 1664525u + 1013904223u;
            bytes += static_cast<char>(round % 3 == 0 ? state >> 24 : (state >> 24) | 0x80u);
        }
        const auto decoded = decode(bytes);

        CHECK(izde::text::is_valid_utf8(decoded.text));
        CHECK_FALSE(decoded.encoding.empty());
    }
    CHECK(decode("").text.empty());
    CHECK(decode(std::string(1u << 20, '\xFF')).encoding.size() > 2);
    CHECK(decode(std::string(1u << 20, '\0')).text.empty());
}
