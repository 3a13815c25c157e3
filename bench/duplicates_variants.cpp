#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <random>
#include <string>

#include "clip/duplicates.hpp"
#include "duplicates.hpp"

namespace izde::bench {
namespace {

using Sentences = std::vector<std::string>;

constexpr std::size_t stories_taken = 500;
constexpr std::size_t shortest = 600;  // bytes
constexpr std::size_t fewest = 6;      // sentences

Sentences sentences_of(const std::string& text) {
    Sentences sentences(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        sentences.back() += text[i];
        const bool wide = i >= 2 && text.compare(i - 2, 3, "。") == 0;
        const bool stop =
            text[i] == '.' && i + 1 < text.size() && (text[i + 1] == ' ' || text[i + 1] == '\n');
        if (wide || stop) sentences.emplace_back();
    }
    if (sentences.back().empty()) sentences.pop_back();
    return sentences;
}

std::string join(const Sentences& sentences, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += sentences[i];
    return text;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

constexpr std::size_t fewest_numbers = 4;

std::size_t numbers_in(const std::string& text) {
    std::size_t numbers = 0;
    for (std::size_t i = 1; i < text.size(); ++i)
        numbers += std::isdigit(static_cast<unsigned char>(text[i])) != 0 &&
                           std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0
                       ? 1
                       : 0;
    return numbers;
}

// Each second digit, each digit, or each digit and each capital inside of sentences becomes another one.
std::string other_facts(std::string text, std::mt19937& random, unsigned each, bool names) {
    unsigned number = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        char& c = text[i];
        const bool begins = std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0;
        if (c >= '0' && c <= '9' && begins && number++ % each == 0)
            c = static_cast<char>('0' + (c - '0' + 1 + static_cast<int>(random() % 8)) % 10);
        if (names && c >= 'A' && c <= 'Z' && begins)
            c = static_cast<char>('A' + (c - 'A' + 1 + static_cast<int>(random() % 24)) % 26);
    }
    return text;
}

struct Variant {
    const char* name;
    std::function<void(index::Document&, const Sentences&, const Sentences& other, std::mt19937&)> change;
};

const std::vector<Variant>& variants() {
    static const std::vector<Variant> all{
        {"another headline", [](auto& d, auto&, auto&, auto&) { d.title = "What else there is to say"; }},
        {"a passage missing",
         [](auto& d, auto& s, auto&, auto& random) {
             const std::size_t at = random() % (s.size() - s.size() / 5);
             d.body = join(s, 0, at) + join(s, at + s.size() / 5, s.size());
         }},
        {"the last third cut off",
         [](auto& d, auto& s, auto&, auto&) { d.body = join(s, 0, s.size() * 2 / 3); }},
        {"the last half cut off",
         [](auto& d, auto& s, auto&, auto&) { d.body = join(s, 0, (s.size() + 1) / 2); }},
        {"other quotes and dashes",
         [](auto& d, auto&, auto&, auto&) {
             d.body = replaced(replaced(replaced(d.body, "\"", "”"), "'", "’"), " - ", " — ");
         }},
        {"other agency and place",
         [](auto& d, auto&, auto&, auto&) {
             d.body = "KARAGANDA, 3 June, Our Agency. " + d.body + "\nReported by Aliya Ospan\n";
         }},
        {"a passage more",
         [](auto& d, auto& s, auto& o, auto& random) {
             const std::size_t at = random() % s.size();
             d.body = join(s, 0, at) + join(o, 0, std::min<std::size_t>(o.size(), s.size() / 4)) +
                      join(s, at, s.size());
         }},
        {"all of these but the half",
         [](auto& d, auto& s, auto& o, auto&) {
             d.title = "What else there is to say";
             d.body = "KARAGANDA, 3 June, Our Agency. " + replaced(join(s, 0, s.size() * 3 / 4), "\"", "”") +
                      o.front();
         }},
        {"LOOK-ALIKE: half the numbers",
         [](auto& d, auto&, auto&, auto& random) { d.body = other_facts(d.body, random, 2, false); }},
        {"LOOK-ALIKE: numbers",
         [](auto& d, auto&, auto&, auto& random) { d.body = other_facts(d.body, random, 1, false); }},
        {"LOOK-ALIKE: numbers and names",
         [](auto& d, auto&, auto&, auto& random) { d.body = other_facts(d.body, random, 1, true); }},
        {"LOOK-ALIKE: the same beginning",
         [](auto& d, auto& s, auto& o, auto&) { d.body = join(s, 0, s.size() / 3) + join(o, 0, o.size()); }},
        {"LOOK-ALIKE: the brief of it in a round-up",
         [](auto& d, auto& s, auto& o, auto&) { d.body = join(o, 0, o.size()) + join(s, 0, 3); }},
    };
    return all;
}

// How many of the changed stories stand in the group of the one they were made of.
double folded(const std::vector<index::Document>& stories, const Variant& variant) {
    std::mt19937 random(7);
    std::vector<index::Document> all = stories;
    for (std::size_t i = 0; i < stories.size(); ++i) {
        index::Document changed = stories[i];
        changed.id.front() = changed.id.front() == 'f' ? '0' : 'f';
        variant.change(changed, sentences_of(stories[i].body),
                       sentences_of(stories[(i + 1) % stories.size()].body), random);
        all.push_back(std::move(changed));
    }
    clip::Duplicates duplicates(*clip::Duplicates::Prints::create(std::filesystem::temp_directory_path()));
    for (const auto& document : all) static_cast<void>(duplicates.see(document));
    static_cast<void>(duplicates.group([&](std::size_t number) { return Result(all[number]); }));
    for (std::size_t i = 0; i < all.size(); ++i) duplicates.mark(i, all[i]);
    std::size_t count = 0;
    for (std::size_t i = 0; i < stories.size(); ++i)
        count += !all[i].group.empty() && all[i].group == all[i + stories.size()].group ? 1 : 0;
    return static_cast<double>(count) / static_cast<double>(stories.size());
}

}  // namespace

void fold_variants(const std::vector<index::Document>& documents) {
    std::vector<index::Document> stories;
    std::mt19937 random(3);
    for (const auto& document : documents)
        if (document.body.size() >= shortest && numbers_in(document.body) >= fewest_numbers &&
            sentences_of(document.body).size() >= fewest)
            stories.push_back(document);
    std::ranges::shuffle(stories, random);
    if (stories.size() > stories_taken) stories.resize(stories_taken);
    std::printf("%zu stories, each changed:                    folds\n", stories.size());
    for (const Variant& variant : variants())
        std::printf("  %-42s %6.3f\n", variant.name, folded(stories, variant));
}

}  // namespace izde::bench
