// izde-searchd genkey: makes a key.
#pragma once

#include "options.hpp"

namespace izde {

// Of the arguments behind "genkey". The key and the line for the key file go to standard output, a line each;
// what to do with them to the error output.
Exit genkey(int argc, const char* const* argv);

}  // namespace izde
