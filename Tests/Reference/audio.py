"""Audio reports: cumulative counters become deltas of one session, readings become means of reports."""

from dataclasses import dataclass, field
from typing import Dict, List, Optional, Tuple

from .clock import Moment, Now, duration_ms
from .mos import g107_mos, quality_rating, spec_mos
from .status import OneOf, number_status
from .windows import FIVE_MINUTES, HOUR_WINDOW, mean

SESSIONS_SHOWN = 100
REPORTS_NEEDED = 30
MEANS = ("jitter_ms", "rtt_ms", "mos_score", "mos_g107", "bitrate_kbps", "buffer_level_ms")


@dataclass
class SessionAudio:
    """What is known of the reports of one session since it was opened."""

    session_id: str
    begin_was_seen: bool
    counters: Dict[str, int] = field(default_factory=dict)
    packets: Optional[Tuple[int, int]] = None
    bytes_received_at: Optional[Moment] = None
    vad_source: Optional[str] = None
    reports: int = 0
    last_report: int = -1
    lost: int = 0
    received: int = 0
    losses_told: List[float] = field(default_factory=list)
    jitter: List[float] = field(default_factory=list)
    rtt: List[float] = field(default_factory=list)
    mos: List[float] = field(default_factory=list)
    underruns: int = 0
    dropouts_ms: float = 0.0

    def delta(self, name: str, value: Optional[int]) -> int:
        if value is None:
            return 0
        before = self.counters.get(name, 0 if self.begin_was_seen else None)
        self.counters[name] = value
        return value - before if before is not None and value >= before else 0

    def packet_deltas(self, lost: Optional[int], received: Optional[int]) -> Optional[Tuple[int, int]]:
        if lost is None or received is None:
            return None
        before = self.packets if self.packets is not None else ((0, 0) if self.begin_was_seen else None)
        self.packets = (lost, received)
        if before is None or received < before[1]:
            return None
        deltas = max(0, lost - before[0]), received - before[1]
        return deltas if sum(deltas) > 0 else None

    def json(self, duration_ms: Optional[float]) -> dict:
        packets = self.lost + self.received
        return {
            "session_id": self.session_id,
            "duration_ms": duration_ms,
            "avg_packet_loss_pct": 100 * self.lost / packets if packets else mean(self.losses_told),
            "avg_jitter_ms": mean(self.jitter),
            "avg_rtt_ms": mean(self.rtt),
            "avg_mos": mean(self.mos),
            "total_underruns": self.underruns,
            "total_dropouts_ms": self.dropouts_ms,
        }


