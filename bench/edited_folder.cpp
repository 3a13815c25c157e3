#include "edited_folder.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "made_text.hpp"

namespace izde::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_made = 6000;

struct Share {
    std::size_t edited, added, removed;
};
Share share_of(std::size_t files) {
    const std::size_t changed = std::max<std::size_t>(5, files / 100);
    const std::size_t fifth = changed / 5;
    return {changed - 2 * fifth, fifth, fifth};
}

void copy_with_times(const fs::path& from, const fs::path& to) {
    fs::create_directories(to.parent_path());
    fs::copy_file(from, to);
    fs::last_write_time(to, fs::last_write_time(from));
}

// Where a reader will find it as text: inside the last paragraph of a page, else at the end.
void add_sentence(const fs::path& file, const std::string& sentence) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const std::size_t end_of_paragraph = bytes.rfind("</p>");
    if (end_of_paragraph == std::string::npos)
        bytes += "\n" + sentence + "\n";
    else
        bytes.insert(end_of_paragraph, " " + sentence);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

EditedFolder::EditedFolder(const fs::path& from, fs::path to, std::size_t nights) : folder_(std::move(to)) {
    std::vector<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(from))
        if (entry.is_regular_file() && !entry.is_symlink()) all.push_back(entry.path());
    std::ranges::sort(all);
    std::ranges::shuffle(all, random_);
    const std::size_t kept_back = std::min(nights * share_of(all.size()).added, all.size() / 2);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const fs::path here = folder_ / fs::relative(all[i], from);
        if (i < kept_back) {
            kept_back_.emplace_back(all[i], here);
        } else {
            copy_with_times(all[i], here);
            there_.push_back(here);
        }
    }
    files_ = there_.size();
}

fs::path EditedFolder::take_one() {
    const fs::path file = there_.back();
    there_.pop_back();
    return file;
}

std::size_t EditedFolder::change() {
    Text text = english();
    const Share share = share_of(files_);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < share.edited && !there_.empty(); ++i, ++changed)
        add_sentence(take_one(), text.make(12) + ".");
    for (std::size_t i = 0; i < share.removed && !there_.empty(); ++i, ++changed) fs::remove(take_one());
    for (std::size_t i = 0; i < share.added && !kept_back_.empty(); ++i, ++changed) {
        copy_with_times(kept_back_.back().first, kept_back_.back().second);
        kept_back_.pop_back();
    }
    return changed;
}

void make_folder(const fs::path& folder) {
    Text text = english();
    for (std::size_t i = 0; i < files_made; ++i) {
        const std::string title = text.make(6);
        std::array<std::string, 4> paragraphs;
        for (std::string& paragraph : paragraphs) paragraph = text.make(75) + ".";
        const auto written = [&](const char* ending, const char* before_title, const char* before,
                                 const char* behind) {
            const fs::path place = folder / std::to_string(i % 60);
            fs::create_directories(place);
            std::ofstream file(place / (std::to_string(i) + ending));
            file << before_title << title << "\n\n";
            for (const std::string& paragraph : paragraphs) file << before << paragraph << behind << "\n\n";
        };
        if (i % 3 == 0) written(".txt", "", "", "");
        if (i % 3 == 1) written(".html", "<!DOCTYPE html><meta charset=utf-8><h1>", "<p>", "</p>");
        if (i % 3 == 2) written(".md", "# ", "", "");
    }
}

}  // namespace izde::bench
