// What went wrong with a request, as RFC 9457 has it.
#pragma once

#include <string>
#include <string_view>

#include "izde/result.hpp"

#include "http/message.hpp"

namespace izde::http {

struct Problem {
    int status = 400;
    std::string code = {};    // for programs: "unknown_parameter"
    std::string detail = {};  // for people
    std::string param = {};   // the parameter at fault; empty: none
    std::string hint = {};    // what to do about it; may be empty
    int retry_after = 0;      // seconds; 0: as the status has it
};

std::string_view title_of(int status);  // "Not Found"

int status_of(Errc code);

// Says nothing of the inside when the error is a bug.
Problem problem_of(const Error& error);

// application/problem+json with a request id of its own and all the headers that answers need.
Answer to_answer(const Problem& problem);

// Names one request in its answer and in the log; no two are alike, and none tells anything.
std::string new_request_id();

}  // namespace izde::http
