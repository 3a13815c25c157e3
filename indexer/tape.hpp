// A file that is written once from its beginning and then read anywhere: what would take too much memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "izde/result.hpp"

#include "descriptor.hpp"

namespace izde::indexer {

// Every failure is the disk's (Errc::io) and ends the run. Written by one thread; once it is finished, read
// by any. Memory: a buffer of 256 KB while it is written.
class Tape {
  public:
    Tape() = default;  // nothing can be written to or read from it

    // A file in `folder` without a name, gone when closed or when the process dies; or with one, to be kept.
    static Result<Tape> create(const std::filesystem::path& folder);
    static Result<Tape> create(const std::filesystem::path& folder, const std::string& name);
    // What was kept, to be read; Errc::not_found if that is no regular file. Never waits.
    static Result<Tape> open(const std::filesystem::path& file);
    // A copy of what is to be written on behind its end.
    static Result<Tape> copy(const Tape& from, const std::filesystem::path& folder, const std::string& name);

    Result<void> add(std::string_view bytes);
    Result<void> finish();  // nothing is added after it, nothing read before

    std::uint64_t size() const { return size_; }  // bytes
    int descriptor() const { return file_.get(); }

    Result<void> read(std::uint64_t begin, std::span<char> into) const;
    Result<std::string> read(std::uint64_t begin, std::size_t bytes) const;

    // Reads pieces that are asked for in about their order, many at once. One thread; the tape must outlive
    // it.
    class Reader {
      public:
        explicit Reader(const Tape& tape) : tape_(&tape) {}
        Result<std::string_view> read(std::uint64_t begin, std::size_t bytes);  // until the next call

      private:
        const Tape* tape_;
        std::uint64_t begin_ = 0;
        std::string window_;
    };

  private:
    Tape(Descriptor file, std::filesystem::path folder)
        : file_(std::move(file)), folder_(std::move(folder)) {}
    Failure failed(const std::string& doing) const;

    Descriptor file_;
    std::filesystem::path folder_;
    std::string buffer_;
    std::uint64_t size_ = 0;
};

// The same of rows that all have one size, by their numbers from 0.
template <class Row>
class Rows {
    static_assert(std::is_trivially_copyable_v<Row>);

  public:
    Rows() = default;
    explicit Rows(Tape tape) : tape_(std::move(tape)) {}
    static Result<Rows> create(const std::filesystem::path& folder) { return of(Tape::create(folder)); }
    static Result<Rows> create(const std::filesystem::path& folder, const std::string& name) {
        return of(Tape::create(folder, name));
    }
    static Result<Rows> open(const std::filesystem::path& file) { return of(Tape::open(file)); }

    Result<void> add(const Row& row) { return tape_.add({reinterpret_cast<const char*>(&row), sizeof row}); }
    Result<void> finish() { return tape_.finish(); }
    std::size_t size() const { return tape_.size() / sizeof(Row); }
    const Tape& tape() const { return tape_; }

    Result<Row> row(std::size_t number) const {
        Row row;
        auto read =
            tape_.read(std::uint64_t{number} * sizeof row, {reinterpret_cast<char*>(&row), sizeof row});
        return read ? Result<Row>(row) : fail(read.error());
    }

    // Reads rows that are asked for in about their order, many at once. One thread; the rows must outlive it.
    class Reader {
      public:
        explicit Reader(const Rows& rows) : rows_(&rows) {}
        Result<Row> row(std::size_t number) {
            if (number < first_ || number >= first_ + read_.size())
                if (auto read = fetch(number); !read) return fail(read.error());
            return read_[number - first_];
        }

      private:
        static constexpr std::size_t at_once = std::max<std::size_t>(1, (64u << 10) / sizeof(Row));
        Result<void> fetch(std::size_t number) {
            first_ = number;
            read_.resize(number < rows_->size() ? std::min(at_once, rows_->size() - number) : 1);
            auto got = rows_->tape_.read(std::uint64_t{number} * sizeof(Row),
                                         {reinterpret_cast<char*>(read_.data()), read_.size() * sizeof(Row)});
            if (!got) read_.clear();
            return got;
        }
        const Rows* rows_;
        std::size_t first_ = 0;
        std::vector<Row> read_;
    };

  private:
    static Result<Rows> of(Result<Tape> tape) {
        return tape ? Result<Rows>(Rows(*std::move(tape))) : fail(tape.error());
    }
    Tape tape_;
};

}  // namespace izde::indexer
