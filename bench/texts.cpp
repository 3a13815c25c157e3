#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "izde/index/generations.hpp"
#include "izde/index/inventory.hpp"

#include "commands.hpp"
#include "support/tiny_index.hpp"

namespace izde::bench {
namespace {

// One line of a table: what would end it or a column becomes a blank.
std::string on_one_line(const std::string& text) {
    std::string line;
    line.reserve(text.size());
    for (const char c : text) {
        const bool blank = c == ' ' || static_cast<unsigned char>(c) < ' ';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    return line;
}

struct Field {
    const char* name;
    std::string index::Document::*value;
};
constexpr Field fields[] = {{"lang", &index::Document::lang},
                            {"source", &index::Document::source},
                            {"place", &index::Document::place},
                            {"format", &index::Document::format}};

using Counts = std::map<std::string, double>;

// How much a value of the field tells: of one that all share nothing.
double entropy_of(const Counts& counts) {
    double all = 0, sum = 0;
    for (const auto& [value, count] : counts) all += count;
    for (const auto& [value, count] : counts) sum -= count / all * std::log2(count / all);
    return sum;
}

const Field& most_telling(const std::map<const Field*, Counts>& counted) {
    const Field* best = &fields[0];
    double most = -1;
    for (const Field& field : fields)
        if (const double entropy = entropy_of(counted.at(&field)); entropy > most)
            most = entropy, best = &field;
    return *best;
}

}  // namespace

int bench_texts(const std::vector<std::string>& options) {
    if (options.size() != 2) {
        std::fprintf(stderr, "usage: izde-bench texts INDEX FILE\n");
        return 2;
    }
    const index::Generations generations(options[0]);
    const auto generation = generations.path(tests::expect(generations.live()));
    const index::Inventory inventory = tests::expect(index::Inventory::read(generation));
    std::map<std::uint32_t, const index::Inventory::Item*> by_key;
    for (const index::Inventory::Item& item : inventory.items()) by_key[item.key] = &item;

    std::map<const Field*, Counts> counted;
    for (const auto& [key, item] : by_key) {
        const index::Document document = tests::expect(inventory.fetch(*item));
        for (const Field& field : fields) ++counted[&field][document.*field.value];
    }
    if (counted.empty()) throw std::runtime_error("the index has no documents");
    const Field& field = most_telling(counted);

    std::ofstream file(options[1]);
    std::uint64_t number = 0, bytes = 0;
    for (const auto& [key, item] : by_key) {
        const index::Document document = tests::expect(inventory.fetch(*item));
        std::string furniture;
        for (const index::Furniture& piece : document.boilerplate) furniture += piece.text + "\n";
        const std::string title = on_one_line(document.title), body = on_one_line(document.body),
                          other = on_one_line(furniture);
        bytes += title.size() + body.size() + other.size();
        file << ++number << '\t' << on_one_line(document.*field.value) << '\t' << title << '\t' << body
             << '\t' << other << '\n';
    }
    if (!file.flush()) throw std::runtime_error("cannot write " + options[1]);
    const nlohmann::ordered_json told{{"documents", number}, {"text_bytes", bytes}, {"field", field.name}};
    std::printf("%s\n", told.dump().c_str());
    return 0;
}

}  // namespace izde::bench
