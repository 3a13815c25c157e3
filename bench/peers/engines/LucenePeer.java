// Lucene 8 with its EnglishAnalyzer, positions and offsets, and the texts stored.
//
//   LucenePeer build INDEX TEXTS
//   LucenePeer optimise INDEX
//   LucenePeer ask INDEX QUERIES ROUNDS       as xapian_peer does; many rounds to warm up
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

public class LucenePeer {
    static final int WARM_UP = 20;  // rounds until the compiler has seen everything
    static final String[] WAYS = {"mset", "titles", "snippets"};

    static IndexWriter writer(String path, IndexWriterConfig.OpenMode mode) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
        config.setOpenMode(mode);
        config.setRAMBufferSizeMB(256);
        return new IndexWriter(FSDirectory.open(Paths.get(path)), config);
    }

    static void build(String path, String texts) throws IOException {
        FieldType stored = new FieldType();
        stored.setStored(true);
        stored.setTokenized(true);
        stored.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        stored.freeze();
        try (IndexWriter writer = writer(path, IndexWriterConfig.OpenMode.CREATE);
                BufferedReader reader = Files.newBufferedReader(Paths.get(texts))) {
            for (String line; (line = reader.readLine()) != null;) {
                String[] column = line.split("\t", -1);
                Document document = new Document();
                document.add(new StringField("number", column[0], Field.Store.YES));
                document.add(new StringField("value", column[1], Field.Store.NO));
                document.add(new SortedDocValuesField("value", new BytesRef(column[1])));
                document.add(new StoredField("title", column[2]));
                document.add(new Field("text", column[2] + ". " + column[3] + " " + column[4], stored));
                writer.addDocument(document);
            }
            writer.commit();
        }
    }

    static void optimise(String path) throws IOException {
        try (IndexWriter writer = writer(path, IndexWriterConfig.OpenMode.APPEND)) {
            writer.forceMerge(1);
            writer.commit();
        }
    }

    final Analyzer analyzer = new EnglishAnalyzer();
    final IndexSearcher searcher;
    final UnifiedHighlighter highlighter;

    LucenePeer(String path) throws IOException {
        searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Paths.get(path))));
        searcher.setQueryCache(null);
        highlighter = new UnifiedHighlighter(searcher, analyzer);
        highlighter.setMaxLength(100_000_000);
        highlighter.setBreakIterator(() ->
                LengthGoalBreakIterator.createClosestToLength(BreakIterator.getSentenceInstance(Locale.ROOT), 200));
    }

    Query parse(String kind, String words) throws IOException {
        if (kind.equals("prefix")) return new PrefixQuery(new Term("text", words));
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        int place = -1;
        try (TokenStream tokens = analyzer.tokenStream("text", words)) {
            CharTermAttribute token = tokens.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                Term term = new Term("text", token.toString());
                place += step.getPositionIncrement();
                phrase.add(term, place);
                all.add(new TermQuery(term), kind.equals("or") ? Occur.SHOULD : Occur.MUST);
            }
            tokens.end();
        }
        return kind.equals("phrase") ? phrase.build() : all.build();
    }

    // How the matches spread over the values.
    Map<String, Integer> count(Query query) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        searcher.search(query, new SimpleCollector() {
            SortedDocValues values;
            int[] seen;

            @Override protected void doSetNextReader(LeafReaderContext context) throws IOException {
                gather();
                values = DocValues.getSorted(context.reader(), "value");
                seen = new int[values.getValueCount()];
            }
            @Override public void collect(int document) throws IOException {
                if (values.advanceExact(document)) ++seen[values.ordValue()];
            }
            @Override public ScoreMode scoreMode() { return ScoreMode.COMPLETE_NO_SCORES; }
            void gather() throws IOException {
                for (int i = 0; values != null && i < seen.length; ++i)
                    if (seen[i] > 0) counts.merge(values.lookupOrd(i).utf8ToString(), seen[i], Integer::sum);
            }
        });
        return counts;
    }

    // Returns hits and, of these, those with a mark.
    int[] ask(String way, String[] asked) throws IOException {
        Query query = parse(asked[0], asked[1]);
        if (asked[0].equals("filter"))
            query = new BooleanQuery.Builder().add(query, Occur.MUST)
                    .add(new TermQuery(new Term("value", asked[4])), Occur.FILTER).build();
        TopDocs found = searcher.search(query, 10);
        if (asked[0].equals("facets")) count(query);
        int[] answered = {found.scoreDocs.length, 0};
        if (way.equals("mset") || answered[0] == 0) return answered;
        for (ScoreDoc hit : found.scoreDocs) searcher.doc(hit.doc, java.util.Set.of("title")).get("title");
        if (way.equals("snippets"))
            for (String snippet : highlighter.highlight("text", query, found, 1))
                if (snippet != null && snippet.contains("<b>")) ++answered[1];
        return answered;
    }

    void printSamples(String queries, int rounds) throws IOException {
        List<String[]> asked = new ArrayList<>();
        for (String line : Files.readAllLines(Paths.get(queries))) asked.add(line.split("\t", -1));
        StringBuilder[] lines = new StringBuilder[asked.size() * WAYS.length];
        for (int round = -WARM_UP; round < rounds; ++round)
            for (int i = 0; i < lines.length; ++i) {
                String way = WAYS[i % WAYS.length];
                String[] query = asked.get(i / WAYS.length);
                long start = System.nanoTime();
                int[] answered = ask(way, query);
                double took = (System.nanoTime() - start) / 1e6;
                if (round == -1)
                    lines[i] = new StringBuilder(
                            String.format("%s\t%s\t%d\t%d", way, query[0], answered[0], answered[1]));
                if (round >= 0) lines[i].append(String.format(Locale.ROOT, "\t%.4f", took));
            }
        for (StringBuilder line : lines) System.out.println(line);
    }

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "build": build(arguments[1], arguments[2]); break;
            case "optimise": optimise(arguments[1]); break;
            case "ask": new LucenePeer(arguments[1]).printSamples(arguments[2], Integer.parseInt(arguments[3])); break;
            default: System.exit(2);
        }
    }
}
