// httplib parses, and what it would write is thrown away: its own answers carry headers that are untrue of
// this server. Tested by server_test.cpp.
#include "http/exchange.hpp"

#include <exception>
#include <iostream>
#include <optional>
#include <utility>

#include <strings.h>

#include <httplib.h>

#include "http/ascii.hpp"
#include "http/encoding.hpp"
#include "http/form.hpp"
#include "http/problem.hpp"

namespace izde::http {
namespace {

// A complete head to read, and nowhere to write.
class Source final : public httplib::Stream {
  public:
    explicit Source(std::string_view head) : head_(head) {}

    bool is_readable() const override { return !head_.empty(); }
    bool is_writable() const override { return true; }
    ssize_t read(char* into, size_t size) override {
        const auto count = head_.copy(into, size);
        head_.remove_prefix(count);
        return static_cast<ssize_t>(count);
    }
    ssize_t write(const char* /*bytes*/, size_t size) override { return static_cast<ssize_t>(size); }
    void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    socket_t socket() const override { return INVALID_SOCKET; }

  private:
    std::string_view head_;
};

Message message_of(const httplib::Request& request) {
    Message message{.method = request.method, .path = request.path};
    const auto question = request.target.find('?');
    if (question != std::string::npos) {
        const auto end = request.target.find('#', question);
        message.params =
            decode_form(std::string_view(request.target).substr(question + 1, end - question - 1));
    }
    for (const auto& [name, value] : request.headers) {
        auto& joined = message.headers[lower(name)];
        joined += (joined.empty() ? "" : ", ") + value;
    }
    return message;
}

Problem internal_problem(const char* what) {
    std::cerr << "izde-searchd: a request failed: " << what << std::endl;
    return problem_of({Errc::internal, "", ""});
}

Answer answer_safely(const Handler& handler, const Message& message) {
    try {
        return handler(message);
    } catch (const std::exception& error) {
        return to_answer(internal_problem(error.what()));
    } catch (...) {
        return to_answer(internal_problem("unknown exception"));
    }
}

// httplib answers 416 to ranges it does not understand, where RFC 9110 wants them overlooked.
std::string without_ranges(std::string_view head) {
    constexpr std::string_view name = "Range:";
    std::string kept;
    for (std::size_t begin = 0; begin < head.size();) {
        const auto end = head.find("\r\n", begin) + 2;
        if (strncasecmp(head.data() + begin, name.data(), name.size()) != 0)
            kept.append(head, begin, end - begin);
        begin = end;
    }
    return kept;
}

// What a client may have invented under the names by which httplib passes on addresses.
void strip(httplib::Request& request) {
    for (const auto* name : {"Expect", "REMOTE_ADDR", "REMOTE_PORT", "LOCAL_ADDR", "LOCAL_PORT"})
        request.headers.erase(name);
}

}  // namespace

struct Exchange::State final : httplib::Server {
    State(const http::Handler& answering, Compression compressing);
    std::optional<Message> read(std::string_view head);
    Answer answer(Message message, const Asked& asked);

    const http::Handler& handler;
    Compression compression;
};

Exchange::State::State(const http::Handler& answering, Compression compressing)
    : handler(answering), compression(compressing) {
    // The answer is ours.
    set_pre_routing_handler(
        [](const auto& /*request*/, auto& /*response*/) { return HandlerResponse::Handled; });
}

std::optional<Message> Exchange::State::read(std::string_view head) {
    Source source(head);
    std::optional<Message> message;
    bool closed = false;
    process_request(source, true, closed, [&](httplib::Request& request) {
        strip(request);
        message = message_of(request);
    });
    return message;
}

Answer Exchange::State::answer(Message message, const Asked& asked) {
    message.body = asked.body;
    if (asked.peer) message.address = to_string(*asked.peer);
    auto answer = answer_safely(handler, message);
    if (compression != Compression::off)
        compress(answer, message, compression == Compression::always || !is_of_this_machine(asked.peer));
    return answer;
}

Exchange::Exchange(const Handler& handler, Compression compression)
    : state_(std::make_unique<State>(handler, compression)) {}
Exchange::Exchange(Exchange&&) noexcept = default;
Exchange& Exchange::operator=(Exchange&&) noexcept = default;
Exchange::~Exchange() = default;

std::optional<Answer> Exchange::answer(const Asked& asked) {
    auto message = asked.has_range ? state_->read(without_ranges(asked.head)) : state_->read(asked.head);
    if (!message) return std::nullopt;
    return state_->answer(*std::move(message), asked);
}

}  // namespace izde::http
