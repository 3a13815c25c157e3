// How anything in izde that can fail says so: a value, or an Error with a hint.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace izde {

// What a caller may want to tell apart. Anything finer belongs in the message.
enum class Errc {
    bad_argument,        // the command line or configuration is wrong
    bad_query,           // a request parameter is wrong
    bad_document,        // one document cannot be read; the others can
    not_found,           // no such document, file or generation
    io,                  // the operating system refused
    index_missing,       // there is no index yet
    index_busy,          // another indexer holds the lock
    index_incompatible,  // written by other rules or in another format
    index_corrupt,       // the bytes are not what was written
    refused,             // a guard said no: shrunk too far, nothing to publish
    stopped,             // the user or the system asked to stop
    internal             // a bug
};

struct Error {
    Errc code = Errc::internal;
    std::string message;  // what failed, and on what: "cannot open index /srv/izde"
    std::string hint;     // what the reader of the message can do about it; may be empty
};

// What a function returns instead of its value.
struct Failure {
    Error error;
};

inline Failure fail(Errc code, std::string message, std::string hint = {}) {
    return Failure{{code, std::move(message), std::move(hint)}};
}
inline Failure fail(Error error) {
    return Failure{std::move(error)};
}

// Either a T or an Error; used like std::expected and can become that one day.
// Reading the value of a failure, or the error of a success, is a bug and throws.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(const T& value) : state_(std::in_place_index<0>, value) {}
    Result(T&& value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure.error)) {}

    explicit operator bool() const noexcept { return state_.index() == 0; }
    const T& operator*() const& { return std::get<0>(state_); }
    T& operator*() & { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    const T* operator->() const { return &std::get<0>(state_); }
    T* operator->() { return &std::get<0>(state_); }
    const Error& error() const { return std::get<1>(state_); }

  private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Failure failure) : error_(std::move(failure.error)) {}

    explicit operator bool() const noexcept { return !error_.has_value(); }
    const Error& error() const { return error_.value(); }

  private:
    std::optional<Error> error_;
};

}  // namespace izde
