// Searches the live generation of an index folder.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>

#include "izde/deadline.hpp"

#include "search/live.hpp"
#include "search/search.hpp"

namespace izde::search {

class Searcher final : public Service {
  public:
    // Begins to watch the folder, which need not hold an index yet.
    static std::unique_ptr<Searcher> start(std::filesystem::path index_root,
                                           std::shared_ptr<const names::Aliases> aliases = {});

    // For searches from now on; any thread may call.
    void use(std::shared_ptr<const names::Aliases> aliases);

    // By which part of its score, 0..1, the newest of the best matches is raised (index::Refinement); 0
    // unless told. For searches from now on; any thread may call.
    void raise_new(double freshness) { freshness_ = freshness; }

    Result<Reply> search(const Request& request) const override;
    // With a deadline of the caller's in place of the request's.
    Result<Reply> search(const Request& request, const Deadline& deadline) const;
    Result<Shown> document(std::string_view id, std::string_view query) const override;
    Result<Similar> similar(std::string_view id) const override;
    Result<Suggestions> suggest(std::string_view typed, std::size_t limit) const override;
    Result<Explanation> explain(const Request& request, std::string_view id) const override;
    Result<index::Manifest> stats() const override;
    Status status() const override;

  private:
    Searcher(std::filesystem::path index_root, std::shared_ptr<const names::Aliases> aliases)
        : live_(std::move(index_root)), aliases_(std::move(aliases)) {}

    std::shared_ptr<const names::Aliases> aliases() const;

    template <class Work>
    auto with_reader(Work work) const -> decltype(work(std::declval<const index::Reader&>()));
    Result<Reply> search_in(const index::Reader& reader, const Request& request,
                            const Deadline& deadline) const;
    Result<Similar> similar_in(const index::Reader& reader, std::string_view id) const;

    mutable Live live_;
    std::atomic<double> freshness_ = 0;
    mutable std::mutex mutex_;                       // guards what follows
    std::shared_ptr<const names::Aliases> aliases_;  // null: names have no variants
};

}  // namespace izde::search
