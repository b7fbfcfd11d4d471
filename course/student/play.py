"""`course play`: a small network, a data set of points in the plane, and what training makes of them.

After TensorFlow's Playground (playground.tensorflow.org, Smilkov and Carter), without a browser or a network.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from course.student.lesson import load_keras, use_font
from course.student.plots import draw
from course.text import UsageError, pinned_language, say, tr

PICTURE, RUNS = Path("plots/play.png"), Path("plots/play.csv")
ROWS, TEST_ROWS, SHOWN_RUNS = 400, 200, 8
# So many units, layers and epochs take a minute at most.
MOST_UNITS, MOST_LAYERS, MOST_EPOCHS, MOST_RATE = 256, 6, 1_000, 100
Points = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


@dataclasses.dataclass(frozen=True)
class Settings:
    """The knobs of one run.

    units: of each hidden layer; none at all leaves a straight line. rate: Adam's learning rate.
    """

    data: str
    units: list[int]
    activation: str
    rate: float
    epochs: int
    seed: int

    def __post_init__(self) -> None:
        layers, most = MOST_LAYERS, MOST_UNITS
        if len(self.units) > layers or not all(1 <= n <= most for n in self.units):
            raise UsageError(
                "--units: at most {layers} numbers from 1 to {most}, or 0 for no hidden layer. For example: --units 8 8",
                layers=layers,
                most=most,
            )
        if not 0 < self.rate <= MOST_RATE:
            raise UsageError(
                "--rate: a number above 0, at most {most}. For example: --rate 0.03", most=MOST_RATE
            )
        if not 1 <= self.epochs <= MOST_EPOCHS:
            raise UsageError(
                "--epochs: a number from 1 to {most}. For example: --epochs 60", most=MOST_EPOCHS
            )
        if not 0 <= self.seed < 2**32:
            raise UsageError("--seed: a whole number, not negative. For example: --seed 1")


def circles(rng: np.random.Generator, rows: int) -> Points:
    """A disc within a ring."""
    labels = rng.integers(0, 2, rows)
    radius = np.where(labels, rng.uniform(0, 0.5, rows), rng.uniform(0.7, 1.0, rows))
    return _polar(radius, rng.uniform(0, 2 * np.pi, rows)), labels


def xor(rng: np.random.Generator, rows: int) -> Points:
    """Two opposite squares of four."""
    x = rng.uniform(0.05, 1, (rows, 2)) * rng.choice([-1, 1], (rows, 2))
    return x, (x[:, 0] * x[:, 1] > 0).astype(int)


def clouds(rng: np.random.Generator, rows: int) -> Points:
    """Two clouds that a straight line separates."""
    labels = rng.integers(0, 2, rows)
    return rng.normal(0, 0.2, (rows, 2)) + np.where(labels, 0.4, -0.4)[:, None], labels


def spirals(rng: np.random.Generator, rows: int) -> Points:
    """Two arms that wind around each other."""
    labels, along = rng.integers(0, 2, rows), rng.uniform(0.1, 1, rows)
    return _polar(along, 3.5 * np.pi * along + np.pi * labels), labels


DATA: dict[str, Callable[[np.random.Generator, int], Points]] = {
    make.__name__: make for make in (circles, xor, clouds, spirals)
}


def _polar(radius: np.ndarray[Any, Any], angle: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def run(settings: Settings) -> None:
    """Train, print the loss as it falls, draw the boundary and both losses, and add a row to the table of runs."""
    load_keras()
    import keras
    import pandas as pd

    rng = np.random.default_rng(settings.seed)
    train, test = (DATA[settings.data](rng, rows) for rows in (ROWS, TEST_ROWS))
    keras.utils.set_random_seed(settings.seed)
    hidden = [keras.layers.Dense(n, activation=settings.activation) for n in settings.units]
    model = keras.Sequential(
        [keras.Input(shape=(2,)), *hidden, keras.layers.Dense(1, activation="sigmoid")]
    )
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.Adam(settings.rate),
        metrics=["accuracy"],
    )
    every = max(1, settings.epochs // 10)

    def told(epoch: int, logs: dict[str, float]) -> None:
        if epoch % every == 0 or epoch == settings.epochs - 1:
            words = {"epoch": epoch + 1, "loss": f"{logs['loss']:.3f}"}
            say(
                "epoch {epoch}: loss {loss}, test loss {test}",
                test=f"{logs['val_loss']:.3f}",
                **words,
            )

    history = model.fit(
        *train,
        epochs=settings.epochs,
        validation_data=test,
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=told)],
    )
    curves = pd.DataFrame(history.history)
    last = curves.iloc[-1]
    row = dataclasses.asdict(settings) | {
        "units": " ".join(map(str, settings.units)),
        "activation": settings.activation if settings.units else "",
        "parameters": model.count_params(),
        "loss": last["loss"],
        "test_loss": last["val_loss"],
        "test_accuracy": last["val_accuracy"],
    }
    PICTURE.parent.mkdir(exist_ok=True)
    _picture(
        model,
        train,
        curves,
        f"{settings.data}, {row['units'] or 0}, {row['activation']}, {settings.rate:g}",
    )
    # Rows are only ever added: two runs at once lose none.
    pd.DataFrame([row]).to_csv(RUNS, mode="a", header=not RUNS.exists(), index=False)
    try:
        runs = pd.read_csv(RUNS)
    except ValueError as error:
        raise UsageError("{path} is no longer a table of runs: delete it.", path=RUNS) from error
    print(f"\n{runs.tail(SHOWN_RUNS).round(3).to_string(index=False, na_rep='-')}\n")
    if not draw(PICTURE):
        say("saved {path}", path=PICTURE)
    say("All your runs are in {path}: delete it to begin anew.", path=RUNS)
    say(
        "Next: open {path}, or change one thing: course play --data {data} --units 16 --activation relu",
        path=PICTURE,
        data=settings.data,
    )


def _picture(model: Any, train: Points, curves: Any, settings: str) -> None:
    """Left the training points on what the model says of every place, right both losses by epoch."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    with pinned_language("" if use_font() else "en"):
        _draw(plt, model, train, curves, settings)


def _draw(plt: Any, model: Any, train: Points, curves: Any, settings: str) -> None:
    from course import drawing

    x, labels = train
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    shades = drawing.boundary(left, model, x, labels, settings)
    figure.colorbar(shades, ax=left, label=tr("what the network says"))
    names = {"loss": tr("training"), "val_loss": tr("test")}
    curves[["loss", "val_loss"]].rename(columns=names).plot(ax=right, style=["--", "-"])
    right.set(title=tr("Loss"), xlabel=tr("epoch"), ylabel=tr("binary cross-entropy"))
    right.set_ylim(bottom=0)
    figure.savefig(PICTURE, dpi=110)
    plt.close(figure)
