#include "read/html_story.hpp"

#include <algorithm>
#include <array>

#include "read/persons.hpp"
#include "read/tidy.hpp"

namespace izde::read {
namespace {

constexpr std::size_t least_story = 250;     // bytes of prose
constexpr std::size_t least_declared = 100;  // where the markup says that it is the story
constexpr std::size_t small_box = 400;
constexpr std::size_t menu_links = 3;

struct Sum {
    std::size_t text = 0;
    std::size_t links = 0;
    std::size_t prose = 0;
    std::size_t anchors = 0;
};

// Sums, marks and choices over the boxes of one page. Parents come before their children.
class Finder {
  public:
    explicit Finder(const Page& page)
        : page_(page), boxes_(page.outline.boxes()), drop_(boxes_.size()), sums_(boxes_.size()),
          last_(boxes_.size()) {
        story_.dropped.resize(boxes_.size());
        story_.is_apart.resize(boxes_.size());
        for (auto i = static_cast<std::uint32_t>(boxes_.size()); i-- > 0;) {
            last_[i] = std::max(last_[i], i);
            std::uint32_t& outer = last_[boxes_[i].parent];
            outer = std::max(outer, last_[i]);
        }
    }

    Story find();

  private:
    void drop_by_kind();
    void drop_by_name();
    void drop_around();
    void drop_inner_articles();
    void choose_heading();
    void mark_apart();
    void sum_up();
    bool shows_article() const;
    bool has_day_near_heading() const;

    std::uint32_t choose_place();
    std::uint32_t declared_place() const;
    std::uint32_t article_place() const;
    std::uint32_t densest_place() const;
    std::uint32_t narrowed(std::uint32_t place) const;

    bool is_within(std::uint32_t box, std::uint32_t outer) const {
        return box >= outer && box <= last_[outer];
    }
    bool is_declared(std::uint32_t box) const {
        return !story_.is_apart[box] && (boxes_[box].is_body || boxes_[box].hint.is_story_text);
    }
    // In a box of its own, or in the page itself.
    bool is_story() const {
        return story_.is_article && (story_.place != 0 || boxes_[0].prose >= least_story);
    }
    bool is_mostly_links(std::uint32_t box) const { return sums_[box].links * 2 > sums_[box].text; }
    bool holds_much(std::uint32_t box) const;
    bool is_dropped_by_name(std::uint32_t box) const;
    void spread();  // from boxes to those inside

