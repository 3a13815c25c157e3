#include "index/positions/lists.hpp"

#include <system_error>

#include "izde/varint.hpp"

namespace izde::index::positions {
namespace {

constexpr std::size_t forgotten_at_once = 1u << 20;

// The rows of a block's directory, one after the other.
class Directory {
  public:
    explicit Directory(std::string_view bytes) : rest_(bytes) {
        if (rest_.empty()) raise();
        left_ = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        if (left_ == 0 || left_ > format::terms_in_block) raise();
    }

    bool next() {
        if (left_ == 0) return false;
        --left_;
        const std::uint64_t same = number();
        const std::uint64_t more = number();
        if (same > term_.size() || more > rest_.size()) raise();
        term_.resize(static_cast<std::size_t>(same));
        term_ += rest_.substr(0, static_cast<std::size_t>(more));
        rest_.remove_prefix(static_cast<std::size_t>(more));
        const std::uint64_t size = number();
        bytes_ = size >> 1;
        chunks_ = (size & 1) != 0 ? number() : 1;
        if (bytes_ == 0) raise();
        return true;
    }

    // Of the row at hand.
    const std::string& term() const { return term_; }
    std::uint64_t bytes() const { return bytes_; }
    std::uint64_t chunks() const { return chunks_; }

  private:
    std::uint64_t number() {
        const auto value = take_varint(rest_);
        if (!value) raise();
        return *value;
    }

