// The page that is served; it may be replaced while requests read it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "http/assets.hpp"

namespace izde::http {

class Page {
  public:
    explicit Page(Assets assets) : assets_(std::make_shared<const Assets>(std::move(assets))) {}

    std::shared_ptr<const Assets> get() const {
        const std::lock_guard lock(mutex_);
        return assets_;
    }
    void replace(Assets assets) {
        auto fresh = std::make_shared<const Assets>(std::move(assets));
        const std::lock_guard lock(mutex_);
        assets_.swap(fresh);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Assets> assets_;
};

}  // namespace izde::http
