"""Saves the peer's linear pipeline as a folder for MLflow's scoring server: mlflow_model.py TRAINING_DATA FOLDER."""

import sys

import mlflow.sklearn
from mlflow.models import infer_signature

from pipeline import make, read

if __name__ == "__main__":
    x, y = read(sys.argv[1])
    model = make("least-squares", {}).fit(x, y)
    mlflow.sklearn.save_model(model, sys.argv[2], signature=infer_signature(x, model.predict(x)))
