// Searches the live generation of an index folder.
#pragma once

#include <filesystem>
#include <memory>

#include "search/live.hpp"
#include "search/search.hpp"

namespace izde::search {

class Searcher final : public Service {
  public:
    // Begins to watch the folder, which need not hold an index yet.
    static std::unique_ptr<Searcher> start(std::filesystem::path index_root);

    Result<Reply> search(const Request& request) const override;
    Result<Shown> document(std::string_view id, std::string_view query) const override;
    Result<index::Manifest> stats() const override;
    Status status() const override;

  private:
    explicit Searcher(std::filesystem::path index_root) : live_(std::move(index_root)) {}

    Live live_;
};

}  // namespace izde::search
