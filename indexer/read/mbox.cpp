// A mailbox: mails one after the other, each behind a line "From someone Tue Jan 25 10:00:00 2022".
// One mail is in memory at a time.
#include <functional>
#include <unordered_set>

#include "read/formats.hpp"
#include "read/lines.hpp"
#include "read/mail.hpp"

namespace izde::read {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// What tells the line from one of text is the time in it, "10:00".
bool is_separator(std::string_view line) {
    if (!line.starts_with("From ")) return false;
    for (std::size_t at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1))
        if (at > 0 && at + 1 < line.size() && is_digit(line[at - 1]) && is_digit(line[at + 1])) return true;
    return false;
}

// ">From " stands for "From " at a line's beginning, ">>From " for ">From ".
bool is_escaped(std::string_view line) {
    const std::size_t end = line.find_first_not_of('>');
    return end != 0 && end != std::string_view::npos && line.substr(end).starts_with("From ");
}

class Mailbox {
  public:
    Mailbox(const Origin& origin, const Sink& sink) : origin_(origin), sink_(sink) {}

    void begin() {
        end();
        is_open_ = true;
    }

    void add(std::string_view line) {
        if (!is_open_ && is_blank(line)) return;
        is_open_ = true;
        if (bytes_.size() + line.size() >= max_file_bytes) set_too_long();
        if (is_too_long_) return;
        if (is_escaped(line)) line.remove_prefix(1);
        bytes_.append(line) += '\n';
    }

    void set_too_long() {
        is_open_ = is_too_long_ = true;
        bytes_.clear();
    }

    void end() {
        if (!std::exchange(is_open_, false)) return;
        ++number_;
        const std::string place = "message " + std::to_string(number_);
        if (std::exchange(is_too_long_, false))
            sink_(fail(Errc::bad_document, place + ": " + over_limit("larger", max_file_bytes)));
        else
            hand_over(read_message(bytes_, origin_), place);
        bytes_.clear();
    }

  private:
    void hand_over(Mail mail, const std::string& place) {
        if (!mail.document)
            return sink_(fail(Errc::bad_document, place + ": " + mail.document.error().message));
        const bool is_new = !mail.message_id.empty() && seen_.insert(hash_(mail.message_id)).second;
        mail.document->path = origin_.path;
        mail.document->format = to_string(Format::mbox);
        mail.document->record = is_new ? mail.message_id : std::to_string(number_);
        sink_(std::move(mail.document));
        if (mail.is_cut) sink_(fail(Errc::bad_document, place + ": " + std::string(cut_note)));
    }

    const Origin& origin_;
    const Sink& sink_;
    std::string bytes_;
    bool is_open_ = false;
    bool is_too_long_ = false;
    std::size_t number_ = 0;
    std::hash<std::string> hash_;
    std::unordered_set<std::size_t> seen_;  // hashes of ids: a mailbox may hold millions
};

}  // namespace

void read_mbox(std::istream& in, const Origin& origin, const Sink& sink) {
    Mailbox mailbox(origin, sink);
    Lines lines(in);
    std::string line;
    bool may_separate = true;
    for (auto state = lines.next(line); state != Lines::State::end; state = lines.next(line)) {
        if (state == Lines::State::too_long)
            mailbox.set_too_long();
        else if (may_separate && is_separator(line))
            mailbox.begin();
        else
            mailbox.add(line);
        may_separate = state == Lines::State::read && is_blank(line);
    }
    mailbox.end();
    if (in.bad()) sink(fail(Errc::bad_document, "the file cannot be read to its end"));
}

}  // namespace izde::read
