#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"

#include "text/hans.hpp"

namespace {

using namespace izde::text;

std::u32string simplified(std::u32string text) {
    std::ranges::transform(text, text.begin(), to_simplified);
    return text;
}

std::vector<std::string> folded_of(std::string_view text, std::string_view lang = "zh") {
    std::vector<std::string> words;
    for (const Token& token : analyze(text, lang)) words.push_back(token.folded);
    return words;
}

// A word as it is written in the traditional and in the simplified way.
struct Pair {
    std::u32string traditional, simplified;
};

std::string utf8(const std::u32string& text) {
    std::string bytes;
    for (const char32_t c : text) {
        bytes.push_back(static_cast<char>(0xE0 | c >> 12));
        bytes.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
        bytes.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
    return bytes;
}

const std::vector<Pair> pairs = {
    {U"烏魯木齊", U"乌鲁木齐"},
    {U"習近平", U"习近平"},
    {U"國際", U"国际"},
    {U"臺灣", U"台湾"},
    {U"台灣", U"台湾"},
    {U"中國", U"中国"},
    {U"哈薩克斯坦", U"哈萨克斯坦"},
    {U"托卡耶夫", U"托卡耶夫"},
    {U"納扎爾巴耶夫", U"纳扎尔巴耶夫"},
    {U"阿斯塔納", U"阿斯塔纳"},
    {U"霍爾果斯", U"霍尔果斯"},
    {U"維吾爾", U"维吾尔"},
    {U"伊犁哈薩克", U"伊犁哈萨克"},
    {U"絲綢之路", U"丝绸之路"},
    {U"一帶一路", U"一带一路"},
    {U"烏茲別克斯坦", U"乌兹别克斯坦"},
    {U"吉爾吉斯斯坦", U"吉尔吉斯斯坦"},
    {U"塔吉克斯坦", U"塔吉克斯坦"},
    {U"土庫曼斯坦", U"土库曼斯坦"},
    {U"俄羅斯", U"俄罗斯"},
    {U"莫斯科總統", U"莫斯科总统"},
    {U"總理", U"总理"},
    {U"主席訪問", U"主席访问"},
    {U"經濟", U"经济"},
    {U"貿易", U"贸易"},
    {U"貿易戰爭", U"贸易战争"},
    {U"投資", U"投资"},
    {U"銀行業", U"银行业"},
    {U"發展", U"发展"},
    {U"發言人", U"发言人"},
    {U"理髮", U"理发"},
    {U"會議", U"会议"},
    {U"協議簽署", U"协议签署"},
    {U"關係", U"关系"},
    {U"外交部長", U"外交部长"},
    {U"鐵路", U"铁路"},
    {U"公路運輸", U"公路运输"},
    {U"機場", U"机场"},
    {U"飛機", U"飞机"},
    {U"汽車", U"汽车"},
    {U"電視", U"电视"},
    {U"電腦網絡", U"电脑网络"},
    {U"報紙", U"报纸"},
    {U"記者", U"记者"},
    {U"新聞", U"新闻"},
    {U"學校", U"学校"},
    {U"大學", U"大学"},
    {U"醫院", U"医院"},
    {U"醫療", U"医疗"},
    {U"藥品", U"药品"},
    {U"環境保護", U"环境保护"},
    {U"氣候變化", U"气候变化"},
    {U"石油天然氣", U"石油天然气"},
    {U"煤礦", U"煤矿"},
    {U"農業", U"农业"},
    {U"農村", U"农村"},
    {U"歷史", U"历史"},
    {U"日曆", U"日历"},
    {U"文化遺產", U"文化遗产"},
    {U"語言", U"语言"},
    {U"漢語", U"汉语"},
    {U"體育", U"体育"},
    {U"奧運會", U"奥运会"},
    {U"足球聯賽", U"足球联赛"},
    {U"軍隊", U"军队"},
    {U"戰爭", U"战争"},
    {U"邊境", U"边境"},
    {U"邊界", U"边界"},
    {U"聯合國", U"联合国"},
    {U"歐洲", U"欧洲"},
    {U"德國", U"德国"},
    {U"法國", U"法国"},
    {U"英國", U"英国"},
    {U"美國", U"美国"},
    {U"華盛頓", U"华盛顿"},
    {U"韓國", U"韩国"},
    {U"東京", U"东京"},
    {U"廣東", U"广东"},
    {U"廣州", U"广州"},
    {U"陝西", U"陕西"},
    {U"遼寧", U"辽宁"},
    {U"雲南", U"云南"},
    {U"蘭州", U"兰州"},
    {U"鄭州", U"郑州"},
    {U"馬興瑞", U"马兴瑞"},
    {U"陳全國", U"陈全国"},
    {U"劉", U"刘"},
    {U"張", U"张"},
    {U"趙", U"赵"},
    {U"楊", U"杨"},
    {U"黃", U"黄"},
    {U"關於", U"关于"},
    {U"後來", U"后来"},
    {U"裡面", U"里面"},
    {U"鐘錶", U"钟表"},
    {U"麵包", U"面包"},
    {U"颱風", U"台风"},
};

}  // namespace

TEST_CASE("traditional and simplified characters are one", "[text]") {
    for (const Pair& pair : pairs) {
        CAPTURE(utf8(pair.traditional));
        CHECK(simplified(pair.traditional) == pair.simplified);
        CHECK(simplified(pair.simplified) == pair.simplified);
    }
}

TEST_CASE("words in traditional and simplified writing meet", "[text]") {
    for (const Pair& pair : pairs) {
        CAPTURE(utf8(pair.traditional));
        CHECK(folded_of(utf8(pair.traditional)) == folded_of(utf8(pair.simplified)));
    }
}

TEST_CASE("there are enough Chinese words in this table to mean something", "[text]") {
    CHECK(pairs.size() >= 60);
}

TEST_CASE("Chinese words that only look alike stay apart", "[text]") {
    const auto row = GENERATE(table<std::string, std::string>({
        {"中国", "中华"},
        {"新疆", "新江"},
        {"乌鲁木齐", "木齐鲁乌"},
        {"日本", "曰本"},
        {"土耳其", "士耳其"},
        {"未来", "末来"},
        {"大学", "太学"},
        {"人民", "入民"},
    }));
    CHECK(folded_of(std::get<0>(row)) != folded_of(std::get<1>(row)));
}

TEST_CASE("Chinese variants and full-width forms meet what a reader types", "[text]") {
    CHECK(folded_of("臺灣") == folded_of("台灣"));
    CHECK(folded_of("裏面") == folded_of("裡面"));
    CHECK(folded_of("３月２７日") == folded_of("3月27日"));
    CHECK(folded_of("ＣＯＶＩＤ疫情") == folded_of("covid疫情"));
    CHECK(folded_of("國際", "und") == folded_of("国际", "en"));
}

TEST_CASE("other characters than traditional ones stay themselves", "[text]") {
    for (const char32_t c : U"aZ09ñяқ中国人日月가あア한ー。\U00020000\U0001F600")
        CHECK(to_simplified(c) == c);
    for (char32_t c = 0; c < 0x110000; ++c) REQUIRE(to_simplified(to_simplified(c)) == to_simplified(c));
}
