"""The sidecar that Node teams run today: FastAPI, pandas and scikit-learn. serve.py TRAINING_DATA PORT [ESTIMATOR]."""

import sys

import pandas as pd
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from pipeline import make, read


class Student(BaseModel):
    gender: str
    race_ethnicity: str
    parental_level_of_education: str
    lunch: str
    test_preparation_course: str
    reading_score: float
    writing_score: float


if __name__ == "__main__":
    model = make(sys.argv[3] if len(sys.argv) > 3 else "least-squares", {}).fit(*read(sys.argv[1]))
    app = FastAPI()

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.post("/predict")
    def predict(student: Student):
        return {"prediction": float(model.predict(pd.DataFrame([student.model_dump()]))[0])}

    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
