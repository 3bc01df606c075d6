"""The alerts as SPEC and the design ask for them, transcribed by hand: independent of the exporter's own table."""

from dataclasses import dataclass, field, replace

import scenes
from series import HOUR, MINUTE

INSTANCE = "{instance}"


@dataclass(frozen=True)
class Alert:
    name: str
    severity: str
    holds_for: int
    symptom: str
    spec_rule: str
    summary: str
    # With {instance} in the place of the instance.
    description: str
    scene: scenes.Scene
    # What tells two scenes of one alert apart.
    variant: str = ""
    labels: dict = field(default_factory=dict)

    @property
    def title(self):
        return f"{self.name} {self.variant}".strip()


def latency_percentiles():
    rows = [
        # SPEC section 2: percentile, warning and critical in seconds as SPEC's messages write them, the guard.
        ("TTFA", "ttfa", "time to first audio", "time_to_first_audio_seconds", 50, "600ms", "1s", 10),
        ("TTFA", "ttfa", "time to first audio", "time_to_first_audio_seconds", 95, "1.2s", "2s", 20),
        ("TTFA", "ttfa", "time to first audio", "time_to_first_audio_seconds", 99, "2.5s", "4s", 100),
        ("Turn", "turn", "turn latency", "turn_duration_seconds", 50, "2s", "3s", 10),
        ("Turn", "turn", "turn latency", "turn_duration_seconds", 95, "3.5s", "5s", 20),
        ("Turn", "turn", "turn latency", "turn_duration_seconds", 99, "7s", "10s", 100),
    ]
    # SPEC section 10.
    spec_rules = {
        ("TTFA", 95, "warning"): ("high_ttfa_p95", "TTFA P95 exceeds 1.2s"),
        ("TTFA", 95, "critical"): ("critical_ttfa_p95", "TTFA P95 exceeds 2s - user experience degraded"),
    }
    for title, slug, words, family, percent, warning, critical, minimum in rows:
        for severity, suffix, bound, holds_for in [
            ("warning", "High", warning, 5 * MINUTE), ("critical", "Critical", critical, 1 * MINUTE),
        ]:
            threshold = float(bound[:-2]) / 1000 if bound.endswith("ms") else float(bound[:-1])
            threshold = int(threshold) if threshold.is_integer() else threshold
            spec_rule, summary = spec_rules.get(
                (title, percent, severity), (f"latency.{slug}_p{percent}", f"{title} P{percent} exceeds {bound}"))
            value = 1000 * scenes.next_value(family, percent / 100, threshold)
            yield Alert(
                f"Voice{title}P{percent}{suffix}", severity, holds_for, slug, spec_rule, summary,
                f"The {percent}th percentile of the {words} of {INSTANCE} over the last 5 minutes is {value:.0f} ms, "
                f"above the {severity} threshold of {bound}.",
                scenes.quantile(family, percent / 100, threshold, minimum))


def component_targets():
    # SPEC section 2, component-level breakdown.
    rows = [
        ("WebRTCConnect", "webrtc_connect", "WebRTC connection", "webrtc_connect", "webrtc_connect_ms", 0.5, {}),
        ("SessionCreate", "session_create", "OpenAI session creation", "session_create", "session_create_ms", 0.3, {}),
        ("SDPExchange", "sdp_exchange", "SDP exchange", "sdp_exchange", "sdp_exchange_ms", 0.4, {}),
        ("ToolExecution", "tool_execution", "tool execution", "tool_call", "tool_exec_ms", 5, {"tool": "bash"}),
        (
            "AmplifierTask", "amplifier_task", "Amplifier task completion", "task", "amplifier_task_ms", 30,
            {"agent": "bug-hunter"},
        ),
    ]
    for name, symptom, words, family, metric, target, labels in rows:
        family = f"{family}_duration_seconds"
        bound = f"{target}s" if target >= 1 else f"{1000 * target:.0f}ms"
        value = 1000 * scenes.next_value(family, 0.5, target)
        yield Alert(
            f"Voice{name}AboveTarget", "info", 15 * MINUTE, symptom, f"latency.{metric}",
            f"{words[0].upper()}{words[1:]} is slower than its target of {bound}",
            f"The median duration of {words} of {INSTANCE} over the last hour is {value:.0f} ms, "
            f"above the target of {bound}.",
            scenes.quantile(family, 0.5, target, 10, window=HOUR, **labels))


