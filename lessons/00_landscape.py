"""The landscape: what deep learning does, and what it is written with.

The slides open with two films and a map of frameworks drawn in 2018. Here is what
became of each name on that map, and why Keras is a good place to begin: the same few
lines run on TensorFlow, JAX and PyTorch, and give the same numbers.

Slides 1, 8.
"""

# %%
# Slide 1 · the films show a telephone call made by a machine (Google Duplex) and a face
# put on another body (Deepfake). What was a sensation then is in daily use now, and it
# is still computed by layers of weighted sums, as in the next lesson.
import importlib.util
import json
import os
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np

print("speech: understood, translated and spoken, on a telephone")
print("language: assistants that write, explain and program")
print("pictures: recognised, and made from a sentence (so Deepfake needs a label now)")
print("science: protein structures, weather forecasts, new materials")

# %%
# Slide 1 · natural language: a language model gives a probability to each next word,
# and a text is drawn word by word. Here the probabilities are counts of which word
# follows which; a large model computes them with a network, from all the words before.
story = "the neuron adds and the layer adds neurons and the network adds layers and"
words = story.split()
rng = np.random.default_rng(4)
said = words[:1]
while len(said) < 12:
    after = [
        b for a, b in zip(words, words[1:] + words[:1], strict=True) if a == said[-1]
    ]
    said.append(str(rng.choice(after)))
print("drawn:", " ".join(said))

# %%
# Slide 1 · generated pictures: a GAN (generative adversarial network) has two networks.
# The generator makes samples from random numbers; the discriminator learns to tell them
# from real ones; each makes the other better. This generator is not trained yet: what
# it draws has no meaning.
noise = rng.normal(size=(3, 2))
drawn = 1 / (
    1 + np.exp(-np.tanh(noise @ rng.normal(size=(2, 16))) @ rng.normal(size=(16, 64)))
)
print(
    "three pictures of 8 by 8, from two random numbers each:",
    drawn.reshape(3, 8, 8).shape,
)

# %%
# Slide 8 · the frameworks of the slide, and what became of each
#
# Question: How many of these ten frameworks are still developed? (a) all (b) five (c)
# one
#
# Answer: (b). Keras, Fast.ai, TensorFlow, PyTorch and Deeplearning4j.
became = {
    "Keras": "high-level API; since version 3 (2023) on TensorFlow, JAX and PyTorch",
    "Fast.ai": "high-level API; goes on, built on PyTorch",
    "TensorFlow": "goes on",
    "PyTorch": "goes on; what most research is written in",
    "Caffe": "last release 2017; its successor Caffe2 was merged into PyTorch in 2018",
    "Chainer": "only maintained since the end of 2019; its makers moved to PyTorch",
    "MXNet": "retired by the Apache foundation in 2023",
    "CNTK": "last release 2019; Microsoft moved to PyTorch",
    "MatConvNet": "for MATLAB; no longer developed",
    "Deeplearning4j": "for Java; goes on slowly",
}
for name, fate in became.items():
    print(f"{name:<16}{fate}")

# %%
# Slide 8 · the chart "Deep Learning Framework Power Scores 2018", rounded to whole
# numbers. (Jeff Hale, Towards Data Science, September 2018: searches, job offers,
# books, articles and GitHub activity, weighted.)
#
# Question: How far ahead of the second was the first in 2018? (a) hardly (b) nearly
# twice as high (c) ten times
#
# Answer: (b). TensorFlow had 97, Keras 52, which itself ran on TensorFlow.
scores = {
    "TensorFlow": 97,
    "Keras": 52,
    "PyTorch": 23,
    "Caffe": 17,
    "Theano": 12,
    "MXNet": 8,
    "CNTK": 5,
}
scores |= {"Deeplearning4j": 4, "Caffe2": 3, "Chainer": 1, "Fast.ai": 1}
places = {name: place for place, name in enumerate(scores)}
living = {"TensorFlow", "Keras", "PyTorch", "Fast.ai", "Deeplearning4j"}
figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
for alive, colour in ((True, "0.25"), (False, "0.8")):
    names = [name for name in scores if (name in living) == alive]
    label = "still developed" if alive else "given up or merged"
    bars = axes.barh(
        [places[name] for name in names],
        [scores[name] for name in names],
        color=colour,
        edgecolor="black",
        label=label,
    )
    axes.bar_label(bars, padding=4)
axes.set_yticks(range(len(scores)), list(scores))
axes.set(
    title="Deep learning frameworks in 2018",
    xlabel="power score (0 to 100)",
    xlim=(0, 108),
    ylim=(len(scores) - 0.5, -0.5),
)
axes.legend(loc=4)
plt.show()

# %%
# One model, three engines. Keras chooses its backend from KERAS_BACKEND when it is
# imported, so each backend runs in its own process. NumPy draws the weights, so they
# are the same for all three; on the CPU, the rounding is the same too.
#
# Question: Equal weights on three engines: are the outputs equal? (a) in every digit
# (b) up to rounding (c) no
#
# Answer: (b). The formulas are the same; only the last digits may differ.
SCRIPT = """
import json, keras, numpy as np
rng = np.random.default_rng(1)
model = keras.Sequential([
    keras.Input(shape=(3,)),
    keras.layers.Dense(4, activation="sigmoid"),
    keras.layers.Dense(2, activation="softmax"),
])
model.set_weights([rng.normal(size=weight.shape) for weight in model.weights])
print(json.dumps(keras.ops.convert_to_numpy(model(rng.normal(size=(5, 3)))).tolist()))
"""
outputs = {}
for backend, package in (
    ("tensorflow", "tensorflow"),
    ("jax", "jax"),
    ("torch", "torch"),
):
    if importlib.util.find_spec(package) is None:
        print(f"{backend:<12}is not installed here")
        continue
    quiet = os.environ | {
        "KERAS_BACKEND": backend,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=quiet,
        capture_output=True,
        text=True,
        check=True,
    )
    outputs[backend] = np.array(json.loads(done.stdout.splitlines()[-1]))
    print(
        f"{backend:<12}{np.round(outputs[backend][0], 6)} for the first of five samples"
    )
if len(outputs) > 1:
    print(f"equal outputs from equal weights: {', '.join(outputs)}")
else:
    print("only one backend is installed here, so there is nothing to compare")

# %%
# Try, one at a time, and predict what changes: four or eight units instead of the
# model's own; another seed for the weights; ten samples instead of five.
