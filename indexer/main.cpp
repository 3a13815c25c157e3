// Options, the command, its exit code.
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>

#include <fcntl.h>
#include <unistd.h>

#include "izde/index/files.hpp"

#include "build.hpp"
#include "commands.hpp"
#include "options.hpp"
#include "report.hpp"
#include "wait_live.hpp"

namespace {

using namespace izde::indexer;

volatile std::sig_atomic_t stop_asked = 0;  // NOLINT: a signal handler can reach nothing else

const int nothing_to_read = ::open("/dev/null", O_RDONLY | O_CLOEXEC);

// A wait for standard input must end as well, also one that is just about to begin.
extern "C" void ask_to_stop(int) {
    stop_asked = 1;
    ::dup2(nothing_to_read, STDIN_FILENO);
}

// Without SA_RESTART, so that a blocking read comes back.
void stop_on(int signal) {
    struct sigaction action {};
    action.sa_handler = ask_to_stop;
    ::sigaction(signal, &action, nullptr);
}

enum ExitCode { done = 0, some_skipped = 1, usage = 2, not_published = 3, internal_error = 70, busy = 75 };

int exit_code(izde::Errc code) {
    if (code == izde::Errc::bad_argument) return usage;
    if (code == izde::Errc::index_busy) return busy;
    return not_published;
}

// Cron mails what is said, and its reader wants one line.
int failed(const izde::Error& error, Talk talk) {
    std::cerr << "izde-indexer: " << error.message;
    if (!error.hint.empty()) std::cerr << (talk == Talk::quiet ? "; " : "\n  ") << error.hint;
    std::cerr << '\n';
    return exit_code(error.code);
}

const pid_t own_pid = ::getpid();

void keep_report(const std::filesystem::path& file, const Report& report) {
    if (const auto written = write_report(file, report); !written)
        std::cerr << "izde-indexer: " << written.error().message << '\n';
}

// What is to be done when the program is cut short, once.
std::function<void(const std::string& error)>
    last_act;  // NOLINT: a handler of terminate can reach nothing else

// Other threads may still be writing to what is removed here; what they leave, the next run removes.
void clean_up(const Options& options, Report report, const std::string& error) {
    std::error_code ignored;
    for (const auto& folder : std::filesystem::directory_iterator(options.index / "generations", ignored)) {
        if (folder.path().extension() != ".tmp") continue;
        std::filesystem::remove_all(options.index / "known" / folder.path().stem(), ignored);
        std::filesystem::remove_all(folder.path(), ignored);
    }
    report.finished_at = utc_now();
    report.error = error;
    report.exit = not_published;
    keep_report(options.index / "last-run.json", report);
    if (!options.report.empty()) keep_report(options.report, report);
}

// Some of Xapian's destructors write, and cannot say that it failed but by ending the program.
[[noreturn]] void give_up() {
    static std::atomic_flag has_begun;
    const int error = errno;
    if (::getpid() != own_pid || (error != ENOSPC && error != EDQUOT && error != EFBIG && error != EIO))
        std::abort();
    while (has_begun.test_and_set()) ::pause();  // another thread does it
    const std::string message =
        std::string("cut short in the middle of writing the index: ") + std::strerror(error);
    try {
        if (last_act) last_act(message);
    } catch (const std::exception&) {  // then the next run cleans up
    }
    std::cerr << "izde-indexer: " << message << "\n  " << izde::index::advice_on(error) << '\n';
    std::cerr.flush();
    ::_exit(not_published);
}

// What a run published is published, whatever searchd says.
void confirm(const Options& options, Report& report) {
    if (options.wait_live.empty() || report.generation.empty()) return;
    const auto address = read_address(options.wait_live);
    const auto live =
        wait_live(*address, {report.generation, options.wait_live_seconds, [] { return stop_asked != 0; }});
    if (!live) report.unconfirmed = "searchd at " + options.wait_live + " " + live.error().message;
}

int exit_code(const izde::Result<void>& built, const Report& report) {
    if (!built) return exit_code(built.error().code);
    return report.skipped.empty() && report.unconfirmed.empty() ? done : some_skipped;
}

void say_outcome(const Options& options, const Report& report) {
    if (options.talk != Talk::quiet) std::cerr << summary(report, options.talk == Talk::verbose);
    if (options.talk == Talk::quiet && !report.skipped.empty())
        std::cerr << "izde-indexer: " << skipped_line(report);
    if (!report.unconfirmed.empty())
        std::cerr << (report.published ? "izde-indexer: published, but "
                                       : "izde-indexer: nothing changed, but ")
                  << report.unconfirmed << '\n';
}

// What only reads is ended by the signal itself.
int run_build(const Options& options) {
    stop_on(SIGINT);
    stop_on(SIGTERM);
    Report report;
    report.started_at = utc_now();
    const auto start = std::chrono::steady_clock::now();
    last_act = [&options, begun = report](const std::string& error) { clean_up(options, begun, error); };
    const auto built = build(options, report, [] { return stop_asked != 0; });
    if (built) confirm(options, report);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    report.finished_at = utc_now();
    if (!built) report.error = built.error().message;
    report.exit = exit_code(built, report);

    for (const Places* list : {&report.skipped, &report.added, &report.changed, &report.removed})
        if (list->lost() > 0)
            report.warnings.push_back("the disk had no room for " + std::to_string(list->lost()) +
                                      " lines of the report");
    for (const std::string& warning : report.warnings) std::cerr << "izde-indexer: " << warning << '\n';
    std::error_code no_index;
    const bool touched = !options.dry_run && report.exit != usage && report.exit != busy &&
                         std::filesystem::is_directory(options.index, no_index);
    if (touched) keep_report(options.index / "last-run.json", report);
    if (!options.report.empty()) keep_report(options.report, report);
    if (built) {
        say_outcome(options, report);
        return report.exit;
    }
    if (options.talk != Talk::quiet) std::cerr << skipped_lines(report, options.talk == Talk::verbose);
    return failed(built.error(), options.talk);
}

int run(const Options& options) {
    izde::Result<void> outcome;
    switch (options.command) {
    case Command::rebuild:
    case Command::update:
        return run_build(options);
    case Command::inspect: {
        const auto sound = inspect(options, std::cout);
        return !sound ? failed(sound.error(), options.talk) : *sound ? done : some_skipped;
    }
    case Command::analyze:
        outcome = analyze(options, std::cout);
        break;
    case Command::check:
        outcome = check(options, std::cout);
        break;
    case Command::stats:
        outcome = stats(options, std::cout);
        break;
    case Command::rollback:
        outcome = rollback(options, std::cout);
        break;
    }
    return outcome ? done : failed(outcome.error(), options.talk);
}

}  // namespace

int main(int argc, char** argv) {
    std::set_terminate(give_up);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow further is a failure to report
    try {
        const auto options = read_options(argc, argv);
        if (const auto* leave = std::get_if<Exit>(&options)) {
            std::cout << leave->out;
            std::cerr << leave->err;
            return leave->code;
        }
        return run(std::get<Options>(options));
    } catch (const std::exception& error) {
        std::cerr << "izde-indexer: a bug: " << error.what() << '\n';
        return internal_error;
    }
}
