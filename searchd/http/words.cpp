#include "http/words.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "http/embedded.hpp"

namespace izde::http {
namespace {

using Json = nlohmann::json;

// Those that were built in, whatever page is served: words belong to the code that says them.
const Json& words_in(std::string_view tongue) {
    static const auto all = [] {
        std::map<std::string, Json, std::less<>> by_tongue;
        for (const auto& file : embedded_files()) {
            const std::string_view name = file.name;
            if (name.ends_with(".json"))
                by_tongue[std::string(name.substr(0, name.find('.')))] =
                    Json::parse(file.bytes, file.bytes + file.size);
        }
        return by_tongue;
    }();
    return all.find(tongue)->second;
}

std::optional<std::string_view> known(std::string_view tag) {
    const auto found = std::ranges::find(Words::tongues, tag.substr(0, 2),
                                         &std::pair<std::string_view, std::string_view>::first);
    const bool ends = tag.size() == 2 || (tag.size() > 2 && (tag[2] == '-' || tag[2] == ';'));
    if (found == std::end(Words::tongues) || !ends) return std::nullopt;
    return found->first;
}

std::string_view header(const Message& request, const char* name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    return text;
}

// Calls `look` with each part until one tells something.
template <class Look>
std::optional<std::string_view> first_of(std::string_view text, char separator, Look look) {
    while (!text.empty()) {
        const auto part = text.substr(0, text.find(separator));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        if (const auto told = look(trimmed(part))) return told;
    }
    return std::nullopt;
}

std::optional<std::string_view> cookie_tongue(const Message& request) {
    return first_of(header(request, "cookie"), ';', [](std::string_view cookie) {
        return cookie.starts_with("lang=") ? known(cookie.substr(5)) : std::nullopt;
    });
}

// With `value` in each gap.
std::string filled(const std::string& text, std::string_view gap, std::string_view value) {
    std::string all;
    std::size_t at = 0;
    for (auto next = text.find(gap); next != std::string::npos; next = text.find(gap, at)) {
        all.append(text, at, next - at).append(value);
        at = next + gap.size();
    }
    return all.append(text, at);
}

// The plural rules of Unicode's CLDR for whole numbers in the four languages.
const char* plural(std::string_view tongue, std::uint64_t n) {
    const auto last = n % 10, two = n % 100;
    if (tongue == "en") return n == 1 ? "one" : "other";
    if (tongue != "ru") return "other";
    if (last == 1 && two != 11) return "one";
    return last >= 2 && last <= 4 && (two < 12 || two > 14) ? "few" : "many";
}

}  // namespace

Words Words::of(const Message& request) {
    for (const auto& [name, value] : request.params) {
        if (name != "hl") continue;
        if (const auto tongue = known(value)) return Words(*tongue);
    }
    if (const auto tongue = cookie_tongue(request)) return Words(*tongue);
    // Browsers list the languages by preference.
    const auto accepted = first_of(header(request, "accept-language"), ',', known);
    return Words(accepted.value_or("en"));
}

std::string Words::say(std::string_view key) const {
    return words_in(tongue_).at(std::string(key)).get<std::string>();
}

std::string Words::say(std::string_view key, std::string_view x) const {
    const auto text = say(key);
    return filled(text, text.find("{x}") == std::string::npos ? "{q}" : "{x}", x);
}

std::string Words::count(std::string_view key, std::uint64_t n) const {
    const auto& forms = words_in(tongue_).at(std::string(key));
    if (!forms.is_object()) return filled(forms.get<std::string>(), "{n}", number(n));
    const auto form = forms.find(plural(tongue_, n));
    return filled((form == forms.end() ? forms.at("other") : *form).get<std::string>(), "{n}", number(n));
}

std::string Words::page_of(std::uint64_t page, std::uint64_t of) const {
    return filled(filled(say("pageOf"), "{n}", number(page)), "{m}", number(of));
}

std::pair<std::string, std::string> Words::around(std::string_view key) const {
    const auto text = say(key);
    const auto gap = text.find("{x}");
    return {text.substr(0, gap), text.substr(std::min(text.size(), gap + 3))};
}

std::string Words::warning(const query::Warning& warning) const {
    const auto& words = words_in(tongue_);
    const auto sentences = words.find("warnings");
    if (sentences == words.end()) return warning.text;
    const auto sentence = sentences->find(warning.code);
    return sentence == sentences->end() ? warning.text
                                        : filled(sentence->get<std::string>(), "{x}", warning.about);
}

std::string Words::number(std::uint64_t n) const {
    auto digits = std::to_string(n);
    const auto separator = say("thousands");
    for (auto at = digits.size(); at > 3;) digits.insert(at -= 3, separator);
    return digits;
}

std::string Words::date(const std::string& value) const {
    const auto& words = words_in(tongue_);
    const auto part = [&](std::size_t at, std::size_t size) {
        int number = 0;
        if (value.size() >= at + size) std::from_chars(value.data() + at, value.data() + at + size, number);
        return number;
    };
    const int year = part(0, 4), month = part(5, 2), day = part(8, 2);
    if (year <= 0 || month < 0 || month > 12) return value;
    const auto& dates = words.at("dates");
    const auto months = words.find(day > 0 && words.contains("monthsOfDays") ? "monthsOfDays" : "months");
    auto text = dates.at(day > 0 ? "day" : month > 0 ? "month" : "year").get<std::string>();
    text = filled(text, "{y}", std::to_string(year));
    if (month > 0)
        text = filled(text, "{month}", months->at(static_cast<std::size_t>(month - 1)).get<std::string>());
    return filled(text, "{d}", std::to_string(day));
}

std::string Words::language_name(std::string_view code) const {
    const auto& names = words_in(tongue_).at("languages");
    const auto found = names.find(code.empty() ? "und" : std::string(code));
    return found == names.end() ? std::string(code) : found->get<std::string>();
}

std::string Words::origin(const std::string& source) const {
    const auto& names = words_in(tongue_).at("origin");
    const auto found = names.find(source);
    return found == names.end() ? source : found->get<std::string>();
}

}  // namespace izde::http
