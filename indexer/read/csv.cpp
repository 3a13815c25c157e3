// RFC 4180, and what is met besides: other delimiters, white space around names, encodings of one
// country. Rows are cut before they are decoded: no encoding of text has `"`, `,`, `;`, tab or a line
// end inside of a character, but UTF-16, which is decoded as a whole.
#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

#include "izde/text/utf8.hpp"

#include "read/encoding.hpp"
#include "read/formats.hpp"
#include "read/lines.hpp"
#include "read/records.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t sample_bytes = 64u << 10;
constexpr std::size_t most_columns = 10'000;
constexpr char no_delimiter = '\0';

using Cells = std::vector<std::string>;

// Cuts lines into cells; a quoted cell may go on in the next line.
class Cutter {
  public:
    explicit Cutter(char delimiter) : delimiter_(delimiter) {}

    // True if the row ends with this line.
    bool add(std::string_view line) {
        if (in_quotes_) append('\n');
        if (cells_.empty()) cells_.emplace_back();
        for (std::size_t at = 0; at < line.size(); ++at) add(line[at], line.substr(at + 1).starts_with('"'));
        if (!in_quotes_ && !cells_.back().empty() && cells_.back().back() == '\r') cells_.back().pop_back();
        return !in_quotes_;
    }

    bool is_too_long() const { return bytes_ > max_document_bytes; }

    Cells take() {
        bytes_ = 0;
        in_quotes_ = skip_ = was_quoted_ = false;
        return std::exchange(cells_, {});
    }

  private:
    void add(char c, bool quote_follows) {
        if (std::exchange(skip_, false)) return append('"');
        if (in_quotes_) {
            if (c != '"') return append(c);
            skip_ = quote_follows;
            in_quotes_ = quote_follows;
            return;
        }
        if (c == delimiter_ && delimiter_ != no_delimiter) {
            was_quoted_ = false;
            if (cells_.size() <= most_columns) cells_.emplace_back();
            return;
        }
        if (c == '"' && cells_.back().empty() && !was_quoted_) {
            in_quotes_ = was_quoted_ = true;
            return;
        }
        append(c);
    }

    void append(char c) {
        if (++bytes_ <= max_document_bytes) cells_.back() += c;
    }

    char delimiter_;
    Cells cells_;
    std::size_t bytes_ = 0;
    bool in_quotes_ = false;
    bool was_quoted_ = false;  // a quote that follows is the cell's own
    bool skip_ = false;        // the second of two quotes
};

struct Row {
    enum class State { read, too_long, unclosed, end } state = State::end;
    Cells cells;
    std::size_t line = 0;  // where it begins, from 1
};

class Rows {
  public:
    Rows(Lines& lines, std::string encoding) : lines_(lines), encoding_(std::move(encoding)) {}

    // One line as it stands, in UTF-8; false at the end.
    bool next_line(std::string& line) {
        const auto state = lines_.next(line);
        line_too_long_ = state == Lines::State::too_long;
        if (state == Lines::State::end) return false;
        ++number_;
        if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (!text::is_valid_utf8(line)) line = decoded(line);
        return true;
    }

    Row next(char delimiter) {
        Row row;
        Cutter cutter(delimiter);
        std::string line;
        bool too_long = false;
        do {
            if (!next_line(line)) return row;
            row.line = number_;
        } while (!line_too_long_ && is_blank(line) && line.find(delimiter) == std::string::npos);
        row.state = Row::State::read;
        for (bool ended = false; !ended;) {
            too_long = too_long || line_too_long_;
            ended = cutter.add(line);
            if (!ended && !next_line(line)) {
                row.state = Row::State::unclosed;
                return row;
            }
        }
        if (too_long || cutter.is_too_long()) row.state = Row::State::too_long;
        row.cells = cutter.take();
        return row;
    }

  private:
    // The first bytes may have been ASCII alone; what they are in then shows here.
    std::string decoded(const std::string& line) {
        if (encoding_ != "UTF-8") return decode_as(line, encoding_);
        Decoded found = decode(line);
        encoding_ = std::move(found.encoding);
        return std::move(found.text);
    }

    Lines& lines_;
    std::string encoding_;
    std::size_t number_ = 0;
    bool line_too_long_ = false;
};

// The head of a table: which column holds what.
struct Head {
    char delimiter = no_delimiter;
    std::vector<std::string> keys;  // by column; empty: not known
    std::size_t known = 0;
};

