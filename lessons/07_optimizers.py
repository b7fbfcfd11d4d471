"""Optimizers: better ways down.

Each rule on the slide is a few lines. Here each one is computed by hand and compared
with Keras, step by step; then all of them go down the same surface, as an animation;
and finally the learning rate itself shrinks.

Slide 16.
"""

# %%
# Slide 16 · the rules, in three groups: momentum and Nesterov keep some of the last
# step; Adagrad and RMSprop give each weight a rate of its own; Adam does both. w:
# weight, g: gradient, state: what the rule remembers from one update to the next, t:
# the number of the update, from 1.
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from course import drawing


def sgd(w, g, state, t, rate):
    return w - rate * g, state


def momentum(w, g, state, t, rate, m=0.9):
    velocity = m * state - rate * g
    return w + velocity, velocity


def nesterov(w, g, state, t, rate, m=0.9):
    velocity = m * state - rate * g
    return w + m * velocity - rate * g, velocity


def adagrad(w, g, state, t, rate):
    total = state + g**2
    return w - rate * g / np.sqrt(total + 1e-7), total


def rmsprop(w, g, state, t, rate, rho=0.9):
    average = rho * state + (1 - rho) * g**2
    return w - rate * g / np.sqrt(average + 1e-7), average


def adam(w, g, state, t, rate, beta_1=0.9, beta_2=0.999):
    m, v = beta_1 * state[0] + (1 - beta_1) * g, beta_2 * state[1] + (1 - beta_2) * g**2
    # m and v start at 0; without this correction the first steps would be several times
    # too large.
    m_hat, v_hat = m / (1 - beta_1**t), v / (1 - beta_2**t)
    return w - rate * m_hat / (np.sqrt(v_hat) + 1e-7), np.array([m, v])


# %%
# Three updates on the loss w², from w = 1 at rate 0.1: momentum keeps going, Nesterov
# looks ahead.
#
# Question: Where is w after one step of SGD? (a) 0.9 (b) 0.8 (c) 0
#
# Answer: (b). The gradient of w² is 2 at w = 1, and 1 - 0.1 · 2 = 0.8.
three = {}
for rule in (sgd, momentum, nesterov):
    w, state, seen = 1.0, 0.0, []
    for t in (1, 2, 3):
        w, state = rule(w, 2 * w, state, t, 0.1)
        seen.append(w)
    three[rule] = seen
    print(f"{rule.__name__:<10}{np.round(seen, 6)}")

# %%
# By hand and with Keras: the same 20 gradients, and the same weights after each update.
# Adagrad's state starts at 0.1 in Keras.
rng = np.random.default_rng(16)
start, gradients = rng.normal(size=4), rng.normal(size=(20, 4))
optimizers = {
    sgd: keras.optimizers.SGD(0.01),
    momentum: keras.optimizers.SGD(0.01, momentum=0.9),
    nesterov: keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True),
    adagrad: keras.optimizers.Adagrad(0.01),
    rmsprop: keras.optimizers.RMSprop(0.01),
    adam: keras.optimizers.Adam(0.01),
}
largest_gap = {}
for rule, optimizer in optimizers.items():
    w, state, variable = (
        start,
        {adagrad: np.full(4, 0.1), adam: np.zeros((2, 4))}.get(rule, np.zeros(4)),
        keras.Variable(start),
    )
    gaps = []
    for t, g in enumerate(gradients, 1):
        w, state = rule(w, g, state, t, 0.01)
        optimizer.apply([keras.ops.convert_to_tensor(g, "float32")], [variable])
        gaps.append(np.abs(keras.ops.convert_to_numpy(variable) - w).max())
    largest_gap[rule] = max(gaps)
    kind = type(optimizer).__name__
    print(f"{rule.__name__:<10}Keras's {kind} differs by {max(gaps):.0e} at most")

# %%
# A surface that is steep in one direction and flat in the other: a valley. Each rule
# starts at the same place, with a rate at which its way can be seen: this is no race,
# since the outcome depends on the rates.


def height(x, y):
    return 0.05 * x**2 + y**2


