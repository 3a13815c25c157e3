#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/text/analyze.hpp"
#include "izde/text/stem.hpp"

#include "text/turkish.hpp"

namespace {

using namespace izde::text;

// A row is a group of words.
using Rows = std::vector<std::string>;

std::set<std::string> stems_of(const std::string& words) {
    std::set<std::string> stems;
    for (const Token& token : analyze(words, "tr")) stems.insert(Stemmer("tr").stem(token.exact));
    return stems;
}

void check_meet(const Rows& groups) {
    for (const std::string& group : groups) {
        CAPTURE(group);
        CHECK(stems_of(group).size() == 1);
    }
}

const Rows names = {
    "Ankara Ankara'nın Ankara’da Ankara'ya Ankara'dan ANKARA",
    "İstanbul İstanbul'un İstanbul’da İstanbul'a İstanbul'dan İSTANBUL istanbul",
    "Türkiye Türkiye'nin Türkiye’de Türkiye'ye Türkiye'den TÜRKİYE",
    "Erdoğan Erdoğan'ın Erdoğan’a Erdoğan'dan ERDOĞAN",
    "Kazakistan Kazakistan'ın Kazakistan'da Kazakistan’dan Kazakistan'a",
    "Astana Astana'nın Astana'da Astanaʼya",
    "Tokayev Tokayev'in Tokayev’e Tokayev'le Tokayev'den",
    "Çin Çin'in Çin’de Çin'e Çin'deki",
    "Pekin Pekin'in Pekin'de Pekin'den",
    "Rusya Rusya'nın Rusya’da Rusya'ya Rusya'dan Rusya'nınki",
    "Moskova Moskova'nın Moskova'da Moskova'ya",
    "Almanya Almanya'nın Almanya’daki Almanya'ya",
    "Fransa Fransa'nın Fransa'dakilerden Fransa'ya",
    "Avrupa Avrupa'nın Avrupa'da Avrupa'ya Avrupa'daki",
    "Amerika Amerika'nın Amerika'da Amerika'ya",
    "Irak Irak'ın Irak'ta Irak’a IRAK",
    "İran İran'ın İran'da İRAN",
    "Suriye Suriye'nin Suriye'de Suriye'ye",
    "İzmir İzmir'in İzmir'de İzmir’den",
    "Bursa Bursa'nın Bursa'da Bursa'ya",
    "Diyarbakır Diyarbakır'ın Diyarbakır'da Diyarbakır'a DİYARBAKIR",
    "Özbekistan Özbekistan'ın Özbekistan'da",
    "Azerbaycan Azerbaycan'ın Azerbaycan'da",
    "Broncos Broncos'un Broncos'a Broncos'ta Broncos'la",
    "Panthers Panthers'lerin Panthers'lere Panthers'in",
    "NATO NATO'nun NATO'ya NATO’dan",
    "Washington Washington'un Washington'da Washington’a",
    "Kur'an Kur’an'ın Kur'an'a",
    "1990 1990'",
};

const Rows nouns = {
    "kitap kitabı kitabın kitaba kitaplar kitapları kitaplarda kitabımız kitaplarımızdan",
    "ağaç ağacı ağacın ağaca ağaçlar ağaçların",
    "renk rengi rengin renge renkler renkli renklerin",
    "burun burnu burna burnun burnunda burunlar",
    "şehir şehri şehre şehrin şehirde şehirler şehirlerinde ŞEHİR",
    "çocuk çocuğu çocuğun çocuğa çocuklar çocukları çocuklarımız",
    "ev evi evin eve evde evden evler evleri evlerinizden evimiz",
    "yol yolu yolun yola yolda yoldan yollar yolları yollarda",
    "yıl yılı yılın yılda yıllar yılları yıllarında yıllardan",
    "gün günü günün günde günler günleri günlerde",
    "ülke ülkenin ülkede ülkeye ülkeler ülkeleri ülkelerinden ülkemiz ülkesi",
    "dünya dünyanın dünyada dünyaya dünyadan dünyası",
    "devlet devletin devlete devletler devletleri devletlerin devletinin",
    "hükümet hükümetin hükümete hükümetler hükümeti hükümetinin hükümetlerinin HÜKÜMET",
    "üniversite üniversitenin üniversitesi üniversiteler üniversitelerin üniversitesinde",
    "cumhuriyet cumhuriyetin cumhuriyeti cumhuriyetler",
    "başkan başkanı başkanın başkanlar başkanları",
    "savaş savaşı savaşın savaşta savaşlar savaşları",
    "zaman zamanı zamanın zamanda zamanlar zamanları zamanında zamanlarda",
    "insan insanı insanın insanlar insanları insanlara insanların",
    "kadın kadını kadının kadınlar kadınları kadınlara",
    "sistem sistemi sistemin sisteme sistemler sistemleri sistemlerinden",
    "oyun oyunu oyunun oyunda oyunlar oyunları",
    "toplum toplumun toplumu topluma toplumda toplumlar",
    "dönem dönemi dönemin döneme dönemde dönemler dönemlerinde",
    "kanal kanalı kanalın kanala kanallar kanallarını",
    "gazeteci gazeteciyi gazetecinin gazeteciler gazetecileri",
    "saat saati saatin saatler saatleri saatlerde",
    "kontrol kontrolü kontrolün kontroller",
    "fikir fikri fikrin fikirler fikirleri",
    "isim ismi ismin isimler isimleri",
    "ağız ağzı ağzın ağza ağızlar",
    "oğul oğlu oğlunun oğullar oğulları",
    "akıl aklı aklın akılda",
    "süreç süreci sürecin sürece süreçler süreçleri",
    "birlik birliği birliğin birliğe birlikler birlikleri",
    "kaynak kaynağı kaynağın kaynaklar kaynakları kaynaklara",
    "köpek köpeği köpeğin köpekler köpekleri",
    "sorun sorunu sorunun sorunlar sorunları sorunlara",
    "parti partiyi partinin partiye partiler partisi partisinin",
    "anlaşma anlaşmanın anlaşmaya anlaşmalar anlaşması",
    "kuzey kuzeyi kuzeyin kuzeye kuzeyde kuzeyinde",
    "güneş güneşi güneşin güneşte",
    "sınır sınırı sınırın sınırda sınırlar sınırları SINIR",
    "ışık ışığı ışığın ışıklar IŞIK Işık",
    "öğrenci öğrenciyi öğrencinin öğrenciler öğrencileri",
};

const Rows verbs = {
    "gelmek geldi geliyor geldiler gelir gelmiş gelen gelmedi geliyorum geliyoruz gelecek",
    "gitmek gitti gidiyor gider gitmiş giden gidecek gidiyoruz",
    "yapmak yaptı yapıyor yapar yapmış yapan yapılan yapılmış yapılıyor yaparak",
    "etmek etti ediyor eder etmiş eden edilen edilmiş",
    "vermek verdi veriyor verir vermiş veren verildi verecek",
    "almak aldı alıyor alır almış alınan aldılar alacak alarak",
    "görmek gördü görüyor görür görmüş gören görülen",
    "kazanmak kazandı kazanıyor kazanır kazanmış kazanan kazanmıştır",
    "kullanmak kullandı kullanıyor kullanılır kullanılan kullanarak kullanılmaktadır",
    "başlamak başladı başlıyor başlar başlamış başlayan başlamıştır başlayacak",
    "çalışmak çalıştı çalışıyor çalışır çalışan çalışmıştır",
    "söylemek söyledi söyler söylemiş söyleyen söylemiştir",
    "bulunmak bulundu bulunuyor bulunur bulunan bulunmaktadır",
    "düşünmek düşündü düşünüyor düşünür düşünen düşünülen",
    "öğrenmek öğrendi öğreniyor öğrenir öğrenen öğrenilmesi",
    "gelişmek gelişti gelişiyor gelişen gelişmiş",
    "yönetmek yönetti yönetiyor yönetilen yönetir",
    "okumak okudu okuyor okur okumuş okuyan",
    "istemek istedi istiyor ister isteyen istiyorum",
    "göstermek gösterdi gösteriyor gösterir gösteren gösterilmiştir",
};

const Rows strangers = {
    "kadın kadar",   "alman almak",      "okul oku",     "başka başkan",     "baş başla",
    "gel geliş",     "bul bulun",        "ol olay",      "gün güney",        "göz göster",
    "kar karar",     "kara karar",       "yaş yaşa",     "say sayfa",        "top toplum",
    "din dinle",     "der deri",         "Türk tür",     "Çin için",         "İran Irak",
    "İran ırk",      "kitap kıta",       "devlet devam", "kanal kan",        "insan in",
    "zaman zam",     "orman orta",       "deniz değil",  "yıl yıldız",       "polis politika",
    "genel general", "ülke ülkü",        "son sonra",    "gelin geliş",      "parti parça",
    "Ankara anka",   "Bursa burs",       "Rusya rus",    "üniversite evren", "Avustralya Avusturya",
    "hasta hastane", "millet milyon",    "Xi'an xi",     "Kur'an kur",       "O'Neill o",
    "kar kâğıt",     "bilgi bilgisayar", "güç gece",     "yer yerel",        "oyun oy",
};

}  // namespace

