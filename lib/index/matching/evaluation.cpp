#include "index/matching/evaluation.hpp"

#include <algorithm>
#include <utility>

#include "index/schema.hpp"

namespace izde::index::matching {
namespace {

using Kind = Node::Kind;

// Of a window. Fewer are sooner read than documents are told apart.
constexpr double worth_narrowing = 64;

}  // namespace

Evaluation::Evaluation(Plan& plan, const Bm25& bm25, const Documents& documents, Scratch& scratch,
                       Clock& clock)
    : plan_(plan), bm25_(bm25), documents_(documents), scratch_(scratch), clock_(clock),
      found_(scratch.take()), first_days_(documents.postings, schema::first_day),
      last_days_(documents.postings, schema::last_day) {
    find_choice();
}

Evaluation::~Evaluation() {
    if (is_done_) {
        clear();
        scratch_.give_back();
    } else {
        scratch_.forget();
    }
}

void Evaluation::find_choice() {
    const Node* node = &plan_.root;
    while (node->kind == Kind::all) {
        beside_choice_ += node->most;
        node = &*std::ranges::max_element(node->parts, {}, &Node::frequency);
        beside_choice_ -= node->most;
    }
    if (node->kind == Kind::any) choice_ = node;
}

void Evaluation::clear() {
    if (std::exchange(are_few_weighed_, false)) found_.worth.clear(whole_);
    double* const scores = found_.scores.data();
    found_.marks.each(whole_, [scores](std::uint32_t place) { scores[place] = 0; });
    found_.marks.clear(whole_);
}

bool Evaluation::window(std::uint32_t first, std::uint32_t documents) {
    clear();
    is_done_ = false;
    first_ = first;
    whole_ = {0, documents};
    lengths_ = documents_.lengths.from(first);
    evaluate(plan_.root, nullptr, whole_, found_.marks, found_.scores.data(), true);
    if (are_few_weighed_) found_.worth.keep(found_.marks, whole_);
    is_done_ = !clock_.is_up();
    return is_done_;
}

void Evaluation::evaluate(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores,
                          bool is_first) {
    if (clock_.is_up()) return;
    switch (node.kind) {
    case Kind::nothing:
        return;
    case Kind::terms:
        if (scores != nullptr && node.weight != 0 && node.lists.size() > 1)
            return one_word(node, filter, range, marks, scores);
        return terms(node, filter, range, marks, scores);
    case Kind::same:
        if (scores != nullptr && node.weight != 0) return one_word(node, filter, range, marks, scores);
        [[fallthrough]];
    case Kind::any:
        return any(node, filter, range, marks, scores);
    case Kind::all:
    case Kind::row:
    case Kind::near:
    case Kind::days:
        return all(node, filter, range, marks, scores, is_first);
    }
}

// The parts that score most come first. Once those left, with all else, cannot lift a document among the
// best, a document without any of the parts before need not be weighed, only found.
void Evaluation::any(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores) {
    const bool is_choice = &node == choice_ && scores != nullptr && least_ > 0;
    double most = node.most + beside_choice_;
    for (const Node& part : node.parts) {
        if (is_choice && weighed_ == nullptr && most <= least_) {
            found_.worth.copy(marks, range);
            are_few_weighed_ = true;
            weighed_ = &found_.worth;
        }
        evaluate(part, filter, range, marks, scores);
        most -= part.most;
    }
    if (is_choice) weighed_ = nullptr;
}

template <class Use>
void Evaluation::find(std::uint32_t list, const Bits* filter, Range range, Bits& marks, Use use) {
    if (weighed_ == nullptr)
        return read(list, filter, range,
                    [mark = marks.setter(), use](std::uint32_t place, std::uint32_t wdf) {
                        mark(place);
                        use(place, wdf);
                    });
    read(list, filter, range,
         [mark = marks.setter(), is_weighed = weighed_->tester(), use](std::uint32_t place,
                                                                       std::uint32_t wdf) {
             mark(place);
             if (is_weighed(place)) use(place, wdf);
         });
}

// What of its postings the filter lets by, which is asked for before the list is read.
template <class Visit>
void Evaluation::read(std::uint32_t number, const Bits* filter, Range range, Visit visit) {
    if (range.empty()) return;
    List& list = plan_.lists[number];
    if (list.uses > 1) begin_again(list);
    const auto place = ordinals().places(first_);
    if (filter == nullptr)
        return read(list, range,
                    [place, visit](std::uint32_t key, std::uint32_t wdf) { visit(place(key), wdf); });
    read(list, range, [place, is_wanted = filter->tester(), visit](std::uint32_t key, std::uint32_t wdf) {
        if (is_wanted(place(key))) visit(place(key), wdf);
    });
}

template <class Visit>
void Evaluation::read(List& list, Range range, Visit visit) {
    clock_.spend(list.cursor.each(key_of(range.begin), key_of(range.end - 1) + 1, visit));
}

// Of the window: its cursor only goes forward.
void Evaluation::begin_again(List& list) {
    if (list.window == first_ + 1) return list.cursor.return_to(list.beginning);
    list.window = first_ + 1;
    list.beginning = list.cursor.place();
}

void Evaluation::terms(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores) {
    for (const std::uint32_t list : node.lists) {
        if (scores == nullptr || (node.weight == 0 && node.bonus == 0))
            find(list, filter, range, marks, [](std::uint32_t, std::uint32_t) {});
        else
            find(list, filter, range, marks,
                 [=, weigh = weigh(node), bonus = node.bonus](std::uint32_t place, std::uint32_t wdf) {
                     scores[place] += weigh(place, wdf) + bonus;
                 });
        if (clock_.is_up()) return;
    }
}

void Evaluation::one_word(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores) {
    Frame& frame = scratch_.take();
    std::uint32_t* const counts = frame.counts.data();
    count(node, filter, range, frame.marks, counts);
    if (clock_.is_up()) return;
    frame.marks.move_to(marks, weighed_, range, [=, weigh = weigh(node)](std::uint32_t place) {
        scores[place] += weigh(place, std::min(std::exchange(counts[place], 0), weigh.lengths[place]));
    });
    scratch_.give_back();
}

void Evaluation::count(const Node& node, const Bits* filter, Range range, Bits& marks,
                       std::uint32_t* counts) {
    if (clock_.is_up()) return;
    switch (node.kind) {
    case Kind::nothing:
        return;
    case Kind::terms:
        for (const std::uint32_t list : node.lists) {
            find(list, filter, range, marks,
                 [counts](std::uint32_t place, std::uint32_t wdf) { counts[place] += wdf; });
            if (clock_.is_up()) return;
        }
        return;
    case Kind::same:
    case Kind::any:
        for (const Node& part : node.parts) count(part, filter, range, marks, counts);
        return;
    case Kind::all:
    case Kind::row:
    case Kind::near:
    case Kind::days:
        return count_together(node, filter, range, marks, counts);
    }
}

// A row occurs at most as often as the rarest of its words; the words of AND are each a part of one.
void Evaluation::count_together(const Node& node, const Bits* filter, Range range, Bits& marks,
                                std::uint32_t* counts) {
    Frame& frame = scratch_.take();
    Frame& part_frame = scratch_.take();
    evaluate(node, filter, range, frame.marks, nullptr);
    const bool least = node.kind == Kind::row || node.kind == Kind::near;
    const Range left = frame.marks.spanned(range);
    bool is_first = true;
    for (const auto* nodes : {&node.parts, &node.boost})
        for (const Node& part : *nodes) {
            count(part, &frame.marks, left, frame.part, part_frame.counts.data());
            if (clock_.is_up()) return;
            frame.marks.each(left, [&](std::uint32_t place) {
                const std::uint32_t times = std::exchange(part_frame.counts[place], 0);
                std::uint32_t& all = frame.counts[place];
                all = is_first ? times : least ? std::min(all, times) : all + times;
            });
            is_first = false;
        }
    frame.marks.each(left,
                     [&](std::uint32_t place) { counts[place] += std::exchange(frame.counts[place], 0); });
    marks.add(frame.marks, left);
    frame.part.clear(left);
    frame.marks.clear(range);
    scratch_.give_back();
    scratch_.give_back();
}

// The first part chooses, and the others are looked at in what is left. Only documents that the first one
// matched can have a score, and those that are not left at the end lose it.
void Evaluation::all(const Node& node, const Bits* filter, Range range, Bits& marks, double* scores,
                     bool is_first) {
    Frame& frame = scratch_.take();
    if (is_first) {
        narrowed(node, filter, range, frame, marks, scores, &node == &plan_.root);
    } else {
        double* const own = scores != nullptr ? frame.scores.data() : nullptr;
        const Range left = narrowed(node, filter, range, frame, frame.marks, own, false);
        if (own != nullptr)
            frame.marks.each(left,
                             [&](std::uint32_t place) { scores[place] += std::exchange(own[place], 0); });
        marks.add(frame.marks, left);
        frame.marks.clear(range);
    }
    scratch_.give_back();
}

Range Evaluation::narrowed(const Node& node, const Bits* filter, Range range, Frame& frame, Bits& marks,
                           double* scores, bool is_whole) {
    evaluate(node.parts.front(), filter, range, marks, scores, true);
    Range left = marks.spanned(range);
    const Range chosen = left;
    const bool is_all = node.parts.size() == 1 && node.none_of.empty() && node.kind == Kind::all;
    if (scores != nullptr && !is_all) frame.touched.copy(marks, chosen);
    const auto beside = [&](const Node& part, double* adding, auto use) {
        if (left.empty() || clock_.is_up()) return;
        evaluate(part, &marks, left, frame.part, adding);
        use();
        frame.part.clear(left);
        left = marks.spanned(left);
    };
    for (std::size_t i = 1; i < node.parts.size(); ++i)
        beside(node.parts[i], scores, [&] { marks.keep(frame.part, left); });
    for (const Node& part : node.none_of) beside(part, nullptr, [&] { marks.drop(frame.part, left); });
    if (node.kind == Kind::row || node.kind == Kind::near) stand_as_asked(node, left, marks);
    if (node.kind == Kind::days) lie_in_days(node, left, marks);
    if (scores == nullptr) return left;
    if (!is_all) {
        frame.touched.drop(marks, chosen);
        frame.touched.each(chosen, [scores](std::uint32_t place) { scores[place] = 0; });
        frame.touched.clear(chosen);
    }
    raise(node, left, frame, marks, scores, is_whole);
    return left;
}

// Of the whole query only the best matches are wanted: what cannot be one of them is not raised any further.
void Evaluation::raise(const Node& node, Range range, Frame& frame, const Bits& marks, double* scores,
                       bool is_whole) {
    Range left = range;
    double most = 0;
    for (const Node& part : node.boost) most += part.most;
    const Bits* raised = is_whole ? &candidates() : &marks;
    for (const Node& part : node.boost) {
        const double postings = part.frequency / bm25_.documents * (range.end - range.begin);
        if (is_whole && least_ > 0 && part.bonus == 0 && postings > worth_narrowing) {
            frame.worth.choose(*raised, left,
                               [=, this](std::uint32_t place) { return scores[place] + most > least_; });
            raised = &frame.worth;
            left = frame.worth.spanned(left);
        }
        if (left.empty() || clock_.is_up()) break;
        evaluate(part, raised, left, frame.part, scores);
        frame.part.clear(left);
        most -= part.most;
    }
    if (raised == &frame.worth) frame.worth.clear(range);
}

void Evaluation::stand_as_asked(const Node& node, Range range, Bits& marks) {
    marks.each(range, [&](std::uint32_t place) {
        if (clock_.is_up() || clock_.spend(Clock::positions_of_a_document)) return;
        if (!documents_.standing.is_as_asked(node, key_of(place))) marks.take_away(place);
    });
}

void Evaluation::lie_in_days(const Node& node, Range range, Bits& marks) {
    marks.each(range, [&](std::uint32_t place) {
        const std::uint32_t key = key_of(place);
        const std::string_view first = first_days_.at(key), last = last_days_.at(key);
        if (first.empty() || first > node.to || last < node.from) marks.take_away(place);
    });
    clock_.spend(range.end - range.begin);
}

}  // namespace izde::index::matching
