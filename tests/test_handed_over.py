"""What is handed over is what is graded: lies about models, optimizers and trainings earn nothing, and honest wrapping costs nothing."""

from pathlib import Path

import pytest

from course.classroom.grade import grade_file

TESTS = Path(__file__).parent


def passed(stem, more, clean, seed=6):
    """The checks that a solution passes with something read after it."""
    source = (TESTS / "solutions" / f"{stem}.py").read_text("utf-8") + "\n\n" + more
    marks = grade_file(stem, source.encode(), seed, clean)
    return {mark.check: mark for mark in marks if mark.passed}, {m.check: m for m in marks}


# (exercise, what is read after the solution, the checks that must be missed)
LIES = {
    "weights patched after the description": (
        "01_forward_pass",
        """
class Neuron(keras.Model):
    def __init__(self, n):
        super().__init__()
        self.inner = keras.layers.Dense(1)
        self.n = n
    def call(self, x):
        return keras.ops.ones_like(x[:, :1]) * 0.5
def build_neuron(n_inputs):
    model = Neuron(n_inputs)
    model.inner.build((None, n_inputs))
    model(np.zeros((1, n_inputs)))
    return model
""",
        ["test_build_neuron", "test_build_neuron_computes"],
    ),
    "NumPy inside of call": (
        "01_forward_pass",
        """
class Neuron(keras.Model):
    def __init__(self, n):
        super().__init__()
        self.d = keras.layers.Dense(1)
    def call(self, x):
        return 1 / (1 + np.exp(-np.asarray(self.d(x))))
def build_neuron(n_inputs):
    model = Neuron(n_inputs)
    model(np.zeros((1, n_inputs)))
    return model
""",
        ["test_build_neuron", "test_build_neuron_computes"],
    ),
    "np.interp in a subclass": (
        "02_fully_connected",
        """
class Table(keras.Model):
    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x.ravel(), y.ravel()
        self.d = keras.layers.Dense(1)
    def call(self, x):
        self.d(x)
        return np.interp(np.asarray(x), self.x, self.y)
def fit_curve(x, y, seed):
    order = np.argsort(x.ravel())
    model = Table(x[order], y[order])
    model(x[:2])
    return model
""",
        ["test_fit_curve"],
    ),
    "a History filled by hand": (
        "09_fit_validation",
        """
def train(model, x, y):
    history = keras.callbacks.History()
    history.set_model(model)
    history.params = {"epochs": 30, "steps": 12}
    loss = list(np.linspace(1.2, 0.5, 30))
    history.history = {"loss": loss, "val_loss": loss, "accuracy": loss, "val_accuracy": loss}
    model.optimizer.build(model.trainable_variables)
    model.optimizer.iterations.assign(360)
    return history
""",
        ["test_train"],
    ),
    "rows in order": (
        "09_fit_validation",
        """
def train(model, x, y):
    return model.fit(x, y, batch_size=16, epochs=30, shuffle=False, validation_split=0.1, verbose=0)
""",
        ["test_train"],
    ),
    "columns mixed up in a split": (
        "09_fit_validation",
        """
_split = split
def split(x, y, validation, test, seed):
    parts = _split(x, y, validation, test, seed)
    return [(np.c_[a[:, :1], a[::-1, 1:]], b) for a, b in parts]
""",
        ["test_split"],
    ),
    "a loss that only bears the name": (
        "08_compile_model",
        """
class CategoricalCrossentropy(keras.losses.Loss):
    __module__ = "keras.losses"
    def call(self, y_true, y_pred):
        return 0 * y_pred[:, 0]
def compile_classifier(model):
    model.compile(loss=CategoricalCrossentropy(), optimizer="sgd", metrics=["accuracy"])
    return model
""",
        ["test_loss_of_the_classifier"],
    ),
    "an optimizer that only bears the name": (
        "08_compile_model",
        """
class SGD(keras.optimizers.Optimizer):
    __module__ = "keras.optimizers"
    def update_step(self, gradient, variable, learning_rate):
        pass
def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", optimizer=SGD(0.01), metrics=["accuracy"])
    return model
""",
        ["test_optimizer_of_the_classifier"],
    ),
    "an optimizer whose config lies": (
        "07_optimizers",
        """
class SGD(keras.optimizers.Adam):
    def get_config(self):
        return keras.optimizers.SGD(0.1).get_config()
SGD.__name__, SGD.__module__ = "SGD", "keras.optimizers"
def build_optimizer(name):
    return SGD()
""",
        ["test_build_optimizer"],
    ),
    "an activation that only bears the name": (
        "03_activations",
        """
def sigmoid_(x):
    return x
sigmoid_.__name__, sigmoid_.__module__ = "sigmoid", "keras.activations"
def output_activation(task):
    return sigmoid_
""",
        ["test_output_activation"],
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_earns_nothing(name, clean):
    stem, more, missed = LIES[name]
    good, marks = passed(stem, more, clean)
    assert not set(missed) & set(good)
    assert all(marks[check].why for check in missed)


def test_a_model_that_cannot_be_traced_is_told_why(clean):
    stem, more, missed = LIES["NumPy inside of call"]
    _, marks = passed(stem, more, clean)
    assert "can't be graded, because" in marks[missed[0]].why
    assert "keras.ops" in marks[missed[0]].why


# Right models in wrappings of every kind: all checks of the exercise pass.
WRAPPED = {
    "variables of its own": (
        "01_forward_pass",
        """
class Neuron(keras.Model):
    def __init__(self, n):
        super().__init__()
        self.w = self.add_weight(shape=(n, 1))
        self.b = self.add_weight(shape=(1,))
    def call(self, x):
        return keras.ops.sigmoid(keras.ops.matmul(x, self.w) + self.b)
def build_neuron(n_inputs):
    model = Neuron(n_inputs)
    model(np.zeros((1, n_inputs)))
    return model
""",
    ),
    "a layer of its own inside a functional model": (
        "01_forward_pass",
        """
class Sigmoid(keras.layers.Layer):
    def call(self, x):
        return 1 / (1 + keras.ops.exp(-x))
def build_neuron(n_inputs):
    x = keras.Input((n_inputs,), name="numbers")
    return keras.Model(x, Sigmoid()(keras.layers.Dense(1, kernel_regularizer="l2")(x)))
""",
    ),
    "a model in a model, a Lambda and a name": (
        "03_activations",
        """
def build_maxout(n_inputs, units):
    inner = keras.Sequential([keras.Input((n_inputs,)), keras.layers.Dense(units, name="one")])
    x = keras.Input((n_inputs,))
    both = [inner(x), keras.layers.Dense(units, kernel_initializer="he_normal")(x)]
    return keras.Model(x, keras.layers.Lambda(lambda pair: keras.ops.maximum(*pair))(both))
""",
    ),
    "set_neuron that knows only its own layers": (
        "01_forward_pass",
        """
def build_neuron(n_inputs):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.Dense(1, "sigmoid", name="mine")])
def set_neuron(model, w, b):
    model.get_layer("mine").set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return model
""",
    ),
    "a loss in a list of one": (
        "08_compile_model",
        """
def compile_classifier(model):
    loss = [keras.losses.CategoricalCrossentropy()]
    metric = keras.metrics.CategoricalAccuracy(name="acc")
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(0.01), metrics=[metric])
    return model
""",
    ),
    "a schedule of its own": (
        "07_optimizers",
        """
class Shrinking(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, lr, decay):
        self.lr, self.decay = lr, decay
    def __call__(self, step):
        return self.lr / (1 + self.decay * keras.ops.cast(step, "float32"))
def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(Shrinking(lr, decay), momentum=momentum)
""",
    ),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_wrapping_costs_nothing(name, clean):
    stem, more = WRAPPED[name]
    good, marks = passed(stem, more, clean)
    assert set(good) == set(marks), {c: m.why for c, m in marks.items() if c not in good}
