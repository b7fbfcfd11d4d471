"""A right answer in another way: functions and none."""

def output_activation(task):
    match task:
        case "two classes":
            return keras.activations.sigmoid
        case "many classes":
            return keras.layers.Softmax()
    return None
