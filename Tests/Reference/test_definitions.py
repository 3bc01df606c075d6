"""The reference on hand-made logs, where the right answer is plain from the definitions."""

import pytest

from .clock import MILLISECOND, SECOND
from .mos import spec_mos
from .status import OneOf
from .story import START, Story


def started(session_id="a", **start):
    story = Story(**start)
    story.say("session.started", session_id=session_id)
    return story


# Sessions.


def test_a_session_is_opened_once_and_its_first_end_wins():
    story = started()
    story.wait(60)
    assert story.say("session.ended", session_id="a") == "accepted"
    story.wait(1)
    assert story.say("session.ended", session_id="a", duration_ms=5) == "accepted"
    sessions = story.section("sessions")
    assert (sessions["active_count"], sessions["total_today"], sessions["duration_count"]) == (0, 1, 1)
    assert sessions["avg_duration_ms"] == sessions["median_duration_ms"] == 60_000
    assert sessions["peak_concurrent_24h"] == 1
    assert story.metric("exporter_repeated_session_ends_total") == 1


def test_an_end_of_a_session_never_seen_opens_nothing():
    story = Story()
    story.say("session.ended", session_id="ghost")
    assert story.section("sessions")["total_today"] == 0
    assert story.metric("exporter_repeated_session_ends_total") == 1


def test_a_lease_runs_out_at_its_last_nanosecond_and_not_before():
    story = started()
    story.wait(30)
    story.say("session.heartbeat", session_id="a")
    story.monitor.run({"advance_ns": 120 * SECOND - 1})
    assert story.section("sessions")["active_count"] == 1
    story.monitor.run({"advance_ns": 1})
    sessions = story.section("sessions")
    assert (sessions["active_count"], sessions["avg_duration_ms"]) == (0, 30_000)
    assert sessions["last_session_ended"] == START["wall_ns"] + 30 * SECOND
    assert story.metric("sessions_lost_total") == story.metric("sessions_ended_total") == 1


def test_a_lost_session_is_opened_anew_by_anything_but_an_end():
    story = started()
    story.wait(121)
    story.say("session.ended", session_id="a")
    assert story.states() == []
    story.say("vad", session_id="a", outcome="speech")
    assert story.states() == ["active"]
    assert story.metric("sessions_started_total") == 2


def test_an_ended_session_comes_back_only_by_a_start_until_it_is_forgotten():
    story = started()
    story.say("session.ended", session_id="a")
    story.say("session.connecting", session_id="a")
    story.say("latency.sample", session_id="a", metric="ttfa", value_ms=10)
    assert story.states() == []
    assert story.section("latency")["ttfa"]["count"] == 1
    assert story.metric("exporter_late_session_events_total") == 2
    story.say("session.started", session_id="a")
    assert story.states() == ["active"]
    story.say("session.ended", session_id="a")
    story.wait(600)
    story.say("session.heartbeat", session_id="a")
    assert story.states() == ["active"]
    assert story.metric("exporter_late_session_events_total") == 2


def test_connecting_does_not_count_as_active_and_has_no_duration():
    story = Story()
    story.say("session.connecting", session_id="a")
    sessions = story.section("sessions")
    assert (sessions["active_count"], sessions["connecting_count"], sessions["peak_concurrent_24h"]) == (0, 1, 0)
    story.wait(5)
    story.say("session.ended", session_id="a")
    assert story.section("sessions")["duration_count"] == 0
    assert story.metric("sessions_ended_total") == 1


def test_a_duration_begins_when_the_session_is_first_connected():
    story = Story()
    story.say("session.connecting", session_id="a")
    story.wait(5)
    story.say("session.state", session_id="a", state="idle")
    story.wait(7)
    story.say("session.ended", session_id="a")
    assert story.section("sessions")["max_duration_ms"] == 7000


def test_a_session_follows_its_tool_calls_until_someone_reports_its_state():
    story = Story()
    story.say("session.connecting", session_id="a")
    story.say("tool.started", session_id="a", call_id="1", tool_name="bash")
    story.say("tool.started", session_id="a", call_id="2", tool_name="bash")
    assert story.states() == ["tool_executing"]
    story.say("tool.finished", call_id="1", tool_name="bash", success=True, duration_ms=1)
    assert story.states() == ["tool_executing"]
    story.say("tool.finished", call_id="2", tool_name="bash", success=True, duration_ms=1)
    assert story.states() == ["active"]
    story.say("session.state", session_id="a", state="idle")
    story.say("tool.started", session_id="a", call_id="3", tool_name="bash")
    assert story.states() == ["idle"]


