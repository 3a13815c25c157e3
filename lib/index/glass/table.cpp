#include "index/glass/table.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <stdexcept>

#include "index/glass/block.hpp"
#include "index/glass/codes.hpp"

namespace izde::index::glass {

std::string_view Block::finish() {
    const std::size_t gap = items_ - directory_;
    std::memset(bytes_.data() + directory_, 0, gap);
    put16(0, revision >> 16);
    put16(2, revision & 0xFFFF);
    bytes_[4] = static_cast<char>(level_);
    put16(5, gap);
    put16(7, gap);
    put16(9, directory_);
    return {bytes_.data(), bytes_.size()};
}

namespace {

constexpr std::size_t max_parts = 0xFFFF;
// Less of a tag is not worth parting it for.
constexpr std::size_t least_part = 34;
constexpr std::size_t least_beginning = 256;  // where it would fit a block as a whole

char* put16(char* to, std::size_t number) {
    to[0] = static_cast<char>(number >> 8);
    to[1] = static_cast<char>(number);
    return to + 2;
}

char* put_bytes(char* to, std::string_view bytes) {
    return to + bytes.copy(to, bytes.size());
}

// What parts a block from the one before it: at most its first item's key, and the number of the part.
struct Separator {
    std::string key;
    std::size_t part = 0;
};

struct Level {
    explicit Level(unsigned level) : block(level) {}
    Block block;
    Separator separator;
    std::uint32_t before = 0;  // how many of this level are written
};

}  // namespace

struct TableWriter::State {
    explicit State(const std::filesystem::path& path) : file(path) {
        levels.emplace_back(0);
        // Each table begins with an entry that has no key.
        put_bytes(put16(leaf().add(item_header_bytes), item_is_first | item_is_last),
                  std::string_view("\0", 1));
    }

    Block& leaf() { return levels.front().block; }

    void add(std::string_view key, std::string_view tag) {
        if (key.size() > max_key_bytes) throw std::length_error("a key of an index table is too long");
        std::size_t part = 1;
        for (bool more = true; more;) {
            const std::size_t overhead = item_header_bytes + key.size() + (part > 1 ? item_part_bytes : 0);
            const std::size_t taken = part_that_fits(overhead, tag.size(), part);
            if (taken > tag.size()) {
                begin_leaf(key, part);
                continue;
            }
            more = taken < tag.size();
            put_item(key, part, tag.substr(0, taken), !more);
            tag.remove_prefix(taken);
            if (more && ++part > max_parts) throw std::length_error("an entry of the index is too long");
        }
        ++entries;
    }

    // How much of a tag goes into the block; more than there is if the next block shall begin.
    std::size_t part_that_fits(std::size_t overhead, std::size_t left, std::size_t part) {
        const std::size_t room = std::min(leaf().room(), max_item_bytes);
        if (overhead + left <= room) return left;
        if (room < overhead) return left + 1;
        const std::size_t fits = room - overhead;
        const bool is_small = part == 1 && overhead + left <= max_item_bytes;
        return fits < (is_small ? least_beginning : least_part) ? left + 1 : fits;
    }

    void put_item(std::string_view key, std::size_t part, std::string_view tag, bool last) {
        const std::size_t bytes =
            item_header_bytes + key.size() + (part > 1 ? item_part_bytes : 0) + tag.size();
        const unsigned flags = (last ? item_is_last : 0) | (part == 1 ? item_is_first : 0);
        char* to = put16(leaf().add(bytes), (bytes - item_header_bytes) | flags);
        *to++ = static_cast<char>(key.size());
        to = put_bytes(to, key);
        if (part > 1) to = put16(to, part);
        put_bytes(to, tag);
        if (part == 1) last_key = key;
    }

    // For an item with this key: the shortest beginning of it that the one before does not have parts the
    // blocks.
    void begin_leaf(std::string_view key, std::size_t part) {
        write(0);
        const auto differ = std::ranges::mismatch(key, last_key);
        const auto same = static_cast<std::size_t>(differ.in1 - key.begin());
        levels.front().separator = {std::string(key.substr(0, std::min(same + 1, key.size()))), part};
    }

    // Writes the block that is filled on a level and tells the level above of it.
    void write(std::size_t level) {
        const std::uint32_t number = append(levels[level].block);
        if (level + 1 == levels.size()) levels.emplace_back(static_cast<unsigned>(level + 1));
        add_child(level + 1, levels[level].separator, number);
        ++levels[level].before;
        levels[level].block.clear();
    }

    void add_child(std::size_t level, const Separator& separator, std::uint32_t child) {
        constexpr std::size_t overhead = 7;  // the child's number, the key's length, the part's number
        if (levels[level].block.room() < overhead + separator.key.size()) {
            write(level);
            levels[level].separator = separator;
        }
        Block& block = levels[level].block;
        // The first child's key would say nothing that the level above does not.
        const bool first = block.empty();
        const std::string_view key = first ? std::string_view() : separator.key;
        char* to = put16(block.add(overhead + key.size()), child >> 16);
        to = put16(to, child & 0xFFFF);
        *to++ = static_cast<char>(key.size());
        put16(put_bytes(to, key), first ? 0 : separator.part);
    }

    std::uint32_t append(Block& block) {
        file.append(block.finish());
        return blocks++;
    }

    Root finish() {
        std::size_t level = 0;
        while (level + 1 < levels.size()) write(level++);
        Root root;
        root.block = append(levels[level].block);
        root.level = static_cast<std::uint32_t>(level);
        root.entries = entries;
        root.is_written = true;
        root.blocks = blocks;
        file.sync();
        root.sum = file.sum();
        return root;
    }

    SequentialFile file;
    std::deque<Level> levels;  // leaves first
    std::string last_key;
    std::uint64_t entries = 0;
    std::uint32_t blocks = 0;
};

TableWriter::TableWriter(const std::filesystem::path& file) : state_(std::make_unique<State>(file)) {}
TableWriter::~TableWriter() = default;

void TableWriter::add(std::string_view key, std::string_view tag) {
    state_->add(key, tag);
}

Root TableWriter::finish() {
    return state_->finish();
}

}  // namespace izde::index::glass
