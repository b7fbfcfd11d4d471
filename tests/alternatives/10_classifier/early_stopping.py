"""A right answer in another way: early stopping."""

from sklearn.model_selection import train_test_split


def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    kl = keras.layers
    x, xv, y, yv = train_test_split(x_train, y_train, test_size=0.1, random_state=seed, stratify=y_train)
    model = keras.Sequential([kl.Input((64,)), kl.Rescaling(1 / 16), kl.Dense(256, "relu"), kl.Dropout(0.3), kl.Dense(10, "softmax")])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="rmsprop", metrics=["acc"])
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=8, restore_best_weights=True)
    model.fit(x, y, batch_size=16, epochs=60, verbose=2, validation_data=(xv, yv), callbacks=[stop])
    return model
