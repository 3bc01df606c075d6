import Testing

@testable import PrometheusMetrics

struct RegistrationErrorTests {
    private static let sentences: [(RegistrationError.Reason, String)] = [
        (
            .invalidName("1x"),
            #"The metric name "1x" is invalid: use letters, digits and underscores, not beginning with a digit."#
        ),
        (.nameDoesNotFitType("x", type: .counter), #"The counter "x" must end in _total."#),
        (
            .nameDoesNotFitType("x_sum", type: .gauge),
            #"The gauge "x_sum" must not end in _total, _bucket, _count, _sum or _created."#
        ),
        (
            .nameDoesNotFitType("x_sum", type: .histogram),
            #"The histogram "x_sum" must not end in _total, _bucket, _count, _sum or _created."#
        ),
        (
            .invalidLabelName("le", family: "x"),
            #"The label "le" of "x" is invalid or reserved: use letters, digits and underscores, beginning with a "#
                + #"letter, and neither "le" on a histogram nor "quantile" on a summary."#
        ),
        (.duplicateLabelName("a", family: "x"), #"The label "a" appears twice in "x": rename one of the two."#),
        (
            .missingHelp("x"),
            #"The metric "x" has no help text: say in one sentence what it counts and in which unit."#
        ),
        (
            .clash("x", with: "x_total"),
            #"The metric "x" would print samples that "x_total" prints already: rename one of the two."#
        ),
        (
            .invalidBuckets([2, 1]),
            "The bucket bounds [2.0, 1.0] are invalid: give at least one, all finite and strictly ascending; "
                + "the +Inf bucket is added by itself."
        ),
        (.invalidLimit(0, family: "x"), #"The limit 0 of "x" leaves no place for a child: give at least 1."#),
    ]

    @Test(arguments: sentences)
    func `a reason says what to change`(reason: RegistrationError.Reason, sentence: String) {
        let error = RegistrationError(reason)
        #expect(error.description == sentence)
        #expect(error.reason == reason)
    }
}