def test_a_session_is_active_again_when_the_lease_of_its_call_runs_out():
    story = Story()
    story.say("tool.started", session_id="a", call_id="1", tool_name="bash")
    for _ in range(9):
        story.wait(60)
        story.say("session.heartbeat", session_id="a")
    assert story.states() == ["tool_executing"]
    story.wait(60)
    assert story.section("tools")["in_progress"] == 0
    assert story.states() == ["active"]


def test_the_peak_is_the_highest_level_of_the_day_and_the_level_itself_without_change():
    story = Story()
    for name in "abc":
        story.say("session.started", session_id=name)
    story.say("session.ended", session_id="a")
    assert story.section("sessions")["peak_concurrent_24h"] == 3
    for _ in range(25 * 60):
        story.wait(60)
        story.say("session.heartbeat", session_id="b")
        story.say("session.heartbeat", session_id="c")
    sessions = story.section("sessions")
    assert (sessions["active_count"], sessions["peak_concurrent_24h"]) == (2, 2)


def test_today_ends_at_local_midnight_and_is_remembered_when_the_clock_jumps_back():
    story = Story(utc_offset_s=3600, wall_ns=START["wall_ns"] + 39_590 * SECOND)
    story.say("session.started", session_id="a")
    assert story.section("sessions")["total_today"] == 1
    story.wait(10)
    assert story.section("sessions")["total_today"] == 0
    story.say("session.started", session_id="b")
    story.say("session.started", session_id="c")
    assert story.section("sessions")["total_today"] == 2
    story.jump(-7200)
    assert story.section("sessions")["total_today"] == 1
    story.jump(7200)
    assert story.section("sessions")["total_today"] == 2


def test_the_last_times_follow_a_clock_that_is_set_back():
    story = Story()
    story.say("session.started", session_id="a")
    story.say("tool.finished", **finish("1"))
    story.jump(-7200)
    story.wait(10)
    story.say("session.started", session_id="b")
    story.say("tool.finished", **finish("2"))
    now = story.monitor.now.wall
    assert story.section("sessions")["last_session_started"] == now
    assert story.section("tools")["by_tool"]["bash"]["last_called"] == now


def test_the_last_time_is_the_latest_that_was_told_and_not_the_last_received():
    story = Story()
    story.say("session.started", session_id="a")
    story.wait(1)
    story.say("session.started", session_id="b", at_ms=-60_000)
    assert story.section("sessions")["last_session_started"] == START["wall_ns"]


def test_a_call_of_a_lost_session_says_nothing_of_the_next_one():
    story = Story()
    story.say("tool.started", session_id="a", **call("1"))
    story.wait(121)
    story.say("tool.started", session_id="a", **call("2"))
    story.say("tool.finished", **finish("1"))
    assert story.states() == ["tool_executing"]
    story.say("tool.finished", **finish("2"))
    assert story.states() == ["active"]


# Times and repeats.


def test_a_repeated_id_counts_once_within_ten_minutes():
    story = Story()
    error = {"category": "audio", "code": "codec_error", "message": "x", "id": "e"}
    assert story.say("error", **error) == "accepted"
    story.wait(599)
    assert story.say("error", **error) == "duplicate"
    story.wait(1)
    assert story.say("error", **error) == "accepted"
    assert story.metric("errors_total", category="audio", code="codec_error") == 2


def test_a_repeated_id_renews_no_lease():
    story = Story()
    story.say("session.heartbeat", session_id="a", id="e")
    story.wait(119)
    assert story.say("session.heartbeat", session_id="a", id="e") == "duplicate"
    story.wait(1)
    assert story.section("sessions")["active_count"] == 0


def test_a_time_more_than_five_minutes_off_is_replaced_and_counted():
    story = Story()
    error = {"category": "audio", "code": "codec_error", "message": "x"}
    for off_ms in (300_000, -300_000, 300_001, -300_001):
        story.say("error", at_ms=off_ms, **error)
    shown = [record["timestamp"] - START["wall_ns"] for record in story.section("errors")["recent_errors"]]
    assert shown == [0, 0, -300 * SECOND, 300 * SECOND]
    assert story.metric("exporter_replaced_event_times_total") == 2


