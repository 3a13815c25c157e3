#include "index/glass/deflate.hpp"

#include <new>

#include <libdeflate.h>

namespace izde::index::glass {
namespace {

constexpr int level = 6;                     // as zlib's own; above, time grows faster than bytes shrink
constexpr std::size_t least_bytes = 19;      // as Xapian
constexpr std::size_t kept_bytes = 1 << 20;  // more is given back

}  // namespace

struct Deflater::State {
    State() : compressor(::libdeflate_alloc_compressor(level)) {
        if (compressor == nullptr) throw std::bad_alloc();
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ::libdeflate_free_compressor(compressor); }

    libdeflate_compressor* compressor;
    std::string out;
};

Deflater::Deflater() : state_(std::make_unique<State>()) {}
Deflater::~Deflater() = default;

Deflater::Packed Deflater::pack(std::string_view tag) {
    if (tag.size() < least_bytes) return {tag, Packing::plain};
    std::string& out = state_->out;
    if (out.size() > kept_bytes && tag.size() <= kept_bytes) std::string().swap(out);
    if (out.size() < tag.size()) out.resize(tag.size());
    const std::size_t bytes =
        ::libdeflate_deflate_compress(state_->compressor, tag.data(), tag.size(), out.data(), tag.size() - 1);
    if (bytes == 0) return {tag, Packing::plain};
    return {std::string_view(out).substr(0, bytes), Packing::deflated};
}

}  // namespace izde::index::glass
