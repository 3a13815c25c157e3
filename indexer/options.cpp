#include "options.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <thread>

#include <CLI/CLI.hpp>

#include "izde/suggest.hpp"
#include "izde/version.hpp"

#include "wait_live.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

constexpr const char* footer =
    "Example:\n"
    "  izde-indexer rebuild --index ~/izde-index ~/clippings\n\n"
    "Exit: 0 done   1 done, some documents skipped   2 wrong usage or configuration\n"
    "      3 not published, the previous index still serves   75 another indexer is at work";

struct Given {
    Options options;
    std::string index, config;
    std::vector<std::string> sources, include, exclude;
    bool quiet = false, verbose = false;
    std::optional<int> jobs, memory;
    std::vector<CLI::Option*> max_shrink;  // of each command that has it
    std::string sandbox;
};

void add_common(CLI::App& app, Given& given) {
    app.add_option("--index", given.index, "the index folder")->type_name("DIR");
    app.add_option("--config", given.config, "a configuration file (TOML); flags win over it")
        ->type_name("FILE");
    app.add_option("--jobs", given.jobs, "threads to work on [one a core]")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
    app.add_option("--memory", given.memory, "MB of memory that a run may take in all [512]")
        ->type_name("MB")
        ->check(CLI::Range(Budget::least_megabytes, Budget::most_megabytes));
    app.add_option("--sandbox", given.sandbox, "where it cannot be complete: required [default], best-effort")
        ->type_name("HOW")
        ->check(CLI::IsMember({"required", "best-effort"}));
    app.add_flag("--quiet", given.quiet, "say nothing on success");
    app.add_flag("--verbose", given.verbose, "name every skipped document");
}

// What a command that publishes an index can be told.
void add_publishing(CLI::App& command, Given& given) {
    command.add_option("SOURCE", given.sources, "folders, files, or - (JSON Lines on standard input)")
        ->type_name("");
    command.add_option("--include", given.include, "read only what this means, as in .gitignore")
        ->type_name("PATTERN")
        ->allow_extra_args(false);
    command.add_option("--exclude", given.exclude, "do not read what this means, as in .gitignore")
        ->type_name("PATTERN")
        ->allow_extra_args(false);
    command.add_flag("--dry-run", given.options.dry_run,
                     "read everything, say what would change, write nothing");
    command.add_option("--report", given.options.report, "write what happened as JSON")->type_name("FILE");
    given.max_shrink.push_back(command
                                   .add_option("--max-shrink", given.options.max_shrink,
                                               "refuse to lose more documents than this [20]")
                                   ->type_name("PERCENT")
                                   ->check(CLI::Range(0, 100)));
    command.add_flag("--force", given.options.force, "publish also an index that lost too much or is empty");
    command
        .add_option("--wait-live", given.options.wait_live,
                    "end only when the searchd at this address serves the new index")
        ->type_name("URL");
}

void add_commands(CLI::App& app, Given& given) {
    add_publishing(
        *app.add_subcommand("rebuild", "read everything, build a new index, verify it, publish it"), given);
    add_publishing(*app.add_subcommand("update", "the same, reading only the files that changed"), given);
    CLI::App* inspect = app.add_subcommand("inspect", "print what would be indexed, one JSON object a line");
    inspect->add_option("FILE", given.options.files, "files of any format")->required()->type_name("");
    CLI::App* analyze = app.add_subcommand("analyze", "print the tokens of a text, one JSON object a line");
    analyze->add_option("--lang", given.options.lang, "the language's code: en, ru, kk, zh, ...")
        ->required()
        ->type_name("L");
    analyze->add_option("TEXT", given.options.text, "the text")->required()->type_name("");
    app.add_subcommand("check", "verify the live index: checksums, structure, counts");
    CLI::App* stats = app.add_subcommand("stats", "print what the index holds");
    stats->add_flag("--json", given.options.json, "as one JSON object");
    app.add_subcommand("rollback", "publish the previous index again");
    for (CLI::App* command : app.get_subcommands({})) command->fallthrough();
}

Command command_of(const CLI::App& app) {
    const std::string name = app.get_subcommands().front()->get_name();
    if (name == "update") return Command::update;
    if (name == "inspect") return Command::inspect;
    if (name == "analyze") return Command::analyze;
    if (name == "check") return Command::check;
    if (name == "stats") return Command::stats;
    if (name == "rollback") return Command::rollback;
    return Command::rebuild;
}

Exit wrong(const std::string& message, const std::string& hint, Talk talk) {
    const std::string between = hint.empty() ? "" : talk == Talk::quiet ? "; " : "\n  ";
    return {2, "", "izde-indexer: " + message + between + hint + "\n"};
}

