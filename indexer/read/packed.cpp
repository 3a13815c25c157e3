// Archives: what a .gz or .zst was made of, and the files of a .zip, each read as its name says.
#include <algorithm>
#include <array>
#include <stdexcept>
#include <streambuf>
#include <unordered_set>

#include "read/formats.hpp"
#include "read/tidy.hpp"
#include "read/unpack.hpp"

namespace izde::read {
namespace {

constexpr std::size_t first_bytes = 4096;

// The file at hand, as a stream that goes forward only.
class UnpackedBuffer final : public std::streambuf {
  public:
    explicit UnpackedBuffer(Unpacker& unpacker) : unpacker_(unpacker) {}

    std::string_view peek() {
        if (gptr() == egptr()) underflow();
        return std::string_view(gptr(), static_cast<std::size_t>(egptr() - gptr())).substr(0, first_bytes);
    }

  protected:
    int_type underflow() override {
        const std::size_t got = unpacker_.read(piece_.data(), piece_.size());
        setg(piece_.data(), piece_.data(), piece_.data() + got);
        if (got > 0) return traits_type::to_int_type(piece_[0]);
        // A stream turns this into its badbit; "end of file" would hide that text is missing.
        if (!unpacker_.problem().empty()) throw std::runtime_error(unpacker_.problem());
        return traits_type::eof();
    }

  private:
    Unpacker& unpacker_;
    std::array<char, 64u << 10> piece_{};
};

bool is_archive(Format format) {
    return format == Format::gzip || format == Format::zstd || format == Format::zip;
}

// Reads the file at hand as a document of `name`'s format. `may_unpack`: a .gz or .zst is gone into.
enum class Found { document, nothing };
class Contents {
  public:
    Contents(Unpacker& unpacker, const Origin& origin) : unpacker_(unpacker), origin_(origin) {}

    Found read(std::string_view name, bool may_unpack, const Sink& sink) {
        UnpackedBuffer buffer(unpacker_);
        const auto format = choose_format(name, peek(buffer));
        if (!format) return Found::nothing;
        if (!unpacker_.problem().empty() && buffer.in_avail() <= 0) {
            sink(fail(Errc::bad_document, unpacker_.problem()));
            return Found::document;
        }
        if (is_archive(*format) && (!may_unpack || *format == Format::zip)) {
            sink(fail(Errc::bad_document, "an archive within an archive, which is not gone into"));
            return Found::document;
        }
        std::istream in(&buffer);
        const Origin inner{is_archive(*format) ? std::string(name) : origin_.path, origin_.field_names};
        izde::read::read(*format, in, inner,
                         [&](Result<index::Document> document) { explain(std::move(document), sink); });
        return Found::document;
    }

  private:
    static std::string_view peek(UnpackedBuffer& buffer) {
        try {
            return buffer.peek();
        } catch (const std::runtime_error&) {
            return {};
        }
    }

    // The reader saw a stream that broke; why, only the unpacker knows.
    void explain(Result<index::Document> document, const Sink& sink) const {
        if (!document && !unpacker_.problem().empty())
            return sink(fail(Errc::bad_document, unpacker_.problem()));
        if (document) document->path = origin_.path;
        sink(std::move(document));
    }

    Unpacker& unpacker_;
    const Origin& origin_;
};

// As the walk passes over hidden files; and what Macs put beside each file.
bool is_hidden(std::string_view name) {
    return name.starts_with('.') || name.find("/.") != std::string_view::npos ||
           name.starts_with("__MACOSX/");
}

std::string without_ending(std::string_view path) {
    return std::string(path.substr(0, path.rfind('.')));
}

}  // namespace

void read_packed(std::istream& in, const Origin& origin, const Sink& sink) {
    Unpacker unpacker(in, Packing::stream, max_unpacked_bytes);
    if (!unpacker.next())
        return sink(
            fail(Errc::bad_document, unpacker.failure().empty() ? "nothing in it" : unpacker.failure()));
    Contents contents(unpacker, origin);
    if (contents.read(without_ending(origin.path), false, sink) == Found::nothing)
        sink(fail(Errc::bad_document, "what is packed in it is not a format izde reads"));
}

void read_zip(std::istream& in, const Origin& origin, const Sink& sink) {
    Unpacker unpacker(in, Packing::zip, max_unpacked_bytes);
    Contents contents(unpacker, origin);
    bool found = false;
    while (unpacker.next()) {
        if (is_hidden(unpacker.name())) continue;
        const std::string& name = unpacker.name();
        const auto with_name = [&](Result<index::Document> document) {
            if (!document) return sink(fail(Errc::bad_document, name + ": " + document.error().message));
            document->record = document->record.empty() ? name : name + "#" + document->record;
            sink(std::move(document));
        };
        found = contents.read(name, true, with_name) == Found::document || found;
    }
    if (!unpacker.failure().empty())
        sink(fail(Errc::bad_document, unpacker.failure()));
    else if (!found)
        sink(fail(Errc::bad_document, "no document in it of a format izde reads"));
}

}  // namespace izde::read
