import Testing

struct ArticleTests {
    @Test(arguments: try Article.names)
    func `every sample of an article is compiled and run`(name: String) throws {
        let article = try Article(name)
        let source = try Article.source(name).withoutIndentation
        #expect(!article.samples.isEmpty)
        for sample in article.samples {
            #expect(source.contains("\n" + sample.withoutIndentation), "\(sample)")
        }
    }

    @Test func `there is an article for each task`() throws {
        #expect(
            try Article.names == [
                "ChooseBuckets", "Count", "Expose", "LabelSafely", "MeasureTime", "PrometheusMetrics",
            ])
    }
}
