/// Reads the time format of RFC 3339, section 5.6, and nothing else. The library's parser takes prefixes and lets days
/// and hours run over.
enum RFC3339 {
    /// Nanoseconds since the Unix epoch; none where the text is not a time. What lies beyond the years 1678 to
    /// 2262 becomes the nearest instant.
    static func nanoseconds(_ text: String) -> Int64? {
        var scanner = Scanner(bytes: text.utf8)
        guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2),
            scanner.take("-"), let day = scanner.number(digits: 2), scanner.take("T") || scanner.take("t"),
            let hour = scanner.number(digits: 2), scanner.take(":"), let minute = scanner.number(digits: 2),
            scanner.take(":"), let second = scanner.number(digits: 2), let fraction = scanner.fraction(),
            let offset = scanner.offset(), scanner.isAtEnd
        else { return nil }
        guard (1...12).contains(month), (1...daysInMonth(month, of: year)).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        let days = daysSinceEpoch(year, month, day)
        let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second
        let bound = 9_200_000_000
        return Int64(min(max(seconds, -bound), bound)) * 1_000_000_000 + Int64(fraction)
    }

    private static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days of the proleptic Gregorian calendar; years begin in March, so that the leap day is the last.
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }

    private struct Scanner {
        var bytes: String.UTF8View.SubSequence

        init(bytes: String.UTF8View) {
            self.bytes = bytes[...]
        }

        var isAtEnd: Bool { bytes.isEmpty }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard bytes.first == UInt8(ascii: character) else { return false }
            bytes.removeFirst()
            return true
        }

        mutating func number(digits: Int) -> Int? {
            var value = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// The fraction of a second in nanoseconds: 0 where there is none; further digits are read and dropped.
        mutating func fraction() -> Int? {
            guard take(".") else { return 0 }
            guard var value = digit() else { return nil }
            var scale = 1
            while let digit = digit() {
                guard scale < 9 else { continue }
                value = value * 10 + digit
                scale += 1
            }
            while scale < 9 {
                value *= 10
                scale += 1
            }
            return value
        }

        /// Minutes east of UTC.
        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hours = number(digits: 2), take(":"), let minutes = number(digits: 2), hours < 24,
                minutes < 60
            else { return nil }
            return sign * (hours * 60 + minutes)
        }

        private mutating func digit() -> Int? {
            guard let byte = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            bytes.removeFirst()
            return Int(byte - UInt8(ascii: "0"))
        }
    }
}
