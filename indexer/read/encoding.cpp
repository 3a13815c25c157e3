// What the bytes say for certain comes first (a BOM, strict UTF-8); what is only likely is judged
// by reading each candidate's text. ICU's own detector has a vote, not the last word: on short
// texts it is wrong too often.
#include "read/encoding.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "izde/eight.hpp"
#include "izde/text/utf8.hpp"

#include "read/plausible.hpp"

namespace izde::read {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

struct Mark {
    std::string_view bytes;
    const char* encoding;
};
constexpr auto marks = std::to_array<Mark>({{{"\xEF\xBB\xBF", 3}, "UTF-8"},
                                            {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
                                            {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                                            {{"\xFF\xFE", 2}, "UTF-16LE"},
                                            {{"\xFE\xFF", 2}, "UTF-16BE"}});

// Many pages declare the smaller set and use the larger.
struct Wider {
    std::string_view declared;
    const char* encoding;
};
constexpr auto wider = std::to_array<Wider>({{"ISO-8859-1", "windows-1252"},
                                             {"US-ASCII", "windows-1252"},
                                             {"ISO-8859-9", "windows-1254"},
                                             {"GB2312", "GB18030"},
                                             {"GBK", "GB18030"},
                                             {"windows-936", "GB18030"},
                                             {"EUC-KR", "windows-949"},
                                             {"KS_C_5601-1987", "windows-949"},
                                             {"TIS-620", "windows-874"},
                                             {"ISO-8859-11", "windows-874"},
                                             {"ISO-8859-8", "windows-1255"},
                                             {"ISO-8859-8-I", "windows-1255"}});

constexpr auto always_tried =
    std::to_array<const char*>({"UTF-8", "windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "x-mac-cyrillic",
                                "GB18030", "Big5", "Shift_JIS", "EUC-JP", "windows-949", "windows-1252"});

constexpr std::size_t sample_bytes = 32u << 10;
constexpr char escape = '\x1B';  // of ISO-2022, which is ASCII all over

// What a declaration and ICU's full confidence weigh against reading, in points a byte.
constexpr double declared_votes = 0.6;
constexpr double detector_votes = 0.5;

enum class OnError { stop, substitute };

Converter open_converter(const char* encoding) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(encoding, &status), &ucnv_close);
    if (U_FAILURE(status)) converter.reset();
    return converter;
}

// ICU knows one encoding by many names; people know one of them.
std::string public_name(const char* encoding) {
    const std::string_view name = encoding;
    if (name.starts_with("windows-") && name.rfind('-') == 7) return encoding;
    for (const char* standard : {"MIME", "IANA"}) {
        UErrorCode status = U_ZERO_ERROR;
        const char* known = ucnv_getStandardName(encoding, standard, &status);
        if (U_SUCCESS(status) && known != nullptr) return known;
    }
    return encoding;
}

// False where a byte does not fit and `on_error` says to stop.
bool convert(std::string_view bytes, const char* encoding, OnError on_error, std::string& text) {
    const Converter from = open_converter(encoding);
    const Converter to = open_converter("UTF-8");
    if (!from || !to) return false;
    UErrorCode status = U_ZERO_ERROR;
    if (on_error == OnError::stop)
        ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::array<UChar, 4096> pivot{};
    std::array<char, std::size_t{3} * 4096> piece{};
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    const char* source = bytes.data();
    text.reserve(bytes.size() + bytes.size() / 2);
    for (bool first = true;; first = false) {
        char* target = piece.data();
        status = U_ZERO_ERROR;
        ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source,
                       bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target,
                       pivot.data() + pivot.size(), static_cast<UBool>(first), true, &status);
        text.append(piece.data(), static_cast<std::size_t>(target - piece.data()));
        if (status != U_BUFFER_OVERFLOW_ERROR) return U_SUCCESS(status);
    }
}

std::string converted(std::string_view bytes, const char* encoding) {
    std::string text;
    if (std::string_view(encoding) == "UTF-8" || !convert(bytes, encoding, OnError::substitute, text))
        return text::repair_utf8(bytes);
    return text;
}

