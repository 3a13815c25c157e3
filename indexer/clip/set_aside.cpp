#include "clip/set_aside.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "clip/lines.hpp"

namespace izde::clip {
namespace {

class Body {
  public:
    explicit Body(std::vector<index::Furniture> pieces) : pieces_(std::move(pieces)) {}

    void keep(std::string_view text, std::size_t from) {
        while (!text.empty()) {
            const std::size_t newline = text.find('\n');
            const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
            move_pieces(from);
            add_line(text.substr(0, end));
            text.remove_prefix(end);
            from += end;
        }
    }

    void cut(std::string_view text, std::size_t from, bool keep) {
        move_pieces(from);
        std::string_view line = text;
        while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.remove_suffix(1);
        while (!line.empty() && (line.front() == '\n' || line.front() == ' ')) line.remove_prefix(1);
        if (keep && !line.empty()) moved_.push_back({std::string(line), text_.size()});
        // The line goes on behind a credit that was cut from its end.
        if (text.ends_with('\n') && !text_.empty() && !text_.ends_with('\n')) end_line();
    }

    void finish(index::Document& document, std::size_t size) {
        move_pieces(size);
        if (!text_.empty() && !text_.ends_with('\n')) end_line();
        while (text_.ends_with("\n\n")) text_.pop_back();
        for (index::Furniture& piece : moved_) piece.at = std::min(piece.at, text_.size());
        document.body = std::move(text_);
        document.boilerplate = std::move(moved_);
    }

  private:
    void add_line(std::string_view line) {
        if (line == "\n" && (text_.empty() || text_.ends_with("\n\n"))) return;
        text_ += line;
    }

    void end_line() {
        // Pieces that stood behind these spaces stand behind the line now.
        while (!text_.empty() && text_.back() == ' ') text_.pop_back();
        text_ += '\n';
        for (auto piece = moved_.rbegin(); piece != moved_.rend() && piece->at > text_.size(); ++piece)
            piece->at = text_.size();
    }

    // Those that stood before this byte of the old body.
    void move_pieces(std::size_t at) {
        while (next_ < pieces_.size() && pieces_[next_].at <= at) {
            moved_.push_back(std::move(pieces_[next_]));
            moved_.back().at = text_.size();
            ++next_;
        }
    }

    std::string text_;
    std::vector<index::Furniture> pieces_, moved_;
    std::size_t next_ = 0;
};

}  // namespace

void set_aside(index::Document& document, const std::vector<Cut>& cuts) {
    if (cuts.empty()) return;
    Body body(std::move(document.boilerplate));
    const std::string old = std::move(document.body);
    const std::string_view text = old;
    std::size_t at = 0;
    for (const Cut& cut : cuts) {
        body.keep(text.substr(at, cut.begin - at), at);
        body.cut(text.substr(cut.begin, cut.end - cut.begin), cut.begin, cut.keep);
        at = cut.end;
    }
    body.keep(text.substr(at), at);
    body.finish(document, old.size());
}

}  // namespace izde::clip