def test_a_clock_that_jumps_changes_no_window_and_no_duration_of_receipts():
    story = started()
    story.say("latency.sample", metric="ttfa", value_ms=100)
    story.wait(10)
    story.jump(-7200)
    assert story.section("latency")["ttfa"]["count"] == 1
    story.say("session.ended", session_id="a")
    assert story.section("sessions")["avg_duration_ms"] == 10_000


def test_told_times_across_a_jump_give_no_negative_duration():
    story = Story()
    story.say("session.started", session_id="a", at_ms=0)
    story.jump(-7200)
    story.say("session.ended", session_id="a", at_ms=0)
    assert story.section("sessions")["duration_count"] == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "latency.sample", "metric": "ttfa", "value_ms": -1, "session_id": "a"},
        {"type": "audio.stats", "session_id": "a"},
        {"type": "error", "category": "weather", "code": "x", "message": "y", "session_id": "a"},
        {"type": "session.started", "session_id": ""},
    ],
)
def test_an_invalid_event_changes_nothing(fields):
    story = Story()
    kind = fields.pop("type")
    assert story.say(kind, id="i", **fields) == "rejected"
    assert story.states() == []
    assert story.say("session.started", id="i", session_id="a") == "accepted"


# Latency.


def test_marks_give_both_latencies_in_any_order():
    story = Story()
    for mark, offset in (("response_complete", 1900), ("audio_playback_start", 480), ("speech_end_detected", 100)):
        story.say("turn.mark", session_id="a", turn_id="t", mark=mark, offset_ms=offset)
    latency = story.section("latency")
    assert (latency["ttfa"]["max"], latency["turn"]["max"]) == (380, 1800)


def test_the_first_mark_of_a_name_counts():
    story = Story()
    turn = {"session_id": "a", "turn_id": "t"}
    story.say("turn.mark", mark="speech_end_detected", offset_ms=100, **turn)
    story.say("turn.mark", mark="speech_end_detected", offset_ms=200, **turn)
    story.say("turn.mark", mark="response_complete", offset_ms=1000, **turn)
    story.say("turn.mark", mark="response_complete", offset_ms=3000, **turn)
    latency = story.section("latency")
    assert (latency["turn"]["count"], latency["turn"]["max"]) == (1, 900)


def test_a_told_latency_suppresses_the_derived_one_and_the_other_way_round():
    story = Story()
    turn = {"session_id": "a", "turn_id": "t"}
    story.say("latency.sample", metric="ttfa", value_ms=300, **turn)
    assert story.say("latency.sample", metric="ttfa", value_ms=301, **turn) == "duplicate"
    story.say("turn.mark", mark="speech_end_detected", offset_ms=0, **turn)
    story.say("turn.mark", mark="audio_playback_start", offset_ms=900, **turn)
    story.say("turn.mark", mark="response_complete", offset_ms=2000, **turn)
    assert story.say("latency.sample", metric="turn", value_ms=1, **turn) == "duplicate"
    latency = story.section("latency")
    assert (latency["ttfa"]["count"], latency["ttfa"]["max"]) == (1, 300)
    assert (latency["turn"]["count"], latency["turn"]["max"]) == (1, 2000)


def test_a_turn_is_forgotten_ten_minutes_after_its_last_event():
    story = Story()
    turn = {"session_id": "a", "turn_id": "t"}
    story.say("turn.mark", mark="speech_end_detected", **turn)
    story.wait(600)
    story.say("turn.mark", mark="audio_playback_start", **turn)
    assert story.metric("time_to_first_audio_seconds_count") == 0


def test_a_status_is_unknown_below_its_guard():
    story = Story()
    story.say("latency.sample", metric="ttfa", value_ms=5000, times=9)
    assert story.section("latency")["status"]["ttfa_p50"]["status"] == OneOf({"unknown"})
    story.say("latency.sample", metric="ttfa", value_ms=5000)
    status = story.section("latency")["status"]
    assert status["ttfa_p50"]["status"] == OneOf({"critical"})
    assert status["ttfa_p95"]["status"] == OneOf({"unknown"})
    assert story.look().json["health"]["status"] == OneOf({"unhealthy"})


# Tools.


def call(call_id="1", **fields):
    return {"call_id": call_id, "tool_name": "bash", **fields}


def finish(call_id="1", success=True, duration_ms=10, **fields):
    return call(call_id, success=success, duration_ms=duration_ms, **fields)


