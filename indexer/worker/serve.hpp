// What runs inside of the sandbox: it is given open files, and answers with documents.
#pragma once

#include <optional>

#include "descriptor.hpp"
#include "worker/frames.hpp"

namespace izde::worker {

// How a worker ends by itself.
enum class Exit : int { over = 0, out_of_memory = 12, bad_request = 13, no_sandbox = 14 };

// Once a spawner, before it forks the first worker that reads: what could not be had inside of the sandbox.
void prepare_to_serve();

// Reads file after file until the socket is closed.
void serve_files(int socket);

// The next request with its file; nothing: the socket is closed. For test programs as well, whose workers
// misbehave.
struct Asked {
    Request request;
    indexer::Descriptor file;
};
std::optional<Asked> receive_request(int socket, FrameReader& frames);

}  // namespace izde::worker
