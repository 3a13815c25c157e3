#include "http/frame.hpp"

#include <algorithm>

#include "http/headers.hpp"

namespace izde::http {
namespace {

void write_head(Sheet& sheet, const Frame& frame) {
    auto& html = sheet.html;
    const auto title = frame.title.empty() ? "izde" : frame.title + " – izde";
    html.open("html", {{"lang", sheet.words.tongue()}}).open("head");
    html.open("meta", {{"charset", "utf-8"}});
    html.open("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.open("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.element("title", {}, title);
    html.open("link", {{"rel", "icon"}, {"href", "/favicon.svg"}, {"type", "image/svg+xml"}});
    html.open("link", {{"rel", "search"},
                       {"href", "/opensearch.xml"},
                       {"type", "application/opensearchdescription+xml"},
                       {"title", "izde"}});
    html.open("link", {{"rel", "stylesheet"}, {"href", "/style.css"}});
    if (!frame.script.empty())
        html.open("script", {{"type", "module"}, {"src", frame.script}}).close("script");
    html.close("head");
}

void write_box(Sheet& sheet) {
    auto& html = sheet.html;
    const auto& words = sheet.words;
    html.open("header").open("h1").element("a", {{"href", "/"}}, "izde").close("h1");
    html.open("form", {{"id", "search"}, {"role", "search"}, {"action", "/search"}, {"method", "get"}});
    html.element("label", {{"class", "unseen"}, {"for", "q"}}, words.say("box"));
    html.open("div", {{"id", "field"}});
    html.open("input", {{"id", "q"},
                        {"name", "q"},
                        {"type", "search"},
                        {"value", sheet.query()},
                        {"placeholder", words.say("box")},
                        {"autocomplete", "off"},
                        {"enterkeyhint", "search"},
                        {"dir", "auto"}});
    html.close("div");
    html.element("button", {{"type", "submit"}}, words.say("search")).close("form").close("header");
}

void write_tongues(Sheet& sheet, const Frame& frame) {
    auto& html = sheet.html;
    html.open("nav", {{"class", "tongues"}, {"aria-label", sheet.words.say("tongue")}});
    for (const auto& [code, name] : Words::tongues) {
        Params params = sheet.params;
        params.emplace_back("hl", code);
        html.element("a",
                     {{"href", href(frame.path, params)},
                      {"lang", code},
                      {"hreflang", code},
                      {"aria-current", "true", code == sheet.words.tongue()}},
                     name);
    }
    html.close("nav");
}

}  // namespace

Sheet::Sheet(const Words& of, const Message& request) : words(of) {
    for (const auto& [name, value] : request.params) {
        if (name == "hl")
            chose = true;
        else if (!value.empty())  // a form sends its empty fields too
            params.emplace_back(name, value);
    }
}

std::string Sheet::query() const {
    const auto found = std::ranges::find(params, "q", &Params::value_type::first);
    return found == params.end() ? std::string() : found->second;
}

std::string href(std::string_view path, const Params& params) {
    return std::string(path) + (params.empty() ? "" : "?" + encode_form(params));
}

void open_frame(Sheet& sheet, const Frame& frame) {
    sheet.html.doctype();
    write_head(sheet, frame);
    sheet.html.open("body", {{"class", "plain"}});
    sheet.html.element("a", {{"id", "skip"}, {"class", "unseen"}, {"href", "#column"}},
                       sheet.words.say("skip"));
    write_box(sheet);
}

void close_frame(Sheet& sheet, const Frame& frame, std::string_view about) {
    auto& html = sheet.html;
    html.open("footer").element("p", {{"id", "about"}}, about);
    write_tongues(sheet, frame);
    html.close("footer").close("body").close("html");
}

Answer page_answer(Sheet& sheet, int status) {
    Answer answer{.status = status, .type = std::string(page_type), .body = sheet.html.take()};
    add_headers(answer, Kind::page);
    answer.headers.emplace_back("Vary", "Accept-Language, Cookie");
    if (sheet.chose)
        answer.headers.emplace_back("Set-Cookie", "lang=" + std::string(sheet.words.tongue()) +
                                                      "; Path=/; Max-Age=31536000; SameSite=Lax");
    return answer;
}

}  // namespace izde::http
