"""A right answer in another way: convolutions."""

def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    kl = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(64,)), kl.Rescaling(1 / 16), kl.Reshape((8, 8, 1)),
            kl.Conv2D(32, 3, padding="same", activation="relu"), kl.MaxPooling2D(), kl.Conv2D(64, 3, activation="relu"),
            kl.Flatten(), kl.Dropout(0.2), kl.Dense(10, activation="softmax"),
        ]
    )
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(), optimizer=keras.optimizers.Nadam(), metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=32, epochs=20, verbose=0)
    return model
