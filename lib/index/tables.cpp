#include "index/tables.hpp"

#include <future>

#include "index/glass/database.hpp"
#include "index/positions/merge.hpp"

namespace izde::index {

std::vector<glass::Written> write_tables(glass::Scratch& scratch, const std::vector<glass::Run>& runs,
                                         const std::filesystem::path& folder, const glass::Kept& kept) {
    auto positions =
        std::async(std::launch::async, [&] { return positions::write(scratch, runs, folder, kept); });
    std::vector<glass::Written> written = glass::write_database(scratch, runs, folder, kept);
    written.push_back(positions.get());
    return written;
}

}  // namespace izde::index