class Audio:
    def __init__(self) -> None:
        self.readings: Dict[str, List[Tuple[int, float]]] = {name: [] for name in MEANS}
        self.losses: List[float] = []
        self.losses_told: List[Tuple[int, float]] = []
        self.packets: List[Tuple[int, Tuple[int, int]]] = []
        self.underruns: List[Tuple[int, int]] = []
        self.totals = {name: 0 for name in ("vad", "false_positives", "bytes_received", "bytes_sent")}
        self.dropouts_ms = 0.0
        self.codec: Optional[str] = None
        self.sample_rate_hz: Optional[int] = None
        self.report_number = 0

    def _read(self, now: Now, name: str, value: Optional[float]) -> None:
        if value is not None:
            self.readings[name].append((now.mono, float(value)))

    def sessionless_report(self, now: Now, report: dict) -> None:
        self._read(now, "jitter_ms", report.get("jitter_ms"))
        self._read(now, "rtt_ms", report.get("rtt_ms"))

    def report(self, now: Now, moment: Moment, report: dict, session: Optional[SessionAudio]) -> None:
        """A report of a session; `None` stands for one that has ended, whose counters have no baseline any more."""
        session = session or SessionAudio("", begin_was_seen=False)
        self.report_number += 1
        session.reports += 1
        session.last_report = self.report_number

        told_loss = report.get("packet_loss_pct")
        packets = session.packet_deltas(report.get("packetsLost"), report.get("packetsReceived"))
        if packets is not None:
            self.packets.append((now.mono, packets))
            session.lost += packets[0]
            session.received += packets[1]
        loss = 100 * packets[0] / sum(packets) if packets is not None else told_loss
        if told_loss is not None:
            self.losses_told.append((now.mono, float(told_loss)))
            session.losses_told.append(float(told_loss))
        if loss is not None:
            self.losses.append(float(loss))

        jitter, rtt, buffer_level = (report.get(name) for name in ("jitter_ms", "rtt_ms", "buffer_level_ms"))
        self._read(now, "jitter_ms", jitter)
        self._read(now, "rtt_ms", rtt)
        self._read(now, "buffer_level_ms", buffer_level)
        if jitter is not None:
            session.jitter.append(float(jitter))
        if rtt is not None:
            session.rtt.append(float(rtt))
        if loss is not None and jitter is not None and rtt is not None:
            mos = spec_mos(loss, jitter, rtt)
            self._read(now, "mos_score", mos)
            session.mos.append(mos)
        if loss is not None and rtt is not None and buffer_level is not None:
            self._read(now, "mos_g107", g107_mos(loss, rtt, buffer_level))

        self._bytes(now, moment, report, session)
        self._vad(report, session)
        underruns = session.delta("buffer_underruns", report.get("buffer_underruns"))
        session.underruns += underruns
        self.underruns.append((now.mono, underruns))
        session.dropouts_ms += report.get("dropout_ms") or 0
        self.dropouts_ms += report.get("dropout_ms") or 0
        if report.get("codec") is not None:
            self.codec = report["codec"]
        if report.get("sample_rate_hz") is not None:
            self.sample_rate_hz = report["sample_rate_hz"]

    def _bytes(self, now: Now, moment: Moment, report: dict, session: SessionAudio) -> None:
        before = session.counters.get("bytesReceived")
        value = report.get("bytesReceived")
        delta = session.delta("bytesReceived", value)
        self.totals["bytes_received"] += delta
        self.totals["bytes_sent"] += session.delta("bytesSent", report.get("bytesSent"))
        bitrate = report.get("bitrate_kbps")
        if value is not None:
            if bitrate is None and before is not None and value >= before:
                between = duration_ms(session.bytes_received_at, moment)
                bitrate = 8 * delta / between if between else None
            session.bytes_received_at = moment
        self._read(now, "bitrate_kbps", bitrate)

    def _vad(self, report: dict, session: SessionAudio) -> None:
        triggered, false_positives = report.get("vad_triggered_count"), report.get("false_positive_interrupts")
        if triggered is None and false_positives is None:
            return
        session.vad_source = session.vad_source or "reports"
        if session.vad_source == "reports":
            self.totals["vad"] += session.delta("vad_triggered_count", triggered)
            self.totals["false_positives"] += session.delta("false_positive_interrupts", false_positives)

    def vad(self, outcome: str, session: Optional[SessionAudio]) -> None:
        if session is not None:
            session.vad_source = session.vad_source or "events"
            if session.vad_source != "events":
                return
        self.totals["vad"] += 1
        self.totals["false_positives"] += outcome == "false_positive"

    @staticmethod
    def _buffer_health(level: Optional[float], jitter: Optional[float]) -> Optional[str]:
        if level is None:
            return None
        return "healthy" if level > (jitter or 0) else "low"

    def json(self, now: Now, by_session: Dict[str, dict]) -> dict:
        values = {name: FIVE_MINUTES.values(now, self.readings[name]) for name in MEANS}
        means = {name: mean(values[name]) for name in MEANS}
        packets = FIVE_MINUTES.values(now, self.packets)
        lost, total = sum(lost for lost, _ in packets), sum(map(sum, packets))
        told = FIVE_MINUTES.values(now, self.losses_told)
        if total:
            loss_status = number_status("packet_loss_pct", 100 * lost / total, total)
        elif told:
            loss_status = number_status("packet_loss_pct", mean(told), len(told), REPORTS_NEEDED)
        else:
            # Without a report nobody knows which of the two guards will apply.
            loss_status = number_status("packet_loss_pct", None, 0)
            loss_status["minimum_samples"] = OneOf({1000, REPORTS_NEEDED})
        return {
            "packet_loss_pct": loss_status["value"],
            **means,
            "codec": self.codec,
            "sample_rate_hz": self.sample_rate_hz,
            "buffer_health": self._buffer_health(means["buffer_level_ms"], means["jitter_ms"]),
            "quality_rating": None if means["mos_score"] is None else quality_rating(means["mos_score"]),
            "vad_triggered_count": self.totals["vad"],
            "false_positive_interrupts": self.totals["false_positives"],
            "buffer_underruns": sum(count for _, count in self.underruns),
            "buffer_underruns_last_hour": sum(HOUR_WINDOW.values(now, self.underruns)),
            "avg_by_session": by_session,
            "status": {
                "packet_loss_pct": loss_status,
                **{
                    name: number_status(name, means[name], len(values[name]))
                    for name in ("jitter_ms", "rtt_ms", "mos_score")
                },
            },
        }