def error_rates():
    # SPEC section 10, and for the categories section 4 with its column "Action".
    rows = [
        (
            "VoiceErrorRate", "error_rate", "error rate", "infrastructure", "network_timeout", "5", "20",
            ("high_error_rate", "Error rate exceeds {}/min"),
            ("critical_error_rate", "Error rate exceeds {}/min - investigate immediately"),
        ),
        *[
            (
                f"Voice{name}Errors", f"{category}_errors", f"rate of errors in the category {category}", category,
                code, warning, critical,
                *[("errors.rate_by_category", f"Error rate of {category} exceeds {{}}/min - {action}")] * 2,
            )
            for name, category, code, warning, critical, action in [
                ("Infrastructure", "infrastructure", "network_timeout", "1", "5", "check network, WebRTC"),
                ("OpenAIAPI", "openai_api", "rate_limit_exceeded", "2", "10", "check rate limits, API status"),
                ("Amplifier", "amplifier", "tool_not_found", "1", "5", "check bundle, tool health"),
                ("Audio", "audio", "codec_error", "0.5", "2", "check codec, audio pipeline"),
                ("Session", "session", "invalid_state", "0.5", "2", "check session lifecycle"),
            ]
        ],
    ]
    for name, symptom, words, category, code, warning, critical, *messages in rows:
        for severity, suffix, bound, holds_for, (spec_rule, summary) in [
            ("warning", "High", warning, 5 * MINUTE, messages[0]),
            ("critical", "Critical", critical, 1 * MINUTE, messages[1]),
        ]:
            yield Alert(
                f"{name}{suffix}", severity, holds_for, symptom, spec_rule, summary.format(bound),
                f"The {words} of {INSTANCE} over the last 5 minutes is {float(bound) + 0.2:.2f} per minute, "
                f"above the {severity} threshold of {bound}/min.",
                scenes.error_rate(category, code, float(bound)))


def session_failures():
    for severity, suffix, bound, holds_for, spec_rule in [
        ("warning", "High", 10, 5 * MINUTE, "high_session_failure"),
        ("critical", "Critical", 25, 1 * MINUTE, "errors.session_failure_rate"),
    ]:
        yield Alert(
            f"VoiceSessionFailure{suffix}", severity, holds_for, "session_failure", spec_rule,
            f"Session failure rate exceeds {bound}%",
            f"The share of failed sessions of {INSTANCE} over the last hour is {bound}.1 %, "
            f"above the {severity} threshold of {bound}%.",
            scenes.session_failure(bound))


def audio():
    # SPEC sections 5 and 10.
    loss = (
        "VoicePacketLossHigh", "warning", 5 * MINUTE, "packet_loss", "high_packet_loss", "Packet loss exceeds 3%",
        f"The packet loss of {INSTANCE} over the last 5 minutes is 3.1 %, above the warning threshold of 3%.",
    )
    yield Alert(
        *loss,
        scenes.packets(at=(300, 9700), past=(310, 9690), good=(100, 9900), few=(499, 500), enough=(500, 500)),
        "by packets")
    yield Alert(
        *loss,
        scenes.loss_reports(at=(60, 2000), past=(62, 2000), good=(20, 2000), few=(29, 29), enough=(30, 30)),
        "by reports")
    yield Alert(
        "VoiceJitterHigh", "warning", 5 * MINUTE, "jitter", "audio.jitter_ms", "Jitter exceeds 50ms",
        f"The mean jitter of {INSTANCE} over the last 5 minutes is 51 ms, above the warning threshold of 50ms.",
        scenes.mean("audio_jitter_seconds", at=(20, 400), past=(20.4, 400), good=(8, 400), minimum=30))
    yield Alert(
        "VoiceRoundTripTimeHigh", "warning", 5 * MINUTE, "round_trip_time", "audio.rtt_ms",
        "Round-trip time exceeds 200ms",
        f"The mean round-trip time of {INSTANCE} over the last 5 minutes is 201 ms, "
        "above the warning threshold of 200ms.",
        scenes.mean("audio_round_trip_time_seconds", at=(80, 400), past=(80.4, 400), good=(20, 400), minimum=30))
    yield Alert(
        "VoiceAudioQualityPoor", "warning", 5 * MINUTE, "audio_quality", "poor_audio_quality",
        "Audio quality degraded - MOS below 3.5",
        f"The mean opinion score of {INSTANCE} over the last 5 minutes is 3.49, below the warning threshold of 3.5.",
        scenes.mean(
            "audio_mos_score", at=(1400, 400), past=(1396, 400), good=(1680, 400), minimum=30, model="spec"),
        labels={"model": "spec"})
    yield Alert(
        "VoiceAudioReportsMissing", "info", 10 * MINUTE, "audio_reports_missing", None,
        "No client reports its audio quality",
        f"{INSTANCE} has 3 sessions in conversation and no report of their audio in the last 5 minutes.",
        scenes.audio_reports(conversing=3))


