"""`course play`: one small run after another, in a table, and wrong knobs told."""

import pandas as pd
import pytest

from course.cli import main
from course.student.play import DATA, RUNS


def test_each_run_is_a_row_of_the_table_and_draws_the_picture(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["play", "--data", "clouds", "--units", "0", "--epochs", "2"]) == 0
    first = (tmp_path / "plots" / "play.png").read_bytes()
    assert main(["play", "--data", "clouds", "--units", "3", "2", "--epochs", "2"]) == 0
    runs = pd.read_csv(tmp_path / RUNS)
    # A straight line has 3 parameters; 2-3-2-1 has 9 + 8 + 3.
    assert runs["parameters"].tolist() == [3, 20] and runs["units"].isna().tolist() == [True, False]
    assert first.startswith(b"\x89PNG") and (tmp_path / "plots" / "play.png").read_bytes() != first
    told = capsys.readouterr().out
    assert "epoch 2: loss" in told and told.strip().splitlines()[-1].startswith("Next: open")


def test_a_hidden_layer_bends_the_boundary(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for units in (["0"], ["6"]):
        assert main(["play", "--data", "circles", "--units", *units, "--epochs", "40"]) == 0
    line, network = pd.read_csv(RUNS)["test_accuracy"]
    assert line < 0.8 < 0.95 < network


@pytest.mark.parametrize(
    "words", [["--units", "1000"], ["--rate", "nan"], ["--rate", "0"], ["--seed", "-1"]]
)
def test_a_knob_that_cannot_be_turned_so_far_is_told(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["play", *words]) == 2
    assert "For example: --" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_a_table_that_cannot_be_read_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    RUNS.parent.mkdir()
    RUNS.write_text('a,b\n1,"2\n3,4,5\n')
    assert main(["play", "--data", "clouds", "--epochs", "1"]) == 2
    assert "delete it" in capsys.readouterr().err


def test_the_data_sets_offered_are_those_that_are_made(capsys):
    with pytest.raises(SystemExit):
        main(["play", "--data", "none"])
    told = capsys.readouterr().err
    assert all(name in told for name in DATA)
