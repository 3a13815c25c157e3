#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/stem.hpp"

namespace {

using namespace izde::text;

// A row is a group of words.
using Rows = std::vector<std::string>;

std::set<std::string> stems_of(const std::string& words) {
    std::set<std::string> stems;
    for (const Token& token : analyze(words, "en")) stems.insert(Stemmer("en").stem(token.exact));
    return stems;
}

void check_meet(const Rows& groups) {
    for (const std::string& group : groups) {
        CAPTURE(group);
        CHECK(stems_of(group).size() == 1);
    }
}

const Rows possessives = {
    "Kazakhstan Kazakhstan's Kazakhstan’s Kazakhstanʼs Kazakhstan＇s KAZAKHSTAN’S",
    "China China's China’s",
    "Tokayev Tokayev's Tokayev’s",
    "president president's presidents presidents' President’s",
    "country country's countries countries’",
    "company company's companies companies'",
    "woman woman's women women's women’s",
    "man man's men men's",
    "child child's children children’s",
    "government government's governments",
    "minister minister's ministers ministers'",
    "bank bank's banks banks’",
    "city city's cities",
    "agency agency's agencies",
    "university university's universities",
    "James James's James’",
    "Reuters Reuters' Reuters’s",
    "Russia Russia's Russia‘s",
};

const Rows plurals = {
    "foot feet",
    "tooth teeth",
    "mouse mice",
    "wife wives",
    "knife knives",
    "wolf wolves",
    "half halves",
    "gas gases",
    "bus buses",
    "crisis crises",
    "analysis analyses analyse analyze analysed analyzed",
    "criterion criteria",
    "phenomenon phenomena",
    "index indexes indices",
    "formula formulas formulae",
    "businessman businessmen",
    "policeman policemen policeman's",
    "spokesman spokesmen spokesman’s",
    "gunman gunmen gunman's",
    "fireman firemen",
    "spokeswoman spokeswomen",
    "fisherman fishermen",
    "export exports exported exporting exporter",
    "election elections",
    "party parties party's",
    "economy economies economy's",
    "policy policies",
    "tax taxes taxed taxing",
    "church churches",
    "leader leaders leader's",
    "war wars war's",
    "story stories",
    "industry industries",
    "ally allies allied",
    "strategy strategies",
    "price prices priced pricing",
    "share shares shared sharing",
    "body bodies",
    "speech speeches",
    "match matches matched matching",
    "dish dishes",
};

const Rows verbs = {
    "say says said saying",
    "run runs ran running",
    "hold holds held holding holdings",
    "win wins won winning",
    "buy buys bought buying",
    "find finds found finding findings",
    "feel feels felt feeling",
    "fall falls fell fallen falling",
    "rise rises rose risen rising",
    "meet meets met meeting meetings",
    "lead leads led leading",
    "send sends sent sending",
    "pay pays paid paying",
    "sell sells sold selling",
    "tell tells told telling",
    "make makes made making",
    "take takes took taken taking",
    "give gives gave given giving",
    "get gets got getting",
    "go goes went gone going",
    "come comes came coming",
    "become becomes became becoming",
    "begin begins began begun beginning",
    "break breaks broke broken breaking",
    "bring brings brought bringing",
    "build builds built building buildings",
    "catch catches caught catching",
    "choose chooses chose chosen choosing",
    "draw draws drew drawn drawing",
    "drive drives drove driven driving",
    "fight fights fought fighting",
    "fly flies flew flown flying",
    "grow grows grew grown growing",
    "hear hears heard hearing hearings",
    "keep keeps kept keeping",
    "know knows knew known knowing",
    "lose loses lost losing",
    "see sees saw seen seeing",
    "seek seeks sought seeking",
    "shake shakes shook shaken shaking",
    "shoot shoots shot shooting",
    "show shows showed shown showing",
    "speak speaks spoke spoken speaking",
    "spend spends spent spending",
    "stand stands stood standing",
    "steal steals stole stolen stealing",
    "strike strikes struck striking",
    "teach teaches taught teaching",
    "think thinks thought thinking",
    "throw throws threw thrown throwing",
    "write writes wrote written writing",
    "withdraw withdraws withdrew withdrawn withdrawing",
    "undertake undertakes undertook undertaken undertaking",
    "forbid forbids forbade forbidden",
    "flee flees fled fleeing",
    "deal deals dealt dealing",
    "die dies died dying",
    "lie lies lied lying",
    "add adds added adding",
    "unite unites united uniting United",
    "sign signs signed signing",
    "visit visits visited visiting",
    "announce announces announced announcing",
    "stop stops stopped stopping",
    "plan plans planned planning",
    "travel travels travelled traveled travelling traveling",
    "cancel cancelled canceled cancelling canceling",
    "try tries tried trying",
    "agree agrees agreed agreeing",
    "negotiate negotiates negotiated negotiating negotiations",
    "develop develops developed developing development",
    "agreement agreements",
    "announcement announcements",
};

const Rows spellings = {
    "organise organize organised organized organising organization organisation organisations",
    "privatise privatize privatised privatization privatisation",
    "recognise recognize recognised recognized recognising",
    "criticise criticize criticised criticized",
    "realise realize realised realizing",
    "modernise modernize modernisation modernization",
    "authorise authorize authorised authorization",
    "nationalise nationalize nationalisation",
    "labour labor Labour's",
    "colour color colours colored",
    "favour favor favours favored favourable favorable",
    "neighbour neighbor neighbours neighbors neighbouring neighboring",
    "harbour harbor harbours",
    "honour honor honours honored",
    "behaviour behavior",
    "defence defense",
    "centre center centres",
    "theatre theater theatres",
    "programme program programmes programs programming",
    "metre meter metres",
    "grey gray",
    "catalogue catalog",
};

const Rows strangers = {
    "university universe",
    "university universal",
    "universe universal",
    "international intern",
    "international internal",
    "policy police",
    "policies polices",
    "general generate",
    "general generation",
    "organ organization",
    "organ organise",
    "organic organ",
    "organic organise",
    "news new",
    "united unit",
    "author authority",
    "import important",
    "execute executive",
    "secure security",
    "several severe",
    "ad add",
    "experience experiment",
    "engine engineer",
    "respect respective",
    "position positive",
    "relate relative",
    "success succession",
    "integral integrity",
    "federal Federer",
    "initial initiative",
    "liquid liquidate",
    "inform informal",
    "Cooper cooperate",
    "terminal terminate",
    "conserve conservative",
    "quit quite",
    "polite politics",
    "form formation",
    "mine mineral",
    "later lateral",
    "aid aide",
    "Davis Davies",
    "empire empirical",
    "conversion conversation",
    "design designate",
    "custom customer",
    "even evening",
    "minor minority",
    "major majority",
    "emerge emergency",
    "capital capitalism",
    "social socialist",
    "nation nationalist",
    "real realise",
    "state station",
    "minister ministry",
    "Yemen yeoman",
    "Turkmen Turkman",
    "specimen speciman",
    "numerous numerical",
    "found founder",
    "sever severance",
    "plan plane",
    "promise promissory",
    "enterprise enter",
    "army arms",
    "German germ",
    "Iran Iraq",
    "Austria Australia",
};

}  // namespace

TEST_CASE("an English word meets its possessives and plurals", "[text]") {
    check_meet(possessives);
    check_meet(plurals);
}

TEST_CASE("the forms of an English verb meet, irregular ones too", "[text]") {
    check_meet(verbs);
}

TEST_CASE("British and American spellings meet", "[text]") {
    check_meet(spellings);
}

TEST_CASE("English words that only begin alike stay apart", "[text]") {
    for (const std::string& pair : strangers) {
        CAPTURE(pair);
        CHECK(stems_of(pair).size() == 2);
    }
}

TEST_CASE("there are enough English words in these tables to mean something", "[text]") {
    CHECK(possessives.size() + plurals.size() + verbs.size() + spellings.size() >= 100);
    CHECK(strangers.size() >= 40);
}

TEST_CASE("an English noun keeps its s where it is no plural", "[text]") {
    CHECK(stems_of("news News").size() == 1);
    CHECK(stems_of("advertise advertised advertising advertisement").size() == 1);
    CHECK(stems_of("promise promised promises promising").size() == 1);
    CHECK(stems_of("supervise supervised supervising").size() == 1);
}