def amplifier():
    # SPEC section 10: anything but healthy is critical.
    for state in ("degraded", "unhealthy"):
        yield Alert(
            "VoiceAmplifierUnhealthy", "critical", 1 * MINUTE, "bridge_health", "amplifier_unhealthy",
            "Amplifier bridge unhealthy", f"The bridge of {INSTANCE} reports that it is {state}.",
            scenes.bridge_health(state), state)
    yield Alert(
        "VoiceTaskBacklog", "warning", 5 * MINUTE, "task_backlog", "task_backlog",
        "Amplifier task queue backing up",
        f"The number of waiting Amplifier tasks of {INSTANCE} is 11, above the warning threshold of 10.",
        scenes.gauge("amplifier_voice_task_queue_depth", at=10, past=11))
    yield Alert(
        "VoiceBridgeHealthCheckStale", "warning", 1 * MINUTE, "bridge_report", None,
        "Amplifier bridge does not report its health", f"The bridge of {INSTANCE} reported 2m 1s ago.",
        scenes.bridge_report(at=120, past=121))


def exporter():
    yield Alert(
        "VoiceSessionsNearLimit", "info", 10 * MINUTE, "capacity", None, "Active sessions are near the limit",
        f"{INSTANCE} carries 82% of the sessions it is meant to.", scenes.sessions(at=40, past=41, limit=50))
    yield Alert(
        "VoiceExporterDown", "critical", 1 * MINUTE, "exporter_down", None, "Exporter cannot be scraped",
        f"Prometheus gets no metrics from {INSTANCE} (up is 0): nothing is known of its sessions.", scenes.up(0))
    yield Alert(
        "VoiceExporterErrors", "warning", 5 * MINUTE, "exporter_errors", None, "Exporter fails at its own work",
        f"The exporter {INSTANCE} has 0.20 failures per minute.",
        scenes.counter("amplifier_voice_exporter_errors_total", 5 * MINUTE, at=0, past=1, cause="stream"))
    yield Alert(
        "VoiceEventsRejected", "warning", 5 * MINUTE, "events_rejected", None, "Exporter refuses events",
        f"The exporter {INSTANCE} refuses 0.20 events per minute: what they tell is missing from every number.",
        scenes.counter(
            "amplifier_voice_exporter_ingest_rejected_events_total", 5 * MINUTE, at=0, past=1, reason="wrong_type"))
    yield Alert(
        "VoiceServerRestarting", "warning", 0, "restarts", None, "Exporter restarts repeatedly",
        f"{INSTANCE} restarted 3 times in the last 15 minutes.", scenes.restarts(at=2, past=3))
    yield Alert(
        "VoiceLabelOverflow", "info", 0, "label_overflow", None, "Names of tools or agents are counted as other",
        f"{INSTANCE} met more values of the label tool than have a place: 7 uses in the last hour count as other.",
        scenes.counter("amplifier_voice_exporter_label_overflows_total", HOUR, at=0, past=7, label="tool"),
        labels={"label": "tool"})
    # SPEC section 11: SSE latency below 100 ms.
    value = 1000 * scenes.next_value("exporter_sse_delivery_delay_seconds", 0.95, 0.1)
    yield Alert(
        "VoiceSSESlow", "info", 10 * MINUTE, "stream_delay", "SSE latency",
        "Live stream is slower than its target of 100ms",
        f"The 95th percentile of the delivery delay of {INSTANCE} is {value:.0f} ms over the last 5 minutes.",
        scenes.quantile("exporter_sse_delivery_delay_seconds", 0.95, 0.1, 20))


def budget():
    # 95 % of turns have first audio within 1.2 s. The budget is 5 %; used up 14.4, 6, 3 and 1 times too fast.
    for severity, suffix, window, longer, slow in [
        ("critical", "Critical", HOUR, 6 * HOUR, 720), ("critical", "Critical", 6 * HOUR, 6 * HOUR, 300),
        ("warning", "High", 24 * HOUR, 72 * HOUR, 150), ("warning", "High", 72 * HOUR, 72 * HOUR, 50),
    ]:
        yield Alert(
            f"VoiceFirstAudioBudgetBurn{suffix}", severity, (1 if severity == "critical" else 5) * MINUTE,
            "first_audio_budget", None, "Error budget of first audio within 1.2s burns too fast",
            f"{(slow + 1) / 10:g}% of the turns of {INSTANCE} got their first audio later than 1.2s; "
            "the objective allows 5%.",
            scenes.slow_first_audio(window, longer, slow), f"over {window // HOUR} h")