def test_a_call_counts_once_whichever_end_comes_first():
    story = Story()
    story.say("tool.started", **call("1"))
    story.say("tool.finished", **finish("1"))
    story.say("tool.finished", **finish("2"))
    assert story.say("tool.started", **call("2")) == "duplicate"
    assert story.say("tool.finished", **finish("2")) == "duplicate"
    tools = story.section("tools")
    assert (tools["total_calls"], tools["success_count"], tools["in_progress"]) == (2, 2, 0)
    assert tools["calls_per_minute"] == 2 / 5
    assert list(tools["by_tool"]) == ["bash"]


def test_a_call_started_and_finished_keeps_the_names_of_its_start():
    story = Story()
    story.say("tool.started", call_id="1", tool_name="task", session_id="a")
    story.wait(2)
    story.say("tool.finished", **finish("1", agent_name="bug-hunter", error="no", success=False))
    tools = story.section("tools")
    record = tools["recent_calls"][0]
    assert (record["tool_name"], record["session_id"], record["agent_name"]) == ("task", "a", "bug-hunter")
    assert record["started_at"] == START["wall_ns"]
    assert tools["by_tool"]["task"]["agents_delegated"] == {"bug-hunter": 1}
    assert tools["success_rate"] == 0.0


def test_a_call_without_a_start_is_shown_as_started_its_duration_ago():
    story = Story()
    story.say("tool.finished", **finish("1", duration_ms=1500))
    assert story.section("tools")["recent_calls"][0]["started_at"] == START["wall_ns"] - 1500 * MILLISECOND


def test_success_is_of_the_last_hour_and_counts_are_of_all_time():
    story = Story()
    story.say("tool.finished", **finish("1", success=False, duration_ms=100))
    story.wait(3700)
    tools = story.section("tools")
    assert (tools["failure_count"], tools["success_rate"], tools["avg_duration_ms"]) == (1, None, None)
    assert (tools["by_tool"]["bash"]["call_count"], tools["by_tool"]["bash"]["call_count_last_hour"]) == (1, 0)


def test_junk_names_cannot_push_reserved_ones_out():
    story = Story()
    for number in range(60):
        story.say("tool.started", call_id=f"c{number}", tool_name=f"junk {number}")
    story.say("tool.started", call_id="last", tool_name="grep")
    by_tool = story.section("tools")["by_tool"]
    assert len(by_tool) == 44 + 2
    assert by_tool["other"]["call_count"] == 16
    assert by_tool["grep"]["call_count"] == 1


# Errors.


def test_errors_make_rates_and_statuses():
    story = Story()
    story.say("error", category="session", code="invalid_state", message="x", times=3)
    errors = story.section("errors")
    assert errors["total_errors_per_minute"] == 0.6
    assert errors["by_category"]["session"]["status"] == OneOf({"warning"})
    assert errors["by_category"]["session"]["by_code"] == {"invalid_state": 3}
    assert errors["by_category"]["audio"]["by_code"] == {}
    assert errors["error_trend"][-1]["total"] == 3


def test_an_unknown_code_is_other_and_keeps_its_name_in_the_record():
    story = Story()
    story.say("error", category="session", code="codec_error", message="x")
    errors = story.section("errors")
    assert errors["by_category"]["session"]["by_code"] == {"other": 1}
    assert errors["recent_errors"][0]["code"] == "codec_error"


def test_a_session_failed_when_an_error_named_it_while_it_lived():
    story = Story()
    for number in range(10):
        story.say("session.started", session_id=f"s{number}")
    story.say("error", category="audio", code="codec_error", message="x", session_id="s0")
    for number in range(10):
        story.say("session.ended", session_id=f"s{number}", failed=number in (1, 2))
    story.say("error", category="audio", code="codec_error", message="x", session_id="s9")
    errors = story.section("errors")
    assert errors["session_failure_rate"] == 30
    assert errors["status"]["session_failure_rate"]["status"] == OneOf({"critical"})
    assert story.metric("sessions_failed_total") == 3


# Audio.


def test_cumulative_counters_become_deltas():
    story = Story()
    story.say("session.heartbeat", session_id="a")
    story.post_audio("a", packetsLost=50, packetsReceived=1000, bytesReceived=10_000)
    assert story.section("audio")["packet_loss_pct"] is None
    story.wait(5)
    story.post_audio("a", packetsLost=52, packetsReceived=1198, bytesReceived=40_000)
    audio = story.section("audio")
    assert audio["packet_loss_pct"] == 1.0
    assert audio["bitrate_kbps"] == 8 * 30_000 / 5000
    assert audio["avg_by_session"]["a"]["avg_packet_loss_pct"] == 1.0


