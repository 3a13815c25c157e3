#include "descriptor_stream.hpp"

#include <cerrno>
#include <system_error>

#include <poll.h>
#include <unistd.h>

namespace izde::indexer {

DescriptorBuffer::int_type DescriptorBuffer::underflow() {
    ssize_t got = 0;
    do got = ::read(file_, bytes_.data(), bytes_.size());
    while (got < 0 && errno == EINTR);
    // A stream turns this into its badbit; "end of file" would hide that text is missing.
    if (got < 0) throw std::system_error(errno, std::generic_category());
    if (got == 0) return traits_type::eof();
    setg(bytes_.data(), bytes_.data(), bytes_.data() + got);
    return traits_type::to_int_type(bytes_[0]);
}

PatientBuffer::int_type PatientBuffer::underflow() {
    constexpr int look_again_ms = 100;
    pollfd waited{descriptor(), POLLIN, 0};
    while (!stop_() && ::poll(&waited, 1, look_again_ms) == 0) {
    }
    return stop_() ? traits_type::eof() : DescriptorBuffer::underflow();
}

DescriptorBuffer::pos_type DescriptorBuffer::seekoff(off_type offset, std::ios_base::seekdir from,
                                                     std::ios_base::openmode) {
    const bool is_relative = from == std::ios_base::cur;
    if (is_relative) offset -= egptr() - gptr();  // read ahead
    const int whence = is_relative ? SEEK_CUR : from == std::ios_base::end ? SEEK_END : SEEK_SET;
    const off_t place = ::lseek(file_, offset, whence);
    if (place < 0) return {off_type(-1)};
    setg(nullptr, nullptr, nullptr);
    return {place};
}

DescriptorBuffer::pos_type DescriptorBuffer::seekpos(pos_type position, std::ios_base::openmode which) {
    return seekoff(off_type(position), std::ios_base::beg, which);
}

}  // namespace izde::indexer
