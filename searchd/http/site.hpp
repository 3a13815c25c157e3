// All that stands between a request that was read and the answer that is sent: the door, the routes, the log
// and the figures.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "http/door.hpp"
#include "http/journal.hpp"
#include "http/message.hpp"
#include "http/metrics.hpp"
#include "http/page.hpp"
#include "http/rate.hpp"
#include "search/search.hpp"

namespace izde::http {

// Any thread may call anything.
class Site {
  public:
    // What is given must live as long.
    Site(const search::Service& service, const Page& page, Metrics& metrics, Journal& journal)
        : service_(service), page_(page), metrics_(metrics), journal_(journal) {}

    // For requests from now on. `settings` changes whenever a setting does that answers to searches depend
    // on.
    void use(Access access, RateLimit rate, std::string settings);

    // Never throws; every answer has an X-Request-Id.
    Answer answer(const Message& request);

    // Tells log and figures of a request that was refused before it could be read.
    void note_refusal(const Answer& answer);

  private:
    struct Settings {
        Access access;
        RateLimit rate;
        std::string text;
    };

    std::shared_ptr<const Settings> settings() const;
    Answer make_answer(const Message& request, const Visit& visit, const Settings& settings);

    const search::Service& service_;
    const Page& page_;
    Metrics& metrics_;
    Journal& journal_;
    Rate rate_;
    mutable std::mutex mutex_;  // guards what follows
    std::shared_ptr<const Settings> settings_ = std::make_shared<const Settings>();
};

}  // namespace izde::http
