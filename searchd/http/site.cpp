#include "http/site.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>

#include "http/routes.hpp"

namespace izde::http {
namespace {

Answer internal_error(const char* what) {
    auto answer = to_answer(problem_of({Errc::internal, "", ""}));
    answer.facts.error = what;
    return answer;
}

Answer too_often(int seconds) {
    auto answer = to_answer({.status = 429,
                             .code = "too_often",
                             .detail = "this address asks more often than it may",
                             .hint = "wait as long as Retry-After says, in seconds"});
    answer.headers.emplace_back("Retry-After", std::to_string(seconds));
    return answer;
}

std::string_view method_name(const Message& request) {
    constexpr std::array<std::string_view, 4> known = {"GET", "HEAD", "POST", "OPTIONS"};
    const auto* const found = std::ranges::find(known, request.method);
    return found == known.end() ? "other" : *found;
}

std::chrono::sys_time<std::chrono::milliseconds> now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void ensure_id(Answer& answer) {
    if (header_of(answer, "X-Request-Id").empty())
        answer.headers.emplace_back("X-Request-Id", new_request_id());
}

}  // namespace

void Site::use(Access access, RateLimit rate, std::string settings) {
    auto fresh = std::make_shared<const Settings>(Settings{std::move(access), rate, std::move(settings)});
    const std::lock_guard lock(mutex_);
    settings_.swap(fresh);
}

std::shared_ptr<const Site::Settings> Site::settings() const {
    const std::lock_guard lock(mutex_);
    return settings_;
}

Answer Site::make_answer(const Message& request, const Visit& visit, const Settings& settings) {
    const auto* const route = find_route(request.path);
    if (auto answer = preflight(request, visit, route)) return *std::move(answer);
    if (const auto problem = refuse(settings.access, request, visit, route)) {
        auto answer = to_answer(*problem);
        if (problem->status == 401) answer.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"izde\"");
        return answer;
    }
    const bool is_counted =
        route != nullptr && route->scope != Scope::open && (settings.rate.for_local || !visit.is_local);
    if (is_counted) {
        const auto wait = rate_.take(visit.address, settings.rate, Rate::Clock::now());
        if (wait) return too_often(*wait);
    }
    const Surroundings around{.settings = settings.text,
                              .base = visit.base,
                              .trusted = is_trusted(settings.access, visit),
                              .metrics = &metrics_};
    return handle(service_, *page_.get(), request, around);
}

Answer Site::answer(const Message& request) {
    const auto start = std::chrono::steady_clock::now();
    metrics_.begin();
    Answer answer;
    Visit visit;
    const auto settings = this->settings();
    try {
        visit = receive(settings->access, request);
        answer = make_answer(request, visit, *settings);
    } catch (const std::exception& error) {
        answer = internal_error(error.what());
    } catch (...) {
        answer = internal_error("unknown exception");
    }
    add_cors(settings->access, visit, answer);
    ensure_id(answer);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const auto label = label_of(find_route(request.path), answer.status);
    metrics_.end(label, answer.status, took.count(), answer.body.size());
    const Entry entry{.time = now(),
                      .id = header_of(answer, "X-Request-Id"),
                      .route = label,
                      .method = method_name(request),
                      .address = visit.address,
                      .milliseconds = took.count() * 1000};
    if (!journal_.write(entry, answer)) metrics_.count_lost_line();
    return answer;
}

void Site::note_refusal(const Answer& answer) {
    metrics_.count_refused(answer.status);
    const Entry entry{.time = now(),
                      .id = header_of(answer, "X-Request-Id"),
                      .route = "refused",
                      .method = "other",
                      .address = {},
                      .milliseconds = 0};
    if (!journal_.write(entry, answer)) metrics_.count_lost_line();
}

}  // namespace izde::http
