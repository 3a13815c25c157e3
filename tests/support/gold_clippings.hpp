// The gold set of tests/clippings: what each clipping says of itself. Its README.md is the form.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace izde::tests {

inline const std::filesystem::path clippings_folder =
    std::filesystem::path(IZDE_ROOT) / "tests" / "clippings";

// Any of them is right; the empty one stands for null.
using Choices = std::vector<std::string>;

struct Gold {
    std::string at;  // "gold-x.jsonl:12", for messages
    std::string file, record, lang, encoding;
    std::vector<std::string> kind;
    Choices title, author, place, source;
    std::string title_source;
    std::string date_value, date_precision, date_source;
    Choices date_text;
    std::vector<std::string> body, furniture;
    std::string group;

    std::string name() const { return record.empty() ? file : file + "#" + record; }
    std::string format() const { return file.substr(file.rfind('.') + 1); }
    bool is(const std::string& one) const { return std::ranges::find(kind, one) != kind.end(); }
};

inline std::string string_or_null(const nlohmann::json& value) {
    return value.is_null() ? std::string() : value.get<std::string>();
}

inline Choices choices(const nlohmann::json& value) {
    Choices all;
    if (value.is_array())
        for (const auto& one : value) all.push_back(string_or_null(one));
    else
        all.push_back(string_or_null(value));
    return all;
}

// A key that is missing, or of another type, is an exception.
inline Gold to_gold(const nlohmann::json& line) {
    Gold gold;
    gold.file = line.at("file").get<std::string>();
    gold.record = string_or_null(line.at("record"));
    gold.lang = line.at("lang").get<std::string>();
    gold.encoding = line.at("encoding").get<std::string>();
    gold.kind = line.at("kind").get<std::vector<std::string>>();
    gold.title = choices(line.at("title"));
    gold.title_source = line.at("title_source").get<std::string>();
    const auto& date = line.at("date");
    gold.date_value = string_or_null(date.at("value"));
    gold.date_precision = date.at("precision").get<std::string>();
    gold.date_source = string_or_null(date.at("source"));
    gold.date_text = choices(date.at("text"));
    gold.author = choices(line.at("author"));
    gold.place = choices(line.at("place"));
    gold.source = choices(line.at("source"));
    gold.body = line.at("body").get<std::vector<std::string>>();
    gold.furniture = line.at("furniture").get<std::vector<std::string>>();
    gold.group = string_or_null(line.at("group"));
    return gold;
}

// All gold lines, file by file in the files' order; throws std::runtime_error that names the line.
inline std::vector<Gold> load_gold() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(clippings_folder))
        if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Gold> all;
    for (const auto& file : files) {
        std::ifstream in(file);
        std::size_t number = 0;
        for (std::string line; std::getline(in, line);) {
            const std::string at = file.filename().string() + ":" + std::to_string(++number);
            try {
                all.push_back(to_gold(nlohmann::json::parse(line)));
                all.back().at = at;
            } catch (const nlohmann::json::exception& why) {
                throw std::runtime_error(at + ": " + why.what());
            }
        }
    }
    return all;
}

}  // namespace izde::tests
