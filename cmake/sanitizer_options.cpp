// Linked into programs that are built with AddressSanitizer. Xapian's Database::check frees an
// object under another static type than it was made with, which is its business.
extern "C" const char* __asan_default_options();  // NOLINT: the sanitizer's own name
extern "C" const char* __asan_default_options() {
    return "new_delete_type_mismatch=0";
}  // NOLINT
