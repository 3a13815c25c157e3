// Looks a zip's directory over before it is read: the reader keeps all of it in memory and believes it.
#pragma once

#include <cstddef>
#include <streambuf>
#include <string>

namespace izde::read {

inline constexpr std::size_t most_zip_entries = 10'000;

// "more than 10000 files in it"
std::string too_many_entries();

// Why it must not be read: too many files, or files that share their bytes, as bombs' do. Empty: it may.
// What has no directory, or one in a form this does not know (zip64), is not judged. `bytes` must be
// able to seek, and stand at their beginning afterwards.
std::string zip_problem(std::streambuf& bytes);

}  // namespace izde::read
