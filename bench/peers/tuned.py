"""scikit-learn's tuned best on a table: tuned.py DATA SCHEMA N_JOBS. Prints JSON: best model, CV R2 (5 folds of the training part), test scores.

Every model gets a grid of usual size by GridSearchCV; the best mean wins and is scored once on the test part, which is
the same rows as Scorecast's. Numbers are standardised, text is one-hot encoded, gaps get the median or the commonest level.
"""

import json
import sys

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso, Ridge
from sklearn.metrics import mean_absolute_error, root_mean_squared_error
from sklearn.model_selection import GridSearchCV, KFold, train_test_split
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

GRIDS = {
    "ridge": (Ridge(), {"alpha": [0.1, 1, 10, 100]}),
    "lasso": (Lasso(max_iter=10_000), {"alpha": [0.001, 0.01, 0.1, 1]}),
    "k-neighbors": (KNeighborsRegressor(), {"n_neighbors": [5, 9, 15], "weights": ["uniform", "distance"]}),
    "random-forest": (
        RandomForestRegressor(200, random_state=42),
        {"min_samples_leaf": [1, 3, 5], "max_features": [1.0, 0.5]},
    ),
    "gradient-boosting": (
        GradientBoostingRegressor(random_state=42),
        {"n_estimators": [100, 300], "learning_rate": [0.03, 0.1], "max_depth": [2, 3]},
    ),
    "hist-gradient-boosting": (
        HistGradientBoostingRegressor(random_state=42, early_stopping=False),
        {"learning_rate": [0.03, 0.1], "max_leaf_nodes": [7, 31]},
    ),
}


def read(data, schema):
    with open(schema) as file:
        fields = json.load(file)
    with open(data) as file:
        separator = ";" if ";" in file.readline() else ","
    frame = pd.read_csv(data, sep=separator, keep_default_na=False, na_values=[""])
    features = fields["features"]
    numeric = [f["name"] for f in features if f["kind"] == "numeric"]
    nominal = [f["name"] for f in features if f["kind"] != "numeric"]
    return frame[numeric + nominal], frame[fields["target"]["name"]], numeric, nominal


if __name__ == "__main__":
    x, y, numeric, nominal = read(sys.argv[1], sys.argv[2])
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=42)
    encode = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numeric),
        (make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore", sparse_output=False)), nominal),
    )
    best = None
    for name, (model, grid) in GRIDS.items():
        search = GridSearchCV(
            Pipeline([("encode", encode), ("model", model)]),
            {f"model__{key}": values for key, values in grid.items()},
            scoring="r2",
            cv=KFold(5, shuffle=True, random_state=42),
            n_jobs=int(sys.argv[3]),
        ).fit(x_train, y_train)
        if best is None or search.best_score_ > best[1].best_score_:
            best = (name, search)
    name, search = best
    predicted = search.predict(x_test)
    print(
        json.dumps(
            {
                "model": name,
                "cvR2": search.best_score_,
                "testR2": search.score(x_test, y_test),
                "testMae": mean_absolute_error(y_test, predicted),
                "testRmse": root_mean_squared_error(y_test, predicted),
            }
        )
    )
