#include "worker/system_calls.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "worker/sandbox.hpp"

namespace izde::worker {
namespace {

// Memory, time, the files that were handed over, and the end of the process.
constexpr auto allowed = std::to_array<int>(
    {SCMP_SYS(read),          SCMP_SYS(pread64),      SCMP_SYS(lseek),          SCMP_SYS(fstat),
     SCMP_SYS(close),         SCMP_SYS(write),        SCMP_SYS(writev),         SCMP_SYS(munmap),
     SCMP_SYS(mremap),        SCMP_SYS(brk),          SCMP_SYS(madvise),        SCMP_SYS(futex),
     SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),           SCMP_SYS(getrandom),
     SCMP_SYS(getpid),        SCMP_SYS(gettid),       SCMP_SYS(sched_yield),    SCMP_SYS(restart_syscall),
     SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(sigaltstack),
     SCMP_SYS(exit),          SCMP_SYS(exit_group)});

// Libraries look whether there is something, and do without.
constexpr auto refused = std::to_array<int>({SCMP_SYS(open),
                                             SCMP_SYS(access),
                                             SCMP_SYS(faccessat),
                                             SCMP_SYS(faccessat2),
                                             SCMP_SYS(stat),
                                             SCMP_SYS(lstat),
                                             SCMP_SYS(statx),
                                             SCMP_SYS(newfstatat),
                                             SCMP_SYS(readlink),
                                             SCMP_SYS(readlinkat),
                                             SCMP_SYS(getcwd),
                                             SCMP_SYS(ioctl),
                                             SCMP_SYS(fcntl),
                                             SCMP_SYS(sysinfo),
                                             SCMP_SYS(uname),
                                             SCMP_SYS(prlimit64),
                                             SCMP_SYS(getrlimit),
                                             SCMP_SYS(getrusage),
                                             SCMP_SYS(getuid),
                                             SCMP_SYS(geteuid),
                                             SCMP_SYS(getgid),
                                             SCMP_SYS(getegid),
                                             SCMP_SYS(sched_getaffinity),
                                             SCMP_SYS(getpeername)});

// To open a file in one of these ways is not to read it.
constexpr auto more_than_reading =
    std::to_array<std::uint64_t>({O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_PATH, O_DIRECTORY});

// They try whether memory can be read by writing it to a pipe.
constexpr auto for_sanitizers = std::to_array<int>({SCMP_SYS(pipe), SCMP_SYS(pipe2)});

class Rules {
  public:
    explicit Rules(std::uint32_t otherwise) : context_(seccomp_init(otherwise), &seccomp_release) {}

    template <class... Conditions>
    void add(std::uint32_t action, int call, Conditions... conditions) {
        good_ = good_ && context_ != nullptr &&
                seccomp_rule_add(context_.get(), action, call, sizeof...(conditions), conditions...) == 0;
    }

    bool load() {
        good_ =
            good_ && seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
        return good_ && seccomp_load(context_.get()) == 0;
    }

  private:
    std::unique_ptr<void, decltype(&seccomp_release)> context_;
    bool good_ = true;
};

constexpr scmp_arg_cmp is(unsigned argument, std::uint64_t value) {
    return {argument, SCMP_CMP_EQ, value, 0};
}

constexpr scmp_arg_cmp lacks(unsigned argument, std::uint64_t bits) {
    return {argument, SCMP_CMP_MASKED_EQ, bits, 0};
}

constexpr scmp_arg_cmp has(unsigned argument, std::uint64_t bit) {
    return {argument, SCMP_CMP_MASKED_EQ, bit, bit};
}

void allow_opening(Rules& rules) {
    std::uint64_t all = 0;
    for (const std::uint64_t way : more_than_reading) all |= way;
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(openat), lacks(2, all));
}

void refuse_opening(Rules& rules, bool to_read_as_well) {
    const std::uint32_t no = SCMP_ACT_ERRNO(EPERM);
    if (to_read_as_well) return rules.add(no, SCMP_SYS(openat));
    for (const std::uint64_t way : more_than_reading) rules.add(no, SCMP_SYS(openat), has(2, way));
}

}  // namespace

bool allow_only_reading(int socket, bool may_open) {
    const std::uint32_t no = SCMP_ACT_ERRNO(EPERM);
    Rules rules(is_sanitized ? no : SCMP_ACT_KILL_PROCESS);
    for (const int call : allowed) rules.add(SCMP_ACT_ALLOW, call);
    if (is_sanitized)
        for (const int call : for_sanitizers) rules.add(SCMP_ACT_ALLOW, call);
    else
        for (const int call : refused) rules.add(no, call);
    if (may_open) allow_opening(rules);
    if (!is_sanitized) refuse_opening(rules, !may_open);
    const auto talk = static_cast<std::uint64_t>(socket);
    for (const int call : {SCMP_SYS(sendmsg), SCMP_SYS(sendto), SCMP_SYS(recvmsg), SCMP_SYS(recvfrom)})
        rules.add(SCMP_ACT_ALLOW, call, is(0, talk));
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        rules.add(SCMP_ACT_ALLOW, call, lacks(2, PROT_EXEC));
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(setitimer), is(0, ITIMER_PROF));
    // A library's abort() is to be seen as such.
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(tgkill), is(0, static_cast<std::uint64_t>(::getpid())),
              is(2, SIGABRT));
    return rules.load();
}

}  // namespace izde::worker
