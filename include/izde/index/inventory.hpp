// What a generation holds, document by document, so that another can be compared with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

namespace izde::index {

// Of a generation of this format; its text rules may be others than this program's. 24 bytes of memory a
// document. One thread at a time; it stays whole when the generation's folder is removed.
class Inventory {
  public:
    struct Item {
        std::uint64_t id = 0;       // what a Document's id spells in hexadecimal digits
        std::uint64_t content = 0;  // content_of() the document
        std::uint32_t key = 0;
        std::uint32_t first_seen = 0;
    };

    // Its files are held against their checksums first: damaged ones could crash who reads them.
    static Result<Inventory> read(const std::filesystem::path& generation);
    Inventory(Inventory&&) noexcept;
    Inventory& operator=(Inventory&&) noexcept;
    ~Inventory();

    const std::vector<Item>& items() const;                      // in order of id
    std::optional<std::size_t> find(std::string_view id) const;  // where in items()
    Result<Document> fetch(const Item& item) const;

  private:
    struct State;
    explicit Inventory(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
