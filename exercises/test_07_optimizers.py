"""Checks for 07_optimizers; the expected values are the papers' rules in NumPy, which a test of the course compares with Keras."""

import numpy as np

from course.checks import KerasObject, Miss, Text, check, clean, close, inputs, require, student

rng = inputs()
W = rng.normal(size=4) + 2
GRADIENTS = [rng.uniform(0.5, 1.5, 4) * rng.choice([-1, 1], 4) for _ in range(8)]
G, ZERO, ADA = GRADIENTS[0], np.zeros(4), np.full(4, 0.1)
RATE, M = float(rng.uniform(0.05, 0.15)), float(rng.uniform(0.7, 0.9))
BEGUN = rng.uniform(0.2, 0.6, 4)


class Rules:
    """The rules as Keras computes them: (w, g, state...) → (w, state...)."""

    @staticmethod
    def momentum(w, g, v):
        v = M * v - RATE * g
        return w + v, v

    @staticmethod
    def nesterov(w, g, v):
        v = M * v - RATE * g
        return w + M * v - RATE * g, v

    @staticmethod
    def adagrad(w, g, a):
        a = a + g**2
        return w - RATE * g / np.sqrt(a + 1e-7), a

    @staticmethod
    def rmsprop(w, g, a, rho=0.9):
        a = rho * a + (1 - rho) * g**2
        return w - RATE * g / np.sqrt(a + 1e-7), a

    @staticmethod
    def adam(w, g, m, v, t, beta_1=0.9, beta_2=0.999):
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2
        return w - RATE * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + 1e-7), m, v


def many(function, start, *settings, counted=False):
    """The weights after each gradient, each answer's state handed on to the next call: of a student's function, questions."""
    w, states, found = W, [start] * (2 if counted else 1), []
    for t, g in enumerate(GRADIENTS, 1):
        answer = function(w, g, *states, *([t] if counted else []), *settings)
        w, states = answer[0], [answer[i + 1] for i in range(len(states))]
        found.append(w)
    return found


def follows(answers, rule, start, counted=False):
    """Miss unless the weights after each update are the rule's; the first that differ say which update went wrong."""
    wanted = many(rule, start, counted=counted)
    for t, (answer, w) in enumerate(zip(answers, wanted, strict=True), 1):
        try:
            close(answer, w)
        except Miss as miss:
            why = (
                Text(
                    "The first update is wrong already: fix first what the check of one update says."
                )
                if t == 1
                else Text(
                    "Over many steps it goes wrong: use the state that is handed in, and return the new one."
                )
            )
            raise Miss(why, answer, miss.came, miss.expected) from None


def same(answer, wanted, names):
    """A rule's answer against the right one, entry by entry; a miss is about the whole answer."""
    wish = f"({', '.join(names)})"
    if not isinstance(answer, list | tuple):
        raise Miss(
            Text("The state is not returned: return {wish}.", wish=wish), answer, str(answer), wish
        )
    require(
        len(answer) == len(names),
        Text("It has {value} entries, expected {wish}.", value=len(answer), wish=wish),
        answer,
        wish,
    )
    for got, want, name in zip(answer, wanted, names, strict=True):
        try:
            close(got, want, what=name)
        except Miss as miss:
            raise Miss(miss.why, answer, miss.came, miss.expected) from None


def gives(*wanted):
    """A condition for a known wrong answer; None stands for an entry that may be anything."""
    return lambda a: all(
        w is None or np.allclose(np.asarray(g), w, rtol=1e-4, atol=1e-6)
        for g, w in zip(a, wanted, strict=True)
    )


UPHILL = "This walks uphill: subtract the gradient."
PLAIN = "This is plain gradient descent: the state is not used."
SQUARE = "The accumulator takes the square of the gradient."
NO_ROOT = "The square root is missing."
ABSOLUTE = "This takes the absolute value of the gradient: its square belongs here."


@check(
    student.sgd(W, G, RATE),
    points=1,
    hint=(
        "Which way is downhill, and how far does one step go?",
        "The step is the gradient times the learning rate; it is taken from w.",
        "w - learning_rate * g",
    ),
    mistakes={
        UPHILL: W + RATE * G,
        "The learning rate is missing.": W - G,
        "This is only the step: subtract it from w.": RATE * G,
        "The gradient is divided by the learning rate: multiply it.": W - G / RATE,
        "The learning rate that is handed in is not used.": lambda a: np.ptp((W - a) / G) < 1e-6,
    },
)
def test_sgd(answer):
    """sgd moves against the gradient; the learning rate sets how far."""
    close(answer, W - RATE * G)


