"""A right answer in another way: a model class."""

class Reader(keras.Model):
    def __init__(self):
        super().__init__()
        self.scale = keras.layers.Rescaling(1 / 16)
        self.hidden = keras.layers.Dense(256, activation="relu")
        self.out = keras.layers.Dense(10, activation="softmax")

    def call(self, x):
        return self.out(self.hidden(self.scale(x)))


def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    model = Reader()
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=16, epochs=30, verbose=0)
    return model
