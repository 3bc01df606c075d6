"""The two MOS models at known points."""

import pytest

from .mos import g107_mos, quality_rating, spec_mos


@pytest.mark.parametrize(
    "loss, jitter, rtt, mos, digits",
    [(0, 0, 0, 4.22913, 5), (1, 30, 100, 4.03892, 5), (3, 50, 200, 3.73, 2), (10, 100, 400, 1.96, 2)],
)
def test_the_spec_model_gives_the_known_scores(loss, jitter, rtt, mos, digits):
    assert round(spec_mos(loss, jitter, rtt), digits) == mos


def test_the_spec_model_ends_at_one_and_starts_delay_at_its_knee():
    assert spec_mos(100, 10_000, 60_000) == 1.0
    assert spec_mos(0, 0, 177.3) == pytest.approx(spec_mos(0, 0, 177.4), abs=1e-3)


def test_the_g107_model_by_hand():
    # d = 26.5 ms, Id = 0.636, R = 92.564.
    r = 92.564
    assert g107_mos(0, 0, 0) == pytest.approx(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r))
    # d = 100 + 100 + 26.5, Id = 5.436 + 5.412, Ie = 47.5.
    r = 93.2 - (0.024 * 226.5 + 0.11 * (226.5 - 177.3)) - 47.5
    assert g107_mos(10, 200, 100) == pytest.approx(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r))


def test_the_g107_model_stays_within_one_and_four_and_a_half():
    losses, times, levels = range(0, 101, 5), range(0, 2000, 50), (0, 90)
    scores = [g107_mos(loss, rtt, level) for loss in losses for rtt in times for level in levels]
    assert min(scores) == 1.0
    assert max(scores) <= 4.5


def test_ratings_change_where_the_design_says():
    rated = {4.21: "excellent", 4.2: "good", 4.0: "good", 3.99: "fair", 3.5: "fair", 3.49: "poor"}
    assert {mos: quality_rating(mos) for mos in rated} == rated