    const Page& page_;
    const std::vector<Box>& boxes_;
    std::vector<bool> drop_;
    std::vector<Sum> sums_;            // with what is inside, without what is dropped
    std::vector<std::uint32_t> last_;  // the last box inside, itself if there is none
    Story story_;
};

void Finder::sum_up() {
    for (std::size_t i = 0; i < boxes_.size(); ++i)
        sums_[i] = {boxes_[i].text, boxes_[i].links, boxes_[i].prose, boxes_[i].anchors};
    for (std::size_t i = boxes_.size() - 1; i > 0; --i) {
        if (drop_[i]) continue;
        Sum& outer = sums_[boxes_[i].parent];
        outer.text += sums_[i].text;
        outer.links += sums_[i].links;
        outer.prose += sums_[i].prose;
        outer.anchors += sums_[i].anchors;
    }
}

void Finder::drop_by_kind() {
    std::vector<bool> has_navigation(boxes_.size());
    for (std::size_t i = boxes_.size() - 1; i > 0; --i) {
        const Kind kind = boxes_[i].kind;
        if (kind == Kind::navigation) has_navigation[i] = true;
        if (has_navigation[i]) has_navigation[boxes_[i].parent] = true;
        drop_[i] =
            kind == Kind::navigation || kind == Kind::beside || (kind == Kind::header && has_navigation[i]);
    }
    sum_up();
    // Whole sites wrap their pages in one form.
    for (std::size_t i = 1; i < boxes_.size(); ++i)
        if (boxes_[i].kind == Kind::form && sums_[i].text * 2 <= sums_[0].text) drop_[i] = true;
    sum_up();
    if (sums_[0].text > 0) return;
    drop_.assign(boxes_.size(), false);
    sum_up();
}

// The h1 that says what the head declares, else such an h2, else the first h1.
void Finder::choose_heading() {
    const Head& head = page_.head;
    const auto is_declared = [&](const std::string& text) {
        for (const std::string& title :
             {head.title, find_or_empty(head.meta, "og:title"), find_or_empty(head.data, "headline")})
            if (text.size() > 8 && one_line(title).find(text) != std::string::npos) return true;
        return false;
    };
    spread();
    const Fact* first = nullptr;
    const Fact* any = nullptr;
    const Fact* lesser = nullptr;
    for (const Fact& fact : page_.facts) {
        if (fact.what != Fact::What::heading) continue;
        const std::string text = one_line(fact.text);
        if (text.empty()) continue;
        if (fact.rank == 0) {
            const bool is_title = is_declared(text) && text.size() * 2 > one_line(head.title).size();
            if (lesser == nullptr && is_title && story_.dropped[fact.box] == 0) lesser = &fact;
            continue;
        }
        if (any == nullptr) any = &fact;
        if (story_.dropped[fact.box] != 0) continue;
        if (first == nullptr) first = &fact;
        if (!is_declared(text)) continue;
        story_.heading = &fact;
        return;
    }
    story_.heading = lesser != nullptr ? lesser : first != nullptr ? first : any;
}

void Finder::mark_apart() {
    const std::uint32_t heading = story_.heading == nullptr ? 0 : story_.heading->box;
    for (std::uint32_t i = 1; i < boxes_.size(); ++i) {
        const bool is_own = (boxes_[i].hint.is_related || drop_[i]) &&
                            !(heading != 0 && is_within(heading, i)) && !holds_much(i);
        story_.is_apart[i] = is_own || story_.is_apart[boxes_[i].parent];
    }
}

bool Finder::has_day_near_heading() const {
    return std::any_of(page_.facts.begin(), page_.facts.end(), [&](const Fact& fact) {
        if (fact.what == Fact::What::heading || story_.is_apart[fact.box]) return false;
        return !read_day(fact).value.empty() || !read_day_within(fact).value.empty();
    });
}

bool Finder::shows_article() const {
    const Head& head = page_.head;
    if (head.is_talk) return false;
    if (head.is_article || find_or_empty(head.meta, "og:type") == "article") return true;
    for (const char* name : {"article:published_time", "article:published", "datepublished", "publishdate",
                             "publish_date", "pubdate", "parsely-pub-date", "sailthru.date"})
        if (!find_or_empty(head.meta, name).empty()) return true;
    return story_.heading != nullptr && !page_.has_code && has_day_near_heading();
}

bool Finder::holds_much(std::uint32_t box) const {
    const std::size_t around = story_.place != 0 ? sums_[story_.place].text : sums_[0].text;
    return sums_[box].text * 5 > around * 2;
}

// Of boxes declared to be the story's, the one with most prose, if no other one comes near.
std::uint32_t Finder::declared_place() const {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < boxes_.size(); ++i)
        if (is_declared(i) && sums_[i].prose > (best == 0 ? least_declared - 1 : sums_[best].prose)) best = i;
    for (std::uint32_t i = 1; i < boxes_.size() && best != 0; ++i)
        if (is_declared(i) && !is_within(i, best) && !is_within(best, i) &&
            sums_[i].prose * 3 > sums_[best].prose)
            return 0;
    return best;
}

// The one <article> that counts, else <main>.
std::uint32_t Finder::article_place() const {
    std::uint32_t best = 0;
    std::uint32_t behind = 0;  // the article before
    std::size_t all = 0;
    for (std::uint32_t i = 1; i < boxes_.size(); ++i) {
        if (boxes_[i].kind != Kind::article || story_.is_apart[i] || i <= behind) continue;
        behind = last_[i];
        all += sums_[i].prose;
        if (best == 0 || sums_[i].prose > sums_[best].prose) best = i;
    }
    if (best != 0 && sums_[best].prose >= least_declared && sums_[best].prose * 10 >= all * 6) return best;
    if (all >= least_story) return 0;
    for (std::uint32_t i = 1; i < boxes_.size(); ++i)
        if (boxes_[i].kind == Kind::main && sums_[i].prose >= least_story) return i;
    return 0;
}

// Where most prose stands, its own counted whole and its children's by half.
std::uint32_t Finder::densest_place() const {
    std::vector<std::size_t> score(boxes_.size());
    for (std::uint32_t i = 1; i < boxes_.size(); ++i) {
        if (story_.dropped[i] != 0 || story_.is_apart[i]) continue;
        score[i] += boxes_[i].prose * 2;
        score[boxes_[i].parent] += boxes_[i].prose;
    }
    const auto best = std::max_element(score.begin(), score.end());
    const auto place = static_cast<std::uint32_t>(best - score.begin());
    return sums_[place].prose >= least_story ? place : 0;
}

// Into the one declared box within that has nearly all of it.
std::uint32_t Finder::narrowed(std::uint32_t place) const {
    const std::size_t enough = sums_[place].prose / 10 * 8;
    for (auto i = static_cast<std::uint32_t>(boxes_.size() - 1); i > place; --i)
        if ((boxes_[i].is_body || boxes_[i].hint.is_story_text) && sums_[i].prose >= enough &&
            is_within(i, place))
            return i;
    return place;
}

std::uint32_t Finder::choose_place() {
    if (boxes_.size() < 2) return 0;
    spread();
    if (const std::uint32_t place = declared_place()) return narrowed(place);
    if (const std::uint32_t place = article_place()) return narrowed(place);
    return story_.is_article ? densest_place() : 0;
}

bool Finder::is_dropped_by_name(std::uint32_t box) const {
    const std::uint8_t furnishing = boxes_[box].hint.furnishing;
    const bool is_caption = boxes_[box].kind == Kind::caption && (story_.is_article || !page_.has_code);
    // Answers and the rest of a long story may be folded; in a manual anything may.
    const bool is_prose = story_.place != 0 && is_within(box, story_.place) && sums_[box].prose > 0;
    if (boxes_[box].kind == Kind::hidden && is_story() && !is_prose) return true;
    if (furnishing == 0 && !is_caption) return false;
    if (is_caption) return true;
    if ((furnishing & links) != 0 && is_mostly_links(box) && sums_[box].anchors >= menu_links) return true;
    const bool is_small = sums_[box].text <= small_box || sums_[box].links * 5 > sums_[box].text * 2;
    // A manual may have a chapter on cookies.
    if ((furnishing & always) != 0 && (is_small || is_story())) return true;
    if (!is_story()) return false;
    return (furnishing & in_story) != 0 || ((furnishing & (small_in_story | links)) != 0 && is_small);
}

void Finder::drop_by_name() {
    for (std::uint32_t i = 1; i < boxes_.size(); ++i) {
        if (drop_[i] || !is_dropped_by_name(i)) continue;
        const bool is_story_s = (story_.place != 0 && is_within(story_.place, i)) ||
                                (story_.heading != nullptr && is_within(story_.heading->box, i));
        const bool is_outside = story_.is_article && story_.place != 0 && !is_within(i, story_.place);
        if (!is_story_s && (is_outside || !holds_much(i))) drop_[i] = true;
    }
}

// An article within the story is a teaser or a comment.
void Finder::drop_inner_articles() {
    for (std::uint32_t i = story_.place + 1; i < boxes_.size(); ++i)
        if (boxes_[i].kind == Kind::article && is_within(i, story_.place) && !holds_much(i) &&
            boxes_[story_.place].kind == Kind::article)
            drop_[i] = true;
}

// Outside of the story's place there stay what leads from the heading to it, and prose right beside
// it that comes near it in size.
void Finder::drop_around() {
    const std::uint32_t place = story_.place;
    const std::uint32_t heading = story_.heading == nullptr ? 0 : story_.heading->box;
    std::vector<bool> is_around(boxes_.size());
    for (std::uint32_t box = boxes_[place].parent;; box = boxes_[box].parent) {
        is_around[box] = true;
        if (box == 0) break;
    }
    for (std::uint32_t box = heading; box != 0 && !is_within(heading, place); box = boxes_[box].parent)
        is_around[box] = true;
    for (std::uint32_t i = 1; i < boxes_.size(); ++i) {
        // Of the boxes around only what they hold besides is looked at.
        if (is_around[i] || i == place || !is_around[boxes_[i].parent]) continue;
        const bool leads_to_it = heading != 0 && i > heading && i < place && !is_mostly_links(i);
        const bool is_beside = boxes_[i].parent == boxes_[place].parent;
        const bool is_prose =
            is_beside && sums_[i].prose * 10 >= sums_[place].prose * 3 && !is_mostly_links(i);
        if (!leads_to_it && !is_prose) drop_[i] = true;
    }
}

void Finder::spread() {
    for (std::uint32_t i = 1; i < boxes_.size(); ++i) {
        const std::uint32_t outer = story_.dropped[boxes_[i].parent];
        story_.dropped[i] = outer != 0 ? outer : drop_[i] ? i : 0;
    }
}

Story Finder::find() {
    drop_by_kind();
    choose_heading();
    mark_apart();
    story_.is_article = shows_article();
    story_.place = choose_place();
    const std::vector<bool> by_kind = drop_;
    drop_by_name();
    if (story_.is_article && story_.place != 0) {
        drop_inner_articles();
        sum_up();
        drop_around();
    }
    sum_up();
    if (sums_[0].text == 0) drop_ = by_kind;
    spread();
    return std::move(story_);
}

// The lines of a page in their order, each going into the body or beside it.
class Scribe {
  public:
    Scribe(const Page& page, const Story& story, index::Document& document)
        : page_(page), story_(story), document_(document), boxes_(page.outline.boxes()) {
        mark_heading();
        mark_facts();
        mark_hidden();
    }

