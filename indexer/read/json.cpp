// Records are read as a stream of events that keeps the fields izde knows and lets go of the rest,
// so that neither depth nor breadth of foreign data costs memory.
#include <map>
#include <optional>
#include <sstream>

#include <nlohmann/json.hpp>

#include "read/encoding.hpp"
#include "read/formats.hpp"
#include "read/lines.hpp"
#include "read/records.hpp"

namespace izde::read {
namespace {

constexpr std::size_t deepest = 100;

// What stands in the objects of the first level; of a list, its items joined.
class Records final : public nlohmann::json_sax<nlohmann::json> {
  public:
    using OnRecord = std::function<void(Fields)>;
    using OnStray = std::function<void()>;  // a list's item that is no object

    Records(const std::map<std::string, std::string>& field_names, OnRecord on_record, OnStray on_stray)
        : field_names_(field_names), on_record_(std::move(on_record)), on_stray_(std::move(on_stray)) {}

    const std::string& problem() const { return problem_; }

    bool null() override { return value(std::nullopt); }
    bool boolean(bool given) override { return value(given ? "true" : "false"); }
    bool number_integer(number_integer_t given) override { return value(std::to_string(given)); }
    bool number_unsigned(number_unsigned_t given) override { return value(std::to_string(given)); }
    bool number_float(number_float_t, const string_t& given) override { return value(given); }
    bool string(string_t& given) override { return value(given); }
    bool binary(binary_t&) override { return true; }

    bool start_object(std::size_t) override {
        if (!deeper()) return false;
        if (record_depth_ == 0 && depth_ <= 2) {
            record_depth_ = depth_;
            fields_.clear();
        }
        return true;
    }
    bool end_object() override {
        if (depth_-- != record_depth_) return true;
        record_depth_ = 0;
        on_record_(std::exchange(fields_, {}));
        return true;
    }
    bool start_array(std::size_t) override {
        if (record_depth_ == 0 && depth_ == 1) on_stray_();
        return deeper();
    }
    bool end_array() override {
        --depth_;
        return true;
    }
    bool key(string_t& given) override {
        if (depth_ != record_depth_) return true;
        const auto own = field_names_.find(given);
        key_ = own == field_names_.end() ? given : own->second;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        problem_ = "not valid JSON at byte " + std::to_string(position);
        return false;
    }

  private:
    bool deeper() {
        if (++depth_ <= deepest) return true;
        problem_ = "nested deeper than " + std::to_string(deepest) + " levels";
        return false;
    }

    bool value(std::optional<std::string_view> given) {
        if (record_depth_ == 0) {
            on_stray_();
            return true;
        }
        const bool is_item = depth_ == record_depth_ + 1;
        if (!given || given->empty() || (depth_ != record_depth_ && !is_item) || !is_known_field(key_))
            return true;
        std::string& field = fields_[key_];
        const bool is_text = key_ == "body" || key_ == "text" || key_ == "content";
        if (!field.empty() && !is_item) return true;
        if (!field.empty()) field += is_text ? "\n\n" : ", ";
        field += *given;
        return true;
    }