@check(
    student.momentum(W, G, -BEGUN, RATE, M),
    points=0.5,
    hint=(
        "What does this rule remember from one update to the next?",
        "The velocity: a share of the old one, less the new step. The weights then move by the whole velocity.",
        "velocity = momentum * velocity - learning_rate * g, then (w + velocity, velocity).",
    ),
    mistakes={
        PLAIN: gives(W - RATE * G, None),
        "This is Nesterov's rule: here the velocity is added to w.": gives(
            Rules.nesterov(W, G, -BEGUN)[0], None
        ),
        "The sign of the gradient is wrong in the velocity.": gives(W - M * BEGUN + RATE * G, None),
        "The learning rate belongs inside the velocity, as in Keras.": gives(
            W - RATE * (-M * BEGUN + G), None
        ),
        "The old velocity is returned, not the new one.": gives(
            Rules.momentum(W, G, -BEGUN)[0], -BEGUN
        ),
        "The order is wrong: return (w, velocity).": gives(*Rules.momentum(W, G, -BEGUN)[::-1]),
        "The velocity's sign is the opposite of Keras's: velocity = momentum * velocity - learning_rate * g, then w + velocity.": gives(
            W - (-M * BEGUN + RATE * G), None
        ),
        "The gradient has no factor 1 - momentum in Keras's rule.": lambda a: any(
            np.allclose(np.asarray(a[0]), W - M * BEGUN * k - (1 - M) * RATE * G, rtol=1e-4)
            for k in (1, -RATE)
        ),
        "The old velocity is not multiplied by momentum.": gives(W - BEGUN - RATE * G, None),
        "The velocity is subtracted from w: add it.": gives(W + M * BEGUN + RATE * G, None),
    },
)
def test_momentum(answer):
    """momentum keeps a velocity, and moves w by it."""
    same(answer, Rules.momentum(W, G, -BEGUN), ("w", "velocity"))


@check(
    *many(student.momentum, ZERO, RATE, M),
    points=1,
    hint=(
        "Which numbers must live on from one update to the next?",
        "The second call gets what the first returned.",
    ),
)
def test_momentum_over_many_steps(*answers):
    """momentum follows Keras's SGD(momentum=...) over eight steps."""
    follows(answers, Rules.momentum, ZERO)


@check(
    student.nesterov(W, G, -BEGUN, RATE, M),
    points=0.5,
    hint=(
        "Nesterov's rule looks ahead: with the old velocity, or with the new one?",
        "The new velocity is as in momentum; the step looks ahead with it, and adds the gradient's own step.",
        "velocity as in momentum; then w + momentum * velocity - learning_rate * g.",
    ),
    mistakes={
        "This is plain momentum: Nesterov looks ahead by momentum * velocity.": gives(
            Rules.momentum(W, G, -BEGUN)[0], None
        ),
        PLAIN: gives(W - RATE * G, None),
        "The look-ahead takes the new velocity, not the old one.": gives(
            W - M * BEGUN - RATE * G, None
        ),
        "The old velocity is returned, not the new one.": gives(
            Rules.nesterov(W, G, -BEGUN)[0], -BEGUN
        ),
        "The look-ahead is momentum * velocity: here it is the whole velocity.": gives(
            W + (-M * BEGUN - RATE * G) - RATE * G, None
        ),
        "The gradient's own step is missing: w + momentum * velocity - learning_rate * g.": gives(
            W + M * (-M * BEGUN - RATE * G), None
        ),
        "The velocity is added too: w + momentum * velocity - learning_rate * g, with the new velocity.": gives(
            W + (1 + M) * (-M * BEGUN - RATE * G), None
        ),
        "The returned velocity is not the one of momentum: it takes no look ahead.": gives(
            Rules.nesterov(W, G, -BEGUN)[0], None
        ),
    },
)
def test_nesterov(answer):
    """nesterov looks ahead: w + momentum * velocity - learning_rate * g."""
    same(answer, Rules.nesterov(W, G, -BEGUN), ("w", "velocity"))


@check(
    *many(student.nesterov, ZERO, RATE, M),
    points=1,
    hint=(
        "Which numbers must live on from one update to the next?",
        "The second call gets what the first returned.",
    ),
)
def test_nesterov_over_many_steps(*answers):
    """nesterov follows Keras's SGD(momentum=..., nesterov=True) over eight steps."""
    follows(answers, Rules.nesterov, ZERO)