def realtime():
    """What raw Realtime events tell. SPEC has nothing of it."""
    yield Alert(
        "VoiceDeadAir", "warning", 1 * MINUTE, "dead_air", None, "Users hear nothing after they spoke",
        f"3 turns of users of {INSTANCE} in the last 5 minutes were followed by nothing audible.",
        scenes.counter("amplifier_voice_dead_air_total", 5 * MINUTE, at=2, past=3, cause="tool_running"))
    yield Alert(
        "VoiceResponsesFailing", "warning", 5 * MINUTE, "responses_failing", None,
        "Responses of the model fail or are cut short",
        f"10.1% of the model's responses of {INSTANCE} over the last 5 minutes failed or are incomplete.",
        scenes.failing_responses(at=100, past=101, good=50, minimum=20))
    yield Alert(
        "VoiceRateLimitExhaustion", "warning", 1 * MINUTE, "rate_limit", None,
        "A rate limit of the Realtime API is about to be used up",
        f"At this pace the limit of tokens of {INSTANCE} is used up within 5 minutes: -600 would be left then.",
        scenes.rate_limit(at=2010, past=1400, per_step=100, maximum=40_000), labels={"limit": "tokens"})
    yield Alert(
        "VoiceOrphanedInterruptions", "info", 0, "orphaned_interruptions", None,
        "Noise cuts off replies and nothing takes their place",
        f"3 replies of {INSTANCE} in the last hour were cut off by no speech, and nothing followed.",
        scenes.counter("amplifier_voice_interruptions_orphaned_total", HOUR, at=2, past=3))
    value = 1000 * scenes.next_value("tool_queue_wait_seconds", 0.95, 5)
    yield Alert(
        "VoiceToolQueueSlow", "warning", 5 * MINUTE, "tool_queue", None, "Tool calls wait long before they run",
        f"The 95th percentile of the wait of tool calls of {INSTANCE} over the last hour is {value:.0f} ms.",
        scenes.quantile("tool_queue_wait_seconds", 0.95, 5, 20, window=HOUR))
    yield Alert(
        "VoiceUsageUnpriced", "info", 0, "unpriced_usage", None, "The cost of some usage is unknown",
        f"The cost of 7 responses and transcriptions of {INSTANCE} in the last hour is unknown: "
        "the sums of money lack them.",
        scenes.counter("amplifier_voice_unpriced_usage_total", HOUR, at=0, past=7, reason="no_price"))


ALERTS = [
    *latency_percentiles(), *component_targets(), *error_rates(), *session_failures(), *audio(), *amplifier(),
    *exporter(), *budget(), *realtime(),
]

# Numbers for which SPEC has a warning only: the alerts of a configuration that makes it critical, too. By the names of
# the warnings, each with the number and its bound.
WARNINGS_ONLY = {
    "VoicePacketLossHigh": ("VoicePacketLossCritical", "audio.packet_loss_pct", 3),
    "VoiceJitterHigh": ("VoiceJitterCritical", "audio.jitter_ms", 50),
    "VoiceRoundTripTimeHigh": ("VoiceRoundTripTimeCritical", "audio.rtt_ms", 200),
    "VoiceAudioQualityPoor": ("VoiceAudioQualityCritical", "audio.mos_score", 3.5),
    "VoiceTaskBacklog": ("VoiceTaskBacklogCritical", "amplifier.queue_depth", 10),
}
CONFIGURATION = {"thresholds": {
    number: {"warning": bound, "critical": bound} for _, number, bound in WARNINGS_ONLY.values()}}


def configured():
    for alert in ALERTS:
        if alert.name in WARNINGS_ONLY:
            name, number, _ = WARNINGS_ONLY[alert.name]
            yield replace(
                alert, name=name, severity="critical", holds_for=1 * MINUTE,
                # SPEC's own name of the rule is that of the warning.
                spec_rule="task_backlog" if number == "amplifier.queue_depth" else number,
                description=alert.description.replace("warning", "critical"))


CONFIGURED = list(configured())

# Alerts that a missing series fires instead of silencing; they have tests of their own.
OF_MISSING_SERIES = {"VoiceExporterAbsent", "Watchdog"}
