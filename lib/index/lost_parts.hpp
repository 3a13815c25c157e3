// Parts of mapped files that the system cannot give: the file was cut, or the disk cannot read it.
//
// A look at such a part is a SIGBUS. The first mapping that is watched takes this signal over: the page is
// replaced by zeros, and before anybody can see them the mapping is marked as lost. Whoever reads a mapping
// asks for the mark when he is done, and throws away what he has made of it. A SIGBUS that comes from
// elsewhere does what it did before.
#pragma once

#include <string_view>
#include <utility>

namespace izde::index {

// One mapping while it is watched. Threads may share it.
class LossWatch {
  public:
    LossWatch() = default;  // of nothing
    LossWatch(LossWatch&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)) {}
    LossWatch& operator=(LossWatch&& other) noexcept {
        std::swap(slot_, other.slot_);
        return *this;
    }
    ~LossWatch() { end(); }

    bool begin(std::string_view mapped);  // false: a thousand are watched already
    void end();                           // before it is unmapped

    // Whether a part of it was replaced by zeros. Tells of all that this thread has read of it so far.
    bool is_lost() const;

  private:
    struct Slot;
    friend struct LossSlots;
    Slot* slot_ = nullptr;
};

}  // namespace izde::index