@check(
    student.adagrad(W, G, BEGUN, RATE),
    points=0.5,
    hint=(
        "Why do the steps of Adagrad only get smaller?",
        "Add up the squares of all gradients; divide the step by the square root of that sum.",
        "accumulator = accumulator + g**2, then w - learning_rate * g / np.sqrt(accumulator + epsilon).",
    ),
    mistakes={
        NO_ROOT: gives(W - RATE * G / (BEGUN + G**2), None),
        SQUARE: gives(None, BEGUN + G),
        PLAIN: gives(W - RATE * G, None),
        "The old accumulator is used: add g² first.": gives(W - RATE * G / np.sqrt(BEGUN), None),
        "The returned accumulator is not the new one: return (w, accumulator) with g² added.": gives(
            None, BEGUN
        ),
        "This is RMSprop: Adagrad's sum keeps all squared gradients.": gives(
            Rules.rmsprop(W, G, BEGUN)[0], None
        ),
        ABSOLUTE: gives(None, BEGUN + np.abs(G)),
        UPHILL: gives(W + RATE * G / np.sqrt(BEGUN + G**2), None),
        "The gradient is missing in the step.": gives(W - RATE / np.sqrt(BEGUN + G**2), None),
        "The old accumulator is lost: add g² to it.": gives(None, G**2),
    },
)
def test_adagrad(answer):
    """adagrad divides by the root of all squared gradients so far."""
    same(answer, Rules.adagrad(W, G, BEGUN), ("w", "accumulator"))


@check(
    *many(student.adagrad, ADA, RATE),
    points=1,
    hint=(
        "Which numbers must live on from one update to the next?",
        "The second call gets what the first returned.",
    ),
)
def test_adagrad_over_many_steps(*answers):
    """adagrad follows Keras's Adagrad over eight steps."""
    follows(answers, Rules.adagrad, ADA)


@check(
    student.rmsprop(W, G, BEGUN, RATE),
    student.rmsprop(W, G, BEGUN, RATE, 0.7),
    points=0.5,
    hint=(
        "What does RMSprop forget that Adagrad keeps?",
        "An average of the squares in which the old ones fade: rho of the old average, 1 - rho of the new square.",
        "average = rho * average + (1 - rho) * g**2, then w - learning_rate * g / np.sqrt(average + epsilon).",
    ),
    mistakes={
        NO_ROOT: gives(W - RATE * G / (0.9 * BEGUN + 0.1 * G**2), None),
        "The argument rho is not used.": gives(*Rules.rmsprop(W, G, BEGUN)),
        "rho and 1 - rho are swapped.": gives(None, 0.1 * BEGUN + 0.9 * G**2),
        SQUARE: gives(None, 0.9 * BEGUN + 0.1 * G),
        PLAIN: gives(W - RATE * G, None),
        "This is Adagrad: RMSprop's average forgets old gradients, as set by rho.": gives(
            Rules.adagrad(W, G, BEGUN)[0], None
        ),
        "The old average is returned, not the new one.": gives(None, BEGUN),
        "The factor 1 - rho before g² is missing.": gives(None, 0.9 * BEGUN + G**2),
        ABSOLUTE: gives(None, 0.9 * BEGUN + 0.1 * np.abs(G)),
        "The old average is used for the step: compute the new one first.": gives(
            W - RATE * G / np.sqrt(BEGUN), None
        ),
        "The root belongs to the step: return the average without it.": gives(
            None, np.sqrt(Rules.rmsprop(W, G, BEGUN)[1])
        ),
    },
)
def test_rmsprop(answer, other):
    """rmsprop divides by the root of a running average of squared gradients."""
    same(answer, Rules.rmsprop(W, G, BEGUN), ("w", "average"))
    same(other, Rules.rmsprop(W, G, BEGUN, 0.7), ("w", "average"))


@check(
    *many(student.rmsprop, ZERO, RATE),
    points=1,
    hint=(
        "Which numbers must live on from one update to the next?",
        "The second call gets what the first returned.",
    ),
)
def test_rmsprop_over_many_steps(*answers):
    """rmsprop follows Keras's RMSprop over eight steps."""
    follows(answers, Rules.rmsprop, ZERO)


M1, V1 = 0.9 * BEGUN + 0.1 * G, 0.999 * BEGUN + 0.001 * G**2


