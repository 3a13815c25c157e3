// One table of keys for each section of the file; what reads a key also checks it.
// Tested by config_test.cpp.
#include "izde/config.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <span>
#include <string_view>

#include <toml++/toml.h>

#include "izde/addresses.hpp"
#include "izde/suggest.hpp"

namespace izde {
namespace {

// What a record's own key can be mapped to.
constexpr std::array<std::string_view, 12> record_keys = {
    "id", "url", "title", "body", "text", "content", "date", "author", "source", "place", "lang", "tags"};

class File {
  public:
    explicit File(const std::filesystem::path& path) : name_(path.string()) {}

    Failure complain(const toml::source_region& where, const std::string& what, std::string hint = {}) const {
        return fail(Errc::bad_argument, name_ + ":" + std::to_string(where.begin.line) + ": " + what,
                    std::move(hint));
    }

  private:
    std::string name_;
};

// A value with the name it has in the file, which complaints about it need.
struct Setting {
    const File& file;
    std::string name;
    const toml::node& value;

    Failure complain(const std::string& what, std::string hint = {}) const {
        return file.complain(value.source(), "'" + name + "' " + what, std::move(hint));
    }
};

template <class Target>
struct Key {
    std::string_view name;
    Result<void> (*read)(const Setting& setting, Target& target);
};

std::string hint_for(std::string_view wrong, std::span<const std::string_view> known) {
    if (const auto meant = nearest(wrong, known)) return "did you mean '" + *meant + "'?";
    std::string list = "known here:";
    for (const auto name : known) list.append(" ").append(name);
    return list;
}

template <class Target>
Result<void> read_table(const File& file, const toml::table& table, std::span<const Key<Target>> keys,
                        Target& target) {
    for (const auto& [key, value] : table) {
        const auto name = key.str();
        const auto known = std::ranges::find(keys, name, &Key<Target>::name);
        if (known == keys.end()) {
            std::vector<std::string_view> names;
            for (const auto& one : keys) names.push_back(one.name);
            return file.complain(key.source(), "unknown key '" + std::string(name) + "'",
                                 hint_for(name, names));
        }
        if (auto read = known->read({file, std::string(name), value}, target); !read) return read;
    }
    return {};
}

Result<void> read_text(const Setting& setting, std::string& into) {
    const auto* text = setting.value.as_string();
    if (text == nullptr) return setting.complain("must be a text in quotes");
    if (text->get().empty()) return setting.complain("must not be empty");
    if (text->get().find('\0') != std::string::npos) return setting.complain("must not contain a NUL");
    into = text->get();
    return {};
}

Result<void> read_texts(const Setting& setting, std::vector<std::string>& into) {
    const auto* list = setting.value.as_array();
    if (list == nullptr)
        return setting.complain("must be a list of texts", "write " + setting.name + R"( = ["one", "two"])");
    for (const auto& value : *list) {
        std::string text;
        if (auto read = read_text({setting.file, setting.name, value}, text); !read) return read;
        into.push_back(std::move(text));
    }
    return {};
}

struct Range {
    int least, most;
};

Result<void> read_number(const Setting& setting, Range range, std::optional<int>& into) {
    const auto* number = setting.value.as_integer();
    if (number == nullptr) return setting.complain("must be a whole number, without quotes");
    const std::int64_t value = number->get();
    if (value < range.least || value > range.most) {
        return setting.complain("is " + std::to_string(value) + " but must be from " +
                                std::to_string(range.least) + " to " + std::to_string(range.most));
    }
    into = static_cast<int>(value);
    return {};
}

Result<void> read_fraction(const Setting& setting, std::optional<double>& into) {
    const auto number = setting.value.is_number() ? setting.value.value<double>() : std::nullopt;
    if (!number) return setting.complain("must be a number, without quotes");
    // Not a number is no order's more or less.
    if (!(*number >= 0 && *number <= 1)) return setting.complain("must be from 0 to 1");
    into = *number;
    return {};
}

Result<void> read_switch(const Setting& setting, std::optional<bool>& into) {
    const auto* value = setting.value.as_boolean();
    if (value == nullptr) return setting.complain("must be true or false, without quotes");
    into = value->get();
    return {};
}

template <class Value, std::size_t size>
Result<void> read_choice(const Setting& setting,
                         const std::array<std::pair<std::string_view, Value>, size>& choices,
                         std::optional<Value>& into) {
    std::string word;
    if (auto read = read_text(setting, word); !read) return read;
    std::array<std::string_view, size> words;
    for (std::size_t i = 0; i < size; ++i) {
        words[i] = choices[i].first;
        if (word == words[i]) into = choices[i].second;
    }
    if (std::ranges::find(words, word) != words.end()) return {};
    std::string list;
    for (const auto one : words)
        list.append(list.empty() ? "" : one == words.back() ? " or " : ", ").append(one);
    const auto meant = nearest(word, words);
    return setting.complain("is '" + word + "' but must be " + list,
                            meant ? "did you mean '" + *meant + "'?" : "");
}

constexpr std::array<std::pair<std::string_view, Sandbox>, 2> sandboxes = {
    {{"required", Sandbox::required}, {"best-effort", Sandbox::best_effort}}};
constexpr std::array<std::pair<std::string_view, QueryLog>, 3> query_logs = {
    {{"off", QueryLog::off}, {"hashed", QueryLog::hashed}, {"full", QueryLog::full}}};
constexpr std::array<std::pair<std::string_view, AddressLog>, 3> address_logs = {
    {{"off", AddressLog::off}, {"truncated", AddressLog::truncated}, {"full", AddressLog::full}}};
constexpr std::array<std::pair<std::string_view, bool>, 2> on_off = {{{"on", true}, {"off", false}}};

// true, or "on", as its neighbours are written.
Result<void> read_log(const Setting& setting, Config& config) {
    if (setting.value.is_string()) return read_choice(setting, on_off, config.log);
    return read_switch(setting, config.log);
}

Result<void> read_field_names(const Setting& setting, Config& config) {
    const auto* fields = setting.value.as_table();
    if (fields == nullptr)
        return setting.complain("must be a table", R"(write: fields = {headline = "title"})");
    for (const auto& [key, value] : *fields) {
        std::string meaning;
        const Setting field{setting.file, std::string(key.str()), value};
        if (auto read = read_text(field, meaning); !read) return read;
        if (std::ranges::find(record_keys, meaning) == record_keys.end()) {
            return field.complain("is mapped to '" + meaning + "', which izde does not know",
                                  hint_for(meaning, record_keys));
        }
        config.field_names[field.name] = meaning;
    }
    return {};
}

// Where a setting has a default, the file's value goes in its place.
Result<void> read_number(const Setting& setting, Range range, int& into) {
    std::optional<int> number;
    if (auto read = read_number(setting, range, number); !read) return read;
    into = *number;
    return {};
}

Result<void> read_switch(const Setting& setting, bool& into) {
    std::optional<bool> value;
    if (auto read = read_switch(setting, value); !read) return read;
    into = *value;
    return {};
}

constexpr std::array source_keys = {
    Key<SourceConfig>{"path", [](const Setting& s, SourceConfig& c) { return read_text(s, c.path); }},
    Key<SourceConfig>{"name", [](const Setting& s, SourceConfig& c) { return read_text(s, c.name); }},
    Key<SourceConfig>{"include", [](const Setting& s, SourceConfig& c) { return read_texts(s, c.include); }},
    Key<SourceConfig>{"exclude", [](const Setting& s, SourceConfig& c) { return read_texts(s, c.exclude); }},
    Key<SourceConfig>{"hidden", [](const Setting& s, SourceConfig& c) { return read_switch(s, c.hidden); }},
    Key<SourceConfig>{"max_file_mb",
                      [](const Setting& s, SourceConfig& c) {
                          return read_number(s, {1, 1'000'000}, c.max_file_mb);
                      }},
    Key<SourceConfig>{"one_file_system",
                      [](const Setting& s, SourceConfig& c) { return read_switch(s, c.one_file_system); }},
};

constexpr std::array canary_keys = {
    Key<CanaryConfig>{"query", [](const Setting& s, CanaryConfig& c) { return read_text(s, c.query); }},
    Key<CanaryConfig>{"min",
                      [](const Setting& s, CanaryConfig& c) {
                          return read_number(s, {1, 1'000'000'000}, c.min);
                      }},
    Key<CanaryConfig>{"path", [](const Setting& s, CanaryConfig& c) { return read_text(s, c.path); }},
};

// A [[section]] that may stand several times; `needed` must not stay empty.
template <class Target>
Result<void> read_list(const Setting& setting, std::span<const Key<Target>> keys, std::string Target::*needed,
                       const std::string& example, std::vector<Target>& targets) {
    const auto* list = setting.value.as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        const auto* table = list->get(i)->as_table();
        if (table == nullptr) break;
        Target target;
        if (auto read = read_table<Target>(setting.file, *table, keys, target); !read) return read;
        if ((target.*needed).empty()) {
            return setting.file.complain(
                table->source(), "a [[" + setting.name + "]] needs a " + example.substr(0, example.find(' ')),
                "add: " + example);
        }
        targets.push_back(std::move(target));
    }
    if (list == nullptr || targets.size() != list->size()) {
        return setting.complain("must be a list of tables",
                                "write [[" + setting.name + "]] and below it: " + example);
    }
    return {};
}

Result<void> read_sources(const Setting& setting, Config& config) {
    return read_list<SourceConfig>(setting, source_keys, &SourceConfig::path, R"(path = "/srv/news")",
                                   config.sources);
}

Result<void> read_canaries(const Setting& setting, Config& config) {
    return read_list<CanaryConfig>(setting, canary_keys, &CanaryConfig::query, R"(query = "budget vote")",
                                   config.canaries);
}

constexpr std::array indexer_keys = {
    Key<Config>{"jobs",
                [](const Setting& s, Config& c) {
                    return read_number(s, {1, 1024}, c.jobs);
                }},
    Key<Config>{"memory",
                [](const Setting& s, Config& c) {
                    return read_number(s, {256, 1'000'000}, c.memory);
                }},
    Key<Config>{"max_shrink",
                [](const Setting& s, Config& c) {
                    return read_number(s, {0, 100}, c.max_shrink);
                }},
    Key<Config>{"wait_live_seconds",
                [](const Setting& s, Config& c) {
                    return read_number(s, {1, 3600}, c.wait_live_seconds);
                }},
    Key<Config>{"fields", read_field_names},
    Key<Config>{"sandbox", [](const Setting& s, Config& c) { return read_choice(s, sandboxes, c.sandbox); }},
};

bool is_scheme_and_host(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme)) continue;
        const auto host = text.substr(scheme.size());
        return !host.empty() && host.find_first_of("/?#@ \t\"\\<>'") == std::string_view::npos;
    }
    return false;
}

