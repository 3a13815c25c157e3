// The system calls a worker may make, by libseccomp.
#pragma once

namespace izde::worker {

// Everything that is not on the list ends the process, or is refused where libraries try it and go on
// without. False: the kernel has no seccomp. Wants no_new_privs. `socket` is what may be sent to.
// `may_open`: Landlock holds, and says which files can be opened for reading; else none can.
bool allow_only_reading(int socket, bool may_open);

}  // namespace izde::worker
