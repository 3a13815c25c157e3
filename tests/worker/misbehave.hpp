// Workers that do what a reader taken over by its document might: locked in as any other, and then
// the file's name says what to try.
#pragma once

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "izde/index/record.hpp"

#include "worker/frames.hpp"
#include "worker/packets.hpp"
#include "worker/serve.hpp"

namespace izde::tests {

inline void say(int socket, worker::Kind kind, std::string_view payload) {
    std::string bytes;
    worker::append_frame(bytes, kind, payload);
    worker::send_all(socket, bytes.data(), bytes.size());
}

inline index::Document document_of(const worker::Request& request, const std::string& record = "") {
    index::Document document;
    document.path = request.path;
    document.record = record;
    document.title = "A title";
    document.title_source = "metadata";
    document.body = "Some text.\n";
    document.format = "html";
    document.encoding = "UTF-8";
    return document;
}

struct Attack {
    const char* name;
    // Below zero, as system calls say it: it was denied. The file's path below /, for what wants to write.
    long (*attempt)(const std::string& victim);
};

inline const std::vector<Attack>& attacks() {
    static const std::vector<Attack> all{
        {"open /etc/passwd",
         [](const std::string&) { return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY); }},
        {"hold a file without opening it",
         [](const std::string&) { return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_PATH); }},
        {"write into the tables of readers",
         [](const std::string&) {
             return syscall(SYS_openat, AT_FDCWD, "/usr/share/poppler/x", O_WRONLY | O_CREAT, 0600);
         }},
        {"write into the index",
         [](const std::string& victim) {
             return syscall(SYS_openat, AT_FDCWD, victim.c_str(), O_WRONLY | O_TRUNC);
         }},
        {"make a socket", [](const std::string&) { return syscall(SYS_socket, AF_INET, SOCK_STREAM, 0); }},
        {"connect",
         [](const std::string&) {
             sockaddr_un to{AF_UNIX, "/run/systemd/notify"};
             return syscall(SYS_connect, 3, &to, sizeof to);
         }},
        {"run a program",
         [](const std::string&) {
             char program[] = "/bin/true";
             char* const arguments[] = {program, nullptr};
             return syscall(SYS_execve, program, arguments, nullptr);
         }},
        {"fork", [](const std::string&) { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }},
        {"trace its parent",
         [](const std::string&) { return syscall(SYS_ptrace, PTRACE_ATTACH, getppid(), 0, 0); }},
        {"kill its parent", [](const std::string&) { return syscall(SYS_kill, getppid(), SIGKILL); }},
        {"mount", [](const std::string&) { return syscall(SYS_mount, "none", "/mnt", "tmpfs", 0, nullptr); }},
        {"read the environment of init",
         [](const std::string&) { return syscall(SYS_open, "/proc/1/environ", O_RDONLY); }},
        {"map memory to write and run",
         [](const std::string&) {
             const long at = syscall(SYS_mmap, nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
             return at < 0 ? at : 0;
         }},
        {"make written memory run",
         [](const std::string&) {
             const long at =
                 syscall(SYS_mmap, nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
             return syscall(SYS_mprotect, at, 4096, PROT_READ | PROT_EXEC);
         }},
        {"start a thread", [](const std::string&) { return syscall(SYS_clone3, nullptr, 0); }},
        {"remove a file", [](const std::string& victim) { return syscall(SYS_unlink, victim.c_str()); }},
        {"rename a file",
         [](const std::string& victim) { return syscall(SYS_rename, victim.c_str(), "/tmp/x"); }},
        {"link a file",
         [](const std::string& victim) { return syscall(SYS_symlink, victim.c_str(), "/tmp/x"); }},
        {"change a mode", [](const std::string& victim) { return syscall(SYS_chmod, victim.c_str(), 0777); }},
        {"look what files there are",
         [](const std::string& victim) { return syscall(SYS_access, victim.c_str(), F_OK); }},
        {"make a file in memory", [](const std::string&) { return syscall(SYS_memfd_create, "x", 0); }},
        {"read another's memory",
         [](const std::string&) {
             return syscall(SYS_process_vm_readv, getppid(), nullptr, 0, nullptr, 0, 0);
         }},
        {"have more memory",
         [](const std::string&) {
             const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
             return syscall(SYS_setrlimit, RLIMIT_DATA, &none);
         }},
        {"unshare", [](const std::string&) { return syscall(SYS_unshare, 0x10000000); }},
        {"submit I/O by a ring", [](const std::string&) { return syscall(SYS_io_uring_setup, 1, nullptr); }},
        {"load a kernel's program", [](const std::string&) { return syscall(SYS_bpf, 0, nullptr, 0); }},
        {"be traced", [](const std::string&) { return syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0); }},
        {"signal another process", [](const std::string&) { return syscall(SYS_tgkill, 1, 1, SIGABRT); }},
    };
    return all;
}

