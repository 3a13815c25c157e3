#include "http/headers.hpp"

#include <array>

namespace izde::http {
namespace {

struct Header {
    const char* name;
    const char* value;
};

constexpr std::array common = {
    Header{"X-Content-Type-Options", "nosniff"},
    Header{"Referrer-Policy", "no-referrer"},  // queries stand in the address
    Header{"Cross-Origin-Resource-Policy", "same-origin"},
    Header{"Cross-Origin-Opener-Policy", "same-origin"},
    Header{
        "Permissions-Policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), "
        "usb=(), xr-spatial-tracking=()"},
    Header{"X-Frame-Options", "DENY"},
};

constexpr const char* page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";
constexpr const char* api_policy = "default-src 'none'; frame-ancestors 'none'";

}  // namespace

void add_headers(Answer& answer, Kind kind) {
    for (const auto& header : common) answer.headers.emplace_back(header.name, header.value);
    const bool is_page = kind == Kind::page;
    answer.headers.emplace_back("Content-Security-Policy", is_page ? page_policy : api_policy);
    // A page may be kept but must be asked for again, so that an upgrade shows at once.
    answer.headers.emplace_back("Cache-Control", is_page ? "no-cache" : "no-store");
}

void allow_keeping(Answer& answer, const std::string& etag) {
    for (auto& [name, value] : answer.headers)
        if (name == "Cache-Control") value = "private, no-cache";
    answer.headers.emplace_back("ETag", etag);
}

}  // namespace izde::http
