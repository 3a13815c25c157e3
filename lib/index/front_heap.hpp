// A heap whose first item is taken and followed by another one, over and over: what merging is.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace izde::index {

// In front stands one that no other comes before. Half the work of std::pop_heap and std::push_heap.
template <class Item, class Before>
class FrontHeap {
  public:
    bool empty() const { return items_.empty(); }
    const Item& front() const { return items_.front(); }

    void push(Item item) {
        std::size_t at = items_.size();
        items_.push_back(item);
        for (; at > 0 && Before()(item, items_[(at - 1) / 2]); at = (at - 1) / 2)
            items_[at] = std::move(items_[(at - 1) / 2]);
        items_[at] = std::move(item);
    }
    void replace_front(Item item) {
        std::size_t at = 0;
        for (std::size_t child = 1; child < items_.size(); child = 2 * at + 1) {
            if (child + 1 < items_.size() && Before()(items_[child + 1], items_[child])) ++child;
            if (!Before()(items_[child], item)) break;
            items_[at] = std::move(items_[child]);
            at = child;
        }
        items_[at] = std::move(item);
    }
    void pop_front() {
        Item last = std::move(items_.back());
        items_.pop_back();
        if (!items_.empty()) replace_front(std::move(last));
    }

  private:
    std::vector<Item> items_;
};

}  // namespace izde::index
