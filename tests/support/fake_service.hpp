// A service that answers what a test puts into it and remembers what it was asked.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "izde/result.hpp"

#include "search/search.hpp"

namespace izde::tests {

class FakeService final : public search::Service {
  public:
    search::Reply reply;
    search::Shown shown;
    search::Similar alike;
    search::Suggestions suggestions;
    search::Explanation explanation;
    index::Manifest manifest;
    search::Status state;
    std::optional<Error> error;       // set: every question fails with it
    std::function<void()> meanwhile;  // runs within each search

    search::Request last_request() const {
        const std::lock_guard lock(mutex_);
        return last_request_;
    }
    std::string last_id() const {
        const std::lock_guard lock(mutex_);
        return last_id_;
    }
    std::string last_query() const {
        const std::lock_guard lock(mutex_);
        return last_query_;
    }

    Result<search::Reply> search(const search::Request& request) const override {
        if (meanwhile) meanwhile();
        const std::lock_guard lock(mutex_);
        last_request_ = request;
        if (error) return fail(*error);
        return reply;
    }
    Result<search::Shown> document(std::string_view id, std::string_view query) const override {
        const std::lock_guard lock(mutex_);
        last_id_ = id;
        last_query_ = query;
        if (error) return fail(*error);
        if (id != shown.document.id) return fail(Errc::not_found, "there is no document with this id");
        return shown;
    }
    Result<search::Similar> similar(std::string_view id) const override {
        const std::lock_guard lock(mutex_);
        last_id_ = id;
        if (error) return fail(*error);
        if (id != shown.document.id) return fail(Errc::not_found, "there is no document with this id");
        return alike;
    }
    Result<search::Suggestions> suggest(std::string_view typed, std::size_t limit) const override {
        const std::lock_guard lock(mutex_);
        last_query_ = typed;
        if (error) return fail(*error);
        auto some = suggestions;
        if (some.items.size() > limit) some.items.resize(limit);
        return some;
    }
    Result<search::Explanation> explain(const search::Request& request, std::string_view id) const override {
        const std::lock_guard lock(mutex_);
        last_request_ = request;
        last_id_ = id;
        if (error) return fail(*error);
        if (id != explanation.document.id) return fail(Errc::not_found, "there is no document with this id");
        return explanation;
    }
    Result<index::Manifest> stats() const override {
        if (error) return fail(*error);
        return manifest;
    }
    search::Status status() const override { return state; }

  private:
    mutable std::mutex mutex_;
    mutable search::Request last_request_;
    mutable std::string last_id_, last_query_;
};

}  // namespace izde::tests
