"""The peer's pipeline: what the published projects do, in pinned scikit-learn."""

import json

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import Lasso, LinearRegression, Ridge
from sklearn.ensemble import RandomForestRegressor
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeRegressor

TARGET = "math_score"
NUMERIC = ["reading_score", "writing_score"]
NOMINAL = ["gender", "race_ethnicity", "parental_level_of_education", "lunch", "test_preparation_course"]

ESTIMATORS = {
    "least-squares": LinearRegression,
    "ridge": Ridge,
    "lasso": Lasso,
    "k-neighbors": KNeighborsRegressor,
    "decision-tree": DecisionTreeRegressor,
    "random-forest": RandomForestRegressor,
}


def snake(name):
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def make(estimator, params):
    known = {snake(name): value for name, value in params.items()}
    if estimator in ("decision-tree", "random-forest"):
        known["random_state"] = 42
    return Pipeline([("encode", encoder()), ("model", ESTIMATORS[estimator](**known))])


def encoder():
    return make_column_transformer((StandardScaler(), NUMERIC), (OneHotEncoder(handle_unknown="ignore"), NOMINAL))


def read(path):
    frame = pd.read_csv(path, keep_default_na=False)
    return frame.drop(columns=[TARGET]), frame[TARGET]


def read_grid(path):
    with open(path) as file:
        return json.load(file)