@check(
    student.adam(W, G, BEGUN, BEGUN, 3, RATE),
    student.adam(W, G, BEGUN, 4 * BEGUN, 12, RATE, 0.8, 0.99),
    points=1,
    hint=(
        "Both means begin at 0. How far off are they at the first update?",
        "Divide each mean by 1 - beta^t for the step, but return the means as they are.",
        "m_hat = m / (1 - beta_1**t), v_hat = v / (1 - beta_2**t); w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon).",
    ),
    mistakes={
        "The bias correction is missing: divide m and v by 1 - beta^t.": gives(
            W - RATE * M1 / np.sqrt(V1), None, None
        ),
        "t counts from 1 already: beta^t, not beta^(t + 1).": gives(
            W - RATE * (M1 / (1 - 0.9**4)) / np.sqrt(V1 / (1 - 0.999**4)), None, None
        ),
        "t counts from 1: beta^t, not beta^(t - 1).": gives(
            W - RATE * (M1 / (1 - 0.9**2)) / np.sqrt(V1 / (1 - 0.999**2)), None, None
        ),
        "Return m and v without the division: the correction is only for the step.": gives(
            Rules.adam(W, G, BEGUN, BEGUN, 3)[0], M1 / (1 - 0.9**3), V1 / (1 - 0.999**3)
        ),
        NO_ROOT: gives(W - RATE * (M1 / (1 - 0.9**3)) / (V1 / (1 - 0.999**3)), None, None),
        "The arguments beta_1 and beta_2 are not used.": gives(
            *Rules.adam(W, G, BEGUN, 4 * BEGUN, 12)
        ),
        "beta_1 and beta_2 are swapped.": gives(
            None, 0.999 * BEGUN + 0.001 * G, 0.9 * BEGUN + 0.1 * G**2
        ),
        "v takes the square of the gradient.": gives(None, M1, 0.999 * BEGUN + 0.001 * G),
        "The old m and v are returned, not the new ones.": gives(None, BEGUN, BEGUN),
        ABSOLUTE: gives(None, M1, 0.999 * BEGUN + 0.001 * np.abs(G)),
        "The correction ignores t: divide by 1 - beta**t.": gives(
            W - RATE * (M1 / 0.1) / np.sqrt(V1 / 0.001), None, None
        ),
        "The step uses the gradient: it uses the corrected m.": gives(
            W - RATE * G / np.sqrt(V1 / (1 - 0.999**3)), None, None
        ),
        "Only v is corrected: divide m by 1 - beta_1**t too.": gives(
            W - RATE * M1 / np.sqrt(V1 / (1 - 0.999**3)), None, None
        ),
        "Only m is corrected: divide v by 1 - beta_2**t too.": gives(
            W - RATE * (M1 / (1 - 0.9**3)) / np.sqrt(V1), None, None
        ),
    },
)
def test_adam(answer, other):
    """adam uses both running means, corrected because they start at 0."""
    same(answer, Rules.adam(W, G, BEGUN, BEGUN, 3), ("w", "m", "v"))
    same(other, Rules.adam(W, G, BEGUN, 4 * BEGUN, 12, 0.8, 0.99), ("w", "m", "v"))


@check(
    *many(student.adam, ZERO, RATE, counted=True),
    points=1,
    hint=(
        "Which numbers must live on from one update to the next?",
        "The second call gets what the first returned, and t = 2.",
    ),
    mistakes={
        "A NaN comes from dividing by 1 - beta^0: t counts from 1.": lambda a: (
            not np.isfinite(a).all()
        )
    },
)
def test_adam_over_many_steps(*answers):
    """adam follows Keras's Adam over eight steps."""
    follows(answers, Rules.adam, ZERO, counted=True)


def updates(momentum, decay, count=6):
    """The questions that make `count` updates with build_sgd's optimizer, and then ask for the variable."""
    optimizer, variable = student.build_sgd(0.5, momentum, decay), clean.Variable(W)
    return [
        *(optimizer.apply([g], [variable]) for g in GRADIENTS[:count]),
        clean.ops.convert_to_numpy(variable),
    ]


def slides_sgd(momentum, decay, count=6, first=0):
    w, v = W, ZERO
    for t, g in enumerate(GRADIENTS[:count], first):
        v = momentum * v - 0.5 / (1 + decay * t) * g
        w = w + v
    return w


def shrinking_sgd(decay):
    """What weight_decay does in Keras: each update shrinks the weights first."""
    w = W
    for g in GRADIENTS[:6]:
        w = w - 0.5 * decay * w - 0.5 * g
    return w


def nesterov_sgd(momentum):
    w, v = W, ZERO
    for g in GRADIENTS[:6]:
        v = momentum * v - 0.5 * g
        w = w + momentum * v - 0.5 * g
    return w


