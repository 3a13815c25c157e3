// A copy of a folder that changes as an archive does from night to night.
#pragma once

#include <cstddef>
#include <filesystem>
#include <random>
#include <vector>

namespace izde::bench {

class EditedFolder {
  public:
    // Copies `from` to `to`, which does not exist, with the files' times, and keeps some files back.
    // `nights`: how often change() will be called.
    EditedFolder(const std::filesystem::path& from, std::filesystem::path to, std::size_t nights);

    std::size_t files() const { return files_; }

    // Changes one file of a hundred, at least five: of these 60 % get another sentence, 20 % are new (some
    // that were kept back), 20 % go. Returns how many.
    std::size_t change();

  private:
    std::filesystem::path take_one();
    std::filesystem::path folder_;
    std::size_t files_ = 0;
    std::vector<std::filesystem::path> there_;                                        // not yet changed
    std::vector<std::pair<std::filesystem::path, std::filesystem::path>> kept_back_;  // from, to
    std::mt19937 random_{20};
};

// A folder of files made here from a seed: plain text, HTML and Markdown by turns.
void make_folder(const std::filesystem::path& folder);

}  // namespace izde::bench
