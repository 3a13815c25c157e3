#include "izde/index/generations.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <ctime>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "izde/index/files.hpp"
#include "izde/index/manifest.hpp"

#include "index/guard.hpp"

namespace izde::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t number_digits = 10;
constexpr const char* building_suffix = ".tmp";

std::string utc_now(const char* format) {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::string text(40, '\0');
    text.resize(std::strftime(text.data(), text.size(), format, &utc));
    return text;
}

constexpr std::string_view pid_label = "pid ";

std::string noted_holder(int fd) {
    std::string text(200, '\0');
    const ssize_t length = ::pread(fd, text.data(), text.size(), 0);
    text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

bool is_alive(std::string_view holder) {
    int pid = 0;
    if (!holder.starts_with(pid_label)) return false;
    holder.remove_prefix(pid_label.size());
    std::from_chars(holder.data(), holder.data() + holder.size(), pid);
    return pid > 0 && (::kill(pid, 0) == 0 || errno != ESRCH);
}

// Who has just taken the lock may not have noted itself yet, and who died left its note.
std::string holder_of(int fd) {
    constexpr int tries = 40;
    constexpr std::chrono::milliseconds between{10};
    std::string holder = noted_holder(fd);
    for (int i = 0; i < tries && !is_alive(holder); ++i) {
        std::this_thread::sleep_for(between);
        holder = noted_holder(fd);
    }
    return holder.empty() ? "another indexer" : holder;
}

void close_fd(int& fd) noexcept {
    if (fd >= 0) ::close(std::exchange(fd, -1));
}

// The manifest serves as the file to lock: it is there as long as the generation is. Never waits, whatever
// stands in its place.
int open_to_lock(const fs::path& generation) {
    return ::open((generation / manifest_name).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

void remove_unless_read(const fs::path& generation) {
    int fd = open_to_lock(generation);
    const bool read = fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) != 0;
    std::error_code ignored;
    if (!read) fs::remove_all(generation, ignored);
    close_fd(fd);
}

// As far as a look at names and sizes tells; it is nothing to go back to.
bool is_damaged(const fs::path& generation) {
    std::error_code unknown;
    if (!fs::is_directory(generation, unknown)) return true;
    const auto manifest = read_manifest(generation);
    if (!manifest) return manifest.error().code == Errc::index_corrupt;
    const auto files = verify_files(generation, *manifest, Depth::sizes);
    return !files && files.error().code == Errc::index_corrupt;
}

std::vector<std::string> generation_names(const fs::path& folder, std::string_view suffix) {
    std::vector<std::string> names;
    std::error_code ended;
    for (fs::directory_iterator entry(folder, ended), end; !ended && entry != end; entry.increment(ended)) {
        std::string name = entry->path().filename();
        if (!name.ends_with(suffix)) continue;
        name.resize(name.size() - suffix.size());
        if (is_generation_id(name)) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

bool is_generation_id(std::string_view name) {
    constexpr std::string_view shape = "dddddddddd-ddddddddTddddddZ";
    if (name.size() != shape.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool digit = name[i] >= '0' && name[i] <= '9';
        if (shape[i] == 'd' ? !digit : name[i] != shape[i]) return false;
    }
    return true;
}

Result<Lock> Lock::take(const fs::path& root) {
    std::error_code error;
    fs::create_directories(root / "generations", error);
    if (error)
        return fail(Errc::io, "cannot create the index folder " + root.string() + ": " + error.message(),
                    error == std::errc::permission_denied ? "choose another with --index, or make it writable"
                                                          : advice_on(error.value()));
    const fs::path file = root / "lock";
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return fail(Errc::io,
                    "cannot write to the index folder " + root.string() + ": " + std::strerror(errno),
                    advice_on(errno));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const std::string holder = holder_of(fd);
        ::close(fd);
        return fail(Errc::index_busy, "another indexer is at work on " + root.string() + ": " + holder,
                    "wait for it to end, or stop it");
    }
    Lock lock(fd);
    const std::string holder = std::string(pid_label) + std::to_string(::getpid()) + ", started " +
                               utc_now("%Y-%m-%dT%H:%M:%SZ") + "\n";
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, holder.data(), holder.size(), 0) < 0)
        return fail(Errc::io, "cannot write " + file.string() + ": " + std::strerror(errno),
                    advice_on(errno));
    return lock;
}

Lock::Lock(Lock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
Lock& Lock::operator=(Lock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}
Lock::~Lock() {
    // A note that stays only names somebody who is gone.
    [[maybe_unused]] const int emptied = ::ftruncate(fd_, 0);
    close_fd(fd_);
}

Result<Lease> Lease::take(const fs::path& generation) {
    const int fd = open_to_lock(generation);
    if (fd < 0)
        return fail(Errc::index_missing, "cannot read " + generation.string() + ": " + std::strerror(errno));
    Lease lease(fd);
    if (::flock(fd, LOCK_SH | LOCK_NB) != 0)
        return fail(Errc::index_missing, generation.string() + " is being removed");
    return lease;
}

Lease::Lease(Lease&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
Lease& Lease::operator=(Lease&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}
Lease::~Lease() {
    close_fd(fd_);
}

Generations::Generations(fs::path root) : root_(std::move(root)) {}

fs::path Generations::path(const std::string& id) const {
    return root_ / "generations" / id;
}

Result<std::string> Generations::live() const {
    auto pointer = read_small_file(root_ / "current", 100);
    if (!pointer && pointer.error().code == Errc::not_found)
        return fail(Errc::index_missing, "there is no index in " + root_.string(),
                    "run: izde-indexer rebuild --index " + root_.string() + " FOLDER");
    if (!pointer) {
        Error error = pointer.error();
        if (error.hint.empty())
            error.hint = "run: izde-indexer rebuild --index " + root_.string() + " FOLDER";
        return fail(std::move(error));
    }
    std::string id = *pointer;
    if (id.ends_with('\n')) id.pop_back();
    if (!is_generation_id(id))
        return fail(Errc::index_corrupt, (root_ / "current").string() + " names no generation",
                    "run: izde-indexer rebuild --index " + root_.string() + " FOLDER");
    return id;
}

std::vector<std::string> Generations::finished() const {
    return generation_names(root_ / "generations", "");
}

Result<fs::path> Generations::begin(const Lock&) {
    return guarded("cannot write to " + root_.string(), [&]() -> Result<fs::path> {
        for (const std::string& dead : generation_names(root_ / "generations", building_suffix))
            fs::remove_all(path(dead + building_suffix));
        remove_newer_than_live();
        std::vector<std::string> known = finished();
        if (const auto current = live(); current) known.push_back(*current);
        unsigned long long number = 0;
        for (const std::string& id : known)
            number = std::max(number, std::stoull(id.substr(0, number_digits)));
        std::string digits = std::to_string(number + 1);
        digits.insert(0, number_digits - std::min(number_digits, digits.size()), '0');
        fs::path building = path(digits + utc_now("-%Y%m%dT%H%M%SZ") + building_suffix);
        fs::create_directory(building);
        return building;
    });
}

Result<fs::path> Generations::seal(const Lock&, const fs::path& building) {
    fs::path final_path = building.parent_path() / building.stem();
    if (const auto synced = sync(building); !synced) return fail(synced.error());
    if (::rename(building.c_str(), final_path.c_str()) != 0)
        return fail(Errc::io, "cannot name " + final_path.string() + ": " + std::strerror(errno),
                    advice_on(errno));
    if (const auto synced = sync(final_path.parent_path()); !synced) {
        std::error_code ignored;
        fs::remove_all(final_path, ignored);
        return fail(synced.error());
    }
    return final_path;
}

Result<void> Generations::point_to(const Lock&, const std::string& id) {
    ::rmdir((root_ / "current").c_str());  // an empty folder is no pointer, and cannot be renamed over
    return replace_file(root_ / "current", id + "\n");
}

void Generations::discard(const Lock&, const fs::path& building) noexcept {
    const auto current = live();
    if (current && path(*current) == building) return;
    std::error_code ignored;
    fs::remove_all(building, ignored);
}

void Generations::remove_newer_than_live() {
    const auto current = live();
    std::error_code missing;
    if (!current || !fs::exists(path(*current), missing)) return;
    for (const std::string& id : finished())
        if (id > *current) remove_unless_read(path(id));
}

void Generations::prune(const Lock&, std::size_t keep) {
    const auto current = live();
    if (!current) return;
    std::vector<std::string> older = finished();
    std::erase_if(older, [&](const std::string& id) { return id >= *current; });
    std::ranges::sort(older, std::ranges::greater());
    std::size_t kept = 1;
    for (const std::string& id : older)
        if (kept >= keep || is_damaged(path(id)))
            remove_unless_read(path(id));
        else
            ++kept;
    remove_newer_than_live();
    remove_what_replacing_left(root_ / "current");
}

}  // namespace izde::index
