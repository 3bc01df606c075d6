"""Prometheus's own configuration, in one file for each way to find the exporters."""

import pytest
import yaml

from files import ALERTS, RULE_FILES
from promtool import command

FOLDER = ALERTS / "prometheus"
DISCOVERIES = {
    "static": "static_configs", "file": "file_sd_configs", "http": "http_sd_configs",
    "kubernetes": "kubernetes_sd_configs",
}


def configuration(name):
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text())


def test_there_is_a_file_for_each_discovery():
    assert {file.stem for file in FOLDER.iterdir()} == set(DISCOVERIES)


@pytest.mark.parametrize("name", DISCOVERIES)
def test_promtool_finds_nothing_to_complain_of(name, tmp_path):
    file = FOLDER / f"{name}.yaml"
    if name == "kubernetes":
        # Debian's Prometheus is built without Kubernetes: all but its discovery is checked.
        known = configuration(name)
        (job,) = known["scrape_configs"]
        assert job.pop("kubernetes_sd_configs") == [{"role": "pod"}]
        known["rule_files"] = [str((FOLDER / rule).resolve()) for rule in known["rule_files"]]
        file = tmp_path / "kubernetes.yaml"
        file.write_text(yaml.safe_dump(known))
    ended = command("promtool", "check", "config", str(file))
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("name", DISCOVERIES)
def test_all_rules_are_loaded(name):
    assert [(FOLDER / rule).resolve() for rule in configuration(name)["rule_files"]] == RULE_FILES


@pytest.mark.parametrize("name", DISCOVERIES)
def test_the_files_differ_in_nothing_but_the_discovery(name):
    def common(name):
        known = configuration(name)
        (job,) = known["scrape_configs"]
        job.pop(DISCOVERIES[name])
        job.pop("relabel_configs", None)
        return known

    assert common(name) == common("static")


def test_the_rules_find_the_job():
    (job,) = configuration("static")["scrape_configs"]
    assert "amplifier-voice" in job["job_name"]
