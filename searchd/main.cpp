// Wires options, page, index and server together; decides what the user sees and the exit code.
#include <algorithm>
#include <exception>
#include <filesystem>
#include <future>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <malloc.h>
#include <pthread.h>
#include <unistd.h>

#include "http/assets.hpp"
#include "http/etag.hpp"
#include "http/journal.hpp"
#include "http/listener.hpp"
#include "http/load.hpp"
#include "http/metrics.hpp"
#include "http/page.hpp"
#include "http/server.hpp"
#include "http/site.hpp"
#include "options.hpp"
#include "query/variants.hpp"
#include "search/searcher.hpp"
#include "signals.hpp"

namespace izde {
namespace {

constexpr int exit_usage = 2, exit_cannot_serve = 3, exit_bug = 70;

struct Arguments {
    int count;
    const char* const* values;
};

int complain(const Error& error, int code) {
    std::cerr << "izde-searchd: " << error.message << "\n";
    if (!error.hint.empty()) std::cerr << "  " << error.hint << "\n";
    return code;
}

int leave(const Exit& exit) {
    std::cout << exit.out;
    std::cerr << exit.err;
    return exit.code;
}

Result<http::Assets> page_of(const Options& options) {
    if (options.web.empty()) return http::built_in_assets();
    return http::load_assets(options.web);
}

// What SIGHUP reads anew.
struct Parts {
    http::Page& page;
    search::Searcher& searcher;
    http::Journal& journal;
    http::Site& site;
};

// What answers to searches depend on beside the index: the lists of names, and which build of the program it
// is.
std::string settings_of(const Options& options) {
    std::error_code unknown;
    const auto built = std::filesystem::last_write_time("/proc/self/exe", unknown).time_since_epoch().count();
    return http::fingerprint_of(options.aliases) + " " + std::to_string(options.freshness) + " " +
           std::to_string(built);
}

// What is wrong with the new configuration, page or aliases leaves all of the old ones in place.
Result<void> reload(const Options& options, const Parts& parts) {
    auto assets = page_of(options);
    if (!assets) return fail(assets.error());
    auto aliases = query::load_aliases(options.aliases);
    if (!aliases) return fail(aliases.error());
    parts.page.replace(*std::move(assets));
    parts.journal.use(options.log);
    parts.searcher.raise_new(options.freshness);
    parts.searcher.use(*std::move(aliases));
    // Last, so that no answer of the old settings is known by the new ones' name.
    parts.site.use(options.access, options.rate, settings_of(options));
    return {};
}

void tell_what_stays(const Options& running, const Options& fresh) {
    std::string names;
    for (const auto name : fixed_differences(running, fresh))
        names.append(names.empty() ? "" : ", ").append(name);
    if (!names.empty())
        std::cerr << "izde-searchd: until a restart these stay as they are: " << names << std::endl;
}

bool reload(Arguments arguments, const Options& running, const Parts& parts) {
    const auto read = read_options(arguments.count, arguments.values);
    if (const auto* exit = std::get_if<Exit>(&read)) {
        leave(*exit);
        return false;
    }
    const auto& options = std::get<Options>(read);
    tell_what_stays(running, options);
    const auto done = reload(options, parts);
    if (!done) complain(done.error(), 0);
    return static_cast<bool>(done);
}

// What the service manager opened already, or else the one address that the options name.
Result<std::vector<http::Listener>> doors(const Options& options) {
    auto passed_on = http::Listener::passed_on();
    if (!passed_on || !passed_on->empty()) return passed_on;
    auto opened = http::Listener::open(options.host, options.port);
    if (!opened) return fail(opened.error());
    std::vector<http::Listener> one;
    one.push_back(*std::move(opened));
    return one;
}

void announce(const Options& options, const std::vector<http::Listener>& listeners,
              const search::Service& service) {
    for (const auto& listener : listeners)
        std::cout << "izde-searchd: serving " << options.index.string() << " at " << listener.where()
                  << std::endl;
    if (service.status().ready) return;
    std::cerr << "izde-searchd: there is no index to serve yet\n  run: izde-indexer rebuild --index "
              << options.index.string() << " SOURCE..." << std::endl;
}

// Each of glibc's arenas keeps what the dearest search in it needed; there is one for each thread, up to
// eight for each core, unless told.
void keep_memory_small() {
    constexpr std::size_t stack = 2 << 20;  // of each thread; nothing recurses by what is asked
    const unsigned cores = std::thread::hardware_concurrency();
    mallopt(M_ARENA_MAX, static_cast<int>(std::clamp(cores, 2U, 16U)));
    pthread_attr_t of_threads = {};
    pthread_attr_init(&of_threads);
    pthread_attr_setstacksize(&of_threads, stack);
    pthread_setattr_default_np(&of_threads);
    pthread_attr_destroy(&of_threads);
}

int serve(Arguments arguments) {
    keep_memory_small();
    block_signals();
    const auto read = read_options(arguments.count, arguments.values);
    if (const auto* exit = std::get_if<Exit>(&read)) return leave(*exit);
    const auto& options = std::get<Options>(read);
    // Beside the rest: the names take as long as all of it.
    auto names = std::async(std::launch::async, [&] { return query::load_aliases(options.aliases); });
    auto assets = page_of(options);
    if (!assets) return complain(assets.error(), exit_usage);
    const auto searcher = options.check_config ? nullptr : search::Searcher::start(options.index);
    auto aliases = names.get();
    if (!aliases) return complain(aliases.error(), exit_usage);
    if (options.check_config) return leave({.code = 0, .out = "izde-searchd: the configuration is fine\n"});

    http::Page page(*std::move(assets));
    searcher->use(*std::move(aliases));
    searcher->raise_new(options.freshness);
    http::Load load;
    http::Metrics metrics(load);
    http::Journal journal(STDERR_FILENO, options.log);
    http::Site site(*searcher, page, metrics, journal);
    site.use(options.access, options.rate, settings_of(options));
    const auto answer = [&](const http::Message& request) { return site.answer(request); };
    // Files of the page are in memory, and whether the process lives is known when all workers are busy, too.
    const auto at_once = [&](std::string_view path) {
        return path == "/healthz" || page.get()->contains(path);
    };
    auto listeners = doors(options);
    if (!listeners) return complain(listeners.error(), exit_cannot_serve);
    announce(options, *listeners, *searcher);
    http::Server server(*std::move(listeners), answer,
                        {.limits = options.limits,
                         .workers = options.threads,
                         .at_once = at_once,
                         .refused = [&](const http::Answer& refusal) { site.note_refusal(refusal); }},
                        load);
    const Signals signals(
        {.reload =
             [&] {
                 metrics.count_reload(reload(arguments, options, {page, *searcher, journal, site}));
             },
         .stop = [&] { server.stop(); }});
    server.run();
    return 0;
}

}  // namespace
}  // namespace izde

int main(int argc, char** argv) {
    try {
        return izde::serve({argc, argv});
    } catch (const std::exception& error) {
        std::cerr << "izde-searchd: unexpected: " << error.what() << std::endl;
    } catch (...) {
        std::cerr << "izde-searchd: unexpected failure" << std::endl;
    }
    return izde::exit_bug;
}
