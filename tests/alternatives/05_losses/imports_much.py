"""A right answer in odd wrapping: it imports a library of which some data is hidden."""

import sklearn.datasets
import sklearn.linear_model
from sklearn import metrics


def mean_absolute_error(y_true, y_pred):
    return metrics.mean_absolute_error(np.ravel(y_true), np.ravel(y_pred))
