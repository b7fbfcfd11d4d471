"""A right answer in another way: functions as activations."""

def build_compact_model():
    return keras.Sequential(
        [
            keras.Input((200,)),
            layers.Dense(128, activation=keras.activations.sigmoid),
            layers.Dense(256, activation=keras.ops.sigmoid),
            layers.Dense(5, activation=keras.activations.softmax),
        ]
    )