    const std::map<std::string, std::string>& field_names_;
    OnRecord on_record_;
    OnStray on_stray_;
    std::string problem_;
    std::size_t depth_ = 0;
    std::size_t record_depth_ = 0;  // 0: outside of a record
    std::string key_;
    Fields fields_;
};

std::optional<unsigned> hex4(std::string_view text, std::size_t at) {
    if (at + 4 > text.size()) return std::nullopt;
    unsigned value = 0;
    for (const char c : text.substr(at, 4)) {
        const char digit = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        if (!((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    return value;
}

// "\ud83d" without its other half, as cut texts have it, is no reason to lose a record.
void mend_surrogates(std::string& json) {
    const std::string_view view = json;
    for (std::size_t at = json.find('\\'); at != std::string::npos; at = json.find('\\', at)) {
        const auto unit = at + 1 < json.size() && json[at + 1] == 'u' ? hex4(view, at + 2) : std::nullopt;
        if (!unit) {
            at += 2;
            continue;
        }
        const bool is_high = *unit >= 0xD800 && *unit < 0xDC00;
        const auto low =
            is_high && view.substr(at + 6).starts_with("\\u") ? hex4(view, at + 8) : std::nullopt;
        const bool is_pair = low && *low >= 0xDC00 && *low < 0xE000;
        if (*unit >= 0xD800 && *unit < 0xE000 && !is_pair) json.replace(at + 2, 4, "fffd");
        at += is_pair ? 12 : 6;
    }
}

// The one record of a line, or why there is none.
Result<Fields> read_record(std::string& line, const Origin& origin) {
    mend_surrogates(line);
    std::optional<Fields> fields;
    Records records(
        origin.field_names, [&](Fields found) { fields = std::move(found); }, [] {});
    const bool is_object = line[line.find_first_not_of(" \t\r")] == '{';
    if (is_object && nlohmann::json::sax_parse(line, &records) && fields) return std::move(*fields);
    return fail(Errc::bad_document, records.problem().empty() ? "not a JSON object" : records.problem());
}

void read_lines(std::istream& in, const Origin& origin, const std::string& encoding, const Sink& sink) {
    Collection collection(origin, Format::json_lines, encoding);
    Lines lines(in);
    std::string line;
    std::size_t number = 1;
    for (auto state = lines.next(line); state != Lines::State::end; state = lines.next(line), ++number) {
        const std::string place = "line " + std::to_string(number);
        if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (state == Lines::State::too_long) {
            sink(fail(Errc::bad_document, place + ": " + over_limit("longer")));
            continue;
        }
        if (is_blank(line)) continue;
        auto fields = read_record(line, origin);
        if (fields)
            sink(collection.add(std::move(*fields), place, std::to_string(number)));
        else
            sink(fail(Errc::bad_document, place + ": " + fields.error().message));
    }
    if (in.bad()) sink(fail(Errc::bad_document, "the file cannot be read to its end"));
}

}  // namespace

void read_json(std::string_view bytes, const Origin& origin, const Sink& sink) {
    Decoded decoded = decode(bytes);
    mend_surrogates(decoded.text);
    const std::size_t start = decoded.text.find_first_not_of(" \t\n");
    const char opening = start == std::string::npos ? '\0' : decoded.text[start];
    if (opening != '{' && opening != '[') {
        sink(fail(Errc::bad_document, "neither a JSON object nor a list of objects"));
        return;
    }
    Collection collection(origin, Format::json, decoded.encoding);
    std::size_t number = 0;
    const auto place = [&] {
        return opening == '[' ? "record " + std::to_string(number) : std::string("the object");
    };
    const auto on_record = [&](Fields fields) {
        ++number;
        sink(collection.add(std::move(fields), place(),
                            opening == '[' ? std::to_string(number) : std::string()));
    };
    const auto on_stray = [&] {
        ++number;
        sink(fail(Errc::bad_document, place() + ": not a JSON object"));
    };
    Records records(origin.field_names, on_record, on_stray);
    if (!nlohmann::json::sax_parse(decoded.text, &records))
        sink(fail(Errc::bad_document,
                  records.problem() + (number > 0 ? ", after record " + std::to_string(number) : "")));
}

void read_json_lines(std::istream& in, const Origin& origin, const Sink& sink) {
    const int first = in.peek();
    // UTF-16 and UTF-32 begin with one of these; UTF-8 never does, nor does JSON.
    const bool is_wide = first == 0xFF || first == 0xFE || first == 0;
    if (!is_wide) return read_lines(in, origin, "UTF-8", sink);
    const std::string bytes = read_bytes(in, max_document_bytes);
    if (bytes.size() > max_document_bytes) return sink(fail(Errc::bad_document, over_limit("larger")));
    const Decoded decoded = decode(bytes);
    std::istringstream text(decoded.text);
    read_lines(text, origin, decoded.encoding, sink);
}

}  // namespace izde::read
