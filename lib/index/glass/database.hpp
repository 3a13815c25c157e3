// Sorted runs of documents → a Xapian database, without Xapian.
//
// Xapian builds a database by changing it: each posting goes through two trees in memory and one on the disk,
// and merging databases takes all of that apart again. All documents are known here before the first block is
// written, so each table is one merge of sorted runs and one pass of writing (TableWriter). What comes out is
// what WritableDatabase and compact() make of the same documents, though not to the byte: chunks of posting
// lists begin elsewhere, deflated tags are deflated by another library. Xapian reads, checks, compacts and
// changes it.
//
//   Batch      documents → a run: postings by term, term lists by document, deflated
//   Scratch    the runs, until all documents are known
//   Merge      the runs' keys in order → postlist and position tables; docdata and termlist follow the runs
//   write_version
#pragma once

#include <filesystem>
#include <vector>

#include "index/glass/files.hpp"
#include "index/glass/run.hpp"

namespace izde::index::glass {

// `runs` in the order of their documents; what the scratch file holds of them is dropped on the way. The
// tables are written side by side, on three threads, and synced. Memory: some 40 MB. Throws
// std::filesystem::filesystem_error, and std::length_error for more than a table can hold.
void write_database(Scratch& scratch, const std::vector<Run>& runs, const std::filesystem::path& folder);

}  // namespace izde::index::glass
