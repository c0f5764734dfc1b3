"""GridSearchCV over a grid: search.py DATA GRID FOLDS N_JOBS. Prints JSON: the best cross-validated R2 of each model, and
the seconds that the searches took within the process.

As the published projects do: the training part is encoded once, before the search, and each model has its own search. The
best candidate of all is fitted once more to the whole training part.
"""

import json
import sys
import time

from sklearn.ensemble import AdaBoostRegressor, ExtraTreesRegressor, GradientBoostingRegressor
from sklearn.model_selection import GridSearchCV, KFold, train_test_split

from pipeline import ESTIMATORS, encoder, read, read_grid, snake

MODELS = {
    **ESTIMATORS,
    "extra-trees": ExtraTreesRegressor,
    "gradient-boosting": GradientBoostingRegressor,
    "adaboost": AdaBoostRegressor,
}


def model(estimator):
    made = MODELS[estimator]()
    return made.set_params(random_state=42) if "random_state" in made.get_params() else made


if __name__ == "__main__":
    data, grid, folds, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    x, y = read(data)
    x_train, _, y_train, _ = train_test_split(x, y, test_size=0.2, random_state=42)
    started = time.perf_counter()
    encoded = encoder().fit_transform(x_train)
    searches = {}
    for entry in read_grid(grid):
        searches[entry["estimator"]] = GridSearchCV(
            model(entry["estimator"]),
            {snake(name): values for name, values in entry.get("params", {}).items()},
            scoring="r2",
            cv=KFold(folds, shuffle=True, random_state=42),
            n_jobs=jobs,
            refit=False,
        ).fit(encoded, y_train)
    best = max(searches, key=lambda name: searches[name].best_score_)
    model(best).set_params(**searches[best].best_params_).fit(encoded, y_train)
    seconds = time.perf_counter() - started
    print(json.dumps({"best": {name: found.best_score_ for name, found in searches.items()}, "seconds": seconds}))
