"""Slots, ranks and trends where the answer can be counted on the fingers."""

from .clock import MILLISECOND, MINUTE, SECOND, Moment, Now, WallTime, duration_ms, format_rfc_3339, parse_rfc_3339
from .windows import FIVE_MINUTES, HOUR_WINDOW, percentile, percentile_trend, windowed_percentile_set

WALL = 1_700_000_000 * SECOND


def test_nearest_rank_takes_a_value_that_was_seen():
    assert percentile([], 50) is None
    assert percentile([7], 99) == 7
    assert percentile([4, 1, 3, 2], 50) == 2
    assert percentile(list(range(1, 101)), 95) == 95
    assert percentile(list(range(1, 21)), 95) == 19
    assert percentile(list(range(1, 22)), 95) == 20


def test_five_minutes_are_the_slot_of_now_and_twenty_nine_before():
    now = Now(mono=605 * SECOND, wall=WALL)
    assert FIVE_MINUTES.contains(now, 605 * SECOND)
    assert FIVE_MINUTES.contains(now, 310 * SECOND)
    assert not FIVE_MINUTES.contains(now, 310 * SECOND - 1)
    assert FIVE_MINUTES.start(now) == WALL - 295 * SECOND


def test_slots_before_the_clock_began_are_shown_as_times_all_the_same():
    now = Now(mono=5 * SECOND, wall=WALL)
    assert FIVE_MINUTES.start(now) == WALL - 295 * SECOND


def test_a_trend_has_twelve_points_and_the_newest_ends_now():
    now = Now(mono=62 * MINUTE, wall=WALL)
    trend = percentile_trend(HOUR_WINDOW, now, [(4 * MINUTE, 1.0), (5 * MINUTE, 2.0), (61 * MINUTE, 3.0)])
    assert [point["count"] for point in trend] == [1] + [0] * 10 + [1]
    assert trend[0]["p50"] == 2.0
    assert trend[0]["window_start"] == WALL - 57 * MINUTE
    assert trend[0]["window_end"] == trend[1]["window_start"]
    assert trend[-1]["window_end"] == WALL


def test_an_empty_window_has_no_percentile_and_a_count_of_zero():
    figures = windowed_percentile_set(FIVE_MINUTES, Now(mono=MINUTE, wall=WALL), [])
    assert figures["count"] == 0
    assert figures["p50"] is figures["max"] is None


def moment(mono_ms, shown_ms, believed, offset_ms=None):
    return Moment(mono_ms * MILLISECOND, WallTime(shown_ms * MILLISECOND), believed, 0, offset_ms)


def test_a_duration_prefers_offsets_then_told_times_then_receipts():
    assert duration_ms(moment(0, 0, True, 10), moment(5, 7, True, 13)) == 3
    assert duration_ms(moment(0, 0, True, 10), moment(5, 7, True)) == 7
    assert duration_ms(moment(0, 0, False), moment(5, 7, True)) == 5


def test_a_negative_or_endless_duration_is_no_sample():
    assert duration_ms(moment(0, 9, True), moment(5, 7, True)) is None
    assert duration_ms(moment(0, 0, False, 0), moment(5, 7, True, 86_400_001)) is None


def test_times_survive_the_way_there_and_back():
    text = "2023-11-14T22:13:20.125Z"
    assert parse_rfc_3339(text) == WALL + 125 * MILLISECOND
    assert format_rfc_3339(WALL + 125 * MILLISECOND) == text
    for minutes in (120, -300, 345):
        assert parse_rfc_3339(format_rfc_3339(WALL, minutes)) == WALL
