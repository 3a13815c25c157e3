// The hits of a search as an Atom feed (RFC 4287), with the elements of OpenSearch for its pages.
#pragma once

#include <string>
#include <string_view>

#include "http/form.hpp"
#include "search/search.hpp"

namespace izde::http {

inline constexpr std::string_view atom_type = "application/atom+xml; charset=utf-8";

struct Feed {
    const search::Request& request;
    const search::Reply& reply;
    std::string_view base;  // "https://search.example.org"
    const Params& params;   // of the request, for the addresses of its pages
};

// Well-formed and valid whatever the documents hold. An entry's `updated` is when the index first saw its
// document, the feed's that of its first entry; `published` is the day that the document is dated, if it is
// known to the day. So a document that is old itself is news to feed readers, and one that is edited is not.
std::string to_atom(const Feed& feed);

}  // namespace izde::http
