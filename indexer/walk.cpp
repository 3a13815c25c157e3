// One folder is open at a time: down by its name, up by "..", and from the root again where ".."
// leads elsewhere because somebody moved things. So neither depth nor long paths cost descriptors.
#include "walk.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "izde/text/utf8.hpp"

#include "descriptor.hpp"
#include "patterns.hpp"

namespace izde::indexer {
namespace {

namespace fs = std::filesystem;

constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

struct Root {
    fs::path file;          // canonical; empty for standard input
    SourceConfig settings;  // with its name
    Patterns include, exclude;
    bool is_folder = false;

    std::uint64_t max_bytes() const { return static_cast<std::uint64_t>(settings.max_file_mb) * 1'000'000; }
};

std::string too_large(const Root& root) {
    return "larger than " + std::to_string(root.settings.max_file_mb) + " MB";
}

std::string reason_of(int error) {
    if (error == EACCES || error == EPERM) return "permission denied";
    return std::generic_category().message(error);
}

struct Identity {
    dev_t device = 0;
    ino_t node = 0;
    bool operator==(const Identity&) const = default;
};

std::optional<Identity> identify(const Descriptor& folder) {
    struct stat status {};
    if (!folder || ::fstat(folder.get(), &status) != 0) return std::nullopt;
    return Identity{status.st_dev, status.st_ino};
}

// The names of a folder's entries; many, so one behind the other.
class Names {
  public:
    void add(std::string_view name) {
        begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
        bytes_.append(name) += '\0';
    }
    void sort() {
        std::ranges::sort(begins_, {}, [&](std::uint32_t begin) { return std::string_view(&bytes_[begin]); });
    }
    void clear() {
        begins_.clear();
        bytes_.clear();
    }
    std::size_t size() const { return begins_.size(); }
    const char* operator[](std::size_t number) const { return &bytes_[begins_[number]]; }

  private:
    std::string bytes_;
    std::vector<std::uint32_t> begins_;
};

struct Level {
    std::string name;  // within the level above
    Identity identity;
    Names entries;
    std::size_t next = 0;
    std::size_t path_size = 0;  // of the path down to here
    bool included = true;       // by the source's patterns, with what lies in it
};

// Sorted by bytes. False where the folder cannot be read (to its end).
bool list(const Descriptor& folder, Names& names) {
    Descriptor own(::openat(folder.get(), ".", folder_flags));
    if (!own) return false;
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.get()), &::closedir);
    if (!stream) return false;
    static_cast<void>(own.release());
    errno = 0;
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.add(name);
    }
    const int error = errno;
    names.sort();
    errno = error;
    return error == 0;
}

class FolderWalk {
  public:
    FolderWalk(const Root& root, const Visitor& visitor)
        : root_(root), visitor_(visitor), prefix_((root.file / "").native()) {}

    // False if it was asked to stop.
    bool run() {
        top_ = Descriptor(::open(root_.file.c_str(), folder_flags));
        if (!top_) {
            report(Obstacle::Kind::skipped, reason_of(errno));
            return true;
        }
        enter(Descriptor(::openat(top_.get(), ".", folder_flags)), {}, root_.include.empty());
        while (!levels_.empty()) {
            if (visitor_.stop && visitor_.stop()) return false;
            Level& level = levels_.back();
            path_.resize(level.path_size);
            if (level.next == level.entries.size())
                leave();
            else
                visit(level.entries[level.next++]);
        }
        return true;
    }

  private:
    void report(Obstacle::Kind kind, std::string reason) const {
        const std::string shown = path_.empty() ? "." : text::repair_utf8(path_);
        if (visitor_.obstacle) visitor_.obstacle({kind, shown, std::move(reason), root_.settings.name});
    }
    void skip(std::string reason) const { report(Obstacle::Kind::skipped, std::move(reason)); }
    void ignore(std::string reason) const { report(Obstacle::Kind::ignored, std::move(reason)); }

    void visit(const char* name) {
        if (!path_.empty()) path_ += '/';
        path_ += name;
        if (name[0] == '.' && !root_.settings.hidden) return ignore("hidden");
        struct stat status {};
        if (::fstatat(here_.get(), name, &status, AT_SYMLINK_NOFOLLOW) != 0) return skip(reason_of(errno));
        if (S_ISLNK(status.st_mode)) return ignore("a symbolic link");
        if (S_ISDIR(status.st_mode)) return visit_folder(name, status);
        if (!S_ISREG(status.st_mode)) return ignore("neither a file nor a folder");
        if (is_excluded(Patterns::Kind::file)) return ignore("excluded");
        if (!is_included(Patterns::Kind::file)) return ignore("not included");
        if (static_cast<std::uint64_t>(status.st_size) > root_.max_bytes()) return skip(too_large(root_));
        const bool is_ours = status.st_uid == user_ && (status.st_mode & S_IRUSR) != 0;
        if (!is_ours && ::faccessat(here_.get(), name, R_OK, AT_EACCESS) != 0) return skip(reason_of(errno));
        if (!visitor_.file) return;
        visitor_.file({prefix_ + path_, root_.settings.name, text::repair_utf8(path_), stamp_of(status)});
    }

    bool is_excluded(Patterns::Kind kind) const { return root_.exclude.match(path_, kind).value_or(false); }
    bool is_included(Patterns::Kind kind) const {
        return root_.include.match(path_, kind).value_or(levels_.back().included);
    }

    void visit_folder(const std::string& name, const struct stat& status) {
        if (is_excluded(Patterns::Kind::folder)) return ignore("excluded");
        const bool elsewhere = status.st_dev != levels_.front().identity.device;
        if (elsewhere && root_.settings.one_file_system) return ignore("on another file system");
        Descriptor folder(::openat(here_.get(), name.c_str(), folder_flags));
        if (!folder)
            return skip(errno == ELOOP || errno == ENOTDIR ? "changed while it was read" : reason_of(errno));
        enter(std::move(folder), name, is_included(Patterns::Kind::folder));
    }

