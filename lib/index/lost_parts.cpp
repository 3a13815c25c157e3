#include "index/lost_parts.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

namespace izde::index {

// Looked at by the handler, whatever other threads do meanwhile.
struct LossWatch::Slot {
    std::atomic<std::uintptr_t> begin = 0, end = 0;  // 0: free
    std::atomic<bool> is_lost = false;
};

struct LossSlots {
    using Slot = LossWatch::Slot;
    static_assert(std::atomic<std::uintptr_t>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

    // The one of the mapping that the address lies in. One that changes hands meanwhile is of another.
    Slot* of(std::uintptr_t address) {
        for (Slot& slot : slots) {
            const std::uintptr_t begin = slot.begin;
            if (begin == 0 || address < begin || address >= slot.end) continue;
            if (slot.begin == begin) return &slot;
        }
        return nullptr;
    }

    std::array<Slot, 1024> slots;
    std::mutex mutex;  // of those who begin
    std::uintptr_t page_bytes = 0;
    struct sigaction before {};
};

namespace {

LossSlots all;

bool put_zeros(std::uintptr_t address) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): so the kernel tells it
    void* const page = reinterpret_cast<void*>(address / all.page_bytes * all.page_bytes);
    constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    return ::mmap(page, all.page_bytes, PROT_READ, flags, -1, 0) != MAP_FAILED;
}

// Calls only what a signal may interrupt.
void on_bus_error(int signal, siginfo_t* info, void*) {
    const int error = errno;
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    const bool is_fault = info->si_code > 0;  // else somebody sent it
    auto* const slot = is_fault ? all.of(address) : nullptr;
    // Marked first: another thread may read the zeros as soon as they are there.
    if (slot != nullptr) slot->is_lost = true;
    if (slot == nullptr || !put_zeros(address)) {
        ::sigaction(signal, &all.before, nullptr);
        if (!is_fault) ::raise(signal);  // a fault comes again by itself
    }
    errno = error;
}

void take_over() {
    all.page_bytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    struct sigaction action {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigaction(SIGBUS, &action, &all.before);
}

}  // namespace

bool LossWatch::begin(std::string_view mapped) {
    static std::once_flag once;
    std::call_once(once, take_over);
    const std::lock_guard lock(all.mutex);
    const auto free = std::ranges::find_if(all.slots, [](const Slot& slot) { return slot.begin == 0; });
    if (free == all.slots.end()) return false;
    const auto first = reinterpret_cast<std::uintptr_t>(mapped.data());
    free->is_lost = false;
    free->end = (first + mapped.size() + all.page_bytes - 1) / all.page_bytes * all.page_bytes;
    free->begin = first;
    slot_ = &*free;
    return true;
}

void LossWatch::end() {
    if (slot_ != nullptr) slot_->begin = 0;
    slot_ = nullptr;
}

bool LossWatch::is_lost() const {
    // The compiler must not look before what was read; a processor does not look so far ahead that it would
    // see zeros and no mark, between which lie two calls of the kernel.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return slot_ != nullptr && slot_->is_lost;
}

}  // namespace izde::index
