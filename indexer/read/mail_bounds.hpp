// A mail cut down to what a parser that builds a tree of it can be given: its author may be hostile.
#pragma once

#include <string>
#include <string_view>

namespace izde::read {

struct Bounded {
    std::string bytes;
    bool is_cut = false;  // the rest has more parts or more headers than any mail needs
};

// Header fields beyond 16 KiB are shortened; past 20,000 lines that may begin a part, or 50,000
// header fields in all, the mail ends.
Bounded bounded_mail(std::string_view bytes);

}  // namespace izde::read
