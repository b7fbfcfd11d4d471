"""A right answer in another way: normalization layer."""

def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    scale = keras.layers.Normalization()
    scale.adapt(x_train)
    kl = keras.layers
    model = keras.Sequential([keras.Input((64,)), scale, kl.Dense(256, "relu"), kl.Dropout(0.4), kl.Dense(10, "softmax")])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    model.fit(x_train, y_train, batch_size=16, epochs=30, verbose=0)
    return model
