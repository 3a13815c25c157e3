// Documents → sorted runs for the tables, and their words, on several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "index/glass/files.hpp"
#include "index/glass/run.hpp"
#include "index/packing.hpp"

namespace izde::index {

// Documents are cut into batches by their order; each batch is analysed and sorted on whatever thread is
// free. What comes of it depends on the documents and their order only, not on the threads. Called from one
// thread. Memory: two batches' documents a job, and three times as much for each that is being sorted.
class Batches {
  public:
    // `folder` is there, and is removed with what is left in it by who calls; `jobs` at least 1. A batch has
    // `least_bytes` of text at least, and more the more came before. Documents are packed as by `packer`.
    Batches(const std::filesystem::path& folder, unsigned jobs, std::size_t least_bytes, Packer packer);
    Batches(const Batches&) = delete;
    Batches& operator=(const Batches&) = delete;
    ~Batches();  // waits for its threads

    void use(Packer packer);  // instead; before the first put

    // Keys ascend. May wait for a thread to be free; a failure may be that of an earlier document.
    Result<void> put(std::uint32_t key, Document document);
    // Only its words are counted, in the files `gone`.
    Result<void> take_out(Document document);

    struct Sorted {
        glass::Scratch& scratch;
        std::vector<glass::Run> runs;                    // one at least; in the order of their documents
        std::vector<std::filesystem::path> words, gone;  // for merge_words
    };
    Result<Sorted> finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace izde::index