void unify_line_ends(std::string& text) {
    std::size_t kept = std::min({text.find('\r'), text.find('\0'), text.size()});
    for (std::size_t i = kept; i < text.size(); ++i) {
        if (text[i] == '\0') continue;
        const bool before_newline = i + 1 < text.size() && text[i + 1] == '\n';
        if (text[i] == '\r' && before_newline) continue;
        text[kept++] = text[i] == '\r' ? '\n' : text[i];
    }
    text.resize(kept);
}

Decoded finish(std::string_view bytes, const char* encoding) {
    Decoded decoded{converted(bytes, encoding), public_name(encoding)};
    unify_line_ends(decoded.text);
    if (decoded.text.starts_with("\xEF\xBB\xBF")) decoded.text.erase(0, 3);
    return decoded;
}

bool is_high(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

// UTF-16 without a BOM is full of these, and some of it is strictly valid UTF-8.
bool has_controls(std::string_view bytes) {
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B);
    };
    const auto sample = bytes.substr(0, sample_bytes);
    std::size_t count = 0;
    for (std::size_t at = 0; at < sample.size(); at += eight::size) {
        const auto part = sample.substr(at, eight::size);
        if (part.size() == eight::size && !eight::any(eight::below(eight::load(part.data()), 0x20))) continue;
        count += static_cast<std::size_t>(std::ranges::count_if(part, is_control));
    }
    return count * 20 > sample.size();
}

// Damage or a cut end does not hide UTF-8: no other encoding makes its sequences by chance.
bool is_mostly_utf8(std::string_view bytes) {
    std::size_t good = 0;
    std::size_t bad = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 1) {
            ++i;
            continue;
        }
        const bool fits = length > 0 && text::is_valid_utf8(bytes.substr(i, length));
        ++(fits ? good : bad);
        i += fits ? length : 1;
    }
    return good > 0 && bad * 8 <= good;
}

std::vector<std::pair<const char*, double>> icu_votes(std::string_view sample) {
    std::vector<std::pair<const char*, double>> votes;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                              &ucsdet_close);
    if (U_FAILURE(status)) return votes;
    ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
    std::int32_t count = 0;
    const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
    for (std::int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
        const char* name = ucsdet_getName(matches[i], &status);
        const double confidence = ucsdet_getConfidence(matches[i], &status) / 100.0;
        // The detector's own copy of the name ends with the detector.
        UErrorCode alias_status = U_ZERO_ERROR;
        const char* known = ucnv_getAlias(name, 0, &alias_status);
        if (known != nullptr && confidence >= 0.1) votes.emplace_back(known, confidence);
    }
    return votes;
}

bool is_same(const char* left, const char* right) {
    return ucnv_compareNames(left, right) == 0 || public_name(left) == public_name(right);
}

const char* widened(const char* encoding) {
    const std::string name = public_name(encoding);
    for (const auto& [declared, larger] : wider)
        if (ucnv_compareNames(std::string(declared).c_str(), name.c_str()) == 0) return larger;
    return encoding;
}

std::string_view telling_part(std::string_view bytes) {
    const auto first = std::ranges::find_if(bytes, is_high);
    // UTF-16 and UTF-32 count from the beginning.
    const auto start = static_cast<std::size_t>(first - bytes.begin()) & ~std::size_t{3};
    return bytes.substr(start < bytes.size() ? start : 0, sample_bytes);
}

struct Candidate {
    const char* encoding;
    double votes = 0;  // points a byte beyond ASCII, before the text is read
};

void add_vote(std::vector<Candidate>& candidates, const char* encoding, double votes) {
    const auto known = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
        return is_same(candidate.encoding, encoding);
    });
    if (known == candidates.end())
        candidates.push_back({encoding, votes});
    else
        known->votes = std::max(known->votes, votes);
}