    void write();

  private:
    void mark_heading();
    void mark_facts();
    void mark_hidden();
    bool is_known_fact(const Fact& fact) const;
    bool is_left_out(std::uint32_t box) const { return is_heading_[box] || is_hidden_[box]; }
    std::size_t line_end(std::size_t run) const;
    bool is_line_of_facts(std::size_t begin, std::size_t end) const;
    void set_aside(std::size_t run, std::uint64_t piece);
    void keep(std::size_t run);

    const Page& page_;
    const Story& story_;
    index::Document& document_;
    const std::vector<Box>& boxes_;
    std::vector<bool> is_heading_;
    std::vector<bool> is_fact_;
    std::vector<bool> is_hidden_;

    Flow body_;
    std::vector<Flow> pieces_;
    std::vector<std::size_t> at_;  // of each piece
    std::uint64_t piece_ = 0;      // what the last one is of
    std::size_t settled_ = 0;      // pieces whose place is known
};

void Scribe::mark_heading() {
    is_heading_.resize(boxes_.size());
    const Fact* heading = story_.heading;
    if (heading == nullptr || heading->box == 0 || one_line(heading->text) != document_.title) return;
    is_heading_[heading->box] = true;
    for (std::size_t i = heading->box + 1; i < boxes_.size(); ++i)
        is_heading_[i] = is_heading_[boxes_[i].parent];
}

bool Scribe::is_known_fact(const Fact& fact) const {
    constexpr std::size_t longest = 200;
    if (fact.text.size() > longest || fact.box == 0) return false;
    if (fact.what == Fact::What::person) {
        // A day within that was not read is left to who reads the text.
        const bool has_figure = fact.text.find_first_of("0123456789") != std::string::npos;
        if (has_figure && document_.date.value.empty()) return false;
        const std::string names = persons(fact.text);
        return !names.empty() &&
               (", " + document_.author + ", ").find(", " + names + ", ") != std::string::npos;
    }
    return fact.what == Fact::What::day && !read_day(fact).value.empty();
}

void Scribe::mark_facts() {
    is_fact_.resize(boxes_.size());
    if (!story_.is_article) return;
    for (const Fact& fact : page_.facts)
        if (fact.box != 0 && is_known_fact(fact)) is_fact_[fact.box] = true;
    for (std::size_t i = 1; i < boxes_.size(); ++i)
        if (is_fact_[boxes_[i].parent]) is_fact_[i] = true;
}

void Scribe::mark_hidden() {
    is_hidden_.resize(boxes_.size());
    for (std::size_t i = 1; i < boxes_.size(); ++i)
        is_hidden_[i] =
            is_hidden_[boxes_[i].parent] || (boxes_[i].kind == Kind::hidden && story_.dropped[i] != 0);
}

// Behind the last run of the line that begins with `run`.
std::size_t Scribe::line_end(std::size_t run) const {
    const auto& runs = page_.outline.runs();
    std::size_t end = run + 1;
    while (end < runs.size() && runs[end].before < Break::line) ++end;
    return end;
}

bool Scribe::is_line_of_facts(std::size_t begin, std::size_t end) const {
    bool has_fact = false;
    for (std::size_t i = begin; i < end; ++i) {
        const std::uint32_t box = page_.outline.runs()[i].box;
        if (story_.dropped[box] != 0) continue;
        if (is_fact_[box])
            has_fact = true;
        else if (page_.outline.text_of(i).size() > 4)  // more than a bar or a dot
            return false;
    }
    return has_fact;
}

void Scribe::set_aside(std::size_t run, std::uint64_t piece) {
    if (piece != piece_) {
        pieces_.emplace_back();
        at_.push_back(0);
        piece_ = piece;
    }
    const Break before = page_.outline.runs()[run].before;
    body_.ask_for(before);
    pieces_.back().ask_for(before);
    pieces_.back().add_preformatted(without_controls(page_.outline.text_of(run)));
}

void Scribe::keep(std::size_t run) {
    const std::string text = without_controls(page_.outline.text_of(run));
    body_.ask_for(page_.outline.runs()[run].before);
    body_.add_preformatted(text);
    for (; settled_ < pieces_.size(); ++settled_) at_[settled_] = body_.size() - text.size();
    piece_ = 0;
}

void Scribe::write() {
    const auto& runs = page_.outline.runs();
    for (std::size_t begin = 0; begin < runs.size();) {
        const std::size_t end = line_end(begin);
        const bool is_facts = is_line_of_facts(begin, end);
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t box = runs[i].box;
            body_.ask_for(runs[i].before);
            if (is_left_out(box)) continue;
            const std::uint32_t dropped = story_.dropped[box];
            // A line of facts is a piece of its own; lines are told from boxes by the high bit.
            if (is_facts && dropped == 0)
                set_aside(i, (std::uint64_t{1} << 63) | begin);
            else if (dropped != 0)
                set_aside(i, dropped);
            else
                keep(i);
        }
        begin = end;
    }
    const std::string text = body_.take();
    at_.resize(settled_);  // the rest stood behind all text
    document_.body = paragraphs(text, at_);
    at_.resize(pieces_.size(), document_.body.size());
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        std::string piece = paragraphs(pieces_[i].take());
        while (piece.ends_with('\n')) piece.pop_back();
        if (!piece.empty()) document_.boilerplate.push_back({std::move(piece), at_[i]});
    }
}

}  // namespace

void write_story(const Page& page, const Story& story, index::Document& document) {
    Scribe(page, story, document).write();
}

Story find_story(const Page& page) {
    return Finder(page).find();
}

}  // namespace izde::read
