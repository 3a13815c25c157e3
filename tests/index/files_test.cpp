// Files that are replaced as a whole.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "izde/index/files.hpp"

#include "support/temp_dir.hpp"
#include "support/tiny_index.hpp"

using namespace izde;
using namespace izde::tests;

namespace fs = std::filesystem;

namespace {

class In {
  public:
    explicit In(const fs::path& folder) { fs::current_path(folder); }
    In(const In&) = delete;
    In& operator=(const In&) = delete;
    ~In() { fs::current_path(before_); }

  private:
    fs::path before_ = fs::current_path();
};

std::string content(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a file that is named without its folder is replaced in the folder at hand", "[files]") {
    const TempDir dir;
    const In there(dir.path());
    expect(index::replace_file("report.json", "one"));
    expect(index::replace_file("report.json", "two"));
    CHECK(content(dir.path() / "report.json") == "two");
    CHECK(std::distance(fs::directory_iterator(dir.path()), {}) == 1);
}
