// An index folder holds generations and one pointer to the live one. A generation is written
// once, published by one rename, and never changed after. Only the holder of the lock writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "izde/result.hpp"

namespace izde::index {

// The right to be the one indexer at work; given back when destroyed or when the process dies.
class Lock {
  public:
    // Creates the folder if need be. Errc::index_busy names the holder's pid and start.
    static Result<Lock> take(const std::filesystem::path& root);
    Lock(Lock&& other) noexcept;
    Lock& operator=(Lock&& other) noexcept;
    ~Lock();

  private:
    explicit Lock(int fd) : fd_(fd) {}
    int fd_ = -1;
};

// Keeps a generation from being pruned while it is read; given back when destroyed.
class Lease {
  public:
    static Result<Lease> take(const std::filesystem::path& generation);
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&& other) noexcept;
    ~Lease();

  private:
    explicit Lease(int fd) : fd_(fd) {}
    int fd_ = -1;
};

// Reads need no lock; what writes asks for it. Copies are equal.
class Generations {
  public:
    explicit Generations(std::filesystem::path root);

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path path(const std::string& id) const;

    // The id the pointer names. Errc::index_missing: there is none; index_corrupt: it is no id.
    Result<std::string> live() const;

    // Ids of the finished generations, oldest first.
    std::vector<std::string> finished() const;

    // Removes what dead builders left behind and what was rolled back, and makes a folder to build in,
    // "ID.tmp". Ids sort by creation, also when the clock goes back.
    Result<std::filesystem::path> begin(const Lock& lock);

    // Syncs the folder and gives it its final name, "ID"; it is finished but not yet live.
    Result<std::filesystem::path> seal(const Lock& lock, const std::filesystem::path& building);

    // Makes a finished generation the live one: one rename; the last act of a build. On failure the one
    // before it still is.
    Result<void> point_to(const Lock& lock, const std::string& id);

    // Removes a generation that is not published after all; never the live one.
    void discard(const Lock& lock, const std::filesystem::path& building) noexcept;

    // Keeps the live one, the `keep`-1 newest before it that are not damaged, and any that is being read;
    // removes the others, and what a killed point_to left.
    void prune(const Lock& lock, std::size_t keep = 2);

  private:
    // A killed build or a rollback left them. They would stand between the next one and what it replaces.
    void remove_newer_than_live();

    std::filesystem::path root_;
};

// "0000000007-20261122T031500Z" and nothing else; so an id never leaves its folder.
bool is_generation_id(std::string_view name);

}  // namespace izde::index