    std::string_view rest_;
    std::size_t left_ = 0;
    std::string term_;
    std::uint64_t bytes_ = 0, chunks_ = 0;
};

std::string_view last_bytes(std::string_view bytes, std::uint64_t count) {
    if (count > bytes.size()) raise();
    return bytes.substr(bytes.size() - static_cast<std::size_t>(count));
}

}  // namespace

bool Cursor::read(std::uint32_t document, Positions& to) {
    if (list_.chunks() == 0) return false;
    seek(document);
    while (!at_end_ && at_ < document) {
        at_end_ = !entries_.next();
        if (!at_end_) at_ = entries_.document();
    }
    if (at_end_ || at_ != document) return false;
    take_positions(entries_.positions(), to);
    return true;
}

// To the chunk that may have it, unless that one is at hand and the document not behind.
void Cursor::seek(std::uint32_t document) {
    if (at_ == 0 || document < at_ || (at_end_ && document == at_))
        begin(list_.chunk_of(document, 0));
    else if (first_behind_ != 0 && document >= first_behind_)
        begin(list_.chunk_of(document, chunk_));
}

void Cursor::begin(std::size_t chunk) {
    chunk_ = chunk;
    first_behind_ = chunk + 1 < list_.chunks() ? list_.begin_of(chunk + 1).document : 0;
    entries_ = Entries(list_.chunk(chunk));
    at_end_ = !entries_.next();
    if (!at_end_) at_ = entries_.document();
}

Lists::Lists(const std::filesystem::path& generation) : file_(generation / format::file_name) {
    lay_out(file_->bytes());
}

Lists::Lists(std::string_view bytes) {
    lay_out(bytes);
}

void Lists::lay_out(std::string_view bytes) {
    std::uint64_t count = 0;
    if (bytes.size() < format::magic.size() + sizeof count || !bytes.starts_with(format::magic)) raise();
    std::memcpy(&count, bytes.data() + bytes.size() - sizeof count, sizeof count);
    const std::string_view body = bytes.substr(0, bytes.size() - sizeof count);
    if (count > (body.size() - format::magic.size()) / sizeof(format::BlockEnd)) raise();
    block_count_ = static_cast<std::size_t>(count);
    ends_ = body.substr(body.size() - block_count_ * sizeof(format::BlockEnd));
    blocks_ = body.substr(0, body.size() - ends_.size());
}

format::BlockEnd Lists::end_of(std::size_t block) const {
    format::BlockEnd end;
    std::memcpy(&end, ends_.data() + block * sizeof end, sizeof end);
    return end;
}

Lists::Block Lists::block(std::size_t number) const {
    const std::uint64_t end = end_of(number).lists_end;
    if (end < format::magic.size() || end > blocks_.size()) raise();
    const auto at = static_cast<std::size_t>(end);
    return {blocks_.substr(format::magic.size(), at - format::magic.size()), blocks_.substr(at)};
}

std::size_t Lists::block_of(std::string_view term) const {
    const std::uint64_t wanted = format::beginning_of(term);
    const auto is_behind = [&](std::size_t number) {
        const std::uint64_t beginning = end_of(number).beginning;
        if (beginning != wanted) return beginning > wanted;
        Directory directory(block(number).directory);
        directory.next();
        return directory.term() > term;
    };
    std::size_t low = 0, high = block_count_;
    while (high - low > 1) {
        const std::size_t middle = low + (high - low) / 2;
        (is_behind(middle) ? high : low) = middle;
    }
    return low;
}

List Lists::find(std::string_view term) const {
    if (block_count_ == 0) return {};
    const Block at = block(block_of(term));
    Directory directory(at.directory);
    while (directory.next()) {
        if (directory.term() < term) continue;
        if (directory.term() != term) return {};
        const std::uint64_t bytes = directory.bytes(), chunks = directory.chunks();
        std::uint64_t behind = bytes;
        while (directory.next()) {
            if (directory.bytes() > at.before.size()) raise();
            behind += directory.bytes();
        }
        const std::string_view lists = last_bytes(at.before, behind);
        return {lists.substr(0, static_cast<std::size_t>(bytes)), static_cast<std::size_t>(chunks)};
    }
    return {};
}

void Lists::check() const {
    Positions positions;
    for (Walk walk(*this); !walk.at_end(); walk.next()) {
        std::uint32_t last = 0;
        for (std::size_t chunk = 0; chunk < walk.list().chunks(); ++chunk) {
            Entries entries(walk.list().chunk(chunk));
            const std::uint32_t begins = walk.list().begin_of(chunk).document;
            for (bool is_first = true; entries.next(); is_first = false) {
                if (entries.document() <= last) raise();
                last = entries.document();
                if (is_first && begins != 0 && begins != last) raise();
                positions.clear();
                take_positions(entries.positions(), positions);
                if (positions.empty()) raise();
            }
        }
        // The way to a block is the same for all terms between its first and its last.
        if (walk.is_at_border() && find(walk.term()).bytes().data() != walk.list().bytes().data()) raise();
    }
}

Walk::Walk(const Lists& lists) : lists_(lists) {
    begin_block();
}

void Walk::next() {
    if (++row_ == rows_.size()) {
        ++block_;
        begin_block();
        return;
    }
    if (rows_[row_].term <= term_) raise();
    term_ = rows_[row_].term;
    list_ = rows_[row_].list;
}

void Walk::begin_block() {
    if (lists_.is_lost())
        throw std::filesystem::filesystem_error("cannot read where words stand",
                                                std::make_error_code(std::errc::io_error));
    rows_.clear();
    row_ = 0;
    at_end_ = block_ == lists_.block_count_;
    if (at_end_) return;
    const auto [before, directory_bytes] = lists_.block(block_);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sizes;
    std::uint64_t all = 0;
    Directory directory(directory_bytes);
    while (directory.next()) {
        if (directory.bytes() > before.size()) raise();
        all += directory.bytes();
        sizes.emplace_back(directory.bytes(), directory.chunks());
        rows_.push_back({directory.term(), {}});
    }
    std::string_view lists = last_bytes(before, all);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        const auto bytes = static_cast<std::size_t>(sizes[row].first);
        rows_[row].list = List(lists.substr(0, bytes), static_cast<std::size_t>(sizes[row].second));
        lists.remove_prefix(bytes);
    }
    if (block_ > 0 && rows_.front().term <= term_) raise();
    term_ = rows_.front().term;
    list_ = rows_.front().list;
    const std::size_t here = format::magic.size() + before.size() - static_cast<std::size_t>(all);
    if (here < forgotten_ + forgotten_at_once) return;
    if (lists_.file_) lists_.file_->forget(forgotten_, here);
    forgotten_ = here;
}

}  // namespace izde::index::positions
