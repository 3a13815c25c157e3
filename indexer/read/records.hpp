// Records of named fields, as JSON objects and the rows of tables are, and the documents they make.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "read/read.hpp"

namespace izde::read {

using Fields = std::map<std::string, std::string>;  // by izde's key

// "id url title body text content date author source place lang tags"
std::string known_fields();
bool is_known_field(std::string_view key);

// What the records of one file have in common, and the ids seen in it.
class Collection {
  public:
    Collection(const Origin& origin, Format format, std::string encoding)
        : origin_(origin), format_(format), encoding_(std::move(encoding)) {}

    // `place` names the record in errors ("line 12"); `number` stands for an id it does not have.
    // An Error: a record without title and text, or with the id of an earlier one.
    Result<index::Document> add(Fields fields, const std::string& place, const std::string& number);

  private:
    index::Document plain_fields(Fields& fields) const;

    const Origin& origin_;
    Format format_;
    std::string encoding_;
    std::unordered_map<std::string, std::string> places_;  // by id
};

}  // namespace izde::read
