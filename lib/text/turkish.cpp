// Turkish glues suffixes to a root. They are taken off from the right, one after the other, as long as they
// agree with what would be left: in vowel harmony (ev-ler, yol-lar), in the first consonant (ev-de, kitap-ta)
// and in the vowel or consonant before them (araba-yı, kitab-ı). One spelling in the tables stands for all
// harmonic variants; see `stands_for`. What agreement cannot tell (kadın "woman" is not kad-ın) is in
// `roots`. Tested by turkish_test.cpp.
#include "text/turkish.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "text/word_list.hpp"

namespace izde::text {
namespace {

using Letters = std::u16string_view;

constexpr std::size_t longest_word = 40;              // letters
constexpr std::size_t known_only = longest_word + 1;  // a suffix that goes only when a known root is left
constexpr int most_suffixes = 8;

constexpr Letters alphabet = u"abcçdefgğhıijklmnoöprsştuüvyz";
constexpr Letters vowels = u"aeıioöuü";
constexpr Letters back_vowels = u"aıou";
constexpr Letters hard = u"fstkçşhp";

constexpr bool is(char16_t c, Letters of) {
    return of.find(c) != Letters::npos;
}

// What the letter before a suffix must be.
enum class After : std::uint8_t { any, vowel, wide, consonant, possessed, not_narrow, narrow_verb };

struct Suffix {
    Letters spelling;
    After after;
    std::size_t keep;  // letters that must be left where no known root is
};

// A is a or e, I one of ı i u ü, D is d or t, C is c or ç, K is k or ğ. The longest come first.
constexpr auto suffixes = std::to_array<Suffix>({
    // nouns: plural, possessive, case
    {u"lArI", After::any, 3},
    {u"lAr", After::any, 3},
    {u"ImIz", After::consonant, 4},
    {u"mIz", After::vowel, 4},
    {u"InIz", After::consonant, 4},
    {u"nIz", After::vowel, 4},
    {u"Im", After::consonant, 5},
    {u"m", After::vowel, 5},
    {u"sI", After::vowel, 4},
    {u"nIn", After::vowel, 3},
    {u"In", After::consonant, 4},
    {u"n", After::possessed, 5},
    {u"nI", After::possessed, 4},
    {u"nA", After::possessed, 4},
    {u"nDA", After::possessed, 3},
    {u"nDAn", After::possessed, 3},
    {u"nDAki", After::possessed, 3},
    {u"DA", After::any, 4},
    {u"DAn", After::any, 4},
    {u"DAki", After::any, 3},
    {u"yI", After::vowel, 4},
    {u"yA", After::vowel, 4},
    {u"I", After::consonant, 4},
    {u"A", After::consonant, 4},
    {u"ylA", After::vowel, 3},
    {u"ylAydI", After::vowel, 3},
    {u"lA", After::consonant, 4},
    {u"CA", After::any, 4},
    {u"nCA", After::possessed, 4},
    // predicates
    {u"DIr", After::any, 3},
    {u"DIrlAr", After::any, 3},
    {u"yDI", After::vowel, 3},
    {u"ydI", After::vowel, 3},
    {u"ymIş", After::vowel, 3},
    {u"ysA", After::vowel, 3},
    {u"yken", After::vowel, 3},
    {u"ken", After::consonant, 4},
    // verbs: tenses and persons
    {u"DI", After::any, 3},
    {u"DIm", After::any, 3},
    {u"DIK", After::any, 3},
    {u"DIğI", After::any, 3},
    {u"DIklArI", After::any, 3},
    {u"DIlAr", After::any, 3},
    {u"mIş", After::any, 3},
    {u"mIştIr", After::any, 3},
    {u"mIştI", After::any, 3},
    {u"Iyor", After::consonant, 2},
    {u"Iyordu", After::consonant, 2},
    {u"yor", After::narrow_verb, 3},
    {u"yordu", After::narrow_verb, 3},
    {u"IyorIz", After::consonant, 2},
    {u"IyorIm", After::consonant, 2},
    {u"sInIz", After::any, 4},
    {u"AcAğIz", After::consonant, 3},
    {u"AcAğIm", After::consonant, 3},
    {u"yAcAğIz", After::vowel, 3},
    {u"AcAK", After::consonant, 3},
    {u"yAcAK", After::vowel, 3},
    {u"mAktA", After::any, 3},
    {u"mAktAdIr", After::any, 3},
    {u"mAktAydI", After::any, 3},
    {u"mAk", After::any, 3},
    {u"mAsI", After::any, 3},
    {u"mA", After::any, 3},
    {u"mAz", After::any, 3},
    {u"mAyA", After::any, 3},
    {u"mAyI", After::any, 3},
    {u"mAdAn", After::any, 3},
    {u"mAlI", After::any, 3},
    {u"mAlIdIr", After::any, 3},
    {u"mAyAn", After::any, 3},
    {u"Ar", After::consonant, 4},
    {u"Ir", After::consonant, 4},
    {u"r", After::wide, 5},
    {u"r", After::narrow_verb, 3},
    {u"sA", After::any, 4},
    {u"An", After::consonant, 4},
    {u"yAn", After::vowel, 3},
    {u"ArAk", After::consonant, 3},
    {u"yArAk", After::vowel, 3},
    {u"Ip", After::consonant, 3},
    {u"yIp", After::vowel, 3},
    {u"IncA", After::consonant, 3},
    {u"yIncA", After::vowel, 3},
    {u"Abil", After::consonant, 2},
    {u"yAbil", After::vowel, 3},
    {u"AbilmA", After::consonant, 2},
    // voices
    {u"Il", After::consonant, 4},
    {u"DIrIl", After::consonant, 3},
    {u"Iş", After::consonant, 4},
    {u"yIş", After::vowel, 4},
    {u"n", After::wide, known_only},
    {u"l", After::wide, known_only},
    {u"t", After::any, known_only},
    {u"In", After::consonant, known_only},
    {u"lIyor", After::not_narrow, 3},
    {u"ki", After::any, 5},
    {u"lAn", After::not_narrow, 4},
    {u"lAş", After::any, 4},
    {u"lAndIr", After::any, 3},
    {u"lAştIr", After::any, 3},
    // words from words
    {u"lIK", After::any, 3},
    {u"lI", After::any, 4},
    {u"sIz", After::any, 4},
    {u"CI", After::any, 4},
    {u"CIlIK", After::any, 3},
    {u"sAl", After::any, 4},
});

// What may follow an apostrophe, in any order.
constexpr auto name_suffixes = std::to_array<Letters>({
    u"lAr", u"DA",  u"DAn", u"DAki", u"nIn", u"In",  u"nI",   u"yI",  u"I",   u"nA",   u"yA",    u"A",
    u"nDA", u"sI",  u"Im",  u"mIz",  u"ylA", u"lA",  u"lI",   u"lIK", u"sIz", u"CA",   u"CI",    u"DIr",
    u"DI",  u"yDI", u"mIş", u"ymIş", u"ki",  u"ncI", u"IncI", u"ysA", u"ken", u"ndAn", u"ndAki", u"gil",
});

// Sorted.
constexpr Letters root_words =
    u"acı ad ada adam adana adım afrika ahlak ahır ait akıl akım akın akşam al alan alay albüm alman "
    u"almanya altı altın alış amaç amerika anadolu ankara anla anlam anlat anlaş anne anı ara araba aracı "
    u"aralık araç araştır arka artı arı asker asya asıl at ata atatürk ateş avrupa avukat ay aydın aynı "
    u"ayrı ayrıl az azerbaycan azınlık ağ ağabey ağaç ağustos ağır ağız aşama baba bak bakan bakü bakım "
    u"balkan balık banka baran barış bat batı bayan bayram bazı bağ bağla bağlan baş başar başka başkan "
    u"başkent başla başvur beden bekle bel beledi belediye belge belir belirle belirt belli ben benzer "
    u"beri beyan beyin beş bil bildir bile bilgi bilim bilinç bin bina bir birey biri birim birleş birlik "
    u"bit bitki biz bora borsa borç boyun boyut boğaz bu bugün bul bulgar bulun buluş bura burada bursa "
    u"burun böl bölge bölüm bütçe bütün büyü büyük cami can cevap ceza cihaz cins cisim cuma cumartesi "
    u"cumhurbaşkanı cumhuriyet dahil daire dal dava davet davran daya dağ de dede dene deneme denetim "
    u"deney deniz deprem dere dergi deri derin ders dert destek dev devam devir devlet devrim değer değil "
    u"değiş dil din dinle direk diren direniş dizi doktor dokun dolar dolayı don dost dosya doğ doğa doğru "
    u"doğu duman dur durum duy duygu dön dönem dönüş dünya düzen düzenle düzey düğün düş düşman düşün "
    u"düşünce dış efendi ek eki ekim ekip ekle ekmek ekran el ele eleman elçi emek emin emir en erdoğan "
    u"erkek erken ermeni eser eski et etki ev evlen eylem eylül eğitim eğlen eş fakat felsefe festival "
    u"fikir filistin final fiyat fransa futbol fırsat gazete gece gel geliş gemi gen genel geniş genç "
    u"gerek gerçek getir gez geç geçen geçir gibi gir giriş girişim git giy gol grup göl gönder gör görev "
    u"görsel görün görüntü görüş göster göz göğüs gül gün güney güneş güven güzel güç haber hacim hafta "
    u"hak hal hala halk hangi hapis hareket harika hasta hastane hava hayat hayvan hayır haziran hazır "
    u"hazırla hedef hemen her hesap hizmet hiç hoca hukuk hüküm hükümet hırsız hız iddia ihtiyaç iki "
    u"ikinci il ilan ile ileri ilerle ilet iletişim ilgi ilim ilişki ilk imkan imza in inan inanç ince "
    u"incele indir ingiliz ingiltere insan ipuç iran isim ispanya israil istanbul iste istek italya iyi "
    u"izin izle izmir iç içer için iş işaret işgal işle işlem işçi japon japonya kaban kadar kadın kafkas "
    u"kahve kal kalan kaldır kalem kalite kalın kamu kan kanal kanat kanun kapat kapla kapsam kapı kar "
    u"kara karar kardeş karı karın karşı karşıla karşılaş karşılaştır kasım kat katıl katılım kay kaynak "
    u"kayıp kaza kazakistan kazan kazanç kaç kendi kent kere kes keşif kilise kim kitap kişi kol kolay "
    u"komisyon konferans konsey kontrol konu konum konuş kop kopya korku koru koy koyun koş koşul kriz kul "
    u"kullan kur kural kurtar kuru kurul kuruluş kurum kutu kuzey kuş kök köpek köprü köy köşe kültür küme "
    u"kürt küçük kıbrıs kıl kılıç kır kırmızı kısa kısım kıta kıyafet kıyı kız kızıl kış lider liman lira "
    u"lise macar mahalle mahkeme makine mal mali mart masa mavi mayın mayıs meclis merkez mesaj mesele "
    u"metin metre mevsim mezun mi millet milli milyar milyon model mutlu müdür mühendis müslüman müze "
    u"müzik mısır nasıl neden nehir nere nesil nisan niçin nokta nüfus ocak oda ofis oku okul ol olan "
    u"olanak olay olum oluş oluştur omuz on onay ora oran ordu orman orta ortak ortaklık ortam osman "
    u"osmanlı otel otobüs oy oyna oyun oyuncu oğul para park parlamento parti parça pazar pazartesi "
    u"perşembe plan polis politika polonya popüler problem program proje rakam rapor rağmen rejim rekor "
    u"renk resim rol roman romanya rusya rüya saat sabah sabır saha sahip sakin sal saldır saldırı salon "
    u"salı san sanat sanayi saniye sanık sar saray sat satın satır satış savaş savun say sayfa saygı sayı "
    u"sayın sağ sağla sebep sebze sen seri serin ses sev sevgi seviye sezon seç seçim silah sinema sistem "
    u"sivil siyah siyaset sok sokak son sonra sonuç sor soru sorumlu sorun sosyal soy spor su sun sunu "
    u"sunum sur suriye suç söyle söz süper sür süre süreç sürü sıcak sıfır sınav sınıf sınır sıra sığınak "
    u"tabi tahmin tahıl takip takım tam tamam tane tanı tanım tanımla tara taraf tarih tarla tartış tarım "
    u"tatil tatlı tavan tavır taş taşı tedavi tehdit tek teklif teknik teknoloji tekrar temel temiz temmuz "
    u"temsil teori tepe ter terör tesis tip tohum top topla toplam toplan topluluk toplum toprak torun "
    u"trabzon tren turist turizm tut tutum tören tüm tür türk türkiye türkmen türkçe ukrayna ulaş ulus "
    u"ulusal umut unut ut uy uygula uygun uyku uyu uzak uzan uzman uzun uç uçak uçuş uğraş vakit vali var "
    u"vatan ver vergi veri vücut ya yabancı yakala yakın yalan yan yangın yanıt yap yaprak yapı yara yarar "
    u"yarat yardım yargı yarı yarın yarış yasa yasak yat yatırım yavaş yay yayım yayın yayınla yaz yazar "
    u"yazı yazılım yağ yağmur yaş yaşa yaşam ye yedi yemek yen yeni yenilgi yer yerleş yetenek yeter yeşil "
    u"yine yol yolcu yukarı yumuşak yunan yunanistan yön yönet yönetim yönetmen yöntem yüksek yüksel yürü "
    u"yürüt yüz yüzey yıl yıldız zaman zarar zemin zengin zihin zor zorla zulüm çal çalış çare çarşamba "
    u"çağ çek çevir çevre çin çiz çiçek çocuk çok çoğunluk çöz çözüm çık çıkar çıkarım çıkış öde ödül öl "
    u"ölüm ömür ön önce önem öner öneri önle önlem ör örgüt örnek öyle öz özbekistan özel özgür öğren "
    u"öğrenci öğret ülke ün ünite üniversite ünlü üre üret üretim ürün üst üye üzer üzerinde üç ırak ırk "
    u"ısı ışık şair şarkı şehir şekil şey şifre şimdi şirket şubat şube ";

constexpr auto roots =
    words_of_list<static_cast<std::size_t>(std::ranges::count(root_words, u' '))>(root_words);
static_assert(std::ranges::is_sorted(roots));

bool is_root(Letters word) {
    return std::ranges::binary_search(roots, word);
}

bool stands_for(char16_t sign, char16_t c) {
    switch (sign) {
    case u'A':
        return c == u'a' || c == u'e';
    case u'I':
        return is(c, u"ıiuü");
    case u'D':
        return c == u'd' || c == u't';
    case u'C':
        return c == u'c' || c == u'ç';
    case u'K':
        return c == u'k' || c == u'ğ';
    default:
        return sign == c;
    }
}

bool has_form(Letters spelling, Letters tail) {
    return std::ranges::equal(spelling, tail, stands_for);
}

char16_t last_vowel(Letters word) {
    const auto at = word.find_last_of(vowels);
    return at == Letters::npos ? u'\0' : word[at];
}

char16_t narrow_after(char16_t before) {
    return is(before, u"aı") ? u'ı' : is(before, u"ei") ? u'i' : is(before, u"ou") ? u'u' : u'ü';
}

// kontrol-ü, saat-ler: loans whose last sound is soft.
bool is_soft(Letters rest) {
    return rest.ends_with(u'l') || rest.ends_with(u"aat") || rest.ends_with(u"kkat");
}

bool harmonises(Letters rest, Letters spelling, Letters tail) {
    char16_t before = last_vowel(rest);
    const bool soft = is_soft(rest);
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const char16_t c = tail[i];
        if (!is(c, vowels)) continue;
        const bool front = !is(c, back_vowels);
        const char16_t softened = before == u'a' || before == u'ı' ? u'i' : u'ü';
        if (spelling[i] == u'A' && front == is(before, back_vowels) && !(soft && front)) return false;
        if (spelling[i] == u'I' && c != narrow_after(before) && !(soft && c == softened)) return false;
        before = c;
    }
    return true;
}

bool joins(char16_t sign, char16_t first, char16_t last) {
    if (sign == u'D') return (first == u't') == is(last, hard);
    if (sign == u'C') return (first == u'ç') == is(last, hard);
    return true;
}

// oku-yor; others lose a vowel before it: başlı-yor is of başla.
bool is_narrow_verb(Letters rest) {
    constexpr auto verbs =
        std::to_array<Letters>({u"oku", u"uyu", u"yürü", u"koru", u"tanı", u"taşı", u"büyü", u"kuru"});
    return std::ranges::find(verbs, rest) != verbs.end();
}

bool after_allows(After after, Letters rest) {
    const char16_t last = rest.back();
    if (after == After::narrow_verb) return is_narrow_verb(rest);
    if (after == After::not_narrow) return !is(last, u"ıiuü");
    if (after == After::vowel) return is(last, vowels);
    if (after == After::wide) return is(last, u"ae");
    if (after == After::consonant) return !is(last, vowels);
    if (after == After::possessed) return is(last, u"ıiuü");
    return true;
}

std::optional<Letters> without(Letters word, const Suffix& suffix) {
    if (word.size() < suffix.spelling.size() + 2) return std::nullopt;
    const Letters rest = word.substr(0, word.size() - suffix.spelling.size());
    const Letters tail = word.substr(rest.size());
    if (!has_form(suffix.spelling, tail) || !after_allows(suffix.after, rest) ||
        !joins(suffix.spelling[0], tail[0], rest.back()) || last_vowel(rest) == u'\0' ||
        !harmonises(rest, suffix.spelling, tail))
        return std::nullopt;
    return rest;
}

// kitab-ı is of kitap, çocuğ-u of çocuk, gid-er of git.
void harden(std::u16string& word) {
    if (word == u"ed" || word == u"gid") word.back() = u't';
    if (word.size() < 3) return;
    char16_t& last = word.back();
    if (last == u'b') last = u'p';
    if (last == u'c') last = u'ç';
    if (last == u'd' && word.size() > 3) last = u't';
    if (last == u'g' && word[word.size() - 2] == u'n') last = u'k';
    if (last == u'ğ' && word.size() > 3) last = u'k';
}

bool ends_in_two_consonants(Letters word) {
    return word.size() >= 3 && !is(word.back(), vowels) && !is(word[word.size() - 2], vowels);
}

// burn-u is of burun, şehr-i of şehir.
void part_consonants(std::u16string& word) {
    word.insert(word.size() - 1, 1, narrow_after(last_vowel(word)));
}

// No Turkish word ends like şehr, ağz or resm, other than before a vowel.
bool lacks_vowel(Letters word) {
    if (!ends_in_two_consonants(word) || last_vowel(word) == u'\0') return false;
    const char16_t last = word.back(), before = word[word.size() - 2];
    if (last == before) return false;
    if (last == u'm') return !is(before, u"rl");
    return is(last, u"rln") || (last == u'z' && is(before, u"ğm"));
}

// The known root that stands in a word as `rest`.
std::optional<std::u16string> known_root(Letters rest) {
    std::u16string root(rest);
    if (is_root(root)) return root;
    harden(root);
    if (is_root(root)) return root;
    if (!ends_in_two_consonants(root) || last_vowel(root) == u'\0') return std::nullopt;
    part_consonants(root);
    if (is_root(root)) return root;
    return std::nullopt;
}

// başl-ıyor is of başla.
std::optional<std::u16string> known_wide(Letters rest) {
    std::u16string root(rest);
    root.push_back(is(last_vowel(rest), back_vowels) ? u'a' : u'e');
    if (is_root(root)) return root;
    return std::nullopt;
}

// Takes off what leaves a known root, the longest of them; where none is known, the longest suffix.
bool strip(std::u16string& word) {
    std::size_t left = 0, kept = 0;
    std::u16string root;
    for (const Suffix& suffix : suffixes) {
        const auto rest = without(word, suffix);
        if (!rest) continue;
        if (rest->size() > kept) {
            auto known = suffix.spelling.starts_with(u"Iyor") ? known_wide(*rest) : std::nullopt;
            if (!known) known = known_root(*rest);
            if (known) {
                root = *std::move(known);
                kept = rest->size();
            }
        }
        if (rest->size() >= suffix.keep && (left == 0 || rest->size() < left)) left = rest->size();
    }
    if (kept > 0) {
        word = root;
        return true;
    }
    if (left > 0) word.resize(left);
    return left > 0;
}

void finish(std::u16string& word) {
    if (is_root(word)) return;
    if (word.size() >= 5 && is(word.back(), vowels)) word.pop_back();
    harden(word);
    if (lacks_vowel(word)) part_consonants(word);
}

std::u16string decode(std::string_view utf8) {
    std::u16string letters;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        auto c = static_cast<char16_t>(static_cast<unsigned char>(utf8[i]));
        if (c >= 0x80) {
            if (c < 0xC3 || c > 0xC5 || i + 1 == utf8.size()) return {};
            c = static_cast<char16_t>((c & 0x1Fu) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3Fu));
        }
        c = c == u'â' ? u'a' : c == u'î' ? u'i' : c == u'û' ? u'u' : c;
        if (!is(c, alphabet) || letters.size() == longest_word) return {};
        letters.push_back(c);
    }
    return letters;
}