def test_a_session_whose_beginning_was_seen_starts_at_zero():
    story = started()
    story.post_audio("a", packetsLost=1, packetsReceived=99)
    assert story.section("audio")["packet_loss_pct"] == 1.0


def test_a_counter_that_goes_back_is_a_new_baseline():
    story = started()
    story.post_audio("a", packetsLost=1, packetsReceived=99)
    story.post_audio("a", packetsLost=0, packetsReceived=10)
    story.post_audio("a", packetsLost=-4, packetsReceived=110)
    story.post_audio("a", packetsLost=-2, packetsReceived=208)
    assert story.metric("audio_packets_received_total") == 99 + 100 + 98
    assert story.metric("audio_packets_lost_total") == 1 + 0 + 2
    assert story.metric("audio_packet_loss_ratio_count") == 3


def test_no_packets_or_half_a_pair_is_no_sample():
    story = started()
    story.post_audio("a", packetsLost=0, packetsReceived=0, jitter=1)
    story.post_audio("a", packetsLost=5, jitter=1)
    assert story.section("audio")["packet_loss_pct"] is None
    story.post_audio("a", packetsLost=5, packetsReceived=95)
    assert story.section("audio")["packet_loss_pct"] == 5


def test_loss_is_over_all_packets_and_percentages_count_only_without_packets():
    story = started()
    story.say("audio.stats", session_id="a", packet_loss_pct=50)
    assert story.section("audio")["packet_loss_pct"] == 50
    story.post_audio("a", packetsLost=1, packetsReceived=99)
    story.post_audio("a", packetsLost=1, packetsReceived=999)
    assert story.section("audio")["packet_loss_pct"] == 100 * 1 / 1000


def test_without_a_session_only_jitter_and_round_trip_time_count():
    story = Story()
    story.post_audio(None, packetsLost=1, packetsReceived=99, jitter=20, rtt=80, bytesReceived=5)
    audio = story.section("audio")
    assert (audio["jitter_ms"], audio["rtt_ms"], audio["mos_score"]) == (20, 80, None)
    assert audio["avg_by_session"] == {}


def test_mos_needs_loss_jitter_and_round_trip_time():
    story = started()
    story.say("audio.stats", session_id="a", packet_loss_pct=1, rtt_ms=100)
    assert story.section("audio")["mos_score"] is None
    story.say("audio.stats", session_id="a", packet_loss_pct=1, rtt_ms=100, jitter_ms=30)
    audio = story.section("audio")
    assert audio["mos_score"] == spec_mos(1, 30, 100)
    assert audio["quality_rating"] == "good"


def test_the_first_source_of_voice_activity_wins():
    story = started()
    story.say("vad", session_id="a", outcome="false_positive")
    story.say("audio.stats", session_id="a", vad_triggered_count=7)
    story.say("session.started", session_id="b")
    story.say("audio.stats", session_id="b", vad_triggered_count=2, false_positive_interrupts=0)
    story.say("vad", session_id="b", outcome="speech")
    audio = story.section("audio")
    assert (audio["vad_triggered_count"], audio["false_positive_interrupts"]) == (3, 1)


def test_the_guard_of_loss_is_packets_or_reports():
    story = started()
    story.say("audio.stats", session_id="a", packet_loss_pct=50, times=29)
    assert story.section("audio")["status"]["packet_loss_pct"]["status"] == OneOf({"unknown"})
    story.say("audio.stats", session_id="a", packet_loss_pct=50)
    assert story.section("audio")["status"]["packet_loss_pct"]["status"] == OneOf({"warning"})
    story.post_audio("a", packetsLost=99, packetsReceived=900)
    assert story.section("audio")["status"]["packet_loss_pct"]["status"] == OneOf({"unknown"})
    story.post_audio("a", packetsLost=99, packetsReceived=901)
    assert story.section("audio")["status"]["packet_loss_pct"]["status"] == OneOf({"warning"})


def test_only_live_sessions_are_listed_and_only_with_their_own_reports():
    story = started()
    story.say("session.ended", session_id="a")
    story.say("audio.stats", session_id="a", jitter_ms=40)
    assert story.section("audio")["jitter_ms"] == 40
    assert story.section("audio")["avg_by_session"] == {}
    story.say("session.started", session_id="a")
    story.say("audio.stats", session_id="a", jitter_ms=20)
    assert story.section("audio")["avg_by_session"]["a"]["avg_jitter_ms"] == 20