bool is_bare_host(std::string_view text) {
    const bool has_port = text.find(':') != std::string_view::npos && !text.starts_with('[');
    return !has_port && !text.ends_with(':') && text.find_first_of("/?#@, \t") == std::string_view::npos;
}

struct Form {
    bool (*is_fine)(std::string_view text);
    const char* what;
    const char* example;
};

constexpr Form origin_form{is_scheme_and_host, "is no address of a server", "https://app.example.org"};
constexpr Form host_form{is_bare_host, "is no name of a server",
                         "search.example.org, without https:// and port"};
constexpr Form network_form{[](std::string_view text) { return parse_network(text).has_value(); },
                            "is no address and no network", "192.0.2.7 or 10.0.0.0/8"};

Result<void> read_formed(const Setting& setting, const Form& form, std::string& into) {
    if (auto read = read_text(setting, into); !read) return read;
    if (form.is_fine(into)) return {};
    return setting.complain(std::string(form.what) + ": '" + into + "'",
                            std::string("write it as ") + form.example);
}

Result<void> read_formed(const Setting& setting, const Form& form, std::vector<std::string>& into) {
    const auto* list = setting.value.as_array();
    if (auto read = read_texts(setting, into); !read) return read;
    for (const auto& value : *list) {
        std::string text = **value.as_string();
        if (text == "*" && &form != &network_form) continue;
        if (auto read = read_formed({setting.file, setting.name, value}, form, text); !read) return read;
    }
    return {};
}

