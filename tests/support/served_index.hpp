// Both programs as a user runs them: a folder indexed, then served on a free port.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "support/http_client.hpp"
#include "support/run_program.hpp"
#include "support/temp_dir.hpp"

namespace izde::tests {

inline int port_said(const std::string& line) {
    const std::string before = "http://127.0.0.1:";
    return std::stoi(line.substr(line.find(before) + before.size()));
}

class ServedIndex {
  public:
    explicit ServedIndex(const std::filesystem::path& source) {
        const Finished built =
            run_program("izde-indexer", {"rebuild", "--quiet", "--index", index().string(), source.string()});
        if (built.code > 1) throw std::runtime_error(built.err);
        daemon_ = std::make_unique<Process>(
            "izde-searchd", std::vector<std::string>{"--index", index().string(), "--listen", "127.0.0.1:0"});
        client_ = std::make_unique<HttpClient>(port_said(daemon_->wait_for("/\n")));
    }

    std::filesystem::path index() const { return dir_.path() / "index"; }
    Process& daemon() { return *daemon_; }
    Response get(const std::string& target) { return client_->get(target); }
    Response send(const std::string& request) { return client_->send(request); }

    nlohmann::json search(const std::string& query, const std::string& more = "") {
        const Response response = get("/api/v1/search?q=" + url_encode(query) + more);
        if (response.status != 200) throw std::runtime_error(query + ": " + response.body);
        return nlohmann::json::parse(response.body);
    }

  private:
    TempDir dir_;
    std::unique_ptr<Process> daemon_;
    std::unique_ptr<HttpClient> client_;
};

}  // namespace izde::tests