std::string key_of(const std::string& name, const std::map<std::string, std::string>& field_names) {
    std::string shown = one_line(name);
    if (shown.size() > 2 && shown.starts_with('"') && shown.ends_with('"'))
        shown = one_line(shown.substr(1, shown.size() - 2));
    const auto own = field_names.find(shown);
    const std::string key = own == field_names.end() ? ascii_lower(shown) : own->second;
    return is_known_field(key) ? key : std::string();
}

// A name that stands in two columns is the first one's.
Head read_head(const Cells& names, char delimiter, const Origin& origin) {
    Head head{delimiter, {}, 0};
    for (const std::string& name : names) {
        std::string key = key_of(name, origin.field_names);
        if (std::find(head.keys.begin(), head.keys.end(), key) != head.keys.end()) key.clear();
        if (!key.empty()) ++head.known;
        head.keys.push_back(std::move(key));
    }
    return head;
}

// By the head line: what parts it into the most names that are known.
Head choose_head(const std::string& line, Format format, const Origin& origin) {
    const bool tabs_first = format == Format::tsv;
    Head best;
    for (const char delimiter : {tabs_first ? '\t' : ',', ';', tabs_first ? ',' : '\t', no_delimiter}) {
        const bool parts = delimiter == no_delimiter || line.find(delimiter) != std::string::npos;
        Cutter cutter(delimiter);
        if (!parts || !cutter.add(line)) continue;
        Head head = read_head(cutter.take(), delimiter, origin);
        if (head.known > best.known) best = std::move(head);
    }
    return best;
}

// Columns that are too many but empty are a spreadsheet's.
bool fits(Cells& cells, std::size_t columns) {
    while (cells.size() > columns && is_blank(cells.back())) cells.pop_back();
    return cells.size() == columns;
}

std::string problem_of(Row& row, const Head& head) {
    if (row.state == Row::State::too_long) return over_limit("longer");
    if (row.state == Row::State::unclosed) return "a quote opened here is not closed; the rest is not read";
    const std::size_t found = row.cells.size();
    if (fits(row.cells, head.keys.size())) return {};
    return std::to_string(found) + " columns instead of " + std::to_string(head.keys.size());
}

void read_table(Lines& lines, const std::string& encoding, Format format, const Origin& origin,
                const Sink& sink) {
    Rows rows(lines, encoding);
    std::string line;
    bool found = rows.next_line(line);
    while (found && (is_blank(line) || line.starts_with("sep="))) found = rows.next_line(line);
    const Head head = choose_head(line, format, origin);
    if (head.known == 0)
        return sink(fail(Errc::bad_document, "its first line names none of the columns " + known_fields()));
    Collection collection(origin, format, encoding);
    for (Row row = rows.next(head.delimiter); row.state != Row::State::end; row = rows.next(head.delimiter)) {
        const std::string place = "line " + std::to_string(row.line);
        if (const std::string problem = problem_of(row, head); !problem.empty()) {
            sink(fail(Errc::bad_document, std::string(place).append(": ").append(problem)));
            continue;
        }
        if (std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return is_blank(cell); }))
            continue;
        Fields fields;
        for (std::size_t i = 0; i < head.keys.size(); ++i)
            if (!head.keys[i].empty()) fields.emplace(head.keys[i], std::move(row.cells[i]));
        sink(collection.add(std::move(fields), place, std::to_string(row.line)));
    }
}

// What the first bytes are in, judged without the character that may be cut at their end.
std::string encoding_of(std::string_view sample) {
    const std::size_t end = sample.rfind('\n');
    return decode(end == std::string_view::npos ? sample : sample.substr(0, end)).encoding;
}

}  // namespace

void read_csv(std::istream& in, Format format, const Origin& origin, const Sink& sink) {
    std::string sample(sample_bytes, '\0');
    in.read(sample.data(), static_cast<std::streamsize>(sample.size()));
    sample.resize(static_cast<std::size_t>(in.gcount()));
    const std::string encoding = encoding_of(sample);
    if (!encoding.starts_with("UTF-16") && !encoding.starts_with("UTF-32")) {
        Lines lines(in, std::move(sample));
        read_table(lines, encoding, format, origin, sink);
        if (in.bad()) sink(fail(Errc::bad_document, "the file cannot be read to its end"));
        return;
    }
    sample += read_bytes(in, max_document_bytes);
    if (sample.size() > max_document_bytes) return sink(fail(Errc::bad_document, over_limit("larger")));
    std::istringstream text(decode(sample).text);
    Lines lines(text);
    read_table(lines, encoding, format, origin, sink);
}

}  // namespace izde::read
