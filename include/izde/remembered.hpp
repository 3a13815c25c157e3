// What was made of the keys that were asked for last.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace izde {

// A look-up in place of making it again, as for the words of a query that grows letter by letter. A key
// takes the place of another one, so memory is bounded by as many values. Any thread may call.
template <class Value>
class Remembered {
  public:
    std::optional<Value> find(std::string_view key) const {
        const std::lock_guard lock(mutex_);
        const Place& place = places_[place_of(key)];
        return place.value && place.key == key ? place.value : std::nullopt;
    }

    void keep(std::string_view key, Value value) {
        const std::lock_guard lock(mutex_);
        Place& place = places_[place_of(key)];
        place.key = key;
        place.value = std::move(value);
    }

    static constexpr std::size_t most = 512;

  private:
    struct Place {
        std::string key;
        std::optional<Value> value;
    };
    static std::size_t place_of(std::string_view key) { return std::hash<std::string_view>()(key) % most; }

    mutable std::mutex mutex_;
    std::array<Place, most> places_;
};

}  // namespace izde
