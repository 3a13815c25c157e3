// Landlock by its system calls: Debian 12's headers know its first version only.
#pragma once

namespace izde::worker {

// Nothing of the file system can be opened, made or changed any more, and, where the kernel knows such
// rules, no TCP port, no abstract socket and no process outside reached. `readable`: a folder whose files can
// be read all the same; it need not be there. False: the kernel has no Landlock, or it is switched off. Wants
// no_new_privs.
bool deny_everything_but(const char* readable);

}  // namespace izde::worker