    void enter(Descriptor folder, const std::string& name, bool included) {
        const auto identity = identify(folder);
        if (!identity) return skip(reason_of(errno));
        // A bind mount can lead back up; links to folders cannot.
        const bool is_loop = std::any_of(levels_.begin(), levels_.end(),
                                         [&](const Level& level) { return level.identity == *identity; });
        if (is_loop) return ignore("a folder above it");
        Level level{name, *identity, {}, 0, path_.size(), included};
        // Half a list is none: what is missing from it would seem to have been removed.
        if (!list(folder, level.entries)) {
            skip(reason_of(errno));
            level.entries.clear();
        }
        here_ = std::move(folder);
        levels_.push_back(std::move(level));
    }

    void leave() {
        levels_.pop_back();
        if (levels_.empty()) return;
        Descriptor up(::openat(here_.get(), "..", folder_flags));
        if (identify(up) == levels_.back().identity) {
            here_ = std::move(up);
            return;
        }
        while (!reopen()) {
            path_.resize(levels_.back().path_size);
            skip("changed while it was read");
            levels_.pop_back();
        }
    }

    // From the top down to the last level; the top itself cannot be lost.
    bool reopen() {
        Descriptor at(::openat(top_.get(), ".", folder_flags));
        for (std::size_t i = 1; i < levels_.size() && at; ++i)
            at = Descriptor(::openat(at.get(), levels_[i].name.c_str(), folder_flags));
        if (levels_.size() > 1 && identify(at) != levels_.back().identity) return false;
        here_ = std::move(at);
        return true;
    }

    const Root& root_;
    const Visitor& visitor_;
    uid_t user_ = ::geteuid();
    Descriptor top_;
    Descriptor here_;
    std::vector<Level> levels_;
    std::string prefix_;  // the root, with a slash
    std::string path_;    // below the root, of what is being looked at
};

std::string last_name(const fs::path& folder) {
    const std::string name = text::repair_utf8(folder.filename().string());
    return name.empty() ? "root" : name;
}

Root named(Root root, const std::string& own_name) {
    if (root.settings.name.empty()) root.settings.name = own_name;
    return root;
}

Result<Root> find_root(const SourceConfig& source) {
    auto include = Patterns::read(source.include);
    if (!include) return fail(include.error());
    auto exclude = Patterns::read(source.exclude);
    if (!exclude) return fail(exclude.error());
    Root root{{}, source, *std::move(include), *std::move(exclude)};
    if (source.path == "-") return named(std::move(root), "stdin");
    std::error_code error;
    root.file = fs::canonical(source.path, error);
    if (error)
        return fail(Errc::bad_argument, "cannot read " + source.path + ": " + error.message(),
                    "name a folder, a file, or - for JSON Lines on standard input");
    root.is_folder = fs::is_directory(root.file, error);
    if (!root.is_folder && !fs::is_regular_file(root.file, error))
        return fail(Errc::bad_argument, source.path + " is neither a folder nor a file");
    const std::string own_name = last_name(root.is_folder ? root.file : root.file.parent_path());
    return named(std::move(root), own_name);
}

// Ids of documents are made from the source's name: two sources must not share one.
void make_names_differ(std::vector<Root>& roots) {
    std::map<std::string, int> seen;
    for (auto& root : roots) {
        std::string& own = root.settings.name;
        const std::string name = own;
        while (seen.contains(own)) own = name + "#" + std::to_string(++seen[name]);
        seen.emplace(own, 1);
    }
}

Result<std::vector<Root>> find_roots(const std::vector<SourceConfig>& sources) {
    std::vector<Root> roots;
    for (const auto& source : sources) {
        auto root = find_root(source);
        if (!root) return fail(root.error());
        roots.push_back(*std::move(root));
    }
    make_names_differ(roots);
    return roots;
}

void visit_file(const Root& root, const Visitor& visitor) {
    const std::string path = text::repair_utf8(root.file.filename().string());
    struct stat status {};
    const auto skip = [&](const std::string& reason) {
        if (visitor.obstacle) visitor.obstacle({Obstacle::Kind::skipped, path, reason, root.settings.name});
    };
    const bool readable = ::stat(root.file.c_str(), &status) == 0 &&
                          ::faccessat(AT_FDCWD, root.file.c_str(), R_OK, AT_EACCESS) == 0;
    if (!readable) return skip(reason_of(errno));
    if (static_cast<std::uint64_t>(status.st_size) > root.max_bytes()) return skip(too_large(root));
    if (visitor.file) visitor.file({root.file.native(), root.settings.name, path, stamp_of(status)});
}

}  // namespace

Result<std::vector<std::string>> source_names(const std::vector<SourceConfig>& sources) {
    const auto roots = find_roots(sources);
    if (!roots) return fail(roots.error());
    std::vector<std::string> names;
    for (const Root& root : *roots) names.push_back(root.settings.name);
    return names;
}

Result<void> walk(const std::vector<SourceConfig>& sources, const Visitor& visitor) {
    const auto roots = find_roots(sources);
    if (!roots) return fail(roots.error());
    for (const auto& root : *roots) {
        if (visitor.stop && visitor.stop()) return {};
        if (root.is_folder) {
            if (!FolderWalk(root, visitor).run()) return {};
        } else if (root.file.empty()) {
            if (visitor.file) visitor.file({{}, root.settings.name, "-", {}});
        } else {
            visit_file(root, visitor);
        }
    }
    return {};
}

}  // namespace izde::indexer
