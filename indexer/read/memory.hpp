// What happens to a reader that is given no more memory.
#pragma once

namespace izde::read {

// For the whole process, once: `end`, which must not return, is called when memory is refused, also
// to a library that would take half of a document for all of it. Libraries that end the process
// themselves go on doing so.
void end_without_memory(void (*end)());

}  // namespace izde::read
