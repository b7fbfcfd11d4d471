"""Statistics given to Normalization by hand; a confusion matrix by tf."""

def build(n_inputs, mean=0.0, variance=1.0):
    net = keras.Sequential()
    net.add(keras.layers.Input((n_inputs,)))
    net.add(keras.layers.Normalization(mean=mean, variance=variance))
    for _ in range(2):
        net.add(keras.layers.Dense(24, "relu"))
    net.add(keras.layers.Dense(3, "softmax"))
    net.compile(keras.optimizers.RMSprop(0.003), "sparse_categorical_crossentropy", metrics=["acc"])
    return net


def train(x, y, seed):
    keras.utils.set_random_seed(seed)
    net = build(x.shape[1], x.mean(axis=0).tolist(), (x.var(axis=0) + 1e-6).tolist())
    net.fit(x, y, epochs=60, batch_size=16, verbose=0)
    return net


def report(model, table):
    import tensorflow as tf

    x, y = prepare(table)
    return tf.math.confusion_matrix(y, np.argmax(model(x), axis=1), num_classes=3)