TEST_CASE("a Turkish name meets itself with suffixes after any apostrophe", "[text]") {
    check_meet(names);
}

TEST_CASE("the forms of a Turkish noun meet", "[text]") {
    check_meet(nouns);
}

TEST_CASE("the forms of a Turkish verb meet", "[text]") {
    check_meet(verbs);
}

TEST_CASE("Turkish words that only begin alike stay apart", "[text]") {
    for (const std::string& pair : strangers) {
        CAPTURE(pair);
        CHECK(stems_of(pair).size() == 2);
    }
}

TEST_CASE("there are enough Turkish words in these tables to mean something", "[text]") {
    CHECK(names.size() + nouns.size() + verbs.size() >= 60);
    CHECK(strangers.size() >= 30);
}

TEST_CASE("what follows an apostrophe is a suffix only when it can be one", "[text]") {
    CHECK(without_name_suffix("ankara'nın") == "ankara");
    CHECK(without_name_suffix("f16'lardan") == "f16");
    CHECK(without_name_suffix("bakı'nın") == "bakı");
    CHECK(without_name_suffix("xi'an") == "xi'an");
    CHECK(without_name_suffix("o'neill") == "o'neill");
    CHECK(without_name_suffix("kur'an'ın") == "kur'an");
    CHECK(without_name_suffix("'") == "'");
    CHECK(without_name_suffix("").empty());
}

TEST_CASE("a number is what stands before the apostrophe", "[text]") {
    const auto tokens = analyze("1990'larda 5’inci", "tr");
    REQUIRE(tokens.size() == 4);
    CHECK(tokens[0].exact == "1990");
    CHECK(tokens[2].exact == "5");
}

TEST_CASE("any bytes have a Turkish stem", "[text]") {
    std::mt19937 random(11);
    const std::vector<std::string> pieces{"a",   "ler", "ı", "\xFF", "\xC4", "'", "ğ",
                                          "nın", "â",   "қ", "w",    "дан",  "b", "1"};
    for (int round = 0; round < 5000; ++round) {
        std::string word;
        for (auto i = random() % 12; i > 0; --i) word += pieces[random() % pieces.size()];
        const std::string stem = stem_turkish(word);
        CHECK(stem.size() <= word.size() + 2);
        CHECK(stem.empty() == word.empty());
    }
}
