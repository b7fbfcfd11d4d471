"""The cross-check of a model: rebuilt from its vetted account in a process with no student code, it must predict the same.

Evidence is testimony: a student's process could tell of layers that its model does not have. Here the layers that were told are
built anew, from Keras's own classes only, with the told weights, and asked about inputs that were drawn after the telling.
"""

import numpy as np

from course.wall.message import Layer, Model
from course.wall.process import WarmServer
from course.wall.question import Question, keras
from course.wall.room import Answer, Room

# Keras's own layers that may be rebuilt, with what is taken over of their config; sizes come from the weights themselves.
KNOWN: dict[str, tuple[str, ...]] = {
    "Dense": ("units", "activation", "use_bias"),
    "Activation": ("activation",),
    "ReLU": ("max_value", "negative_slope", "threshold"),
    "LeakyReLU": ("negative_slope",),
    "ELU": ("alpha",),
    "Softmax": ("axis",),
    "Rescaling": ("scale", "offset"),
    "Dropout": ("rate",),
    "GaussianNoise": ("stddev",),
    "Flatten": (),
    "Maximum": (),
    "Minimum": (),
    "Add": (),
    "Subtract": (),
    "Multiply": (),
    "Average": (),
    "Concatenate": ("axis",),
}
ACTIVATIONS = frozenset(
    "linear sigmoid softmax relu tanh elu selu gelu silu swish leaky_relu softplus softsign exponential hard_sigmoid relu6 mish".split()  # noqa: SIM905
)
# After so many models the clean process is changed for a fresh one, so that what it holds stays small.
USES = 50


class CleanRoom:
    """A confined worker that never sees student code; one serves many students."""

    def __init__(self, warm: WarmServer | None) -> None:
        self.warm = warm
        self.uses = 0
        self.room = Room(b"", "nobody.py", 0, None, warm)

    def predict(self, model: Model, x: np.ndarray) -> np.ndarray | None:
        """What the model of this account predicts for x (batch, n); None where it cannot be rebuilt."""
        question = plan(model, x)
        if question is None:
            return None
        if self.uses >= USES:
            self.close()
            self.room, self.uses = Room(b"", "nobody.py", 0, None, self.warm), 0
        self.uses += 1
        for weight_question in question[:-1]:
            if not isinstance(self.room.ask(weight_question), Answer):
                return None
        reply = self.room.ask(question[-1])
        return (
            reply.value
            if isinstance(reply, Answer) and isinstance(reply.value, np.ndarray)
            else None
        )

    def close(self) -> None:
        self.room.close()


def draw(model: Model, seed: int) -> np.ndarray | None:
    """Inputs of the model's own size, (8, n); None where it has not one plain input."""
    starts = [layer for layer in model.layers if layer.class_name == "InputLayer"]
    if (
        not model.built
        or len(starts) != 1
        or not starts[0].output_shape
        or len(starts[0].output_shape) != 2
    ):
        return None
    size = starts[0].output_shape[1]
    return (
        None
        if not size or size > 100_000
        else 2 * np.random.default_rng(seed).normal(size=(8, size))
    )


def plan(model: Model, x: np.ndarray) -> list[Question] | None:
    """The questions that rebuild a model and ask it about x: weights first, the prediction last. None where it is not vetted."""
    built: list[Question] = []
    layers: dict[tuple[int, ...], Question] = {}
    weights: list[Question] = []
    if len(model.outputs) != 1 or not 0 <= model.outputs[0] < len(model.layers):
        return None
    for position, layer in enumerate(model.layers):
        if layer.class_name == "InputLayer" and layer.builtin:
            built.append(keras.Input(shape=(x.shape[1],)))
            continue
        if not _vetted(layer, model, position):
            return None
        config = {
            name: layer.config[name] for name in KNOWN[layer.class_name] if name in layer.config
        }
        # The same weights at two places are one layer used twice.
        shared = layers.get(tuple(layer.weights)) if layer.weights else None
        own = shared or getattr(keras.layers, layer.class_name)(**config)
        inputs = [built[i] for i in layer.inputs]
        built.append(own(inputs[0] if len(inputs) == 1 else inputs))
        if layer.weights and shared is None:
            layers[tuple(layer.weights)] = own
            # The layer has weights only once it was called.
            weights += [built[-1].shape, own.set_weights([model.weights[i] for i in layer.weights])]
    whole = keras.Model(built[0], built[model.outputs[0]])
    return [*weights, whole(x)]


def _vetted(layer: Layer, model: Model, position: int) -> bool:
    """Whether a layer may be rebuilt: Keras's own, completely told, bounded by the weights that came with it."""
    if layer.class_name not in KNOWN or not layer.builtin or layer.operation or not layer.complete:
        return False
    if not layer.inputs or not all(0 <= i < position for i in layer.inputs):
        return False
    if "activation" in layer.config and layer.config["activation"] not in ACTIVATIONS:
        return False
    if not all(0 <= i < len(model.weights) for i in layer.weights):
        return False
    if layer.class_name == "Dense":
        kernel = model.weights[layer.weights[0]] if layer.weights else np.zeros(0)
        return kernel.ndim == 2 and layer.config.get("units") == kernel.shape[1]
    return not layer.weights
