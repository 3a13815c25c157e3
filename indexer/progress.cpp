#include "progress.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>

#include <unistd.h>

#include "figures.hpp"

namespace izde::indexer {
namespace {

constexpr std::chrono::milliseconds refresh{150};
constexpr double warm_up_seconds = 0.5;  // before it, a rate says nothing

std::string duration(double seconds) {
    const long whole = std::lround(seconds);
    if (whole < 90) return std::to_string(whole) + " s";
    return std::to_string((whole + 30) / 60) + " min";
}

}  // namespace

std::string progress_line(std::uint64_t documents, std::uint64_t bytes, std::uint64_t total_bytes,
                          double seconds) {
    std::string line = with_commas(documents) + (documents == 1 ? " document" : " documents");
    if (seconds < warm_up_seconds) return line;
    const double rate = static_cast<double>(bytes) / seconds;
    std::array<char, 40> speed{};
    std::snprintf(speed.data(), speed.size(), "  %.1f MB/s", rate / 1e6);
    line += speed.data();
    if (rate > 0 && total_bytes > bytes)
        line += "  " + duration(static_cast<double>(total_bytes - bytes) / rate) + " left";
    return line;
}

Progress::Progress(bool wanted, std::uint64_t total_bytes)
    : on_(wanted && ::isatty(STDERR_FILENO) == 1), total_bytes_(total_bytes),
      start_(std::chrono::steady_clock::now()), last_(start_ - refresh) {}

Progress::~Progress() {
    if (on_) std::cerr << "\r\033[K" << std::flush;
}

void Progress::update(std::uint64_t documents, std::uint64_t bytes) {
    const auto now = std::chrono::steady_clock::now();
    if (!on_ || now - last_ < refresh) return;
    last_ = now;
    show(progress_line(documents, bytes, total_bytes_, std::chrono::duration<double>(now - start_).count()));
}

void Progress::say(const std::string& what) {
    if (on_) show(what);
}

void Progress::show(const std::string& line) {
    std::cerr << "\r\033[K" << line << std::flush;
}

}  // namespace izde::indexer