rates = {sgd: 0.3, momentum: 0.05, nesterov: 0.05}
rates |= {adagrad: 1.5, rmsprop: 0.2, adam: 0.4}
paths = {}
for rule, rate in rates.items():
    w, state = np.array([-8.0, 1.8]), np.zeros((2, 2)) if rule is adam else np.zeros(2)
    paths[rule.__name__] = [w]
    for t in range(1, 61):
        w, state = rule(w, np.array([0.1 * w[0], 2 * w[1]]), state, t, rate)
        paths[rule.__name__].append(w)
paths = {name: np.array(path) for name, path in paths.items()}
for name, path in paths.items():
    first, last = height(*path[0]), height(*path[-1])
    print(f"{name:<10}height {first:.3f} → {last:.4f} after 60 updates")

figure, grid = plt.subplots(
    2, 3, figsize=(12, 5), sharex=True, sharey=True, layout="constrained"
)
xs, ys = np.meshgrid(np.linspace(-9, 4, 131), np.linspace(-2.4, 2.4, 97))
levels = np.geomspace(0.02, 8, 10)
for axes, (name, path) in zip(grid.flat, paths.items(), strict=True):
    axes.contour(xs, ys, height(xs, ys), levels, colors="0.75", linewidths=0.8)
    axes.plot(0, 0, "*", color="black", markersize=11)
    axes.plot(*path.T, ".-", color="tab:red", markersize=4, linewidth=0.8)
    axes.set_title(name)
for axes in grid[1]:
    axes.set_xlabel("weight 1")
for axes in grid[:, 0]:
    axes.set_ylabel("weight 2")
plt.show()

# %%
# The height after 60 updates, by the learning rate: lower is better. Left: on this
# valley plain SGD does well, at the right rate; above 1 it diverges. Right: in a valley
# that is 100 times flatter in one direction, no rate suits both directions, and the
# rules that adapt the rate for each weight win.
#
# Question: Which rate is too large for SGD on y²? (a) 0.5 (b) 0.9 (c) 1.1
#
# Answer: (c). A step multiplies y by 1 - 2 · rate, here by -1.2.


def height_after(rule, rate, flat):
    w, state = np.array([-8.0, 1.8]), np.zeros((2, 2)) if rule is adam else np.zeros(2)
    for t in range(1, 61):
        w, state = rule(w, 2 * w * [flat, 1], state, t, rate)
    return float(flat * w[0] ** 2 + w[1] ** 2)


tried = np.geomspace(0.01, 3, 40)
comparison, panels = plt.subplots(
    1, 2, figsize=(12, 4), sharey=True, layout="constrained"
)
lowest = {}
for axes, flat in zip(panels, (0.05, 0.0005), strict=True):
    reached = {}
    for rule in rates:
        with np.errstate(over="ignore", invalid="ignore"):
            heights = [height_after(rule, rate, flat) for rate in tried]
        lowest[rule.__name__, flat] = float(np.nanmin(heights))
        reached[rule.__name__] = np.clip(heights, 1e-12, None)
    axes.set(xscale="log", yscale="log", ylim=(1e-9, 1e3))
    title = f"height = {flat} x² + y²"
    drawing.curves(axes, tried, reached, title=title, xlabel="learning rate")
panels[0].set_ylabel("height after 60 updates")
plt.show()

# %%
# All six on the first valley, as an animation in plots/07_optimizers.gif
figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
axes.contour(xs, ys, height(xs, ys), levels, colors="0.75", linewidths=0.8)
axes.plot(0, 0, "*", color="black", markersize=11)
axes.set(xlabel="weight 1", ylabel="weight 2")
target = Path("plots") / "07_optimizers.gif"
drawing.film(axes, paths, target, title="update {update}")
plt.close(figure)
print("saved", target)

