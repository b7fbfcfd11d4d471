"""Compile: choose the loss, the optimizer and the metrics, before you run.

`compile` connects a model with a loss and an optimizer. The main question is which loss
fits which last layer and which labels; the wrong pairs are shown too, because some of
them train without any error.

Slide 17.
"""

# %%
# Slide 17 · compile: the slide writes `model.compile(loss='categorical_crossentropy',
# optimizer=sgd)`. Here it is for the slides' network.
import keras
import matplotlib.pyplot as plt
import numpy as np

from course import drawing

keras.utils.set_random_seed(17)


def network():
    dense = keras.layers.Dense
    hidden = [dense(128, activation="sigmoid"), dense(256, activation="sigmoid")]
    return keras.Sequential(
        [keras.Input(shape=(200,)), *hidden, dense(5, activation="softmax")]
    )


model = network()
rng = np.random.default_rng(17)
x = rng.normal(size=(64, 200))
labels = rng.integers(0, 5, size=len(x))
one_hot = keras.utils.to_categorical(labels, 5)

# %%
# Compile before you run: without it, `fit` raises an error.
#
# Question: What does `fit` do without `compile`? (a) it trains with SGD (b) it raises
# an error (c) nothing
#
# Answer: (b). Without a loss there is nothing to make smaller.
try:
    model.fit(x, one_hot, verbose=0)
except ValueError as error:
    print("fit before compile:", error)
else:
    raise AssertionError("fit ran without compile")
sgd = keras.optimizers.SGD(learning_rate=0.01)
model.compile(loss="categorical_crossentropy", optimizer=sgd, metrics=["accuracy"])
# slide: keras.Sequential([keras.layers.Dense(3)]).fit(x, y)
# today: ValueError: You must call `compile()` before using the model.
# write: model.compile(loss="categorical_crossentropy", optimizer="sgd")

# %%
# The loss before any training: with equal probabilities for five classes it would be
# -log(1/5) = log 5 = 1.609. Random weights prefer some classes by chance, so it is a
# little more or less.
#
# Question: Five classes, no training yet: how large is the loss? (a) about 0 (b) about
# 1.6 (c) about 5
#
# Answer: (b). It guesses, and -log(1/5) is 1.609.
loss, accuracy = model.evaluate(x, one_hot, verbose=0)
predicted = model.predict(x, verbose=0)
by_hand = -np.mean(np.log(np.sum(one_hot * predicted, axis=1)))
print(f"untrained: loss {loss:.4f}, by hand {by_hand:.4f}, log 5 = {np.log(5):.4f}")
print(f"accuracy {accuracy:.2f}, by chance 0.20")

# %%
# The loss follows from the task; so does the last layer.
fitting = {
    "regression, one number": ("Dense(1)", "mean_squared_error"),
    "two classes, 0 or 1": ('Dense(1, activation="sigmoid")', "binary_crossentropy"),
    "classes, one-hot": ('Dense(5, activation="softmax")', "categorical_crossentropy"),
    "classes, whole numbers": (
        'Dense(5, activation="softmax")',
        "sparse_categorical_crossentropy",
    ),
}
for task, (layer, name) in fitting.items():
    print(f"{layer:<34}{name:<33}{task}")

# %%
# The two cross-entropies for many classes differ in the labels only.
sparse = network()
sparse.set_weights(model.get_weights())
sparse.compile(loss="sparse_categorical_crossentropy", optimizer="sgd")
by_labels = sparse.evaluate(x, labels, verbose=0)
print(f"one-hot labels: {loss:.4f}, whole numbers: {by_labels:.4f}")

# %%
# A misspelled loss passes `compile` without an error; only `fit` raises one.
spelled = network()
spelled.compile(loss="categorical_crossentropi", optimizer="sgd")
try:
    spelled.fit(x, one_hot, verbose=0)
except ValueError as error:
    print("misspelled:", str(error).splitlines()[0][:90])
else:
    raise AssertionError("Keras took the misspelled loss")

# %%
# A wrong pair without an error message: sigmoid as the last layer for five classes. It
# even trains (Keras on TensorFlow takes the sums that went into the sigmoid and applies
# softmax itself; with JAX it does not, and trains worse). But its outputs are not
# probabilities: they do not add up to 1.
wrong = keras.Sequential(
    [keras.Input(shape=(200,)), keras.layers.Dense(5, activation="sigmoid")]
)
wrong.compile(loss="categorical_crossentropy", optimizer="adam")
wrong.fit(x, one_hot, epochs=5, verbose=0)
rows = wrong.predict(x, verbose=0).sum(axis=1)
print(f"sigmoid for five classes: rows add up to {rows.min():.2f} … {rows.max():.2f}")
print(f"softmax: each row adds up to {predicted.sum(axis=1).mean():.2f}")

# %%
# A second wrong pair: softmax twice. A probability between 0 and 1 goes into the second
# softmax, so that even full certainty comes out as e / (e + 4) = 0.4046, and the loss
# cannot fall below 0.9048. (This is what from_logits is for: it says that the model has
# no softmax of its own.)
#
# Question: Softmax twice: can the loss reach 0? (a) yes, with enough training (b) no
#
# Answer: (b). The second softmax gives no class more than 0.4046.
certain = np.array([1.0, 0, 0, 0, 0])
twice = keras.ops.convert_to_numpy(keras.ops.softmax(certain[None]))[0]
most = twice.max()
print(f"softmax twice: at most {most:.4f}, loss at least {-np.log(most):.4f}")

# %%
# Left: the loss of one sample, by the probability of the right class, with and without
# the second softmax. Right: the losses of the compiled model's 64 samples before
# training.
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
p = np.linspace(0.01, 1, 200)
others = np.repeat((1 - p)[:, None] / 4, 4, axis=1)
second = -np.log(np.exp(p) / (np.exp(p) + np.exp(others).sum(axis=1)))
drawing.curves(
    left,
    p,
    {"one softmax": -np.log(p), "softmax twice: never below 0.9048": second},
    title="Cross-entropy of five classes",
    xlabel="probability of the right class",
    ylabel="loss",
)
each = keras.ops.convert_to_numpy(
    keras.losses.categorical_crossentropy(one_hot, predicted)
)
right.hist(each, bins=16, color="0.7", edgecolor="black")
right.axvline(np.log(5), color="tab:red", linestyle="--", label="log 5 = 1.609")
right.set(
    title="The untrained model, sample by sample", xlabel="loss", ylabel="samples"
)
right.legend()
plt.show()

# %%
# Try, one at a time, and predict what changes: another seed (how does the first loss
# change?); ten classes; relu instead of sigmoid in the hidden layers.