# Amplifier.


def test_a_task_goes_from_the_queue_to_its_end():
    story = Story()
    assert story.section("amplifier")["queue_depth"] is None
    story.say("task.queued", task_id="t")
    assert story.section("amplifier")["queue_depth"] == 1
    story.say("task.started", task_id="t", agent_name="bug-hunter", instruction_preview="x" * 150)
    story.say("task.agent_spawned", task_id="t", agent_name="bug-hunter")
    story.wait(3)
    amplifier = story.section("amplifier")
    assert (amplifier["queue_depth"], amplifier["active_count"]) == (0, 1)
    assert amplifier["active_tasks"][0]["elapsed_ms"] == 3000
    assert amplifier["active_tasks"][0]["instruction_preview"] == "x" * 100
    story.say("task.completed", task_id="t")
    assert story.say("task.failed", task_id="t") == "duplicate"
    amplifier = story.section("amplifier")
    assert (amplifier["total_completed"], amplifier["total_failed"], amplifier["success_rate"]) == (1, 0, 1.0)
    agent = amplifier["by_agent"]["bug-hunter"]
    assert (agent["spawn_count"], agent["last_result"], agent["avg_duration_ms"]) == (1, "success", 3000)


def test_a_finish_without_a_start_counts_the_spawn_and_has_no_duration():
    story = Story()
    story.say("task.failed", task_id="t", agent_name="bug-hunter", reason="timeout")
    amplifier = story.section("amplifier")
    assert (amplifier["by_agent"]["bug-hunter"]["spawn_count"], amplifier["avg_duration_ms"]) == (1, None)
    assert amplifier["by_agent"]["bug-hunter"]["last_result"] == "timeout"
    assert story.metric("task_failures_total", agent="bug-hunter", reason="timeout") == 1


def test_the_longest_running_task_comes_first():
    story = Story()
    for name in "abc":
        story.say("task.progress", task_id=name)
        story.wait(1)
    assert [task["task_id"] for task in story.section("amplifier")["active_tasks"]] == ["a", "b", "c"]


def test_a_task_that_nobody_mentions_is_gone_after_thirty_minutes():
    story = Story()
    story.say("task.progress", task_id="t")
    story.wait(1799)
    assert story.section("amplifier")["active_count"] == 1
    story.wait(1)
    assert story.section("amplifier")["active_count"] == 0


def test_a_told_queue_depth_wins_over_counting():
    story = Story()
    story.say("task.queued", task_id="t")
    story.say("bridge.status", initialized=True, tools_count=13, health_status="healthy", queue_depth=11)
    amplifier = story.section("amplifier")
    assert (amplifier["queue_depth"], amplifier["status"]["queue_depth"]["status"]) == (11, OneOf({"warning"}))


def test_the_bridge_counts_once_it_has_reported():
    story = Story()
    assert story.look().json["health"]["sections"]["amplifier"]["status"] == OneOf({"unknown"})
    assert story.metric("bridge_health", state="healthy") is None
    for health, status in (("healthy", "ok"), ("degraded", "warning"), ("unhealthy", "critical")):
        story.say("bridge.status", initialized=True, tools_count=13, health_status=health)
        assert story.look().json["health"]["sections"]["amplifier"]["status"] == OneOf({status})
        assert story.metric("bridge_health", state=health) == 1


def test_a_bridge_started_in_the_future_has_no_negative_uptime():
    story = Story()
    in_a_minute = (START["wall_ns"] + 60 * SECOND) / SECOND
    bridge = {"initialized": True, "tools_count": 1, "health_status": "healthy"}
    story.say("bridge.status", started_at=in_a_minute, **bridge)
    assert story.section("amplifier")["session_uptime_seconds"] == 0
    story.wait(90)
    assert story.section("amplifier")["session_uptime_seconds"] == 30


def test_nothing_has_happened_yet():
    snapshot = Story().look()
    summary = snapshot.json["summary"]
    assert summary["sessions"]["avg_duration_ms"] is summary["tools"]["success_rate"] is None
    assert summary["sessions"]["last_session_started"] is summary["amplifier"]["health_status"] is None
    assert snapshot.json["health"]["status"] == OneOf({"healthy"})
    assert [section["reasons"] for section in snapshot.json["health"]["sections"].values()] == [OneOf({0})] * 6
