// Answers made smaller for the way: which encoding a client takes, and the bytes in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace izde::http {

enum class Encoding { identity, gzip, brotli };

// Which encodings a client takes, by its Accept-Encoding (RFC 9110, 12.5.3); what is malformed is overlooked.
class Accepted {
  public:
    explicit Accepted(std::string_view header);
    explicit Accepted(const Message& request);

    // From 0, which is never to be sent, to 1000.
    int quality(Encoding encoding) const;
    bool takes(Encoding encoding) const { return quality(encoding) > 0; }

    // Of those that compress: the one the client likes best, and of equals the smaller one, brotli. Nothing
    // where it takes none, or likes plain bytes better.
    std::optional<Encoding> best() const;

  private:
    std::optional<int> gzip_, brotli_, identity_, others_;
};

std::string_view name_of(Encoding encoding);  // "br"

// `thorough`: as small as can be, for what is kept; else as fast as can be.
enum class Effort { fast, thorough };
std::string encode(std::string_view bytes, Encoding encoding, Effort effort);

// Compresses the body of an answer that is large enough to pay, if the client takes that, and says by Vary
// that others may get it otherwise. A strong ETag becomes a weak one. `for_size`: whether bytes on the way
// cost anything; if not, as from this machine to itself, only a client that refuses plain bytes gets others.
// One that takes none of what there is gets a 406.
void compress(Answer& answer, const Message& request, bool for_size);

}  // namespace izde::http
