// Exceptions of Xapian and of writing → Error; the only catch of them.
#pragma once

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include <xapian.h>

#include "izde/index/files.hpp"
#include "izde/result.hpp"

#include "index/glass/damaged.hpp"

namespace izde::index {

// Xapian gives the text of an errno, not its number; of an error that led to another, within the message.
inline std::string advice_on(const Xapian::Error& error) {
    const std::string text =
        error.get_msg() + (error.get_error_string() != nullptr ? error.get_error_string() : "");
    for (const int number : std::array{ENOSPC, EDQUOT, EFBIG, EMFILE, EACCES, EROFS, EIO})
        if (text.find(std::strerror(number)) != std::string::npos) return advice_on(number);
    return {};
}

inline Failure failure_of(const Xapian::Error& error, const std::string& what) {
    const std::string kind = error.get_type();
    const std::string reason =
        what + ": " + error.get_msg() +
        (error.get_error_string() != nullptr ? std::string(" (") + error.get_error_string() + ")" : "");
    if (kind == "DatabaseCorruptError" || kind == "DatabaseVersionError")
        return fail(Errc::index_corrupt, reason, "run: izde-indexer rebuild");
    if (kind == "DatabaseNotFoundError" || kind == "DatabaseOpeningError")
        return fail(Errc::index_missing, reason, advice_on(error));
    const std::string advice = advice_on(error);
    return fail(Errc::io, reason,
                advice.empty() ? "see what the system's log (dmesg) says of the disk, then run again"
                               : advice);
}

// Calls `work`, which returns a Result; `what` says what was tried, for the message.
template <class Work>
auto guarded(const std::string& what, Work&& work) -> decltype(work()) {
    try {
        return std::forward<Work>(work)();
    } catch (const Xapian::Error& error) {
        return failure_of(error, what);
    } catch (const glass::Damaged& error) {
        return fail(Errc::index_corrupt, what + ": " + error.what(), "run: izde-indexer rebuild");
    } catch (const std::filesystem::filesystem_error& error) {
        return fail(Errc::io, what + ": " + error.what(), advice_on(error.code().value()));
    } catch (const std::length_error& error) {
        return fail(Errc::internal, what + ": " + error.what());
    }
}

}  // namespace izde::index