# %%
# The learning rate decides. On w², from w = 1: a rate that is too small hardly moves in
# ten updates, the right one arrives, one that is too large jumps over the minimum and
# climbs.
#
# Question: Is half of a rate that diverges always good? (a) yes (b) no
#
# Answer: (b). It may still jump from side to side, or differ from weight to weight.
figure, row = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
line, ends = np.linspace(-2.2, 2.2, 89), {}
for axes, rate, verdict in zip(
    row,
    (0.02, 0.3, 1.04),
    ("a rate too small", "a good rate", "a rate too large"),
    strict=True,
):
    way = np.array([(1 - 2 * rate) ** t for t in range(11)])
    ends[rate] = float(way[-1])
    axes.plot(line, line**2, color="0.6")
    axes.plot(way, way**2, ".-", color="tab:red", linewidth=0.8)
    axes.set(title=f"{verdict}: {rate}", xlabel="weight w")
row[0].set_ylabel("loss")
plt.show()

# %%
# How to find a good rate: a range test. One update for each rate, from tiny to huge:
# the loss first stays, then falls, then explodes. Take a rate in the middle of the
# fall, well before the minimum. Thin lines: five first weights; thick: their mean.
digits = load_digits()
batches = np.random.default_rng(16).integers(0, 1797, (60, 64))
tested = np.geomspace(0.001, 10, 60)
tests = []
for seed in range(5):
    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(64, "relu"), keras.layers.Dense(10, "softmax")]
    model = keras.Sequential([keras.Input(shape=(64,)), *layers])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy")
    losses = []
    for rate, rows in zip(tested, batches, strict=True):
        model.optimizer.learning_rate = rate
        model.reset_metrics()
        pixels = digits.data[rows] / 16
        losses.append(float(model.train_on_batch(pixels, digits.target[rows])))
    tests.append(losses)
figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
axes.set(xscale="log", ylim=(0, 4))
drawing.runs(axes, tested, {"SGD": tests}, title="Range test", ylabel="loss")
axes.set_xlabel("learning rate")
plt.show()
best_rate = float(tested[np.mean(tests, axis=0).argmin()])
print(f"lowest loss at a rate of {best_rate:.2f}: take a tenth to a third of it")

# %%
# Slide 16 · `SGD(lr=0.01, momentum=0.0, decay=0.0)`. The names have changed; and
# `decay` no longer has any effect, it only causes a warning.
# slide: keras.optimizers.SGD(lr=0.01)
# today: ValueError: Argument(s) not recognized: {'lr': 0.01}
# write: keras.optimizers.SGD(learning_rate=0.01)
#
# slide: keras.optimizers.SGD(learning_rate=0.01, momentum=0.0, decay=0.0)
# today: UserWarning: Argument `decay` is no longer supported and will be ignored
# write: keras.optimizers.SGD(keras.optimizers.schedules.InverseTimeDecay(0.01, 1, 0.0))
#
# In a scanned or copied slide, the l of lr becomes a 1.
# slide: keras.optimizers.SGD(1r=0.01)
# today: SyntaxError: invalid decimal literal
# write: keras.optimizers.SGD(learning_rate=0.01)
default = keras.optimizers.SGD().get_config()
print(f"today: rate {default['learning_rate']:g}, momentum {default['momentum']:g}")

# %%
# Slide 16 · decay: how the rate shrinks at every update t, lr / (1 + decay · t). Today
# the old rule is written as a schedule.
#
# Question: decay = 0.01: what is left of the rate after 100 updates? (a) all (b) half
# (c) a hundredth
#
# Answer: (b). lr / (1 + 0.01 · 100) is lr / 2.
schedule = keras.optimizers.schedules.InverseTimeDecay(
    0.01, decay_steps=1, decay_rate=0.01
)
updates = np.arange(301)
decayed = 0.01 / (1 + 0.01 * updates)
print("by hand:", decayed[[0, 1, 10, 100]].round(6))
print("Keras:", np.array([float(schedule(t)) for t in (0, 1, 10, 100)]).round(6))
figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
drawing.curves(
    axes,
    updates,
    {f"decay = {d:g}": 0.01 / (1 + d * updates) for d in (0.0, 0.001, 0.01)},
    title="lr = 0.01 on slide 16, with three decays",
    xlabel="update",
    ylabel="learning rate",
    ylim=(0, 0.0108),
)
plt.show()

# %%
# Try, one at a time, and predict what changes: a rate of 1.1 for `sgd`; `m=0.5` in
# `momentum` (does it still overshoot?); a start at (-8, 0).
