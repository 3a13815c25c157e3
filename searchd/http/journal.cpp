// Tested by journal_test.cpp.
#include "http/journal.hpp"

#include <cmath>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <poll.h>
#include <unistd.h>

#include "izde/addresses.hpp"
#include "izde/text/utf8.hpp"

#include "http/clock.hpp"
#include "http/json_writer.hpp"

namespace izde::http {
namespace {

constexpr std::size_t longest_field = 256;
constexpr unsigned kept_v4_bits = 96 + 24, kept_v6_bits = 48;
// How long a line may wait for a reader that is slow; and how long those behind it are dropped at once if
// that was not enough, so that a slow reader does not slow down requests to its own pace.
constexpr int patience_ms = 200;
constexpr std::chrono::seconds impatience{10};

std::string field(std::string_view text) {
    auto valid = text::repair_utf8(text.substr(0, 2 * longest_field));
    if (valid.size() > longest_field) valid.resize(text::code_point_begin(valid, longest_field));
    return valid;
}

std::string short_address(std::string_view text) {
    const auto address = parse_address(text);
    if (!address) return {};
    return to_string(truncated(*address, is_v4(*address) ? kept_v4_bits : kept_v6_bits));
}

// A pipe that is ready takes a line as long as this at once.
bool takes_line(int descriptor, int patience) {
    pollfd ready = {.fd = descriptor, .events = POLLOUT, .revents = 0};
    return poll(&ready, 1, patience) == 1 && (ready.revents & POLLOUT) != 0;
}

}  // namespace

void Journal::use(LogSettings settings) {
    const std::lock_guard lock(mutex_);
    settings_ = settings;
}

std::string Journal::hash_of(std::string_view query, std::chrono::sys_days day) {
    if (day != secret_of_) {
        if (RAND_bytes(secret_.data(), static_cast<int>(secret_.size())) != 1) return {};
        secret_of_ = day;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
         reinterpret_cast<const unsigned char*>(query.data()), query.size(), code.data(), &size);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (std::size_t i = 0; i < 8; ++i) hex.append({digits[code[i] >> 4U], digits[code[i] & 15U]});
    return hex;
}

std::string Journal::line_of(const Entry& entry, const Answer& answer, const LogSettings& settings) {
    const auto& facts = answer.facts;
    JsonWriter line(JsonWriter::Letters::ascii);
    line.open_object();
    line.member("time", utc(entry.time));
    line.member("id", field(entry.id));
    line.member("route", field(entry.route));
    line.member("method", field(entry.method));
    line.member("status", answer.status);
    line.member("ms", std::round(entry.milliseconds * 100) / 100);
    line.member("bytes", answer.body.size());
    line.member("hits", facts.hits);
    line.member_or_null("generation", field(facts.generation));
    line.member("partial", facts.partial);
    if (settings.queries == LogQueries::full) line.member("query", field(facts.query));
    if (settings.queries == LogQueries::hashed)
        line.member("query_hash",
                    facts.query.empty() ? "" : hash_of(facts.query, floor<std::chrono::days>(entry.time)));
    if (settings.addresses == LogAddresses::full) line.member("address", field(entry.address));
    if (settings.addresses == LogAddresses::truncated) line.member("address", short_address(entry.address));
    if (!facts.error.empty()) line.member("error", field(facts.error));
    line.close_object();
    return line.take() + "\n";
}

bool Journal::write(const Entry& entry, const Answer& answer) {
    const std::lock_guard lock(mutex_);
    if (!settings_.on && answer.facts.error.empty()) return true;
    const auto line = line_of(entry, answer, settings_);
    const auto now = std::chrono::steady_clock::now();
    const bool is_taken = takes_line(descriptor_, now < impatient_until_ ? 0 : patience_ms) &&
                          ::write(descriptor_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (!is_taken) impatient_until_ = now + impatience;
    return is_taken;
}

}  // namespace izde::http