constexpr std::array limits_keys = {
    Key<LimitsConfig>{"connections",
                      [](const Setting& s, LimitsConfig& c) {
                          return read_number(s, {1, 100'000}, c.connections);
                      }},
    Key<LimitsConfig>{"connections_per_address",
                      [](const Setting& s, LimitsConfig& c) {
                          return read_number(s, {1, 100'000}, c.connections_per_address);
                      }},
    Key<LimitsConfig>{"queue",
                      [](const Setting& s, LimitsConfig& c) {
                          return read_number(s, {1, 100'000}, c.queue);
                      }},
};

Result<void> read_limits(const Setting& setting, Config& config) {
    const auto* table = setting.value.as_table();
    if (table == nullptr) return setting.complain("must be a section", "write [searchd.limits] on a line");
    return read_table<LimitsConfig>(setting.file, *table, limits_keys, config.limits);
}

constexpr std::array searchd_keys = {
    Key<Config>{"listen", [](const Setting& s, Config& c) { return read_text(s, c.listen); }},
    Key<Config>{"aliases", [](const Setting& s, Config& c) { return read_texts(s, c.aliases); }},
    Key<Config>{"freshness", [](const Setting& s, Config& c) { return read_fraction(s, c.freshness); }},
    Key<Config>{"web", [](const Setting& s, Config& c) { return read_text(s, c.web); }},
    Key<Config>{"threads",
                [](const Setting& s, Config& c) {
                    return read_number(s, {1, 1024}, c.threads);
                }},
    Key<Config>{"limits", read_limits},
    Key<Config>{"public", [](const Setting& s, Config& c) { return read_switch(s, c.is_public); }},
    Key<Config>{"url", [](const Setting& s, Config& c) { return read_formed(s, origin_form, c.url); }},
    Key<Config>{"allowed_hosts",
                [](const Setting& s, Config& c) { return read_formed(s, host_form, c.allowed_hosts); }},
    Key<Config>{"cors_origins",
                [](const Setting& s, Config& c) { return read_formed(s, origin_form, c.cors_origins); }},
    Key<Config>{"trusted_proxies",
                [](const Setting& s, Config& c) { return read_formed(s, network_form, c.trusted_proxies); }},
    Key<Config>{"api_key_file", [](const Setting& s, Config& c) { return read_text(s, c.api_key_file); }},
    Key<Config>{"rate",
                [](const Setting& s, Config& c) {
                    return read_number(s, {0, 1'000'000}, c.rate);
                }},
    Key<Config>{"burst",
                [](const Setting& s, Config& c) {
                    return read_number(s, {1, 1'000'000}, c.burst);
                }},
    Key<Config>{"log", read_log},
    Key<Config>{"log_queries",
                [](const Setting& s, Config& c) { return read_choice(s, query_logs, c.log_queries); }},
    Key<Config>{"log_addresses",
                [](const Setting& s, Config& c) { return read_choice(s, address_logs, c.log_addresses); }},
};

Result<void> read_section(const Setting& setting, std::span<const Key<Config>> keys, Config& config) {
    const auto* table = setting.value.as_table();
    if (table == nullptr)
        return setting.complain("must be a section", "write [" + setting.name + "] on a line");
    return read_table<Config>(setting.file, *table, keys, config);
}

constexpr std::array top_keys = {
    Key<Config>{"index", [](const Setting& s, Config& c) { return read_text(s, c.index); }},
    Key<Config>{"source", read_sources},
    Key<Config>{"canary", read_canaries},
    Key<Config>{"indexer", [](const Setting& s, Config& c) { return read_section(s, indexer_keys, c); }},
    Key<Config>{"searchd", [](const Setting& s, Config& c) { return read_section(s, searchd_keys, c); }},
};

// Cron starts programs in another folder than a person does, so the file's own counts.
void resolve_paths(const std::filesystem::path& file, Config& config) {
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    const auto resolve = [&](std::string& path) {
        if (!path.empty() && path != "-") path = (folder / path).lexically_normal();
    };
    resolve(config.index);
    resolve(config.web);
    resolve(config.api_key_file);
    for (std::string& names : config.aliases) resolve(names);
    for (SourceConfig& source : config.sources) resolve(source.path);
}

}  // namespace

Result<Config> read_config(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    const std::string hint = "give the file's right name with --config FILE";
    if (!std::filesystem::exists(status)) {
        return fail(Errc::bad_argument, "there is no configuration file " + file.string(), hint);
    }
    if (std::filesystem::is_directory(status)) {
        return fail(Errc::bad_argument, file.string() + " is a folder, not a configuration file", hint);
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(Errc::bad_argument, "cannot read the configuration file " + file.string());
    try {
        const toml::table table = toml::parse(in, file.string());
        Config config;
        if (auto read = read_table<Config>(File(file), table, top_keys, config); !read)
            return fail(read.error());
        resolve_paths(file, config);
        return config;
    } catch (const toml::parse_error& wrong) {
        return File(file).complain(wrong.source(), std::string(wrong.description()),
                                   "the file must be TOML, see https://toml.io");
    }
}

}  // namespace izde