double points_of(const Candidate& candidate, std::string_view sample) {
    const auto high = std::ranges::count_if(sample, is_high);
    // ISO-2022 has none.
    const auto weight = static_cast<double>(high > 0 ? static_cast<std::size_t>(high) : sample.size());
    double points = plausibility(converted(sample, candidate.encoding)) + candidate.votes * weight;
    // Repairing UTF-8 takes NULs out of sight.
    if (std::string_view(candidate.encoding) == "UTF-8")
        points -= 10.0 * static_cast<double>(std::count(sample.begin(), sample.end(), '\0'));
    return points;
}

const char* detect(std::string_view bytes, const char* declared) {
    const std::string_view sample = telling_part(bytes);
    std::vector<Candidate> candidates;
    if (declared != nullptr) candidates.push_back({declared, declared_votes});
    for (const char* encoding : always_tried) add_vote(candidates, encoding, 0);
    if (has_controls(bytes) || bytes.size() % 2 == 0)
        for (const char* encoding : {"UTF-16LE", "UTF-16BE"}) add_vote(candidates, encoding, 0);
    for (const auto& [name, confidence] : icu_votes(sample))
        add_vote(candidates, widened(name), detector_votes * confidence);

    const char* best = "UTF-8";
    double best_points = points_of({best}, sample);
    for (const auto& candidate : candidates) {
        const double points = points_of(candidate, sample);
        if (points <= best_points) continue;
        best = candidate.encoding;
        best_points = points;
    }
    return best;
}

// Null where the declaration is unknown or cannot be true.
const char* named(const std::string& declared) {
    if (declared.empty() || declared.size() > 60) return nullptr;
    UErrorCode status = U_ZERO_ERROR;
    const char* name = ucnv_getAlias(declared.c_str(), 0, &status);
    if (U_FAILURE(status) || name == nullptr) return nullptr;
    // Who could read the declaration did not read UTF-16.
    const std::string known = public_name(name);
    if (known.starts_with("UTF-16") || known.starts_with("UTF-32")) return nullptr;
    return widened(name);
}

// The same for these bytes.
const char* possible(std::string_view bytes, const char* encoding) {
    std::string text;
    return encoding != nullptr && convert(bytes, encoding, OnError::stop, text) ? encoding : nullptr;
}

// Whether it reads ASCII as it is, up to an escape.
bool has_ascii(const char* encoding) {
    std::string all = "~{";  // HZ goes over to Chinese with that
    for (char c = 1; c < 0x7F; ++c)
        if (c != escape) all += c;
    std::string text;
    return convert(all, encoding, OnError::stop, text) && text == all;
}

// ASCII that says what it is: there is nothing to weigh.
bool is_plainly(std::string_view ascii, const char* encoding) {
    return is_same(encoding, "UTF-8") ||
           (ascii.find(escape) == std::string_view::npos && has_ascii(encoding));
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view declared) {
    for (const auto& [mark, encoding] : marks)
        if (bytes.starts_with(mark)) return finish(bytes.substr(mark.size()), encoding);
    const bool controls = has_controls(bytes);
    const bool ascii = text::is_ascii(bytes);
    // Strict UTF-8 that is more than ASCII is no accident, whatever a page declares.
    if (!ascii && !controls && text::is_valid_utf8(bytes)) return finish(bytes, "UTF-8");
    const char* encoding = named(std::string(declared));
    if (encoding != nullptr && ascii && !controls && is_plainly(bytes, encoding)) {
        Decoded decoded = finish(bytes, "UTF-8");
        decoded.encoding = public_name(encoding);
        return decoded;
    }
    encoding = possible(bytes, encoding);
    if (encoding == nullptr && !controls && (ascii || is_mostly_utf8(bytes))) return finish(bytes, "UTF-8");
    return finish(bytes, detect(bytes, encoding));
}

std::optional<std::string> decode_declared(std::string_view bytes, std::string_view declared) {
    const char* encoding = possible(bytes, named(std::string(declared)));
    if (encoding == nullptr || is_same(encoding, "windows-1252")) return std::nullopt;
    return finish(bytes, encoding).text;
}

std::string decode_as(std::string_view bytes, const std::string& encoding) {
    return finish(bytes, encoding.c_str()).text;
}

}  // namespace izde::read