inline void wait_for_ever(int socket) {
    char byte = 0;
    while (recv(socket, &byte, 1, 0) > 0) {
    }
    _exit(0);
}

[[noreturn]] inline void spin() {
    for (volatile bool for_ever = true; for_ever;) {
    }
    _exit(0);
}

inline void misbehave_once(int socket, const std::string& what, const worker::Request& request) {
    using worker::Kind;
    const std::string good = index::write_record(document_of(request));
    if (what == "behave") {
        say(socket, Kind::document, good);
    } else if (what == "sleep") {
        wait_for_ever(socket);
    } else if (what == "loop") {
        spin();
    } else if (what == "loop without the timer") {
        const itimerval off{};
        setitimer(ITIMER_PROF, &off, nullptr);
        spin();
    } else if (what == "take memory") {
        for (std::vector<std::string> all;;) all.emplace_back(1u << 20, 'x');
    } else if (what == "take shared memory") {
        for (;;) {
            auto* at = static_cast<char*>(
                mmap(nullptr, 1u << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
            if (at == MAP_FAILED) abort();
            memset(at, 1, 1u << 20);
        }
    } else if (what == "say documents without end") {
        for (;;) say(socket, Kind::document, good);
    } else if (what == "say one document without end") {
        std::string head;
        worker::append_head(head, Kind::document, worker::max_record_bytes);
        for (worker::send_all(socket, head.data(), head.size());;)
            if (!worker::send_all(socket, good.data(), good.size())) _exit(0);
    } else if (what == "announce too much") {
        std::string head;
        worker::append_head(head, Kind::document, worker::max_record_bytes + 1);
        worker::send_all(socket, head.data(), head.size());
        wait_for_ever(socket);
    } else if (what == "say nonsense") {
        say(socket, Kind::document, "nonsense");
    } else if (what == "speak of another file") {
        worker::Request other = request;
        other.path = "other";
        say(socket, Kind::document, index::write_record(document_of(other)));
    } else if (what == "say hello again") {
        say(socket, Kind::hello, "yy");
    } else if (what == "crash") {
        raise(SIGABRT);
    } else if (what == "leave") {
        _exit(0);
    } else if (what == "close and live") {
        close(socket);
        spin();
    } else if (what == "crash behind a document") {
        say(socket, Kind::document, good);
        abort();
    } else if (what == "crash behind two records") {
        say(socket, Kind::document, index::write_record(document_of(request, "1")));
        say(socket, Kind::document, index::write_record(document_of(request, "2")));
        abort();
    } else {
        for (const Attack& attack : attacks())
            if (what == attack.name)
                say(socket, Kind::error,
                    attack.attempt("/" + request.field_names.at("victim")) < 0 ? "denied" : "it could");
    }
    std::string end;
    worker::append_frame(end, Kind::done, "");
    if (what == "go on speaking") worker::append_frame(end, Kind::document, good);
    worker::send_all(socket, end.data(), end.size());
}

// A worker::Serve: what stands in the file is what is done.
inline void misbehave(int socket) {
    worker::FrameReader frames;
    while (auto asked = worker::receive_request(socket, frames)) {
        char bytes[100];
        const ssize_t got = ::read(asked->file.get(), bytes, sizeof bytes);
        const std::string what(bytes, got > 0 ? static_cast<std::size_t>(got) : 0);
        misbehave_once(socket, what.substr(0, what.find('\n')), asked->request);
    }
}

}  // namespace izde::tests
