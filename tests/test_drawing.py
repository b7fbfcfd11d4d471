"""What the lessons' pictures hold, as matplotlib keeps it; that they are well to look at is seen by people."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from course import drawing


@pytest.fixture
def axes():
    return Figure(layout="constrained").subplots()


def texts(axes):
    return {text.get_text() for text in axes.texts}


def test_curves_differ_in_colour_and_in_style(axes):
    x = np.arange(5)
    drawing.curves(axes, x, {f"line {at}": x * at for at in range(6)}, title="Six lines")
    lines = axes.get_lines()
    assert len({line.get_color() for line in lines}) == 6
    assert len({str(line.get_linestyle()) + str(line._dash_pattern) for line in lines}) == 6
    assert [text.get_text() for text in axes.get_legend().get_texts()][1] == "line 1"
    assert axes.get_title() == "Six lines"


def test_runs_are_thin_and_their_mean_is_thick(axes):
    drawing.runs(axes, [0, 1], {"SGD": [[1, 2], [3, 4], [5, 6]]})
    mean, *thin = axes.get_lines()
    assert list(mean.get_ydata()) == [3, 4]
    assert len(thin) == 3 and all(
        line.get_linewidth() < mean.get_linewidth() and line.get_color() == mean.get_color()
        for line in thin
    )


@pytest.mark.parametrize(("name", "output"), [("sigmoid", "0.550"), ("relu", "0.200")])
def test_a_neuron_shows_its_sum_and_its_output(axes, name, output):
    drawing.neuron(axes, [1, 2, 3], [0.2, -0.4, 0.1], 0.5, name)
    assert {"Σ = 0.20", output, "b = 0.5", "$w_2$ = -0.4", "3", name} <= texts(axes)


def test_a_network_shows_its_sizes_and_parameters(axes):
    drawing.network(axes, [200, 128, 256, 5])
    assert {"200", "5", "200 · 128 + 128 = 25,728", "256 · 5 + 5 = 1,285"} <= texts(axes)
    circles = [len(one.get_offsets()) for one in axes.collections]
    assert circles == [4, 4, 4, 5]


def test_a_graph_shows_only_gradients_that_are_known(axes):
    spots, values = {"w": (0, 0), "y": (1, 0)}, {"w": 2.0, "y": 4.0}
    drawing.graph(axes, spots, values, {("w", "y"): 2.5}, {"y": 1.0}, "half-way back")
    assert "4.000" in texts(axes) and "1.000" in texts(axes) and "2.50" not in texts(axes)


def test_a_boundary_lies_where_the_model_is_undecided(axes):
    points = np.array([[-1.0, 0.0], [1.0, 0.5]])
    drawing.boundary(axes, lambda x: 1 / (1 + np.exp(-5 * x[:, :1])), points, [0, 1], "Two")
    undecided = axes.collections[1].get_paths()[0].vertices
    assert np.allclose(undecided[:, 0], 0, atol=1e-6)
    assert [len(one.get_offsets()) for one in axes.collections[2:]] == [1, 1]


def test_images_fill_rows():
    figure = Figure()
    drawing.images(figure, np.zeros((10, 8, 8)), [str(at) for at in range(10)])
    assert len(figure.axes) == 16
    assert [one.get_title() for one in figure.axes[8:11]] == ["8", "9", ""]


def test_a_strip_is_cut_where_its_parts_end(axes):
    drawing.strip(axes, {"training": 127, "validation": 15, "test": 36}, "178 rows")
    assert list(axes.get_xticks()) == [0, 127, 142, 178]
    assert [bar.get_width() for bar in axes.patches] == [127, 15, 36]


def test_a_film_counts_its_updates(axes, tmp_path):
    path = np.stack([np.arange(11), np.arange(11)], axis=1)
    drawing.film(axes, {"sgd": path}, tmp_path / "plots" / "film.gif", title="update {update}")
    assert axes.get_title() == "update 10"
    with Image.open(tmp_path / "plots" / "film.gif") as film:
        assert film.n_frames == 6


def test_trainings_of_other_lengths_stand_side_by_side(axes):
    drawing.curves(axes, range(1, 4), {"three epochs": [3, 2, 1], "two epochs": [3, 2]})
    assert [list(line.get_xdata()) for line in axes.get_lines()] == [[1, 2, 3], [1, 2]]
