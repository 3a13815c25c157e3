// A file read by a worker, and everything that comes of it.
#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "izde/index/record.hpp"

#include "documents.hpp"
#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"
#include "worker/misbehave.hpp"
#include "worker/spawner.hpp"

namespace izde::tests {

inline const worker::Limits small_limits{32u << 20, 1, 3};

struct Told {
    std::vector<std::string> records;  // as index::write_record makes them
    std::vector<std::string> errors;
};

inline Told tell(const indexer::Entry& entry, const indexer::ReadSettings& settings) {
    Told told;
    indexer::read_documents(
        entry, settings, [] { return false; },
        [&](Result<index::Document> document) {
            if (document)
                told.records.push_back(index::write_record(*document));
            else
                told.errors.push_back(document.error().message);
        });
    return told;
}

// A worker whose files say how it is to misbehave.
class Misbehaving {
  public:
    explicit Misbehaving(const worker::Limits& limits = small_limits)
        : spawner_(expect(worker::Spawner::start(Sandbox::required, limits, misbehave))),
          workers_(*spawner_, 1) {}

    indexer::Entry entry(const std::string& what, const std::string& name = "file.html") const {
        return {std::filesystem::canonical(dir_.write(name, what + "\n")), "source", name, 0};
    }
    Told read(const indexer::Entry& entry, indexer::Poison* poison = nullptr) {
        return tell(entry, {{{"victim", victim().substr(1)}}, &workers_, poison});
    }
    Told read(const std::string& what, const std::string& name = "file.html") {
        return read(entry(what, name));
    }

    std::string victim() const { return (dir_.path() / "victim").string(); }
    const TempDir& dir() const { return dir_; }
    worker::Pool& workers() { return workers_; }
    worker::Worker& worker() { return *workers_.take(0).operator->(); }

  private:
    TempDir dir_;
    std::unique_ptr<worker::Spawner> spawner_;
    worker::Pool workers_;
};

}  // namespace izde::tests
