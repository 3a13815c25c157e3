// Writes JSON (RFC 8259) from front to back into one string, without building it in memory first.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace izde::http {

// For one thread. Sets the commas; that what is opened is closed, and that members of objects have names, is
// for the caller to see to.
class JsonWriter {
  public:
    // Beyond ASCII: as UTF-8, or by \u, in pairs where it takes two.
    enum class Letters : std::uint8_t { utf8, ascii };

    explicit JsonWriter(Letters letters = Letters::utf8) : letters_(letters) {}

    void reserve(std::size_t bytes) { std::ignore = room(bytes); }
    std::string take();

    // A name that needs no escape.
    struct Name {
        std::string_view text;
        consteval Name(const char* literal) : text(literal) {
            for (const char c : text)
                if (c < ' ' || c > '~' || c == '"' || c == '\\') throw "not plain";
        }
    };

    void open_object() { open('{'); }
    void close_object() { close('}'); }
    void open_array() { open('['); }
    void close_array() { close(']'); }
    // Of the object that is open; its value comes next.
    void name(Name name);
    void any_name(std::string_view name);  // any bytes

    // Any bytes: what is no UTF-8 becomes U+FFFD.
    void value(std::string_view text);
    void value(const char* text) { value(std::string_view(text)); }
    void value(bool is_true) { put(is_true ? "true" : "false"); }
    void value(std::signed_integral auto number) { whole(static_cast<std::int64_t>(number)); }
    void value(std::unsigned_integral auto number) { whole(static_cast<std::uint64_t>(number)); }
    // The shortest digits that are read as the same number; always with a point or an exponent. null if it is
    // none.
    void value(double number);
    void value(std::nullptr_t) { put("null"); }
    template <class Value>
    void value(const std::optional<Value>& one) {
        one ? value(*one) : value(nullptr);
    }
    template <class Value>
    void value(const std::vector<Value>& list) {
        open_array();
        for (const auto& one : list) value(one);
        close_array();
    }
    template <class Value>
    void member(Name of_name, const Value& its) {
        name(of_name);
        value(its);
    }
    // null for an empty text.
    void member_or_null(Name of_name, std::string_view text) {
        name(of_name);
        text.empty() ? value(nullptr) : value(text);
    }

  private:
    char* room(std::size_t bytes);  // behind what is written
    void end_at(const char* end);
    char* separated(char* at);  // before what follows another one; takes a byte of room
    void append(std::string_view bytes);
    void open(char bracket);
    void close(char bracket);
    void put(std::string_view token);
    bool put_as_it_stands(std::string_view text);
    void put_any(std::string_view text);
    template <class Number>
    void whole(Number number);

    std::string text_;  // and room behind it
    std::size_t size_ = 0;
    Letters letters_;
    bool is_first_ = true;
};

}  // namespace izde::http
