// The table of what can be asked: requests are led by it, and /openapi.json tells of it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "http/parameters.hpp"
#include "http/routes.hpp"
#include "http/scope.hpp"
#include "search/search.hpp"

namespace izde::http {

struct Question {
    const search::Service& service;
    const Message& request;
    const Surroundings& around;
    std::string_view id;  // what stands in the address in the place of {id}
};

struct Route {
    std::string_view path;     // with at most one {id}, which stands for anything without '/'
    std::string_view methods;  // as Allow has them
    Scope scope;
    std::string_view summary;
    std::span<const Parameter* const> (*parameters)();
    std::string_view type;    // of a good answer
    std::string_view schema;  // what it is called in /openapi.json; empty: it is no JSON
    bool kept;                // whether it has an ETag, so that a client may keep it
    Answer (*answer)(const Question& question);
    bool is_page =
        false;  // for readers, not for programs: /openapi.json is silent of it, links may lead there
};

std::span<const Route> routes();

// Whether a list as Allow has it names the method.
bool allows(std::string_view methods, std::string_view method);

// Null: the address is none of these (but perhaps one of the page's files).
const Route* find_route(std::string_view path);

// What log and figures call the address of a request that was answered so: a path of the table, "page" or
// "unknown", never what clients send. `route` as find_route has it.
std::string_view label_of(const Route* route, int status);

}  // namespace izde::http
