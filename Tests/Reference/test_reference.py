"""The program and the reference agree on random event logs; REPLAY names the program."""

import os

import pytest

from .logs import CROWDS, PROFILES, profile_of, random_log
from .replay import assert_agreement

SEEDS = range(len(PROFILES) * 5)


@pytest.fixture(scope="module")
def replay():
    path = os.environ.get("REPLAY")
    assert path, "REPLAY must name the program that replays a log."
    return path


@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_agrees_with_the_reference(replay, seed):
    assert_agreement(replay, f"seed {seed} ({profile_of(seed).name})", random_log(seed))


@pytest.mark.parametrize("crowd", CROWDS, ids=lambda crowd: crowd.__name__)
def test_the_program_agrees_with_the_reference_where_tables_are_full(replay, crowd):
    assert_agreement(replay, crowd.__name__, crowd())
