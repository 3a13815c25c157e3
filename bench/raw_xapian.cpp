#include "raw_xapian.hpp"

#include <xapian.h>

namespace izde::bench {

void raw_build(const std::filesystem::path& folder, const std::vector<index::Document>& documents) {
    std::filesystem::remove_all(folder);
    Xapian::WritableDatabase database(folder.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("en"));
    for (const index::Document& source : documents) {
        Xapian::Document document;
        generator.set_document(document);
        generator.index_text(source.title);
        generator.index_text(source.body);
        std::string data = source.title + "\n" + source.body;
        for (const index::Furniture& piece : source.boilerplate) {
            generator.index_text(piece.text, 1, "B");
            data += "\n" + piece.text;
        }
        document.set_data(data);
        database.add_document(document);
    }
    database.commit();
}

}  // namespace izde::bench
