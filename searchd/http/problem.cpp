#include "http/problem.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string_view>

#include <nlohmann/json.hpp>

#include "izde/hex.hpp"

#include "http/headers.hpp"

namespace izde::http {
namespace {

struct Row {
    Errc errc;
    int status;
    std::string_view code;
};

constexpr std::array rows = {
    Row{Errc::bad_argument, 400, "bad_request"},
    Row{Errc::bad_query, 400, "bad_query"},
    Row{Errc::bad_document, 500, "bad_document"},
    Row{Errc::not_found, 404, "not_found"},
    Row{Errc::io, 503, "io"},
    Row{Errc::index_missing, 503, "index_missing"},
    Row{Errc::index_busy, 503, "index_busy"},
    Row{Errc::index_incompatible, 503, "index_incompatible"},
    Row{Errc::index_corrupt, 503, "index_corrupt"},
    Row{Errc::refused, 503, "refused"},
    Row{Errc::stopped, 503, "stopped"},
    Row{Errc::internal, 500, "internal"},
};

struct Title {
    int status;
    std::string_view text;
};

constexpr std::array titles = {
    Title{200, "OK"},
    Title{304, "Not Modified"},
    Title{400, "Bad Request"},
    Title{401, "Unauthorized"},
    Title{403, "Forbidden"},
    Title{404, "Not Found"},
    Title{405, "Method Not Allowed"},
    Title{406, "Not Acceptable"},
    Title{408, "Request Timeout"},
    Title{411, "Length Required"},
    Title{413, "Content Too Large"},
    Title{414, "URI Too Long"},
    Title{415, "Unsupported Media Type"},
    Title{417, "Expectation Failed"},
    Title{429, "Too Many Requests"},
    Title{431, "Request Header Fields Too Large"},
    Title{500, "Internal Server Error"},
    Title{503, "Service Unavailable"},
};

const Row& row_of(Errc code) {
    const auto found = std::ranges::find(rows, code, &Row::errc);
    return found == rows.end() ? rows.back() : *found;
}

nlohmann::ordered_json or_null(const std::string& text) {
    if (text.empty()) return nullptr;
    return text;
}

}  // namespace

std::string new_request_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    return hex_of(random());
}

std::string_view title_of(int status) {
    const auto* found = std::ranges::find(titles, status, &Title::status);
    return found == titles.end() ? "Error" : found->text;
}

int status_of(Errc code) {
    return row_of(code).status;
}

Problem problem_of(const Error& error) {
    const auto& row = row_of(error.code);
    Problem problem{
        .status = row.status, .code = std::string(row.code), .detail = error.message, .hint = error.hint};
    if (row.status == 500) {
        problem.detail = "something went wrong in the server";
        problem.hint = "its log says more";
    }
    return problem;
}

Answer to_answer(const Problem& problem) {
    const auto id = new_request_id();
    const nlohmann::ordered_json body = {
        {"type", "urn:izde:problem:" + problem.code},
        {"title", title_of(problem.status)},
        {"status", problem.status},
        {"detail", problem.detail},
        {"code", problem.code},
        {"param", or_null(problem.param)},
        {"hint", or_null(problem.hint)},
        {"request_id", id},
    };
    Answer answer{.status = problem.status,
                  .type = "application/problem+json",
                  .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                  .headers = {{"X-Request-Id", id}}};
    const int seconds = problem.retry_after == 0 && problem.status == 503 ? 5 : problem.retry_after;
    if (seconds > 0) answer.headers.emplace_back("Retry-After", std::to_string(seconds));
    add_headers(answer, Kind::api);
    return answer;
}

}  // namespace izde::http
