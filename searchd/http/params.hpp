// From the parameters of a request to what searchd is asked; the limits at the door.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "http/form.hpp"
#include "http/message.hpp"
#include "http/parameters.hpp"
#include "http/problem.hpp"
#include "search/search.hpp"

namespace izde::http {

// As many pages as can be asked for; a link to a page must never lead to a refusal.
std::uint64_t pages_of(std::uint64_t total, std::uint64_t per_page);

// What a breakdown is called in requests and answers.
std::string_view name_of(index::Breakdown by);

// Of the address and, with POST, of the JSON object in the body.
std::variant<Params, Problem> all_params(const Message& request);

std::variant<search::Request, Problem> search_request(const Params& params);

// What is asked of one document: a search and the `id` beside it.
struct AboutOne {
    search::Request request;
    std::string id;
};
std::variant<AboutOne, Problem> explain_request(const Params& params);

// A search for the documents that the index saw last, a page of them.
std::variant<search::Request, Problem> feed_request(const Params& params);

// A search for all that can be reached, or for `limit` documents, without snippets.
std::variant<search::Request, Problem> export_request(const Params& params);

// The text of a query, or why it is none: only `q` is known here.
std::variant<std::string, Problem> document_query(const Params& params);

// What is in the box while a query is typed.
struct Typed {
    enum class Form : std::uint8_t { izde, opensearch };

    std::string text;
    std::uint32_t limit = 10;  // of suggestions
    Form form = Form::izde;
};
std::variant<Typed, Problem> typed_so_far(const Params& params);

// Why these parameters cannot be, when none is known.
std::optional<Problem> refuse_all(const Params& params);

}  // namespace izde::http
