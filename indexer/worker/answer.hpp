// What a worker says of one file, where every byte may come from who wrote the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "izde/index/document.hpp"
#include "izde/result.hpp"

#include "read/read.hpp"
#include "worker/frames.hpp"

namespace izde::worker {

// A record of a worker as a document that is what a reader could have made: all text is valid UTF-8 and as
// short as its field's may be, names are known ones, dates are dates, furniture stands in order in the body.
// What only the indexer gives (id, group) is empty. Errc::bad_document for any other.
Result<index::Document> check_record(std::string_view bytes, const std::string& path);

// Takes frame after frame, and hands over what is in them.
class Answer {
  public:
    // `file_bytes`: how large the file is; `most`: documents and errors to be taken, and no more. Where
    // `at_once` is false documents are kept until the file is done, so that none counts of a file that was
    // not.
    Answer(std::string path, std::uint64_t file_bytes, std::uint64_t most, bool at_once,
           const read::Sink& sink);

    enum class State { unfinished, done, done_and_gone, nonsense, enough };
    State take(const Frame& frame);

    std::uint64_t taken() const { return taken_; }

  private:
    State take_document(std::string_view record);
    State hand_over(Result<index::Document>&& document);
    void finish();

    std::string path_;
    std::uint64_t bytes_left_, most_, taken_ = 0;
    bool at_once_;
    const read::Sink& sink_;
    std::vector<Result<index::Document>> kept_;
};

}  // namespace izde::worker
