import PrometheusMetrics
import Synchronization
import Testing

struct Game: Sendable {
    var wins = CounterValue()
    var players = 0
}

struct GameCollector: Collector {
    private let wins = FamilyDescriptor<CounterValue, NoLabels>("wins_total", help: "Games won.")
    private let players = FamilyDescriptor<GaugeValue, NoLabels>("players", help: "Players.")
    let copy: @Sendable () -> Game

    var families: [AnyFamilyDescriptor] { [wins.erased, players.erased] }

    func collect(into writer: inout ExpositionWriter) {
        let game = copy()
        writer.write(wins, game.wins)
        writer.write(players, GaugeValue(game.players))
    }
}

private final class Table: Sendable {
    let game = Mutex(Game(wins: CounterValue(2), players: 5))
}

@Test func `the samples of Expose answer what it says`() throws {
    let registry = Registry()
    try registry.counter("jobs_total", help: "Jobs done.").increment()

    func answer(_ method: String, _ fields: [(name: String, value: String)]) -> ScrapeResponse {
        registry.respond(to: ScrapeRequest(method: method, headers: fields))
    }

    let response = answer("GET", [("accept", "application/openmetrics-text")])
    let head = ["\(response.status)"] + response.headers.map { "\($0.name): \($0.value)" }
    let body = String(decoding: response.body, as: UTF8.self)
    #expect(try head.joined(separator: "\n") + "\n\n" + body == Article("Expose").outputs.joined())

    let table = Table()
    try register(table, in: registry)
    #expect(registry.text?.contains("\nplayers 5\n") == true)
    #expect(registry.text?.contains("\nwins_total 2\n") == true)
}

private func register(_ table: Table, in registry: Registry) throws {
    try registry.register(GameCollector(copy: { table.game.withLock { $0 } }))
}
