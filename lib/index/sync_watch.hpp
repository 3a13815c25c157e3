// Xapian's compact() does not look at what its syncs return, and syncs again: after the first failure the
// pages count as written, so the second success is a lie, and one of our own after it as well.
#pragma once

namespace izde::index {

// Notes the first fdatasync that fails on this thread while it lives. Only one at a time on a thread.
class SyncWatch {
  public:
    SyncWatch();
    SyncWatch(const SyncWatch&) = delete;
    SyncWatch& operator=(const SyncWatch&) = delete;
    int error() const;  // an errno, or 0
};

}  // namespace izde::index
