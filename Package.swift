// swift-tools-version:6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "amplifier-voice-exporter",
    products: [
        .library(name: "PrometheusMetrics", targets: ["PrometheusMetrics"]),
        .library(name: "PrometheusProcessMetrics", targets: ["PrometheusProcessMetrics"]),
        .library(name: "PrometheusSwiftMetrics", targets: ["PrometheusSwiftMetrics"]),
        .library(name: "VoiceMonitoring", targets: ["VoiceMonitoring"]),
        .executable(name: "amplifier-voice-exporter", targets: ["amplifier-voice-exporter"]),
    ],
    dependencies: [
        // The HTTP server. Without its traits the process stays free of full Foundation.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        // Buffers, channels and the write deadlines of streams.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        // The parts of requests and responses that a channel handler sees.
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        // Header names and statuses shared with Hummingbird.
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        // Rings that grow: recent event ids and the feeds; the simulator's agenda.
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        // Structured logs.
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        // What libraries count of themselves.
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        // Flags and help text.
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        // Signals and graceful shutdown.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .target(name: "PrometheusMetrics", swiftSettings: swiftSettings),
        .target(
            name: "PrometheusProcessMetrics", dependencies: ["PrometheusMetrics"], swiftSettings: swiftSettings),
        .target(
            name: "PrometheusSwiftMetrics",
            dependencies: ["PrometheusMetrics", .product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: swiftSettings),
        .target(
            name: "VoiceMonitoring",
            dependencies: ["PrometheusMetrics", .product(name: "DequeModule", package: "swift-collections")],
            exclude: ["Prices/prices.json"], swiftSettings: swiftSettings, plugins: ["EmbedFiles"]),
        .target(
            name: "VoiceSimulation",
            dependencies: ["VoiceMonitoring", .product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: swiftSettings),
        .target(name: "VoiceAlerting", dependencies: ["VoiceMonitoring"], swiftSettings: swiftSettings),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "VoiceMonitoringServer",
            dependencies: [
                "CZlib", "PrometheusMetrics", "PrometheusProcessMetrics", "VoiceMonitoring",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Clients/Files", "Dashboard/Files", "OpenAPI"],
            swiftSettings: swiftSettings,
            plugins: ["EmbedFiles"]
        ),
        .plugin(
            name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"], path: "Sources/EmbedFiles"),
        .executableTarget(name: "embed-files", swiftSettings: swiftSettings),
        .executableTarget(
            name: "amplifier-voice-exporter",
            dependencies: [
                "CMalloc", "PrometheusMetrics", "PrometheusSwiftMetrics", "VoiceAlerting", "VoiceMonitoring",
                "VoiceMonitoringServer", "VoiceSimulation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "replay", dependencies: ["PrometheusMetrics", "VoiceMonitoring"], path: "Tests/Replay",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "random-registry", dependencies: ["PrometheusMetrics", "TestSupport"], path: "Tests/RandomRegistry",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "stress",
            dependencies: [
                "PrometheusMetrics", "PrometheusSwiftMetrics", "VoiceMonitoring",
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            path: "Tests/Stress", swiftSettings: swiftSettings),
        .executableTarget(
            name: "ten-lines", dependencies: ["PrometheusMetrics"], path: "Tests/TenLines",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "in-process", dependencies: ["PrometheusMetrics", "VoiceMonitoring"], path: "Tests/InProcess",
            swiftSettings: swiftSettings),
        .target(name: "CAllocations", path: "Tests/Benchmark/CAllocations"),
        .executableTarget(
            name: "benchmark",
            dependencies: [
                "CAllocations", "PrometheusMetrics", "VoiceMonitoring", "VoiceMonitoringServer", "VoiceSimulation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Tests/Benchmark", exclude: ["CAllocations", "Peers"], swiftSettings: swiftSettings),
        .target(name: "TestSupport", path: "Tests/Support", swiftSettings: swiftSettings),
        .testTarget(
            name: "PrometheusMetricsTests", dependencies: ["PrometheusMetrics", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PrometheusProcessMetricsTests", dependencies: ["PrometheusMetrics", "PrometheusProcessMetrics"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PrometheusSwiftMetricsTests",
            dependencies: [
                "PrometheusMetrics", "PrometheusSwiftMetrics",
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "VoiceMonitoringTests", dependencies: ["PrometheusMetrics", "TestSupport", "VoiceMonitoring"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "VoiceSimulationTests",
            dependencies: ["PrometheusMetrics", "TestSupport", "VoiceMonitoring", "VoiceSimulation"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "VoiceAlertingTests", dependencies: ["VoiceAlerting", "VoiceMonitoring"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "VoiceMonitoringServerTests",
            dependencies: [
                "PrometheusMetrics", "VoiceMonitoring", "VoiceMonitoringServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings),
    ]
)