std::string write(Letters letters) {
    std::string utf8;
    for (const char16_t c : letters) {
        if (c >= 0x80) utf8.push_back(static_cast<char>(0xC0 | c >> 6));
        utf8.push_back(static_cast<char>(c < 0x80 ? c : 0x80 | (c & 0x3F)));
    }
    return utf8;
}

bool is_suffix_chain(Letters tail) {
    if (tail.empty()) return true;
    return std::ranges::any_of(name_suffixes, [tail](Letters suffix) {
        return tail.size() >= suffix.size() && has_form(suffix, tail.substr(0, suffix.size())) &&
               is_suffix_chain(tail.substr(suffix.size()));
    });
}

}  // namespace

std::string_view without_name_suffix(std::string_view word) {
    const std::size_t at = word.rfind('\'');
    if (at == std::string_view::npos || at < 2 || word.size() - at > 20) return word;
    const std::u16string tail = decode(word.substr(at + 1));
    return !tail.empty() && is_suffix_chain(tail) ? word.substr(0, at) : word;
}

std::string stem_turkish(std::string_view word) {
    const std::string_view name = without_name_suffix(word);
    std::u16string letters = decode(name);
    if (letters.empty()) return std::string(name);
    for (int i = 0; i < most_suffixes && !is_root(letters) && strip(letters); ++i) {
    }
    finish(letters);
    return write(letters);
}

}  // namespace izde::text