@check(
    *updates(0.0, 0.3),
    points=1,
    hint=(
        "The slide's `decay` is gone. What should the learning rate be after t updates?",
        "Keras has schedules in place of a number: one of them divides by 1 plus decay times t.",
        "learning_rate=keras.optimizers.schedules.InverseTimeDecay(lr, decay_steps=1, decay_rate=decay)",
    ),
    mistakes={
        "The decay is ignored: Keras 3 needs a schedule as the learning rate.": slides_sgd(
            0.0, 0.0
        ),
        "t is 0 at the first update: it still has the full rate.": slides_sgd(0.0, 0.3, first=1),
        "This decays exponentially: the slides' rate is lr / (1 + decay t).": lambda a: np.allclose(
            a,
            W - sum(0.5 * f**t * g for f in (0.7,) for t, g in enumerate(GRADIENTS[:6])),
            rtol=1e-3,
        ),
        "weight_decay shrinks the weights, not the learning rate: use a schedule.": shrinking_sgd(
            0.3
        ),
        "The rate is only smaller, and the same for all updates: use a schedule.": lambda a: (
            np.ptp((W - a) / np.sum(GRADIENTS[:6], axis=0)) < 1e-5
        ),
        "The rate decays too slowly: decay_steps is 1.": lambda a: any(
            np.allclose(a, slides_sgd(0.0, 0.3 / n), rtol=1e-4) for n in (10, 100, 1000, 10000)
        ),
    },
)
def test_build_sgd_decays(*answers):
    """build_sgd's learning rate at update t is lr / (1 + decay t)."""
    close(answers[-1], slides_sgd(0.0, 0.3))


@check(
    *updates(0.6, 0.0),
    *updates(0.6, 0.3),
    points=0.5,
    hint=(
        "Which arguments of SGD are not handed on yet?",
        "keras.optimizers.SGD(learning_rate=..., momentum=momentum)",
    ),
    mistakes={
        "The momentum is not used.": slides_sgd(0.0, 0.0),
        "The exercise does not ask for Nesterov.": nesterov_sgd(0.6),
    },
)
def test_build_sgd_has_momentum(*answers):
    """build_sgd uses the momentum; without decay, its learning rate is constant."""
    close(answers[len(answers) // 2 - 1], slides_sgd(0.6, 0.0))
    # Whether the rate decays is another check's matter.
    forgotten = np.allclose(answers[-1], slides_sgd(0.0, 0.3), rtol=1e-4)
    require(
        not forgotten,
        "The momentum is not used when there is a decay: put both in SGD(...).",
        answers[-1],
    )


KINDS = {
    "sgd": "SGD",
    "momentum": "SGD",
    "nesterov": "SGD",
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adam": "Adam",
}


@check(
    *(clean.optimizers.get(student.build_optimizer(name)) for name in KINDS),
    points=1.5,
    hint=(
        "How many different classes of keras.optimizers are behind the names?",
        "Momentum and Nesterov are SGD with an argument; the others are classes of their own.",
        "keras.optimizers.SGD(momentum=0.9, nesterov=True), Adagrad(), RMSprop(), Adam().",
    ),
)
def test_build_optimizer(*answers):
    """build_optimizer returns a Keras optimizer of each kind."""
    for (name, kind), answer in zip(KINDS.items(), answers, strict=True):
        is_optimizer(name, kind, answer)


def is_optimizer(name, kind, answer):
    if not isinstance(answer, KerasObject) or answer.kind != "optimizer":
        raise Miss(
            Text('build_optimizer("{name}") did not return a Keras optimizer.', name=name),
            answer,
            str(answer),
            kind,
        )
    require(
        answer.name == kind,
        Text(
            'build_optimizer("{name}") returned {name1}, expected {kind}.',
            name=name,
            name1=answer.name,
            kind=kind,
        ),
        answer,
        kind,
    )
    if kind == "SGD":
        momentum, looks_ahead = (
            answer.config.get("momentum", 0),
            answer.config.get("nesterov", False),
        )
        if name == "sgd":
            require(momentum == 0, "Plain sgd has no momentum.", answer, "SGD(momentum=0)")
            return
        require(
            momentum > 0,
            Text('For "{name}" the momentum is 0: set momentum=0.9.', name=name),
            answer,
            "momentum above 0",
        )
        why = (
            Text("For nesterov, nesterov=True is missing.")
            if name == "nesterov"
            else Text("Plain momentum does not use nesterov=True.")
        )
        require(looks_ahead == (name == "nesterov"), why, answer, f"nesterov={name == 'nesterov'}")
