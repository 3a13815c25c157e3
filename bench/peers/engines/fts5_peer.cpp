// SQLite's FTS5 with English stems and the texts stored.
//
//   fts5_peer build DATABASE TEXTS
//   fts5_peer optimise DATABASE
//   fts5_peer ask DATABASE QUERIES ROUNDS
#include <map>
#include <memory>

#include <sqlite3.h>

#include "asked.hpp"

namespace {

using namespace izde::peers;

enum class Way { titles, snippets };
const char* name_of(Way way) {
    return way == Way::titles ? "titles" : "snippets";
}

class Statement {
  public:
    Statement(sqlite3* database, const std::string& sql) : database_(database) {
        sqlite3_stmt* made = nullptr;
        check(sqlite3_prepare_v2(database, sql.c_str(), -1, &made, nullptr));
        statement_.reset(made);
    }
    void bind(int place, const std::string& value) {
        check(sqlite3_bind_text(statement_.get(), place, value.data(), static_cast<int>(value.size()),
                                SQLITE_TRANSIENT));
    }
    bool step() {
        const int code = sqlite3_step(statement_.get());
        if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
        return code == SQLITE_ROW;
    }
    std::string_view text(int column) {
        const unsigned char* value = sqlite3_column_text(statement_.get(), column);
        return value == nullptr ? std::string_view() : reinterpret_cast<const char*>(value);
    }
    void reset() { sqlite3_reset(statement_.get()); }

  private:
    void check(int code) const {
        if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
    }
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
  public:
    explicit Database(const std::string& path) {
        if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK)
            throw std::runtime_error("cannot open " + path);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { sqlite3_close(database_); }

    void run(const char* sql) {
        if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(database_));
    }
    Statement prepare(const std::string& sql) { return {database_, sql}; }

  private:
    sqlite3* database_ = nullptr;
};

void build(Database& database, const std::string& texts) {
    database.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-200000;"
        "CREATE VIRTUAL TABLE docs USING fts5(number UNINDEXED, value UNINDEXED, title UNINDEXED, body,"
        " tokenize='porter unicode61'); BEGIN");
    {
        Statement insert = database.prepare("INSERT INTO docs VALUES(?, ?, ?, ?)");
        for_each_text(texts, [&](const Text& text) {
            insert.bind(1, text.number);
            insert.bind(2, text.value);
            insert.bind(3, text.title);
            insert.bind(4, text.all);
            insert.step();
            insert.reset();
        });
    }
    database.run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

std::string match_of(const Query& query) {
    const std::string quote = "\"";
    if (query.kind == "phrase") return quote + query.words + quote;
    if (query.kind == "prefix") return quote + query.words + quote + "*";
    std::string match;
    for (const std::string& word : words_of(query.words))
        match += (match.empty() ? "" : query.kind == "or" ? " OR " : " AND ") + (quote + word + quote);
    return match;
}

class Asker {
  public:
    explicit Asker(Database& database) : database_(database) {
        database.run("PRAGMA mmap_size=4000000000; PRAGMA cache_size=-64000");
    }

    Answered ask(Way way, const Query& query) {
        Statement& statement = statement_for(way, query.kind == "filter");
        statement.bind(1, match_of(query));
        if (query.kind == "filter") statement.bind(2, query.value);
        Answered answered;
        while (statement.step()) {
            ++answered.hits;
            answered.marked += statement.text(2).find("<b>") != std::string_view::npos;
        }
        statement.reset();
        if (query.kind == "facets") count(query);
        return answered;
    }

  private:
    Statement& statement_for(Way way, bool filtered) {
        const auto place = std::pair(way, filtered);
        if (const auto found = made_.find(place); found != made_.end()) return found->second;
        const std::string sql = std::string("SELECT rowid, title, ") +
                                (way == Way::snippets ? "snippet(docs, 3, '<b>', '</b>', '...', 32)" : "''") +
                                " FROM docs WHERE docs MATCH ?" + (filtered ? " AND value = ?" : "") +
                                " ORDER BY rank LIMIT 10";
        return made_.emplace(place, database_.prepare(sql)).first->second;
    }

    void count(const Query& query) {
        if (!facets_)
            facets_ = std::make_unique<Statement>(database_.prepare(
                "SELECT value, count(*) FROM docs WHERE docs MATCH ? GROUP BY value ORDER BY 2 DESC"));
        facets_->bind(1, match_of(query));
        while (facets_->step()) {
        }
        facets_->reset();
    }

    Database& database_;
    std::map<std::pair<Way, bool>, Statement> made_;
    std::unique_ptr<Statement> facets_;
};

}  // namespace

int main(int count, char** values) try {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments.size() < 2) return 2;
    Database database(arguments[1]);
    if (arguments[0] == "build") build(database, arguments.at(2));
    if (arguments[0] == "optimise")
        database.run("PRAGMA cache_size=-200000; INSERT INTO docs(docs) VALUES('optimize');"
                     "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    if (arguments[0] == "ask") {
        Asker asker(database);
        print_samples(std::vector{Way::titles, Way::snippets}, read_queries(arguments.at(2)),
                      std::stoi(arguments.at(3)),
                      [&](Way way, const Query& query) { return asker.ask(way, query); });
    }
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "fts5_peer: %s\n", error.what());
    return 1;
}
