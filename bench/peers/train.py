"""Cross-validates every candidate of a grid as GridSearchCV does: train.py DATA GRID N_JOBS. Prints the best score."""

import sys

from joblib import Parallel, delayed
from sklearn.model_selection import KFold, cross_val_score, train_test_split

from pipeline import make, read, read_grid

if __name__ == "__main__":
    data, grid, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    x, y = read(data)
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=42)
    folds = KFold(5, shuffle=True, random_state=42)
    candidates = [make(entry["estimator"], entry["params"]) for entry in read_grid(grid)]
    tasks = (delayed(cross_val_score)(pipeline, x_train, y_train, cv=folds, scoring="r2") for pipeline in candidates)
    scores = [score.mean() for score in Parallel(n_jobs=jobs)(tasks)]
    best = max(range(len(scores)), key=scores.__getitem__)
    model = candidates[best].fit(x_train, y_train)
    print(f"{scores[best]:.4f} {model.score(x_test, y_test):.4f}")
