// Sorted runs of documents, and what stays of another database → a Xapian database, without Xapian. It has no
// positions: those are lists of our own (index/positions).
//
// Xapian builds a database by changing it: each posting goes through two trees in memory and one on the disk,
// and merging databases takes all of that apart again. All documents are known here before the first block is
// written, so each table is one merge of sorted runs and one pass of writing (TableWriter). What comes out is
// what WritableDatabase and compact() make of the same documents, though not to the byte: chunks of posting
// lists begin elsewhere. Xapian reads, checks and compacts it.
//
// Term lists are not written (Xapian calls that DB_NO_TERMLIST): only Xapian's own changing of documents
// needs them.
//
//   Batch      documents → a run: postings by term, stored documents
//   Scratch    the runs, until all documents are known
//   Merge      the runs' keys in order → the postlist table; docdata follows the runs
//   Kept       another database's entries, in their order
//   write_version
#pragma once

#include <filesystem>
#include <vector>

#include "index/glass/files.hpp"
#include "index/glass/kept.hpp"
#include "index/glass/run.hpp"

namespace izde::index::glass {

// `runs` in the order of their documents; what the scratch file holds of them is dropped on the way. No
// document of theirs stays of `kept` as well. The same documents under the same keys make the same bytes,
// whether they are kept or not. The tables are written side by side, on two threads, and synced. Memory: some
// 40 MB, and 8 bytes for each document of the longest list that is kept. Throws
// std::filesystem::filesystem_error, Damaged where the kept tables are, and std::length_error for more than a
// table can hold.
std::vector<Written> write_database(Scratch& scratch, const std::vector<Run>& runs,
                                    const std::filesystem::path& folder, const Kept& kept = {});

}  // namespace izde::index::glass
