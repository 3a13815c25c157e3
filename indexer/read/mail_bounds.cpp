#include "read/mail_bounds.hpp"

#include <algorithm>

#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t longest_field = 16u << 10;
constexpr std::size_t most_fields = 50'000;
constexpr std::size_t most_borders = 20'000;

// Follows a mail line by line and knows where headers may stand. It may take text for headers (a
// line of dashes begins a part only if it is a boundary), never headers for text.
class Watch {
  public:
    // How many bytes of the line to keep; npos: the mail ends before it.
    std::size_t look(std::string_view line) {
        const bool is_empty = line == "\n" || line == "\r\n";
        if (!in_headers_) {
            if (!has_parts_ || !line.starts_with("--") || is_empty) return line.size();
            in_headers_ = true;
            return ++borders_ > most_borders ? std::string_view::npos : line.size();
        }
        if (is_empty) {
            in_headers_ = has_message_;
            has_message_ = is_digest_;
            field_ = 0;
            return line.size();
        }
        return look_at_header(line);
    }

  private:
    std::size_t look_at_header(std::string_view line) {
        if (has_parts_ && line.starts_with("--") && ++borders_ > most_borders) return std::string_view::npos;
        if (line[0] != ' ' && line[0] != '\t') {
            field_ = 0;
            if (++fields_ > most_fields) return std::string_view::npos;
        }
        const std::size_t kept = std::min(line.size(), longest_field - std::min(field_, longest_field));
        field_ += kept;
        const std::string lower = ascii_lower(line.substr(0, kept));
        has_parts_ = has_parts_ || lower.find("multipart/") != std::string::npos;
        is_digest_ = is_digest_ || lower.find("/digest") != std::string::npos;
        has_message_ = has_message_ || is_digest_ || lower.find("message/") != std::string::npos;
        return kept;
    }

    bool in_headers_ = true;
    bool has_parts_ = false;
    bool is_digest_ = false;
    bool has_message_ = false;  // behind the empty line come headers again
    std::size_t field_ = 0;     // bytes of the header field
    std::size_t fields_ = 0;
    std::size_t borders_ = 0;
};

}  // namespace

Bounded bounded_mail(std::string_view bytes) {
    Bounded bounded;
    bounded.bytes.reserve(bytes.size());
    Watch watch;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
        const std::string_view line = bytes.substr(at, end - at);
        const std::size_t kept = watch.look(line);
        if (kept == std::string_view::npos) {
            bounded.is_cut = true;
            break;
        }
        bounded.bytes.append(line.substr(0, kept));
        if (kept > 0 && kept < line.size()) bounded.bytes += '\n';
        at = end;
    }
    return bounded;
}

}  // namespace izde::read