std::vector<std::string> known_words(const CLI::App& app) {
    std::vector<std::string> known;
    const auto add_of = [&](const CLI::App& from) {
        for (const CLI::Option* option : from.get_options())
            for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    };
    add_of(app);
    for (const CLI::App* command : app.get_subcommands({})) {
        known.push_back(command->get_name());
        add_of(*command);
    }
    return known;
}

// What the user may have meant by the first word that is neither a flag nor a command.
std::string hint_for(const CLI::App& app, int argc, const char* const* argv) {
    const std::vector<std::string> known = known_words(app);
    const std::vector<std::string_view> views(known.begin(), known.end());
    for (int i = 1; i < argc; ++i) {
        const std::string word = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
        const bool may_be_command = i == 1 && !word.starts_with('-');
        if ((!word.starts_with("--") && !may_be_command) || std::ranges::find(views, word) != views.end())
            continue;
        if (const auto meant = nearest(word, views)) return "did you mean " + *meant + "?";
    }
    return "see: izde-indexer --help";
}

// More threads than this need memory rather than bring speed.
constexpr unsigned max_default_jobs = 8;

unsigned default_jobs() {
    return std::clamp(std::thread::hardware_concurrency(), 1u, max_default_jobs);
}

// What is included was said anew; what is excluded, besides.
void narrow(std::vector<SourceConfig>& sources, const Given& given) {
    for (SourceConfig& source : sources) {
        if (!given.include.empty()) source.include = given.include;
        source.exclude.insert(source.exclude.end(), given.exclude.begin(), given.exclude.end());
    }
}

// The file's settings, where no flag was given.
Result<void> merge_config(Given& given) {
    Options& options = given.options;
    options.index = given.index;
    for (const std::string& source : given.sources) options.sources.push_back({source, ""});
    options.jobs = given.jobs ? static_cast<unsigned>(*given.jobs) : default_jobs();
    options.memory = given.memory.value_or(Budget::default_megabytes);
    if (given.sandbox == "best-effort") options.sandbox = Sandbox::best_effort;
    if (given.config.empty()) {
        narrow(options.sources, given);
        return {};
    }
    const auto config = read_config(given.config);
    if (!config) return fail(config.error());
    if (options.index.empty()) options.index = config->index;
    if (options.sources.empty()) options.sources = config->sources;
    const bool told = std::ranges::any_of(given.max_shrink, [](const auto* one) { return one->count() > 0; });
    if (config->max_shrink && !told) options.max_shrink = *config->max_shrink;
    if (config->jobs && !given.jobs) options.jobs = static_cast<unsigned>(*config->jobs);
    if (config->memory && !given.memory) options.memory = *config->memory;
    if (config->sandbox && given.sandbox.empty()) options.sandbox = *config->sandbox;
    options.field_names = config->field_names;
    options.canaries = config->canaries;
    options.wait_live_seconds = config->wait_live_seconds.value_or(options.wait_live_seconds);
    narrow(options.sources, given);
    return {};
}

Result<void> check(const Options& options) {
    const auto wrong = [](const std::string& message, const std::string& hint) {
        return fail(Errc::bad_argument, message, hint);
    };
    const bool needs_index = options.command != Command::inspect && options.command != Command::analyze;
    if (needs_index && options.index.empty())
        return wrong("no index folder given",
                     "say which: --index DIR, or index = \"DIR\" in the file of --config");
    const bool builds = options.command == Command::rebuild || options.command == Command::update;
    if (builds && options.sources.empty())
        return wrong("nothing to index",
                     "name a folder: izde-indexer rebuild --index " + options.index.string() + " FOLDER");
    if (!options.wait_live.empty())
        if (const auto address = read_address(options.wait_live); !address) return fail(address.error());
    const fs::path folder = options.report.parent_path();
    if (!folder.empty() && !fs::is_directory(folder))
        return wrong("cannot write the report: there is no folder " + folder.string(), "");
    return {};
}

}  // namespace

std::variant<Options, Exit> read_options(int argc, const char* const* argv) {
    Given given;
    CLI::App app("Builds a search index of a folder of documents.", "izde-indexer");
    app.set_version_flag("--version", "izde-indexer " + version());
    app.set_help_flag("--help", "this help, or that of a command");
    app.footer(footer);
    app.require_subcommand(1);
    add_common(app, given);
    add_commands(app, given);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream err;
        if (app.exit(error, out, err) == 0) return Exit{0, out.str(), ""};
        return wrong(error.what(), hint_for(app, argc, argv), given.quiet ? Talk::quiet : Talk::normal);
    }
    given.options.command = command_of(app);
    given.options.talk = given.quiet ? Talk::quiet : given.verbose ? Talk::verbose : Talk::normal;
    auto fit = merge_config(given);
    if (fit) fit = check(given.options);
    if (!fit) return wrong(fit.error().message, fit.error().hint, given.options.talk);
    return given.options;
}

}  // namespace izde::indexer
